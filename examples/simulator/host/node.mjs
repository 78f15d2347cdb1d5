import { createContext, runInContext } from 'node:vm';
import { compileProject } from '../compileProject.mjs';
import { createDevice } from './createDevice.js';
import { createHost } from './createHost.js';
import { headlessRenderer } from './headlessRenderer.js';

export { createDevice };

const quiet = Object.fromEntries(['log', 'info', 'warn', 'error', 'debug'].map((level) => [level, () => {}]));

/** A fresh JavaScript world without Node's globals. */
const createRealm = (console) => {
  const global = createContext({});
  // By getter, so that a test's fake clock reaches the app however late it is installed.
  Object.defineProperty(global, 'Date', { get: () => globalThis.Date, configurable: true });
  return { global, console, evaluate: (source, filename) => runInContext(source, global, { filename }) };
};

/**
 * A host without a screen, for tests.
 *
 * ```js
 * const device = createDevice();
 * const host = await createNodeHost({ dir: 'examples/shop', device });
 * await host.launch({ scene: 1007 });
 * await host.tap('#buy');
 * host.kill();
 * ```
 *
 * @param {object} options
 * @param {string} [options.dir] a project folder, compiled on the way
 * @param {'wechat' | 'alipay' | 'douyin'} [options.platform] whose project it is
 * @param {import('../compileProject.mjs').Project} [options.project] or a compiled project
 * @param {import('./createDevice.js').Device} [options.device] give the same one to the next host for a cold start
 * @param {typeof fetch} [options.fetch]
 * @param {object} [options.extConfig]
 * @param {boolean} [options.strictBackground]
 * @param {Record<string, any>} [options.console] where the app's console goes besides the 'console' event
 * @param {{ modal?: (options: any) => boolean, actionSheet?: (options: any) => number }} [options.answers] to dialogs
 */
export const createNodeHost = async ({
  dir,
  platform,
  project,
  device = createDevice(),
  fetch = (...args) => globalThis.fetch(...args),
  console = quiet,
  answers,
  ...rest
}) =>
  createHost({
    project: project ?? (await compileProject(dir, { platform })),
    device,
    renderer: headlessRenderer(answers),
    realm: createRealm(console),
    fetch,
    ...rest,
  });
