import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createNodeHost } from '../../examples/simulator/host/node.mjs';

const FIXTURE = fileURLToPath(new URL('./fixture', import.meta.url));
const made = [];
afterEach(() => Promise.all(made.splice(0).map((dir) => rm(dir, { recursive: true }))));

/** The fixture with some files rewritten; `null` removes one. */
const changed = async (files) => {
  const dir = await mkdtemp(join(tmpdir(), 'sim-'));
  made.push(dir);
  await cp(FIXTURE, dir, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    if (text === null) await rm(join(dir, path));
    else await writeFile(join(dir, path), text);
  }
  return dir;
};

const failure = async (files) =>
  compileProject(await changed(files)).then(
    () => 'compiled',
    (error) => error.message,
  );

describe('compileProject', () => {
  it('returns plain JSON', async () => {
    const project = await compileProject(FIXTURE);
    expect(JSON.parse(JSON.stringify(project))).toEqual(project);
    expect(project.pages[0]).toBe('pages/home/home');
  });

  it('inlines imports, converts rpx and scopes component styles', async () => {
    const { styles } = await compileProject(FIXTURE);
    expect(styles.app).toContain('.row { display: flex; padding: 10px; }');
    expect(styles['components/card/card']).toContain('.components-card-card--card {');
    expect(styles['components/card/card']).toContain('[wx-host="components-card-card"] {');
    expect(styles['pages/home/home']).toContain('.title {');
  });

  it('says which file is wrong', async () => {
    expect(await failure({ 'pages/cart/cart.wxml': '<view>\n{{ a + }}</view>' })).toMatch(/^pages\/cart\/cart\.wxml:2:\d+: /);
    expect(await failure({ 'pages/cart/cart.wxml': '<view a:if="{{x}}" />' })).toBe(
      'pages/cart/cart.wxml: "a:if" should begin with "wx:"',
    );
    expect(await failure({ 'pages/cart/cart.wxml': '<view><text></view>' })).toMatch(
      /^pages\/cart\/cart\.wxml:1:\d+: missing end tag/,
    );
    expect(await failure({ 'pages/home/home.json': '{ "a": }' })).toMatch(/^pages\/home\/home\.json: /);
    expect(await failure({ 'pages/cart/cart.js': null })).toBe('pages/cart/cart.js: file not found (listed in app.json)');
    expect(await failure({ 'components/card/card.wxml': null })).toMatch(
      /^pages\/home\/home\.json: component "card" not found/,
    );
    expect(await failure({ 'app.wxss': '@import "./gone.wxss";' })).toBe('app.wxss: @import "gone.wxss" not found');
    expect(await failure({ 'app.js': null })).toBe('app.js: file not found');
    expect(await failure({ 'utils/log.js': 'export const = 1' })).toMatch(/^utils\/log\.js:1: /);
  });

  it('runs ES modules', async () => {
    const dir = await changed({
      'utils/log.js': 'export const lines = [];\nexport const log = (line) => lines.push(line);\n',
      'pages/cart/cart.js': "import { log } from '../../utils/log';\nPage({ onLoad() { log('esm'); } });\n",
    });
    const host = await createNodeHost({ dir });
    await host.launch({ path: 'pages/cart/cart' });
    expect(host.app().globalData.lines).toContain('esm');
  });
});
