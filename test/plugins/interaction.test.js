import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createNodeHost } from '../../examples/simulator/host/node.mjs';
import { fixtureProject, startHost } from '../simulator/startHost.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The first module of an app: it keeps what is tracked on the host's API object. */
const trackerFor = (adapter, api) => `
  const { createTracker, ${adapter}, ...plugins } = require('./minitrail');
  ${api}.seen = [];
  createTracker({
    adapter: ${adapter}(),
    endpoint: 'https://collect.example.com/v1/events',
    plugins: [
      plugins.tap({ kinds: ['submit', 'change', 'phone', 'contact'] }),
      plugins.exposure({ selectors: { '*': ['.row', '#card', '#late'] } }),
      plugins.pageInteraction(),
      plugins.favorite(),
    ],
    beforeSend(event) {
      ${api}.seen.push([event.name, JSON.parse(JSON.stringify(event.properties))]);
      return null;
    },
  });
`;

let minitrail;
beforeAll(async () => {
  const names = ['exposure', 'favorite', 'pageInteraction', 'tap'];
  const { outputFiles } = await build({
    stdin: {
      contents: [
        `export { createTracker } from './src/createTracker.ts';`,
        ...['wechat', 'alipay', 'douyin'].map((name) => `export { ${name} } from './adapters/${name}.ts';`),
        ...names.map((name) => `export { ${name} } from './src/plugins/${name}.ts';`),
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es2017',
  });
  minitrail = outputFiles[0].text;
});

/** The fixture with the plugins and a home page with `members` more, and what they tracked since the last call. */
const start = async (members = '') => {
  const { modules } = await fixtureProject();
  const world = await startHost({
    modules: {
      'app.js': `require('./lib/tracker.js');${modules['app.js']}`,
      'lib/minitrail.js': minitrail,
      'lib/tracker.js': trackerFor('wechat', 'wx'),
      'pages/home/home.js': modules['pages/home/home.js'].replace('onPicked(', `${members}onPicked(`),
    },
  });
  return { ...world, seen: () => world.host.api.seen.splice(0) };
};
const HOME = 'pages/home/home';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});

describe('tap, exposure, pageInteraction and favorite in a mini-program', () => {
  it('tell a tap by the innermost of its handlers, and where in the window it was', async () => {
    const { host, seen, errors } = await start();
    await host.tap('#inner', { x: 75, y: 100 });
    const { windowWidth, windowHeight } = host.api.getWindowInfo();
    expect(seen()).toEqual([
      [
        'tap',
        {
          kind: 'tap',
          element_id: 'inner',
          handler: 'inner',
          page_path: HOME,
          x_fraction: Math.round((75 / windowWidth) * 1000) / 1000,
          y_fraction: Math.round((100 / windowHeight) * 1000) / 1000,
          offset_left: 0,
          offset_top: 0,
        },
      ],
    ]);
    expect(errors).toEqual([]);
  });

  it('tell a tap in a component, and in the next moment one on the page', async () => {
    const { host, seen } = await start();
    await host.tap('#card');
    vi.advanceTimersByTime(80);
    await host.tap('#caught');
    expect(seen().map(([, { handler, page_path }]) => [handler, page_path])).toEqual([
      ['pick', HOME],
      ['caught', HOME],
    ]);
  });

  it('take nothing of what is typed', async () => {
    const { host, seen } = await start();
    await host.trigger('#field', 'input', { value: 'secret' });
    await host.trigger('#field', 'change', { value: 'secret' });
    expect(JSON.stringify(seen())).not.toContain('secret');
  });

  it('tell the rows that are in sight for half a second, and again on return from a page above', async () => {
    const { host, seen } = await start();
    const exposed = () =>
      seen()
        .filter(([name]) => name === 'exposure')
        .map(([, { selector, element_id, dataset }]) => [selector, element_id, dataset]);
    vi.advanceTimersByTime(250);
    await host.intersect('#item-1', 1);
    await host.intersect('#item-2', 1);
    await host.intersect('#card', 0.4);
    vi.advanceTimersByTime(300);
    await host.intersect('#item-2', 0);
    vi.advanceTimersByTime(5000);
    await host.intersect('#item-1', 0);
    await host.intersect('#item-1', 1);
    vi.advanceTimersByTime(5000);
    expect(exposed()).toEqual([['.row', 'item-1', { id: 1 }]]);

    await host.tap('#item-1');
    await host.back();
    vi.advanceTimersByTime(250);
    await host.intersect('#item-1', 1);
    vi.advanceTimersByTime(500);
    expect(exposed()).toEqual([['.row', 'item-1', { id: 1 }]]);
  });

  it('tell of no row once the page is covered, closed or in the background', async () => {
    const { host, seen } = await start();
    vi.advanceTimersByTime(250);
    await host.intersect('#item-1', 1);
    await host.hide();
    vi.advanceTimersByTime(60_000);
    expect(seen()).toEqual([]);
  });

  it('find a component that comes later', async () => {
    const { host, seen } = await start();
    vi.advanceTimersByTime(700);
    host.page().setData({ late: true });
    vi.advanceTimersByTime(400);
    await host.intersect('#late', 1);
    vi.advanceTimersByTime(500);
    expect(seen().map(([name, { element_id }]) => [name, element_id])).toEqual([['exposure', 'late']]);
  });

  it('tell what is done with the page as a whole where it has functions for it', async () => {
    const { host, seen } = await start('onPullDownRefresh() {}, onAddToFavorites() { return {}; },');
    await host.pullDown();
    await host.addToFavorites();
    await host.switchTab(HOME);
    expect(seen()).toEqual([
      ['pull_down_refresh', { page_path: HOME }],
      ['favorite', { page_path: HOME, method: 'menu' }],
      ['tab_tap', { page_path: HOME, index: 0, text: expect.any(String) }],
    ]);
  });

  it('add none of them', async () => {
    const { host, seen, errors } = await start();
    for (const name of ['onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onAddToFavorites'])
      expect(name in host.page()).toBe(false);
    await host.pullDown();
    expect([seen(), errors]).toEqual([[], []]);
  });
});

