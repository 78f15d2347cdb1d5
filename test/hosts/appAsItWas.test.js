import { beforeAll, describe, expect, it } from 'vitest';
import { compile, inShort, isPackageBuilt, openWorld } from './openWorld.js';

// What the built package must leave as it was, on glass-easel: with every plugin that looks at functions of pages, and
// without a tracker, the app does the same.
const TRACKER = `
const { createTracker, autotrack } = require('minitrail');
const { wechat } = require('minitrail/adapters/wechat');
const tracker = createTracker({
  adapter: wechat(), endpoint: 'https://collect.example.com/v1/events', namespace: 'constructor',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true, exposure: true, favorite: true, pageInteraction: true })],
});
keep('app', tracker);
module.exports = tracker;
`;
const LOG = 'const log = []; keepLog(log);';
const PAGES = {
  'pages/first/index.js': `${LOG}
const search = Object.assign(function () { log.push('searched'); }, { cancel() { return 'cancelled'; } });
const same = () => {};
class Model { constructor() { this.fresh = true; } static create() { return new this(); } }
Page({
  search, Model, first: same, second: same, $http: Object.assign(() => {}, { get: () => 'got' }),
  onLoad() {
    Object.assign(search, { later: 'later' });
    log.push(this.search.cancel(), this.search.later, new this.Model().fresh, this.Model.create() instanceof Model, this.first === this.second, this.$http.get());
  },
  tapped(event) { this.search(event); wx.navigateTo({ url: '/pages/second/index?id=7' }); },
  onUnload() { log.push('unload'); },
});`,
  'pages/second/index.js': `${LOG}
const inner = Behavior({ methods: { onHide() { log.push('hide'); } } });
const shared = Behavior({ behaviors: [inner], methods: {
  onLoad(query) { log.push('load ' + query.id); }, onShow() { log.push('show'); }, onUnload() { log.push('unload'); },
} });
Page({ behaviors: [shared], tapped() {} });`,
};

describe.skipIf(!isPackageBuilt)('a mini-program on glass-easel', () => {
  const projects = {};
  beforeAll(async () => {
    const files = (app) => ({ 'app.json': { pages: ['pages/first/index', 'pages/second/index'] }, 'app.js': app, ...PAGES });
    projects.with = await compile({ ...files("require('./tracker'); App({});"), 'tracker.js': TRACKER });
    projects.without = await compile(files('App({});'));
  });
  const visit = async (project) => {
    const log = [];
    const world = await openWorld(project, {
      prepare(host) {
        host.global.keepLog = (of) => {
          const { push } = of;
          of.push = (...each) => {
            log.push(...each);
            return push.apply(of, each);
          };
        };
      },
    });
    await world.host.tap('#tap');
    await world.host.hide();
    await world.host.show();
    await world.host.back();
    return { ...world, log };
  };

  it('does the same with a tracker as without, and its pages are seen', async () => {
    const [own, tracked] = [await visit(projects.without), await visit(projects.with)];
    expect(own.log).toEqual([
      'cancelled',
      'later',
      true,
      true,
      true,
      'got',
      'searched',
      'load 7',
      'show',
      'hide',
      'show',
      'unload',
    ]);
    expect(tracked.log).toEqual(own.log);
    expect([tracked.errors, tracked.warnings]).toEqual([[], []]);
    const events = await tracked.arrived();
    expect(inShort(events).filter((each) => /^page_|^tap/.test(each))).toEqual([
      'page_view pages/first/index',
      'tap tap',
      'page_leave pages/first/index',
      'page_view pages/second/index',
      'page_leave pages/second/index',
      'page_view pages/second/index',
      'page_leave pages/second/index',
      'page_view pages/first/index',
    ]);
    expect(events.find(({ properties }) => properties.path === 'pages/second/index').properties.query).toEqual({ id: '7' });
    for (const { host } of [own, tracked]) host.kill();
  });

  it('may give a page, a getter that throws and a big integer to the tracker', async () => {
    const { kept, host, errors, warnings, arrived } = await visit(projects.with);
    const tracker = kept.app;
    tracker.register({
      get broken() {
        throw new Error('own');
      },
    });
    tracker.track('whole_page', { vm: host.page(), big: 10n, sku: 'A1' });
    const event = (await arrived()).find(({ name }) => name === 'whole_page');
    expect(event.properties).toMatchObject({ big: '10', sku: 'A1' });
    expect(JSON.stringify(event).length).toBeLessThan(32_768);
    expect(errors).toEqual([]);
    expect(warnings.filter((text) => !/E1 register broken|E7 whole_page/.test(text))).toEqual([]);
    host.kill();
  });
});
