import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';

const FIXTURE = fileURLToPath(new URL('./fixture-alipay', import.meta.url));
const HOME = 'pages/home/index';

describe('the host as Alipay', () => {
  let compiled;
  let host;
  let errors;
  beforeAll(async () => {
    compiled = await compileProject(FIXTURE, { platform: 'alipay' });
  });
  afterEach(() => host?.kill());

  const start = async ({ modules, launch, ...options } = {}) => {
    const project = { ...compiled, modules: { ...compiled.modules, ...modules } };
    host = await createNodeHost({ project, ...options });
    errors = [];
    host.on('error', ({ message }) => errors.push(message));
    await host.launch(launch);
  };
  /** What the app has logged since the last call: the line, then the arguments as plain data. */
  const logged = () => {
    const { lines, args } = host.app().globalData;
    const rest = args.splice(0);
    return lines.splice(0).map((line, index) => [line, ...JSON.parse(JSON.stringify(rest[index]))]);
  };
  /** Until what was asked for has happened: an app in the foreground is not shown again. */
  const settled = () => host.show();
  const names = () => logged().map(([line]) => line);

  it('draws AXML: conditions, lists, SJS with both kinds of exports, imported templates that contain themselves, slots', async () => {
    await start();
    expect(errors).toEqual([]);
    expect(host.text()).toBe('12.00 元 8 caught root x! y z! a b fair loaded noted 0 foot of loaded');
    expect(host.title()).toBe('首页');
  });

  // https://opendocs.alipay.com/mini/framework/page-detail, https://opendocs.alipay.com/mini/framework/component-lifecycle
  it('runs onLoad and onShow before it draws, and the components of the page before onReady', async () => {
    await start();
    expect(names()).toEqual([
      'App onLaunch',
      'App onShow',
      'home onLoad',
      'home onShow',
      'mixin onInit',
      'card onInit loaded',
      'card derive loaded > loaded',
      'card didMount on pages/home/index',
      'home onReady',
    ]);
  });

  // https://opendocs.alipay.com/mini/framework/app-detail
  it('hands over scenes as strings, leaves out an empty query, and comes back without options', async () => {
    await start({ launch: { scene: 1011, referrerInfo: { appId: 'other' } } });
    const entry = { path: HOME, scene: '1011', referrerInfo: { appId: 'other' }, apiCategory: 'default' };
    expect(logged().slice(0, 2)).toEqual([
      ['App onLaunch', entry],
      ['App onShow', entry],
    ]);
    await host.hide();
    await host.show();
    // The app's function is called with `undefined`.
    expect(logged()).toEqual([
      ['card rootEvents.onHide'],
      ['home onHide'],
      ['App onHide'],
      ['App onShow', null],
      ['home onShow'],
    ]);
    await host.hide();
    logged();
    await host.show({ path: 'pages/detail/index', query: { a: '1' }, scene: '1007', launchesAgain: true });
    const again = { path: 'pages/detail/index', query: { a: '1' }, scene: '1007', apiCategory: 'default' };
    expect(logged()).toEqual([
      ['App onLaunch', again],
      ['App onShow', again],
      ['home onUnload'],
      ['card didUnmount'],
      ['detail onLoad', { a: '1' }],
    ]);
  });

  // https://opendocs.alipay.com/mini/framework/event-object
  it('shapes a tap as Alipay does, through capture, bubble and catch', async () => {
    await start();
    logged();
    await host.tap('#inner');
    const taps = logged();
    expect(taps.map(([name]) => name)).toEqual(['capture', 'inner', 'outer']);
    expect(taps[2][1]).toMatchObject({
      type: 'tap',
      target: { id: 'inner', tagName: 'view', dataset: { where: 'outer' }, targetDataset: { where: 'inner' } },
      currentTarget: { id: 'outer', tagName: 'view', dataset: { where: 'outer' } },
    });
    expect(Math.abs(taps[2][1].timeStamp - Date.now())).toBeLessThan(60_000);
    await host.tap('#caught');
    expect(names()).toEqual(['capture', 'inner']);
    await host.trigger('#touched', 'touchstart');
    expect(logged()[0][1].type).toBe('touchStart');
    await host.trigger('#field', 'input', { value: 'x' });
    expect(names()).toEqual(['type x']);
  });

  // https://opendocs.alipay.com/mini/framework/component_object
  it("hands the parent's functions over as props, with all arguments and the answer", async () => {
    await start();
    logged();
    await host.tap('#card-title');
    expect(logged()).toEqual([
      ['home pick', 'loaded', 2],
      ['picked loaded'],
      ['card derive loaded > loaded'],
      ['card didUpdate loaded 0 > loaded 1'],
    ]);
    host.page().setData({ title: 'two' });
    await settled();
    await host.tap('#card-title');
    expect(names()).toEqual([
      'card derive loaded > two',
      'card didUpdate loaded 1 > two 1',
      'home pick',
      'picked two',
      'card derive two > two',
      'card didUpdate two 1 > two 2',
    ]);
    expect(host.page().card.is).toBe('components/card/index');
  });

  it('keeps the query off the page, gives it $spliceData, and refuses a page made by Component()', async () => {
    await start({ launch: { path: HOME, query: { a: '1' } } });
    expect(host.page().route).toBe(HOME);
    expect(host.page().options).toBeUndefined();
    host.page().$spliceData({ items: [1, 0, 'new'] });
    expect(host.text()).toContain('a new b');
    host.kill();
    await start({ modules: { 'pages/detail/index.js': 'Component({})' } });
    expect(errors.join('\n')).toContain('Alipay makes pages by Page()');
  });

  it('has no Behavior and no global object', async () => {
    await start({
      modules: {
        'pages/detail/index.js':
          'Page({ seen: [typeof Behavior, typeof Mixin, typeof wx, typeof globalThis, typeof window, typeof my].join() })',
      },
      launch: { path: 'pages/detail/index' },
    });
    expect(host.page().seen).toBe('undefined,function,undefined,undefined,undefined,object');
  });

  // https://opendocs.alipay.com/mini/framework/page-detail
  it("calls the page's functions in `events`", async () => {
    await start();
    logged();
    await host.switchTab(HOME);
    await host.pullDown();
    expect(logged()).toEqual([
      ['home events.onTabItemTap', { from: 'user', index: 0, pagePath: HOME, text: '首页' }],
      ['home events.onPullDownRefresh', { from: 'manual' }],
    ]);
  });

  // https://opendocs.alipay.com/mini/framework/page-detail#onShareAppMessage
  it("shares by the page, by the app where the page has no function, and tells the card's success", async () => {
    await start();
    expect(await host.share()).toMatchObject({ title: 'app shares by menu', path: '/pages/home/index?s=app' });
    host.api.navigateTo({ url: '/pages/detail/index' });
    await settled();
    logged();
    expect(await host.share()).toMatchObject({ title: 'by menu undefined', path: '/pages/detail/index?s=1' });
    await settled();
    expect(logged()).toEqual([['shared', { channelName: 'ALPContact', shareResult: true }]]);
    expect(await host.shareTimeline()).toBeNull();
    host.kill();
    const modules = { 'pages/detail/index.js': 'Page({ onShareAppMessage() {} })' };
    await start({ modules, launch: { path: 'pages/detail/index' } });
    expect(await host.share()).toBeNull();
  });

  // https://opendocs.alipay.com/mini/api/cog0du, https://opendocs.alipay.com/mini/api/ox0wna
  it('stores by objects, and answers instead of throwing when a value is too long', async () => {
    const device = createDevice();
    await start({ device });
    const { api } = host;
    expect(api.getStorageSync({ key: 'a' })).toMatchObject({ data: null });
    expect(api.setStorageSync({ key: 'a', data: { b: 1 } })).toEqual({ success: true });
    expect(api.getStorageSync({ key: 'a' })).toMatchObject({ data: { b: 1 }, success: true });
    expect(api.setStorageSync({ key: 'long', data: 'x'.repeat(200 * 1024) })).toMatchObject({ success: false, error: 14 });
    await expect(api.setStorage({ key: 'long', data: 'x'.repeat(200 * 1024) })).rejects.toMatchObject({ error: 14 });
    expect(await api.getStorage({ key: 'none' })).toMatchObject({ data: null });
    expect(api.getStorageInfoSync().keys).toEqual(['a']);
    expect([...device.storage.keys()]).toEqual(['a']);
  });

  describe('my.request', () => {
    const answering = (status, body) => ({ fetch: async () => new Response(body, { status }) });
    const ask = (options) =>
      new Promise((success) => {
        const task = host.api.request({
          url: 'https://x.test/',
          success: (answer) => success(['success', answer]),
          fail: (error) => success(['fail', error]),
          ...options,
        });
        task.catch(() => {});
      });

    it('answers with `status` and `headers`, also for 400 and more', async () => {
      await start(answering(500, '{"a":1}'));
      const [by, { status, headers, data, statusCode }] = await ask();
      expect([by, status, data, statusCode]).toEqual(['success', 500, { a: 1 }, undefined]);
      expect(headers['content-type']).toContain('text/plain');
    });

    it('fails with 14 for what is no JSON unless text was asked for, with 12 without a network', async () => {
      await start(answering(200, 'ok'));
      expect(await ask()).toEqual(['fail', { error: 14, errorMessage: 'JSON parse data error' }]);
      expect((await ask({ dataType: 'text' }))[1]).toMatchObject({ status: 200, data: 'ok' });
      host.setOnline(false);
      expect((await ask())[1]).toMatchObject({ error: 12 });
    });

    it('is a promise that can be aborted', async () => {
      await start({ fetch: () => new Promise(() => {}) });
      const task = host.api.request({ url: 'https://x.test/' });
      task.abort();
      await expect(task).rejects.toMatchObject({ error: 9 });
    });
  });

  // https://opendocs.alipay.com/mini/api/ympi0l
  it("spells network types in Alipay's way, and takes listeners back", async () => {
    await start();
    const heard = [];
    const listener = (status) => heard.push(status);
    host.api.onNetworkStatusChange(listener);
    host.setOnline(false);
    await settled();
    host.api.offNetworkStatusChange(listener);
    host.setOnline(true);
    await settled();
    expect(heard).toEqual([{ isConnected: false, networkType: 'NOTREACHABLE' }]);
    expect(await host.api.getNetworkType()).toMatchObject({ networkAvailable: true, networkType: 'WIFI' });
  });

  it('tells App.onError the message and the stack', async () => {
    await start({ modules: { 'pages/detail/index.js': "Page({ onLoad() { throw new Error('broken'); } })" } });
    logged();
    host.api.navigateTo({ url: '/pages/detail/index' });
    await settled();
    const [name, message, stack] = logged().find(([line]) => line === 'App onError');
    expect([name, message]).toEqual(['App onError', 'broken']);
    expect(stack).toContain('pages/detail/index.js');
  });
});

describe('compileProject for Alipay', () => {
  it('brings app.json into one form', async () => {
    const { appJson, platform } = await compileProject(FIXTURE, { platform: 'alipay' });
    expect(platform).toBe('alipay');
    expect(appJson.window).toMatchObject({ navigationBarTitleText: '首页', navigationBarBackgroundColor: '#1677ff' });
    expect(appJson.tabBar).toMatchObject({ color: '#333333', list: [{ text: '首页', iconPath: 'a.png' }] });
  });

  it('says which host it does not know', async () => {
    await expect(compileProject(FIXTURE, { platform: 'quick' })).rejects.toThrow(
      'platform: "quick" is none of wechat, alipay, douyin',
    );
  });
});
