import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWhenStale, createProject, packageJson, plugins, subpaths } from './builtPackage.js';

const project = createProject();

beforeAll(buildWhenStale, 180_000);
afterAll(() => project.remove());

// `commerce` is types alone.
const names = subpaths.filter((path) => path !== 'commerce').map((path) => `minitrail${path && `/${path}`}`);

// A host as small as Node can hold it; written into the file, so that it comes before any import runs.
const HOST = `
const asked = [];
const values = {};
Object.assign(globalThis, {
  App() {}, Page() {}, Component() {}, getCurrentPages: () => [],
  wx: {
    request(options) { asked.push(options); setTimeout(() => options.success({ statusCode: 200, header: {}, data: '' }), 1); },
    getStorageInfoSync: () => ({ keys: Object.keys(values) }),
    getStorageSync: (key) => values[key] || '',
    setStorageSync(key, data) { values[key] = data; },
    getStorage({ key, success }) { setTimeout(() => success({ data: values[key] }), 1); },
    setStorage({ key, data, success }) { values[key] = data; setTimeout(success, 1); },
    removeStorage({ key, success, complete }) { delete values[key]; setTimeout(success || complete, 1); },
    getLaunchOptionsSync: () => ({ path: 'a', scene: 1001 }),
  },
});
`;
const TRACK = `
const tracker = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true })],
});
tracker.track('hello', { a: 1 });
tracker.flush().then((result) => {
  tracker.destroy();
  const { batch } = JSON.parse(asked[0].data);
  console.log(JSON.stringify({ result, names: batch.map(({ name }) => name) }));
});
`;

const run = (file, code) => {
  const path = join(project.dir, file);
  writeFileSync(path, code);
  return execFileSync(process.execPath, [path], { encoding: 'utf8' }).trim();
};

describe('the built package: in Node', () => {
  it('is required, the root and each sub-path', () => {
    const code = `const all = {};
for (const name of ${JSON.stringify(names)}) all[name] = Object.keys(require(name));
console.log(JSON.stringify(all));`;
    const all = JSON.parse(run('require.cjs', code));
    for (const name of names) expect(all[name], name).not.toEqual([]);
  });

  it('is imported, the root and each sub-path, with the same names as when required', () => {
    const code = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const all = {};
for (const name of ${JSON.stringify(names)}) {
  const here = Object.keys(await import(name)).sort().join();
  const there = Object.keys(require(name)).sort().join();
  if (here !== there || !here) all[name] = [here, there];
}
console.log(JSON.stringify(all));`;
    expect(JSON.parse(run('import.mjs', code))).toEqual({});
  });

  it('asks for no global of the host until it is used', () => {
    expect(run('bare.cjs', `require('minitrail'); require('minitrail/adapters/wechat'); console.log('loaded');`)).toBe(
      'loaded',
    );
  });

  it.each([
    [
      'required',
      'track.cjs',
      `${HOST}const { createTracker, autotrack } = require('minitrail');const { wechat } = require('minitrail/adapters/wechat');${TRACK}`,
    ],
    [
      'imported',
      'track.mjs',
      `${HOST}const { createTracker, autotrack } = await import('minitrail');const { wechat } = await import('minitrail/adapters/wechat');${TRACK}`,
    ],
  ])('delivers an event when %s', (_, file, code) => {
    expect(JSON.parse(run(file, code))).toEqual({ result: { state: 'idle', sent: 1, waiting: 0 }, names: ['hello'] });
  });
});

/** What a bundler keeps of these lines, minified. */
const bundle = async (code) => {
  const { outputFiles, warnings } = await build({
    stdin: { contents: code, resolveDir: project.dir },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2017',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return outputFiles[0].text;
};

// Strings that minifying keeps, each of one feature.
const MARKS = {
  appLifecycle: 'app_hide',
  pageView: 'page_view',
  pageLeave: 'page_leave',
  tap: 'longpress',
  share: 'share_open',
  instrument: 'getCurrentPages',
  queue: 'overflow',
  wechat: 'getStorageInfoSync',
};
const marksOf = (text) => Object.keys(MARKS).filter((name) => text.includes(MARKS[name]));

describe('the built package: in a bundle', () => {
  it.each([
    ['createTracker', ['queue']],
    ['appLifecycle', ['appLifecycle']],
    ['pageView', ['pageView', 'instrument']],
    ['pageLeave', ['pageLeave', 'instrument']],
    ['tap', ['tap', 'instrument']],
    ['autotrack', ['appLifecycle', 'pageView', 'pageLeave', 'tap', 'share', 'instrument']],
  ])('%s from the root brings its own code only', async (name, marks) => {
    expect(marksOf(await bundle(`import { ${name} } from 'minitrail';console.log(${name});`))).toEqual(marks);
  });

  it.each(plugins)('%s is the same from its sub-path, and no other plugin comes along', async (path) => {
    const name = path.split('/')[1];
    const text = await bundle(`import { ${name} } from 'minitrail/${path}';console.log(${name});`);
    const others = marksOf(text).filter((mark) => ![name, 'instrument'].includes(mark));
    // A mirror opens a second queue, of the code that every tracker has.
    expect(others).toEqual(name === 'mirror' ? ['queue'] : []);
    if (MARKS[name]) expect(text).toContain(MARKS[name]);
  });

  it('is empty when imported and not used', async () => {
    expect(packageJson.sideEffects).toBe(false);
    expect((await bundle(`import { createTracker, tap } from 'minitrail';`)).trim()).toBe('');
  });

  it('leaves out a plugin that is switched off in the list', async () => {
    const text = await bundle(
      `import { createTracker, tap, pageView } from 'minitrail';createTracker({ plugins: [false && tap(), pageView()] });`,
    );
    expect(marksOf(text)).toEqual(['pageView', 'instrument', 'queue']);
  });

  it('assigns the constructors by their free names, which no bundler may rename', async () => {
    const text = await bundle(`import { pageView } from 'minitrail';console.log(pageView);`);
    for (const name of ['App', 'Page', 'Component']) expect(text).toMatch(new RegExp(`[^.\\w]${name}=`));
  });
});
