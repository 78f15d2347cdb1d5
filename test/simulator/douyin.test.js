import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { createNodeHost } from '../../examples/simulator/host/node.mjs';

const FIXTURE = fileURLToPath(new URL('./fixture-douyin', import.meta.url));
const HOME = 'pages/home/index';

describe('the host as Douyin', () => {
  let compiled;
  let host;
  let errors;
  beforeAll(async () => {
    compiled = await compileProject(FIXTURE, { platform: 'douyin' });
  });
  afterEach(() => host?.kill());

  const start = async ({ modules, launch, ...options } = {}) => {
    const project = { ...compiled, modules: { ...compiled.modules, ...modules } };
    host = await createNodeHost({ project, ...options });
    errors = [];
    host.on('error', ({ message }) => errors.push(message));
    await host.launch(launch);
  };
  /** Until what was asked for has happened: an app in the foreground is not shown again. */
  const settled = () => host.show();
  const logged = () => {
    const { lines, args } = host.app().globalData;
    const rest = args.splice(0);
    return lines.splice(0).map((line, index) => [line, ...JSON.parse(JSON.stringify(rest[index]))]);
  };

  it('draws TTML: conditions, lists, SJS in files and in place, imported templates', async () => {
    await start();
    expect(errors).toEqual([]);
    expect(host.text()).toBe('12.00 now! plain a b fair one');
  });

  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/on-app-launch
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/tt-on-app-show
  it('spells the source one way at launch and another at show, and says how it was opened', async () => {
    await start({ launch: { scene: '021009', referrerInfo: { appId: 'other' } } });
    const entry = { path: HOME, query: {}, scene: '021009' };
    expect(logged().slice(0, 2)).toEqual([
      ['App onLaunch', { ...entry, refererInfo: { appId: 'other' }, showFrom: 10 }],
      ['App onShow', { ...entry, referrerInfo: { appId: 'other' }, showFrom: 10 }],
    ]);
    logged();
    await host.hide();
    await host.show();
    expect(logged().slice(1)).toEqual([
      ['App onHide'],
      ['App onShow', { ...entry, referrerInfo: {}, showFrom: 0 }],
      ['home onShow'],
    ]);
  });

  it('tells tt.onAppLaunch too', async () => {
    const app = `const log = require('./lib/log');
      tt.onAppLaunch((options) => log('listener', options.scene));
      App({ globalData: { lines: log.lines, args: log.args } });`;
    await start({ modules: { 'app.js': app } });
    expect(logged()[0]).toEqual(['listener', '021001']);
  });

  it('bubbles and catches taps, counted from the opening of the page', async () => {
    await start();
    logged();
    await host.tap('#inner');
    const [[name, event], ...rest] = logged();
    expect([name, rest]).toEqual(['inner', []]);
    expect(event).toMatchObject({
      type: 'tap',
      target: { id: 'inner', dataset: { where: 'inner' } },
      currentTarget: { id: 'inner' },
    });
    expect(event.timeStamp).toBeLessThan(60_000);
    await host.tap('#plain');
    await host.tap('#card-title');
    expect(logged().map(([line]) => line)).toEqual(['outer', 'pick']);
  });

  it('makes pages by Component() too, with behaviors, query properties and both spellings of the route', async () => {
    await start({ launch: { path: 'pages/widget/index', query: { id: '7' } } });
    expect(logged().slice(2)).toEqual([['widget onLoad 7 pages/widget/index'], ['widget show']]);
    await host.tap('#count');
    expect(host.text()).toBe('1 7');
    const { route, __route__, is, options } = host.page();
    expect([route, __route__, is, options.id]).toEqual([...Array(3).fill('pages/widget/index'), '7']);
  });

  // @douyin-microapp/typings, types/page.d.ts
  it('shares with a channel, and the home page where the page says nothing', async () => {
    await start({ launch: { path: 'pages/widget/index' } });
    logged();
    expect(await host.share()).toMatchObject({ title: 'mine', path: '/pages/widget/index?s=1' });
    await settled();
    expect(logged()).toEqual([['share', { from: 'menu', target: null, channel: '' }], ['shared']]);
    host.kill();
    await start();
    expect(await host.share()).toMatchObject({ title: '首页', path: `/${HOME}` });
    expect([await host.shareTimeline(), await host.addToFavorites()]).toEqual([null, null]);
  });

  it('calls back and returns no promise', async () => {
    await start();
    const { api } = host;
    const answers = [];
    expect(api.setStorage({ key: 'a', data: 1, success: (answer) => answers.push(answer) })).toBeUndefined();
    expect(api.getStorage({ key: 'none', fail: (answer) => answers.push(answer) })).toBeUndefined();
    await settled();
    expect(answers).toEqual([{ errMsg: 'setStorage:ok' }, { errMsg: 'getStorage:fail data not found', errNo: 10000 }]);
    expect([api.getStorageSync('a'), api.getStorageSync('none')]).toEqual([1, '']);
    expect(() => api.setStorageSync('long', 'x'.repeat(1024 * 1024))).toThrow('setStorageSync:fail');
  });

  it('says of itself what the typings list, and hides the global object', async () => {
    await start({
      modules: {
        'pages/widget/index.js':
          'Page({ seen: [typeof Behavior, typeof Mixin, typeof wx, typeof globalThis, typeof window].join() })',
      },
      launch: { path: 'pages/widget/index' },
    });
    expect(host.page().seen).toBe('function,undefined,undefined,undefined,undefined');
    expect(host.api.getSystemInfoSync()).toMatchObject({ appName: 'Douyin', SDKVersion: '3.19.0', platform: 'ios' });
    expect(host.api.getEnvInfoSync().microapp).toMatchObject({ envType: 'production', mpVersion: '1.0.0' });
    expect([host.api.getDeviceInfo, host.api.requestPayment, host.api.batchSetStorageSync]).toEqual(Array(3).fill(undefined));
  });

  it('answers a request with what came, and fails with errMsg and errNo', async () => {
    await start({ fetch: async () => new Response('ok', { status: 404 }) });
    const ask = () =>
      new Promise((done) => {
        host.api.request({ url: 'https://x.test/', dataType: 'string', complete: done });
      });
    expect(await ask()).toMatchObject({ statusCode: 404, data: 'ok', errMsg: 'request:ok' });
    host.setOnline(false);
    expect(await ask()).toMatchObject({ errMsg: expect.stringContaining('request:fail'), errNo: expect.any(Number) });
  });
});
