import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { mirror } from '../../src/plugins/mirror';
import { type PerformanceOptions, performance } from '../../src/plugins/performance';
import type { Plugin } from '../../src/types/plugin';
import { createFakeHost } from '../helpers/fakeHost';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, spyOnWarnings } from '../helpers/fakeHostTracker';
import { startWithApi } from '../helpers/startWithApi';

const globals = globalThis as unknown as Record<'Page', (options: object) => void>;

/** A host's clock: WeChat's list has `getEntries`, Douyin's is an array. */
const createClock = (form: 'list' | 'array') => {
  const observed: unknown[] = [];
  let heard: ((entries: unknown) => void) | undefined;
  const clock = {
    createObserver(listener: (entries: unknown) => void) {
      return {
        observe(options: unknown) {
          observed.push(options);
          heard = listener;
        },
        disconnect() {
          heard = undefined;
        },
      };
    },
  };
  return {
    clock,
    observed,
    tell: (...entries: object[]) => heard?.(form === 'list' ? { getEntries: () => entries } : entries),
    listening: () => !!heard,
  };
};

const startWechat = (options?: PerformanceOptions) => {
  const { clock, ...rest } = createClock('list');
  return { ...rest, ...startWithApi([performance(options)], { getPerformance: () => clock }) };
};

beforeEach(() => {
  vi.useFakeTimers();
});

// https://developers.weixin.qq.com/miniprogram/dev/api/base/performance/PerformanceEntry.html
const LAUNCH = {
  name: 'appLaunch',
  entryType: 'navigation',
  startTime: 1000,
  duration: 812.4,
  path: 'pages/home/index',
  pageId: 5,
  navigationStart: 1000,
  navigationType: 'appLaunch',
};
const RENDER = {
  name: 'firstRender',
  entryType: 'render',
  startTime: 1300,
  duration: 402,
  path: 'pages/home/index',
  pageId: 5,
};
const PAINT = { name: 'firstPaint', entryType: 'render', startTime: 1500, path: 'pages/home/index', pageId: 5 };