describe.each([
  ['alipay', 'my'],
  ['douyin', 'tt'],
])('tap, exposure and pageInteraction in a mini-program of %s', (platform, api) => {
  const HOME = 'pages/home/index';
  let host;
  let errors;
  let compiled;
  beforeAll(async () => {
    compiled = await compileProject(`${root}test/simulator/fixture-${platform}`, { platform });
  });
  const startOn = async () => {
    const modules = {
      ...compiled.modules,
      'app.js': `require('./lib/tracker.js');${compiled.modules['app.js']}`,
      'lib/minitrail.js': minitrail,
      'lib/tracker.js': trackerFor(platform, api),
    };
    host = await createNodeHost({ project: { ...compiled, modules } });
    errors = [];
    host.on('error', ({ message }) => errors.push(message));
    await host.launch({});
  };
  const seen = () => host.api.seen.splice(0);
  afterEach(() => host.kill());

  it('tell a tap once, however many handlers it goes through, with its position', async () => {
    await startOn();
    await host.tap('#inner', { x: 75, y: 100 });
    await host.tap('#card-title');
    const taps = seen();
    expect(taps.map(([name, { kind, page_path }]) => [name, kind, page_path])).toEqual([
      ['tap', 'tap', HOME],
      ['tap', 'tap', HOME],
    ]);
    expect(taps[0][1]).toMatchObject({ dataset: { where: expect.any(String) }, x_fraction: 0.2 });
    expect(errors).toEqual([]);
  });

  it('tell what is in sight long enough, with its id', async () => {
    await startOn();
    vi.advanceTimersByTime(250);
    await host.intersect('#card', 1);
    vi.advanceTimersByTime(499);
    expect(seen()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen()).toMatchObject([['exposure', { page_path: HOME, selector: '#card', element_id: 'card', ratio: 1 }]]);
    await host.hide();
    await host.show();
    await host.intersect('#card', 1);
    vi.advanceTimersByTime(100);
    await host.hide();
    vi.advanceTimersByTime(60_000);
    expect([seen(), errors]).toEqual([[], []]);
  });

  it('add nothing to the page', async () => {
    await startOn();
    for (const name of ['onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onShareAppMessage', 'onAddToFavorites'])
      expect(typeof host.page()[name]).toBe('undefined');
    expect(errors).toEqual([]);
  });
});

describe('pageInteraction on Alipay', () => {
  it('tells a tap on a tab once, where the page has its function among its events', async () => {
    const { modules, ...project } = await compileProject(`${root}test/simulator/fixture-alipay`, { platform: 'alipay' });
    const home = modules['pages/home/index.js'];
    const host = await createNodeHost({
      project: {
        ...project,
        modules: {
          ...modules,
          'app.js': `require('./lib/tracker.js');${modules['app.js']}`,
          'lib/minitrail.js': minitrail,
          'lib/tracker.js': trackerFor('alipay', 'my'),
          'pages/home/index.js': home.replace('keepCard(', 'onTabItemTap() {},\n  keepCard('),
        },
      },
    });
    await host.launch({});
    await host.switchTab('pages/home/index');
    expect(host.api.seen.map(([name, { index }]) => [name, index])).toEqual([['tab_tap', 0]]);
    host.kill();
  });
});
