import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { appsOf } from './helpers/apps.js';
import { createProject } from './helpers/createProject.js';
import { expectEs2017 } from './helpers/ecmaScript.js';
import { readScripts } from './helpers/readScripts.js';
import { runTool } from './helpers/runTool.js';
import { visitFixture } from './helpers/visit.js';

// https://www.npmjs.com/package/tt-ide-cli: the command line of Douyin's developer tool.
const tma = createRequire(import.meta.url).resolve('tt-ide-cli/bin/tma.js');
const buildNpm = (dir) => runTool(tma, ['build-npm', '--project-path', dir]);

const dirs = [];
const create = (...args) => {
  dirs.push(createProject(...args));
  return dirs.at(-1);
};
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

describe("Douyin's build npm", () => {
  it('takes each file of miniprogram_dist, minified, and leaves the root where it is', async () => {
    const dir = create({ 'app.js': 'App({});' });
    expect(await buildNpm(dir)).toContain('Build success');
    const built = readScripts(join(dir, 'miniprogram_npm/minitrail'));
    expect(Object.keys(built).sort()).toEqual(
      Object.keys(readScripts(join(dir, 'node_modules/minitrail/miniprogram_dist'))).sort(),
    );
    for (const source of Object.values(built)) expectEs2017(source);
    // With any `main` but an index.js, the tool puts a root of its own in place of ours, which finds nothing beside it.
    expect(built['index.js']).toContain('./createTracker.js');
    expect(existsSync(join(dir, 'miniprogram_npm/minitrail/miniprogram_dist'))).toBe(false);
  });

  it.each(appsOf('douyin', 'tt'))('makes an app that loads the package by %s and delivers', async (_, app) => {
    const dir = create({ 'app.js': app });
    await buildNpm(dir);
    const project = await compileProject(dir, { platform: 'douyin' });
    const events = await visitFixture(project, { launch: { scene: '021001' } });
    expect(events[0].properties.scene).toBe('021001');
  });
});