describe('performance', () => {
  it('tracks launch, route and package on WeChat', () => {
    const { tell, sent, observed } = startWechat();
    expect(observed).toEqual([{ entryTypes: ['navigation', 'render', 'loadPackage'] }]);
    tell(LAUNCH, RENDER);
    tell({
      name: 'route',
      entryType: 'navigation',
      startTime: 5000,
      duration: 120,
      path: 'pages/cart/index',
      pageId: 6,
      navigationType: 'switchTab',
      referrerPath: 'pages/home/index',
    });
    tell({
      name: 'downloadPackage',
      entryType: 'loadPackage',
      startTime: 5100,
      duration: 90,
      packageName: 'pay',
      packageSize: 4096,
    });
    expect(sent('page_performance')).toEqual([
      { metric: 'app_launch', duration_ms: 812, path: 'pages/home/index', navigation_type: 'appLaunch' },
      { metric: 'first_render', duration_ms: 402, path: 'pages/home/index' },
      {
        metric: 'route',
        duration_ms: 120,
        path: 'pages/cart/index',
        navigation_type: 'switchTab',
        referrer_path: 'pages/home/index',
      },
      { metric: 'download_package', duration_ms: 90, package_name: 'pay', package_bytes: 4096 },
    ]);
  });

  it.each([
    ['behind', [LAUNCH, PAINT]],
    ['before', [PAINT, LAUNCH]],
  ])('measures a paint from the start of its navigation, told %s it', (_, entries) => {
    const { tell, sent } = startWechat();
    for (const entry of entries) tell(entry);
    tell({ ...PAINT, name: 'largestContentfulPaint', startTime: 2100 });
    expect(sent('page_performance').filter(({ metric }) => /paint/.test(`${metric}`))).toEqual([
      { metric: 'first_paint', duration_ms: 500, path: 'pages/home/index' },
      { metric: 'largest_contentful_paint', duration_ms: 1100, path: 'pages/home/index' },
    ]);
  });

  it('measures a paint from the start that the host names, where that is another than that of the entry', () => {
    const { tell, sent } = startWechat();
    tell({ ...LAUNCH, startTime: 1400, navigationStart: 1000 }, PAINT);
    expect(sent('page_performance')).toContainEqual({ metric: 'first_paint', duration_ms: 500, path: 'pages/home/index' });
  });

  it('keeps nothing of a page that is long gone', () => {
    const { tell, sent } = startWechat();
    tell(LAUNCH, { ...LAUNCH, pageId: 24 }, { ...PAINT, name: 'secondPaint' });
    tell({ ...LAUNCH, pageId: 25 }, PAINT);
    expect(sent('page_performance').map(({ metric }) => metric)).toEqual([
      'app_launch',
      'app_launch',
      'second_paint',
      'app_launch',
    ]);
  });

  it('does not measure a paint by the navigation of another page', () => {
    const { tell, sent } = startWechat();
    tell(LAUNCH, { ...PAINT, pageId: 9 });
    expect(sent('page_performance').map(({ metric }) => metric)).toEqual(['app_launch']);
  });

  it('tells a paint without a page once, also behind a navigation without one', () => {
    const { tell, sent } = startWechat();
    const { pageId: _, ...launch } = LAUNCH;
    const { pageId: __, ...paint } = PAINT;
    tell(launch, paint);
    expect(sent('page_performance').map(({ metric }) => metric)).toEqual(['app_launch', 'first_paint']);
  });

  it('gives a paint without a page no duration, and none that runs backwards', () => {
    const { tell, sent } = startWechat();
    tell({ name: 'firstPaint', entryType: 'render', startTime: 1500, path: 'a' }, LAUNCH, { ...PAINT, startTime: 900 });
    expect(sent('page_performance')).toMatchObject([
      { metric: 'first_paint', path: 'a' },
      { metric: 'app_launch' },
      { metric: 'first_paint', duration_ms: 0 },
    ]);
    expect('duration_ms' in (sent('page_performance')[0] as object)).toBe(false);
  });

  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/performance/tt-performance-create-observer
  it('tracks what the clock of Douyin tells', () => {
    const { clock, tell, observed } = createClock('array');
    const { sent } = startWithApi([performance()], { performance: clock }, { platform: 'douyin' });
    tell({ name: 'first-paint', entryType: 'paint', startTime: 1700000000000, duration: 300, path: 'pages/a/index' });
    expect(observed).toEqual([{ entryTypes: ['navigation', 'paint'] }]);
    expect(sent('page_performance')).toEqual([{ metric: 'first_paint', duration_ms: 300, path: 'pages/a/index' }]);
  });

  it('measures the launch itself where the host has no clock', () => {
    const { host, sent } = startWithApi([performance()], {}, { platform: 'alipay' });
    host.file('home', () => globals.Page({}));
    vi.advanceTimersByTime(340);
    host.launch();
    host.open('home');
    vi.advanceTimersByTime(1000);
    host.open('home');
    expect(sent('page_performance')).toEqual([
      { metric: 'app_launch', duration_ms: 340, path: 'home', measured_by: 'tracker' },
    ]);
  });

  it('measures no launch that began in the background', () => {
    const { host, sent } = startWithApi([performance()], {}, { platform: 'alipay' });
    host.file('home', () => globals.Page({}));
    host.launch();
    host.hide();
    vi.advanceTimersByTime(300);
    host.show();
    host.open('home');
    expect(sent('page_performance')).toEqual([]);
  });

  // https://developers.weixin.qq.com/miniprogram/dev/api/base/performance/Performance.html
  it('measures the launch itself where the clock of the host has no observers', () => {
    const warnings = spyOnWarnings();
    const { host, sent } = startWithApi([performance()], { getPerformance: () => ({ now: () => 1 }) });
    host.file('home', () => globals.Page({}));
    host.launch();
    host.open('home');
    expect(sent('page_performance')).toMatchObject([{ metric: 'app_launch', measured_by: 'tracker' }]);
    expect(warnings()).toEqual([]);
  });

  it('names itself where the clock of the host tells nothing', () => {
    const warnings = spyOnWarnings();
    const { clock, tell } = createClock('array');
    startWithApi([performance()], { performance: clock }, { platform: 'douyin' });
    tell(null as never);
    expect(warnings()).toEqual([expect.stringContaining('E1 performance')]);
  });

  it('measures no launch for a tracker that comes after it', () => {
    const host = createFakeHost();
    const { adapter } = createFakeAdapter({ host, platform: 'alipay' });
    const told: string[] = [];
    const create = (namespace: string) =>
      createTracker({
        adapter,
        namespace,
        endpoint: ENDPOINT,
        plugins: [performance()],
        beforeSend(event) {
          told.push(`${namespace} ${event.properties.metric}`);
          return event;
        },
      });
    const first = create('first');
    host.file('home', () => globals.Page({}));
    host.launch();
    host.open('home');
    create('second');
    first.destroy();
    vi.advanceTimersByTime(1000);
    host.open('home');
    expect(told).toEqual(['first app_launch']);
  });

  it('leaves out pages and what they ask for', () => {
    const { tell, sent } = startWechat({ exclude: ['pages/home/index'] });
    tell(LAUNCH, { ...RENDER, path: 'pages/cart/index', pageId: 6 });
    expect(sent('page_performance')).toMatchObject([{ path: 'pages/cart/index' }]);
  });

  it('stops at max in a session', () => {
    let session = (_: string): unknown => undefined;
    const sessions: Plugin = { name: 'sessions', setup: (context) => void (session = context.session) };
    const { clock, tell } = createClock('list');
    const { sent } = startWithApi([sessions, performance({ max: 3 })], { getPerformance: () => clock });
    for (let i = 0; i < 9; i++) tell({ ...RENDER, startTime: i });
    expect(sent('page_performance')).toHaveLength(3);
    session('next');
    for (let i = 0; i < 9; i++) tell({ ...RENDER, startTime: i });
    expect(sent('page_performance')).toHaveLength(6);
  });

  it('stops listening', () => {
    const { tracker, listening } = startWechat();
    expect(listening()).toBe(true);
    tracker.destroy();
    expect(listening()).toBe(false);
  });

  it('bounds the launch that the tracker measures when the clock is set', () => {
    const { host, sent } = startWithApi([performance()], {}, { platform: 'alipay' });
    host.file('home', () => globals.Page({}));
    vi.advanceTimersByTime(300);
    vi.setSystemTime(Date.now() + 86_400_000);
    host.launch();
    host.open('home');
    expect(sent('page_performance')[0]?.duration_ms).toBeLessThanOrEqual(10_000);
    vi.advanceTimersByTime(60_000);
    host.open('home');
    expect(sent('page_performance')).toHaveLength(1);
  });
});

