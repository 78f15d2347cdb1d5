import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compile, createPhone, inShort, isPackageBuilt, openWorld, trackerFile } from './openWorld.js';

// https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/independent.html
// An independent subpackage runs without the main package: there is no app, its scripts reach nothing outside of it, so it
// has a copy of the npm package. When the main package is entered, `App` is called, then onLaunch and the first onShow.
const files = (options = {}) => ({
  'app.json': {
    pages: ['pages/home/index'],
    subPackages: [{ root: 'sub', pages: ['pages/open/index'], independent: true }],
    lazyCodeLoading: 'requiredComponents',
  },
  // What the simulator runs before any page; the app's real script is `main.js`, below. WeChat runs the scripts of a
  // package before its first page is opened, unless they are loaded lazily.
  'app.js': options.lazy ? '' : "if (entry === 'sub') require('./sub/tracker');",
  'main.js': `
    enterMainPackage();
    const tracker = require('./tracker');
    App({ onLaunch() { tracker.track('launched'); }, onShow() {}, onHide() {} });`,
  'tracker.js': trackerFile('main', options.main),
  'pages/home/index.js': `
    require('../../main');
    Page({ tapped() { wx.navigateTo({ url: '/sub/pages/open/index' }); } });`,
  'sub/tracker.js': trackerFile('sub', options.sub),
  'sub/pages/open/index.js': `
    require('../../tracker');
    Page({ tapped() { wx.navigateTo({ url: '/pages/home/index' }); } });`,
});

/** The documents leave open whether the name `App` exists before there is an app. */
const hosts = {
  'does not exist': (host) => delete host.global.App,
  'exists and is never called': () => {},
};
const prepareBy = (change, path) => (host) => {
  host.global.entry = path.split('/')[0];
  const { App } = host.global;
  const own = (options) => {
    App(options);
    host.app().onLaunch(host.api.getLaunchOptionsSync());
    host.app().onShow(host.api.getEnterOptionsSync());
  };
  host.global.App = own;
  change(host);
  host.global.enterMainPackage = () => {
    if (typeof host.global.App === 'undefined') host.global.App = own;
  };
};

describe.skipIf(!isPackageBuilt).each(Object.entries(hosts))('an independent subpackage where App %s', (_, change) => {
  let project;
  let world;
  beforeAll(async () => {
    project = await compile(files(), ['', 'sub']);
  });
  afterEach(() => {
    expect(world.errors).toEqual([]);
    world.host.kill();
  });
  const open = async ({ of = project, path = 'sub/pages/open/index', phone } = {}) => {
    world = await openWorld(of, { phone, prepare: prepareBy(change, path), launch: { path, scene: 1047 } });
    return world;
  };

  it('is tracked before there is an app', async () => {
    const { host, arrived, warnings } = await open();
    expect(host.app()).toBeUndefined();
    expect(inShort(await arrived())).toEqual([
      'app_launch sub/pages/open/index',
      'app_show sub/pages/open/index',
      'page_view sub/pages/open/index',
    ]);
    await host.hide();
    expect(inShort(await arrived()).slice(3)).toEqual(['page_leave sub/pages/open/index', 'app_hide']);
    expect(warnings).toEqual([]);
  });

  it('that is loaded lazily still has its launch and its pages, and the way to the background', async () => {
    const { host, arrived } = await open({ of: await compile(files({ lazy: true }), ['', 'sub']) });
    await host.hide();
    expect(inShort(await arrived())).toEqual([
      // The host told of the first show before there was a tracker to hear it.
      'app_launch sub/pages/open/index',
      'page_view sub/pages/open/index',
      'page_leave sub/pages/open/index',
      'app_hide',
    ]);
  });

  it('and the main package have one tracker, though each has a copy of the package', async () => {
    const { host, kept, arrived, warnings } = await open();
    await host.tap('#tap');
    expect(kept.main).toBe(kept.sub);
    expect(warnings).toEqual([expect.stringContaining('E3 minitrail')]);
    await host.tap('#tap');
    await host.hide();
    const events = await arrived();
    expect(inShort(events)).toEqual([
      'app_launch sub/pages/open/index',
      'app_show sub/pages/open/index',
      'page_view sub/pages/open/index',
      'tap tap',
      // The host's late onLaunch is the app's to see, and no second launch.
      'launched',
      'page_leave sub/pages/open/index',
      'page_view pages/home/index',
      'tap tap',
      'page_leave pages/home/index',
      'page_view sub/pages/open/index',
      'page_leave sub/pages/open/index',
      'app_hide',
    ]);
    expect(events.map(({ boot, seq }) => [boot, seq])).toEqual(events.map((_, index) => [events[0].boot, index]));
  });

  it('leaves the next launch by the main package every event, once', async () => {
    const phone = createPhone();
    phone.online = false;
    const first = await open({ phone });
    await first.host.tap('#tap');
    const { accepted } = first.kept.sub.stats();
    await first.host.hide();
    first.host.kill();
    phone.online = true;
    const { arrived } = await open({ phone, path: 'pages/home/index' });
    const events = await arrived();
    const before = events.filter(({ boot }) => boot === events[0].boot);
    expect(before.map(({ seq }) => seq)).toEqual(Array.from({ length: accepted + 2 }, (_, index) => index));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ context }) => context.anonymous_id)).size).toBe(1);
  });

  it('may have a tracker of its own beside that of the main package', async () => {
    const { host, kept, arrived, warnings } = await open({
      of: await compile(files({ sub: "namespace: 'sub'," }), ['', 'sub']),
    });
    await host.tap('#tap');
    expect(kept.main).not.toBe(kept.sub);
    expect(warnings).toEqual([]);
    const wayOf = async (path) => inShort(await arrived()).filter((each) => each.endsWith(path));
    // The later one missed what came before it, and neither page is counted twice by the same tracker.
    expect(await wayOf('sub/pages/open/index')).toEqual([
      'app_launch sub/pages/open/index',
      'app_show sub/pages/open/index',
      'page_view sub/pages/open/index',
      'page_leave sub/pages/open/index',
    ]);
    expect(await wayOf('pages/home/index')).toEqual(['page_view pages/home/index', 'page_view pages/home/index']);

    kept.main.destroy();
    await host.tap('#tap');
    kept.main = { flush() {} };
    expect((await wayOf('sub/pages/open/index')).filter((each) => each.startsWith('page_view'))).toHaveLength(2);
  });
});
