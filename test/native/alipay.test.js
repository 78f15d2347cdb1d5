import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { appsOf } from './helpers/apps.js';
import { createProject } from './helpers/createProject.js';
import { expectEs5, expectEs2017 } from './helpers/ecmaScript.js';
import { readScripts } from './helpers/readScripts.js';
import { visitFixture } from './helpers/visit.js';

// Alipay's compiler is a program that its developer tool downloads, so it does not run here. What its documents leave open
// is tried both ways: whether it reads `exports`, `module` or `main`, and whether `node_modules` are brought to ES5.
// https://opendocs.alipay.com/mini/03dbc3#transpile, github.com/AlipayDocs/open-docs
// mini/framework/小程序的 JavaScript 引擎.md

const dirs = [];
const create = (...args) => {
  dirs.push(createProject(...args));
  return dirs.at(-1);
};
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

/** Puts the app's script and all that it loads into one, as a bundler that reads these fields does. */
const bundleApp = async (dir, mainFields) => {
  const entry = join(dir, 'app.js');
  const options = { bundle: true, format: 'cjs', target: 'es2017', platform: 'neutral', write: false, logLevel: 'silent' };
  const { outputFiles, warnings } = await build({ ...options, entryPoints: [entry], mainFields });
  expect(warnings).toEqual([]);
  return outputFiles[0].text;
};

const visit = async (dir, app) => {
  writeFileSync(join(dir, 'app.js'), app);
  const project = await compileProject(dir, { platform: 'alipay' });
  const events = await visitFixture(project, { launch: { scene: '1000' } });
  expect(events[0].properties.scene).toBe('1000');
};

const withoutExports = (dir) => {
  const path = join(dir, 'node_modules/minitrail/package.json');
  const { exports: _, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(rest));
};

const toEs5 = (source) => transformSync(source, { jsc: { target: 'es5' }, isModule: 'unknown' }).code;

describe('the package on Alipay', () => {
  it('has a main, and every file of it is ES2017', () => {
    const installed = join(create({ 'app.js': 'App({});' }), 'node_modules/minitrail');
    const { main, module } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    for (const file of [main, module]) expect(existsSync(join(installed, file))).toBe(true);
    const scripts = readScripts(join(installed, 'miniprogram_dist'));
    expect(Object.keys(scripts).length).toBeGreaterThan(20);
    for (const source of Object.values(scripts)) expectEs2017(source);
    for (const source of Object.values(readScripts(join(installed, 'dist'), '.mjs'))) expectEs2017(source, 'module');
  });

  it.each(appsOf('alipay', 'my'))('is loaded from node_modules by %s and delivers', async (_, app) => {
    await visit(create({ 'app.js': app }), app);
  });

  it.each(appsOf('alipay', 'my'))('is bundled when loaded by %s, and delivers as ES2017 and as ES5', async (_, app) => {
    const dir = create({ 'app.js': app });
    const bundled = await bundleApp(dir, ['main']);
    await visit(dir, bundled);
    const es5 = toEs5(bundled);
    expectEs5(es5);
    await visit(dir, es5);
  });

  it.each([['main'], ['module', 'main']])(
    'is found by a tool that reads no exports but %s, by the paths of its files',
    async (...mainFields) => {
      const [[, root]] = appsOf('alipay', 'my');
      const app = root.replace('minitrail/adapters/', 'minitrail/miniprogram_dist/adapters/');
      const dir = create({ 'app.js': app });
      withoutExports(dir);
      await visit(dir, await bundleApp(dir, mainFields));
    },
  );
});
