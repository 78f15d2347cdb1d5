import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';
import { startCollector } from '../simulator/collectorServer.js';
import { appsOf } from './helpers/apps.js';
import { createProject, write } from './helpers/createProject.js';
import { expectEs5 } from './helpers/ecmaScript.js';
import { readScripts } from './helpers/readScripts.js';
import { inShort, startApp } from './helpers/startApp.js';
import { visitFixture } from './helpers/visit.js';
import { buildNpm, compile } from './helpers/wechat.js';

const shopDir = fileURLToPath(new URL('../../examples/shop', import.meta.url));
const dirs = [];
const create = (...args) => {
  dirs.push(createProject(...args));
  return dirs.at(-1);
};
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

const isOurs = ([path]) => path.startsWith('miniprogram_npm/minitrail/');

// 详情 → 本地设置 of DevTools.
const SETTINGS = [
  ['ES6 to ES5 on, minified', { es6: true, es7: true, minify: true }],
  ['ES6 to ES5 off', { es6: false, es7: false, minify: false }],
];

describe("WeChat's build npm", () => {
  it('copies miniprogram_dist as it is, and nothing else', async () => {
    const dir = create({ 'app.js': 'App({});' });
    expect(await buildNpm(dir)).toMatchObject({ miniProgramPackNum: 1, otherNpmPackNum: 0, warnList: [] });
    const built = readScripts(join(dir, 'miniprogram_npm/minitrail'));
    expect(built).toEqual(readScripts(join(dir, 'node_modules/minitrail/miniprogram_dist')));
    expect(Object.keys(built)).toContain('adapters/wechat.js');
  });

  // The parser runs on packages without a `miniprogram` folder only, so ours is made one of those.
  const plain = async (extra) => {
    const dir = create({ 'app.js': 'App({});' });
    const source = join(dir, 'node_modules/minitrail');
    const files = readScripts(join(source, 'miniprogram_dist'));
    // fflate is an optional peer, which an app installs for itself.
    delete files['compress/gzip.js'];
    const everyFile = Object.keys(files).map((file) => `require('./${file}');`);
    rmSync(source, { recursive: true });
    write(source, { ...files, 'all.js': `${everyFile.join('\n')}\n${extra}` });
    write(source, { 'package.json': JSON.stringify({ name: 'minitrail', version: '1.0.0', main: 'all.js' }) });
    return { answer: await buildNpm(dir), files, dir };
  };

  it('has a parser that takes every file', async () => {
    const { answer, files, dir } = await plain('');
    expect(answer).toMatchObject({ otherNpmPackNum: 1, warnList: [] });
    const built = readFileSync(join(dir, 'miniprogram_npm/minitrail/index.js'), 'utf8');
    // One module each, and `all.js`.
    expect(built.match(/__DEFINE__\(/g)).toHaveLength(Object.keys(files).length + 1);
  });

  it.each(['try { a(); } catch { b(); }', 'a?.b;'])('has a parser that would refuse %s', async (code) => {
    const refused = await plain(code).then(
      ({ answer: { warnList } }) => warnList.length > 0,
      () => true,
    );
    expect(refused).toBe(true);
  });
});

describe.each(SETTINGS)("WeChat's compiler with %s", (_, setting) => {
  const check = (dir, { scripts, warnList }) => {
    expect(warnList).toEqual([]);
    const ours = Object.entries(scripts).filter(isOurs);
    expect(ours.length).toBeGreaterThan(20);
    if (setting.es6) for (const [, source] of Object.entries(scripts)) expectEs5(source);
    else {
      const installed = readScripts(join(dir, 'node_modules/minitrail/miniprogram_dist'));
      for (const [path, source] of ours) expect(source).toBe(installed[path.slice('miniprogram_npm/minitrail/'.length)]);
    }
  };

  it.each(appsOf('wechat', 'wx'))('makes an app that loads the package by %s and delivers', async (_, app) => {
    const dir = create({ 'app.js': app });
    const compiled = await compile(dir, setting);
    check(dir, compiled);
    const events = await visitFixture(compiled.project);
    expect(events[0].properties.scene).toBe('1011');
  });

  it('makes an app of the files that the README shows, which delivers to the endpoint that it names', async () => {
    const [tracker, app] = [...readFileSync('README.md', 'utf8').matchAll(/^ {3}```js\n([\s\S]*?)^ {3}```$/gm)].map(
      ([, code]) => code,
    );
    const collector = await startCollector();
    try {
      const dir = create({ 'tracker.js': tracker.replace('http://127.0.0.1:8787', collector.url), 'app.js': app });
      const { project, warnList } = await compile(dir, setting);
      expect(warnList).toEqual([]);
      const host = await createNodeHost({ project, device: createDevice() });
      await host.launch({ scene: 1011 });
      await host.tap('#open');
      await host.hide();
      await vi.waitFor(() => expect(inShort(collector.lines())).toContain('app_hide'));
      expect(inShort(collector.lines())).toEqual(
        expect.arrayContaining(['app_launch pages/home/index', 'page_view pages/home/index', 'tap open']),
      );
    } finally {
      await collector.close();
    }
  });

  it('makes an independent subpackage with a package of its own, and both have one tracker', async () => {
    const [[, app]] = appsOf('wechat', 'wx');
    const files = {
      'app.json': JSON.stringify({
        pages: ['pages/home/index'],
        subPackages: [{ root: 'sub', pages: ['pages/detail/index'], independent: true }],
      }),
      'app.js': app,
      'sub/tracker.js': app.replace('App(', 'module.exports = ('),
      'sub/pages/detail/index.js': "require('../../tracker'); Page({});",
      'sub/pages/detail/index.wxml': '<view></view>',
    };
    const roots = ['', 'sub'];
    const compiled = await compile(create(files, { roots }), setting, roots);
    for (const root of ['', 'sub/']) expect(compiled.scripts).toHaveProperty([`${root}miniprogram_npm/minitrail/index.js`]);
    const started = await startApp(compiled.project, { launch: { path: 'sub/pages/detail/index', scene: 1047 } });
    const events = await started.arrived();
    expect(inShort(events)).toEqual(['app_launch', 'app_show', 'page_view'].map((name) => `${name} sub/pages/detail/index`));
    expect(started.errors).toEqual([]);
    await started.close();
  });

  it('makes the shop, which delivers what its source delivers', async () => {
    const dir = create({}, { from: shopDir, filter: (path) => !/miniprogram_npm|node_modules|\.mjs$/.test(path) });
    const compiled = await compile(dir, setting);
    check(dir, compiled);
    const expected = await buy(await compileProject(dir));
    expect(expected).toEqual(expect.arrayContaining(['product_viewed', 'order_paid', 'page_view pages/paid/index']));
    expect(await buy(compiled.project)).toEqual(expected);
  });
});

/** Buys a phone, and returns what arrived. */
const buy = async (project) => {
  const app = await startApp(project);
  try {
    const { host } = app;
    for (const selector of ['#product-phone-x1', '#buy-now', '#submit-order']) await host.tap(selector);
    await host.hide();
    const events = await app.arrived();
    expect(app.errors).toEqual([]);
    expect(app.stats()).toMatchObject({ acknowledged: events.length, waiting: 0, dropped: {} });
    return inShort(events);
  } finally {
    await app.close();
  }
};
