// What a native project carries: raw bytes of the files that the imports bring, which WeChat's 2 MB limit counts, and the
// same minified files after brotli. Fails when a row is over its limit. `--json` prints the rows for the docs.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'miniprogram_dist');
const core = ['createTracker', 'adapters/wechat'];
const everyday = [
  ...core,
  ...['appLifecycle', 'pageView', 'pageLeave', 'tap', 'share', 'launchSource'].map((name) => `plugins/${name}`),
  'scenes/wechatGroups',
];

/** Limits in bytes: raw, and brotli of the files joined. The goal for the everyday set is 36,000 raw. */
const ROWS = [
  ['core + WeChat adapter', core, 25_370, 10_060],
  ['everyday set', everyday, 42_150, 16_230],
  ['everything for WeChat', ['index', 'adapters/wechat', 'scenes/wechatGroups'], 70_760, 24_540],
];

const filesOf = (names) => {
  const files = new Set();
  const visit = (file) => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, , from] of readFileSync(join(folder, file), 'utf8').matchAll(/require\((["'`])(\.[^"'`]+)\1\)/g))
      visit(posix.join(dirname(file), from));
  };
  for (const name of names) visit(`${name}.js`);
  return [...files];
};

const measure = (texts) => ({
  raw: texts.reduce((sum, text) => sum + text.length, 0),
  brotli: brotliCompressSync(Buffer.concat(texts)).length,
});
const rows = ROWS.map(([name, names, ...limits]) => {
  const files = filesOf(names);
  return {
    name: `native: ${name}`,
    files: files.length,
    limits,
    ...measure(files.map((file) => readFileSync(join(folder, file)))),
  };
});
for (const host of ['wechat', 'alipay', 'douyin']) {
  const file = `standalone/minitrail.${host}.min.js`;
  rows.push({ name: file, files: 1, limits: [60_150, 22_670], ...measure([readFileSync(join(root, file))]) });
}

if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else
  for (const { name, files, raw, brotli, limits } of rows) {
    const isOver = raw > limits[0] || brotli > limits[1];
    console.log(
      `${isOver ? '✗' : '✓'} ${name}: ${raw} bytes in ${files} files (≤ ${limits[0]}), brotli ${brotli} (≤ ${limits[1]})`,
    );
    if (isOver) process.exitCode = 1;
  }
