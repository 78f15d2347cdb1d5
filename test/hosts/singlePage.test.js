import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compile, createPhone, inShort, isPackageBuilt, openWorld, trackerFile } from './openWorld.js';

// The preview of a post in Moments (朋友圈单页模式, scene 1154): one page, a storage of its own, and these do not work.
// https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/share-timeline.html
const BLOCKED = [
  ...['login', 'checkSession', 'getUserProfile'],
  ...['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack'],
  ...['getShareInfo', 'showShareMenu', 'hideShareMenu', 'updateShareMenu'],
];

describe.skipIf(!isPackageBuilt)('the preview of a post in Moments', () => {
  let project;
  const worlds = [];
  beforeAll(async () => {
    project = await compile({
      'app.json': { pages: ['pages/home/index', 'pages/post/index'] },
      'app.js': "const tracker = require('./tracker'); App({ tracker });",
      'tracker.js': trackerFile('tracker').replace(
        'tap()]',
        "tap(), require('minitrail').share(), require('minitrail').launchSource()]",
      ),
      'pages/home/index.js': 'Page({ tapped() {} });',
      'pages/post/index.js': 'Page({ tapped() {}, onShareTimeline() { return { title: "post" }; } });',
    });
  });
  afterEach(() => {
    for (const { host, errors } of worlds.splice(0)) {
      expect(errors).toEqual([]);
      host.kill();
    }
  });
  const open = async (scene, phone) => {
    const called = [];
    const block = (host) => {
      for (const name of scene === 1154 ? BLOCKED : []) {
        host.api[name] = ({ fail } = {}) => {
          called.push(name);
          if (fail) fail({ errMsg: `${name}:fail can not be used in single page mode` });
        };
      }
    };
    const world = await openWorld(project, {
      phone,
      prepare: block,
      launch: { path: 'pages/post/index', query: { id: '7' }, scene },
    });
    worlds.push(world);
    return { ...world, called };
  };

  it('sends its page and its taps, marked as a preview of nobody', async () => {
    const { host, arrived, called } = await open(1154);
    await host.tap('#tap');
    await host.hide();
    const events = await arrived();
    expect(inShort(events)).toEqual([
      'app_launch pages/post/index',
      'app_show pages/post/index',
      'page_view pages/post/index',
      'tap tap',
      'page_leave pages/post/index',
      'app_hide',
    ]);
    for (const { context } of events) expect(context).toMatchObject({ single_page: true, anonymous_id: 'single_page' });
    expect(events[0].properties.scene).toBe('1154');
    expect(called).toEqual([]);
  });

  it('is told from the visit that follows from it, which is of somebody', async () => {
    const preview = await open(1154);
    await preview.arrived();
    const phone = createPhone(); // the storage of the mini-program itself
    const visit = await open(1155, phone);
    visit.host.kill();
    const again = await open(1001, phone);
    const [first, ...others] = (await again.arrived()).map(({ context }) => context);
    expect(first).not.toHaveProperty('single_page');
    expect(first.anonymous_id).toMatch(/^[0-9a-f]{32}$/);
    for (const { anonymous_id } of others) expect(anonymous_id).toBe(first.anonymous_id);
  });

  it('is nobody again each time, so that previews do not add up to visitors', async () => {
    const ids = [];
    for (const phone of [createPhone(), createPhone()])
      for (const { context } of await (await open(1154, phone)).arrived()) ids.push(context.anonymous_id);
    expect(new Set(ids)).toEqual(new Set(['single_page']));
  });
});
