// The sizes in README.md and docs/plugins: minified and brotli, measured on the source.
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @type {Map<string, number>} */
const measured = new Map();

/** Bytes of this code, bundled with what it imports from here. */
export const bundledSize = (/** @type {string} */ contents) => {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2017',
    write: false,
  });
  return brotliCompressSync(outputFiles[0].contents).length;
};
/** Bytes of these modules in one bundle. */
const sizeOf = (/** @type {readonly string[]} */ modules) => {
  const contents = modules.map((file) => `export * from './${file}';`).join('\n');
  const known = measured.get(contents) ?? bundledSize(contents);
  measured.set(contents, known);
  return known;
};

const CORE = ['src/createTracker', 'adapters/wechat'];
const PAGES = [...CORE, 'src/instrument/instrument'];
const SIX = ['appLifecycle', 'launchSource', 'pageView', 'pageLeave', 'tap', 'share'].map((name) => `src/plugins/${name}`);

/** What each plugin adds; those that see pages are measured beside what they share. */
export const addedBy = (/** @type {string} */ plugin, /** @type {boolean} */ seesPages) => {
  const under = seesPages ? PAGES : CORE;
  return sizeOf([...under, `src/plugins/${plugin}`]) - sizeOf(under);
};
export const coreSize = () => sizeOf(CORE);
export const sharedSize = () => sizeOf(PAGES) - sizeOf(CORE);
export const everydaySize = () => sizeOf([...CORE, ...SIX, 'src/scenes/wechatGroups']);

export const SIZED = ['README.md', 'README.zh-CN.md', 'docs/plugins/README.md', 'docs/plugins/README.zh-CN.md'];

const PLUGIN = /^(\| \[`(\w+)`\]\(.*\| +)([\d.]+)( kB( ¹)? +\|)$/gm;
const SHARED = /(\n?[^\n|]*¹ [^|\n]*?)([\d.]+)( kB)/g;
const CORE_ROW = /^(\| (?:core|核心) \+ .*\| +)([\d.]+)( kB +\|)$/m;
const EVERYDAY_ROW = /^(\| (?:everyday|常用).*\| +)([\d.]+)( kB +\|)$/m;

/** The sizes that a page names: by plugin, with `¹` where it shares; of what is shared; and of the sets, where it has them. */
export const readSizes = (/** @type {string} */ text) => {
  const kilobytes = (/** @type {RegExp} */ row) => (row.exec(text) || [])[2];
  return {
    plugins: [...text.matchAll(PLUGIN)].map(([, , name, size, , shares]) => ({ name, size: +size, seesPages: !!shares })),
    shared: +[...text.matchAll(SHARED)].slice(-1)[0][2],
    core: kilobytes(CORE_ROW),
    everyday: kilobytes(EVERYDAY_ROW),
  };
};

const inKilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1);

/** The page with the sizes of today. */
export const withSizes = (/** @type {string} */ text) =>
  text
    .replace(PLUGIN, (_, before, name, _size, after, shares) => before + inKilobytes(addedBy(name, !!shares)) + after)
    .replace(SHARED, (_, before, _size, after) => before + inKilobytes(sharedSize()) + after)
    .replace(CORE_ROW, (_, before, _size, after) => before + inKilobytes(coreSize()) + after)
    .replace(EVERYDAY_ROW, (_, before, _size, after) => before + inKilobytes(everydaySize()) + after);