describe('performance: slowRequestMs', () => {
  type Options = Record<string, unknown> & { success?(result: object): void; fail?(error: object): void };

  const start = (options: PerformanceOptions = { slowRequestMs: 1000 }, settings = {}) => {
    const asked: Options[] = [];
    const api: { request(given: Options): unknown } = { request: (given) => asked.push(given) };
    const own = api.request;
    const world = startWithApi([performance(options)], api, settings);
    const last = () => asked[asked.length - 1] as Options;
    return { ...world, api, own, asked, last };
  };

  it('tracks a slow request without its query', () => {
    const { api, last, sent } = start();
    vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/home/index' }]);
    const success = vi.fn();
    api.request({ url: 'https://api.example.com/goods?token=secret#x', method: 'POST', success });
    vi.advanceTimersByTime(1000);
    last().success?.({ statusCode: 200 });
    expect(success).toHaveBeenCalledExactlyOnceWith({ statusCode: 200 });
    expect(sent('slow_request')).toEqual([
      {
        url: 'https://api.example.com/goods',
        method: 'POST',
        duration_ms: 1000,
        status: 200,
        page_path: 'pages/home/index',
      },
    ]);
  });

  it('leaves out the requests of excluded pages', () => {
    const { api, last, sent } = start({ slowRequestMs: 1000, exclude: ['pages/pay/index'] });
    for (const route of ['pages/pay/index', 'pages/home/index']) {
      vi.stubGlobal('getCurrentPages', () => [{ route }]);
      api.request({ url: 'https://api.example.com/goods', success() {} });
      vi.advanceTimersByTime(1000);
      last().success?.({ statusCode: 200 });
    }
    expect(sent('slow_request')).toMatchObject([{ page_path: 'pages/home/index' }]);
  });

  it('tracks a slow failure as one', () => {
    const { api, last, sent } = start();
    api.request({ url: 'https://api.example.com/goods', fail() {} });
    vi.advanceTimersByTime(60_000);
    last().fail?.({ errMsg: 'request:fail timeout' });
    expect(sent('slow_request')).toMatchObject([{ method: 'GET', duration_ms: 60_000, failed: true }]);
  });

  it('reads the status of Alipay', () => {
    const { api, last, sent } = start();
    api.request({ url: 'https://api.example.com/goods', success() {} });
    vi.advanceTimersByTime(2000);
    last().success?.({ status: 503 });
    expect(sent('slow_request')).toMatchObject([{ status: 503 }]);
  });

  it('takes no fast request, and none that the background held up', () => {
    const { api, host, last, sent } = start();
    api.request({ url: 'https://api.example.com/a', success() {} });
    vi.advanceTimersByTime(999);
    last().success?.({});
    host.launch();
    api.request({ url: 'https://api.example.com/b', success() {} });
    host.hide();
    vi.advanceTimersByTime(60_000);
    host.show();
    last().success?.({});
    expect(sent('slow_request')).toEqual([]);
  });

  it.each([
    ['one endpoint', ENDPOINT],
    ['an endpoint with settings', { url: ENDPOINT }],
  ])('never takes a request to %s', (_, endpoint) => {
    const { api, last, sent } = start({ slowRequestMs: 0 }, { endpoint });
    const success = () => {};
    const own = { url: `${ENDPOINT}?query=INSERT`, success };
    api.request(own);
    expect(last()).toBe(own);
    api.request({ url: 'https://api.example.com/a', success });
    last().success?.({});
    expect(sent('slow_request')).toHaveLength(1);
  });

  it('never takes a request to a mirror', () => {
    const request = vi.fn();
    const api: { request(given: Options): unknown } = { request };
    const plugins = [performance({ slowRequestMs: 0 }), mirror({ endpoint: { url: `${ENDPOINT}?a=1` } })];
    startWithApi(plugins, api, { endpoint: 'https://other.example.com/x' });
    const given = { url: ENDPOINT };
    api.request(given);
    expect(request.mock.calls[0]?.[0]).toBe(given);
  });

  it('leaves the function of the host alone unless asked', () => {
    const { api, own } = start({});
    expect(api.request).toBe(own);
  });

  it('puts the function of the host back', () => {
    const { api, own, tracker } = start();
    expect(api.request).not.toBe(own);
    tracker.destroy();
    expect(api.request).toBe(own);
  });

  it('never takes the request of another tracker', () => {
    const { api, last, sent } = start({ slowRequestMs: 0 });
    const url = 'https://second.example.com/v1/events';
    const second = createTracker({ adapter: createFakeAdapter({ api }).adapter, endpoint: { url }, namespace: 'second' });
    api.request({ url: `${url}?a=1`, success() {} });
    last().success?.({});
    expect(sent('slow_request')).toEqual([]);
    second.destroy();
  });

  it('takes ten minutes for the longest that a request takes', () => {
    const { api, last, sent } = start();
    for (const ms of [600_000, 600_001]) {
      api.request({ url: 'https://api.example.com/goods', success() {} });
      vi.advanceTimersByTime(ms);
      last().success?.({ statusCode: 200 });
    }
    expect(sent('slow_request')).toMatchObject([{ duration_ms: 600_000 }]);
  });

  it('takes no time of a clock that was set', () => {
    const { api, last, sent } = start();
    api.request({ url: 'https://api.example.com/goods', success() {} });
    vi.setSystemTime(Date.now() + 86_400_000);
    last().success?.({ statusCode: 200 });
    expect(sent('slow_request')).toEqual([]);
  });
});
