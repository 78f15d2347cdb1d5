import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { bundledSize as size } from '../../scripts/docs/sizes.mjs';

it.each(['wechat', 'alipay', 'douyin'])('%sGroups is what its full table makes it, in at most 0.9 kB', (host) => {
  execFileSync(process.execPath, ['scripts/makeSceneGroups.mjs', '--check'], { stdio: 'pipe' });
  expect(size(`export { ${host}Groups } from './src/scenes/${host}Groups'`)).toBeLessThanOrEqual(900);
});

it('launchSource is at most 0.92 kB on top of the core', () => {
  const app = (names) => `
    import { createTracker } from './src/createTracker';
    import { wechat } from './adapters/wechat';
    ${names.map((name) => `import { ${name} } from './src/plugins/${name}';`).join('')}
    createTracker({ adapter: wechat(), endpoint: 'https://e.com', plugins: [${names.map((name) => `${name}()`)}] });`;
  // Brotli's answer swings by some forty bytes with what stands around, so this is the mean over every two of these.
  const plugins = ['appLifecycle', 'pageView', 'pageLeave', 'tap', 'share', 'errors', 'timers'];
  const bases = plugins.flatMap((name, at) => plugins.slice(at).map((other) => [...new Set([name, other])])).concat([[]]);
  const added = bases.map((base) => size(app([...base, 'launchSource'])) - size(app(base)));
  expect(added.reduce((sum, each) => sum + each) / added.length).toBeLessThanOrEqual(920);
});

it('launchSource brings no table of scenes with it, and a table no labels', () => {
  expect(size(`export { launchSource } from './src/plugins/launchSource'`)).toBeLessThan(1500);
});
