import { fileURLToPath } from 'node:url';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';

const FIXTURE = fileURLToPath(new URL('./fixture', import.meta.url));
let compiled;

/**
 * The fixture project, with some files replaced: `{ 'pages/home/home.js': 'Page({})' }`.
 *
 * @param {Record<string, string>} [modules]
 */
export const fixtureProject = async (modules = {}) => {
  compiled ??= await compileProject(FIXTURE);
  return { ...compiled, modules: { ...compiled.modules, ...modules } };
};

/**
 * A host on the fixture, launched unless told otherwise, and the lines its code has logged.
 *
 * @param {object} [options] for createNodeHost, plus `modules` and `launch` (options, or false)
 */
export const startHost = async ({ modules, launch = {}, device = createDevice(), ...options } = {}) => {
  const host = await createNodeHost({ project: await fixtureProject(modules), device, ...options });
  const errors = [];
  host.on('error', ({ message }) => errors.push(message));
  if (launch) await host.launch(launch);
  /** What the app logged since the last call. */
  const lines = () => host.app().globalData.lines.splice(0);
  return { host, device, errors, lines };
};

/** A network that answers when told to. */
export const scriptedFetch = () => {
  const calls = [];
  const fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const answer = (status, body = '', headers = {}) => resolve(new Response(body, { status, headers }));
      init.signal.addEventListener('abort', () => reject(new Error('aborted')));
      calls.push({ url, ...init, answer, fail: (message) => reject(new Error(message)) });
    });
  return { fetch, calls };
};
