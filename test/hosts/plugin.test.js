import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { compile, inShort, isPackageBuilt, openWorld, trackerFile } from './openWorld.js';

// What code in a plugin (插件) finds missing:
const ABSENT = [
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onAppShow.html and its neighbours
  ...['AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection'].flatMap((name) => [`on${name}`, `off${name}`]),
  // https://developers.weixin.qq.com/miniprogram/dev/api/ext/wx.getExtConfigSync.html
  'getExtConfigSync',
];
const inPlugin = (host) => {
  for (const name of ABSENT) delete host.api[name];
  for (const name of ['App', 'getApp']) delete host.global[name];
};
/** Nor does it see the stack of the mini-program around it. https://developer.aliyun.com/ask/616686 */
const withoutStack = (host) => {
  inPlugin(host);
  host.global.getCurrentPages = () => [];
};

describe.skipIf(!isPackageBuilt).each([
  ['its own pages', inPlugin],
  ['no pages', withoutStack],
])('a plugin whose getCurrentPages has %s', (_, prepare) => {
  let project;
  let world;
  beforeAll(async () => {
    project = await compile({
      'app.json': { pages: ['pages/first/index', 'pages/second/index'] },
      // The plugin's `main`: a plugin calls no App.
      'app.js': "require('./tracker');",
      'tracker.js': trackerFile('plugin'),
      'pages/first/index.js': "Page({ tapped() { wx.navigateTo({ url: '/pages/second/index?a=1' }); } });",
      'pages/second/index.js': 'Page({ tapped() {} });',
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    expect(world.errors).toEqual([]);
    expect(world.warnings).toEqual([]);
    world.host.kill();
  });
  /** A tap that navigates, which takes the host a moment. */
  const tap = async () => {
    const navigated = world.host.tap('#tap');
    await vi.advanceTimersByTimeAsync(10);
    await navigated;
  };
  const open = async (phone) => {
    world = await openWorld(project, { phone, prepare, launch: { scene: 1011 } });
    return world;
  };

  it('counts pages and taps, and the launch by its first page', async () => {
    const { host, arrived } = await open();
    await host.tap('#tap');
    await host.back();
    const events = await arrived();
    expect(inShort(events)).toEqual([
      'app_launch pages/first/index',
      'page_view pages/first/index',
      'tap tap',
      'page_leave pages/first/index',
      'page_view pages/second/index',
      'page_leave pages/second/index',
      'page_view pages/first/index',
    ]);
    expect(events[0].properties.scene).toBe('1011');
    expect(events[4].properties.query).toEqual({ a: '1' });
  });

  it('does not count the background as dwell, though nobody tells it of the background', async () => {
    vi.useFakeTimers();
    const { host, arrived } = await open();
    await vi.advanceTimersByTimeAsync(1000);
    await host.hide();
    await vi.advanceTimersByTimeAsync(60_000);
    await host.show();
    await vi.advanceTimersByTimeAsync(500);
    await tap();
    const leaves = (await arrived()).filter(({ name }) => name === 'page_leave');
    expect(leaves.map(({ properties }) => properties.duration_ms)).toEqual([1000, 500]);
  });

  it('sends by itself, and loses nothing to a kill', async () => {
    vi.useFakeTimers();
    const { host, phone } = await open();
    await vi.advanceTimersByTimeAsync(15_100);
    expect(inShort(phone.received)).toEqual(['app_launch pages/first/index', 'page_view pages/first/index']);
    phone.online = false;
    await tap();
    await vi.advanceTimersByTimeAsync(2000);
    host.kill();
    vi.useRealTimers();
    phone.online = true;
    const { arrived } = await open(phone);
    const events = await arrived();
    expect(inShort(events.filter(({ boot }) => boot === events[0].boot))).toEqual([
      'app_launch pages/first/index',
      'page_view pages/first/index',
      'tap tap',
      'page_leave pages/first/index',
      'page_view pages/second/index',
    ]);
    // The next launch closes the page that the kill left open.
    const closed = events.find(({ name, properties }) => name === 'page_leave' && /second/.test(properties.path));
    expect(closed.properties).toMatchObject({ recovered: true });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });
});
