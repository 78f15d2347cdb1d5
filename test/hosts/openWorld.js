import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';
import { checkBatch } from '../helpers/validBatches.mjs';

const built = fileURLToPath(new URL('../../miniprogram_dist', import.meta.url));

/** Whether there is a package to run. */
export const isPackageBuilt = existsSync(join(built, 'index.js'));

/**
 * The scripts of the built package as "build npm" puts them under a folder with a package.json.
 *
 * @param {string} [root] `''` for the main package, or a subpackage
 */
const packageUnder = (root) =>
  Object.fromEntries(
    readdirSync(built, { recursive: true })
      .filter((file) => file.endsWith('.js'))
      .map((file) => [
        posix.join(root, 'miniprogram_npm/minitrail', file.split('\\').join('/')),
        readFileSync(join(built, file), 'utf8'),
      ]),
  );

/**
 * Compiles a WeChat mini-program from the text of its files; every page gets a button `#tap` that calls `tapped`.
 *
 * @param {Record<string, string | object>} files
 * @param {string[]} packages the folders that have a copy of the package
 */
export const compile = async (files, packages = ['']) => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-world-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
      if (/\/pages\/.*\.js$|^pages\/.*\.js$/.test(path))
        writeFileSync(join(dir, path.replace(/\.js$/, '.wxml')), '<button id="tap" bindtap="tapped">tap</button>');
    }
    const project = await compileProject(dir);
    for (const root of packages) Object.assign(project.modules, packageUnder(root));
    return project;
  } finally {
    rmSync(dir, { recursive: true });
  }
};

/** `tracker.js` of a package; `keep` hands it to the test. */
export const trackerFile = (name, options = '') => `
const { createTracker, appLifecycle, pageView, pageLeave, tap } = require('minitrail');
const { wechat } = require('minitrail/adapters/wechat');
module.exports = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [appLifecycle(), pageView(), pageLeave(), tap()],
  ${options}
});
keep('${name}', module.exports);
`;

/** What a phone has beyond the mini-programs on it: its storage, and what the endpoint got from it. */
export const createPhone = () => ({ device: createDevice(), received: [], online: true });

/**
 * Starts a mini-program on a phone.
 *
 * @param {object} project
 * @param {object} [options]
 * @param {ReturnType<typeof createPhone>} [options.phone] the one of an earlier visit, for a cold start
 * @param {(host: object) => void} [options.prepare] changes the host before the app's code runs
 * @param {object} [options.launch]
 */
export const openWorld = async (project, { phone = createPhone(), prepare, launch } = {}) => {
  const errors = [];
  const warnings = [];
  const kept = {};
  const host = await createNodeHost({
    project,
    device: phone.device,
    async fetch(_, { body }) {
      if (!phone.online) throw new Error('offline');
      checkBatch(body);
      const { batch, contexts } = JSON.parse(body);
      phone.received.push(...batch.map((event) => ({ ...event, context: contexts[event.context] })));
      return new Response('{}');
    },
  });
  host.on('error', ({ message }) => errors.push(message));
  host.on('console', ({ level, args }) => level === 'warn' && warnings.push(args.join(' ')));
  host.global.keep = (name, value) => {
    kept[name] = value;
  };
  if (prepare) prepare(host);
  await host.launch(launch);
  return {
    host,
    phone,
    errors,
    warnings,
    /** What the app's code gave to `keep(name, value)`. */
    kept,
    /** Everything this phone has sent, in the order of capture. */
    async arrived() {
      await Promise.all(Object.values(kept).map((tracker) => tracker.flush()));
      return [...phone.received].sort((a, b) => a.boot - b.boot || a.seq - b.seq);
    },
  };
};

/** Each event as `name path`, or what was tapped. */
export const inShort = (events) =>
  events.map(({ name, properties }) => [name, properties.element_id || properties.path].filter(Boolean).join(' '));
