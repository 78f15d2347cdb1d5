import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Finds the built package under its own name. */
const minitrail = {
  name: 'minitrail',
  setup: (builder) =>
    builder.onResolve({ filter: /^minitrail(\/|$)/ }, ({ path }) => ({
      path: `${DIST}${path === 'minitrail' ? 'index' : path.slice('minitrail/'.length)}.mjs`,
    })),
};

/**
 * A file with all that it imports, as a function of the globals it may see: each call is a process of its own, that
 * shares nothing with the one before.
 *
 * @param {string} file
 * @param {string[]} globals
 */
const bundle = async (file, globals) => {
  const { outputFiles } = await build({
    entryPoints: [`${HERE}${file}`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'exported',
    target: 'es2017',
    plugins: [minitrail],
  });
  const code = `(function (${globals.join(', ')}) {\n${outputFiles[0].text}\nreturn exported;\n})`;
  return new Script(code, { filename: `bundled ${file}` }).runInThisContext();
};

const TIMERS = ['setTimeout', 'clearTimeout', 'Date', 'Math', 'console'];
const APP = [...TIMERS, 'wx', 'my', 'tt', 'App', 'Page', 'getCurrentPages'];

/** The shop with its tracker, and the web page that it opens, ready to be run in simulated processes. */
export const loadBundles = async () => {
  if (!existsSync(`${DIST}index.mjs`)) throw new Error('build the package first: npm run build at the root of the repository');
  const [runShop, runWebPage] = await Promise.all([bundle('shop.js', APP), bundle('webPage.js', ['location', 'history'])]);
  return {
    shop: (globals) => runShop(...APP.map((name) => globals[name])),
    webPage: (location) => runWebPage(location, { state: null, replaceState() {} }),
  };
};
