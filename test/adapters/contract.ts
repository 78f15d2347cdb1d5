import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Adapter, HttpResponse } from '../../src/types/adapter';
import type { Tracker } from '../../src/types/tracker';
import {
  type AppFiles,
  type Binding,
  createSimulatedHost,
  type HostSpec,
  type SimulatedHost,
} from '../helpers/simulatedHosts/createSimulatedHost';
import { createDevice, type Device, LATENCY_MS } from '../helpers/simulatedHosts/device';

export const ENDPOINT = 'https://collect.example.com/v1/events';

interface WireEvent {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly ts: number;
  readonly session_id: string;
  readonly properties: Record<string, unknown>;
}

interface Body {
  readonly contexts: readonly Record<string, unknown>[];
  readonly batch: readonly WireEvent[];
}

export const bodiesOf = ({ requests }: Device): Body[] => requests.map(({ body }) => JSON.parse(body));
export const eventsOf = (device: Device): WireEvent[] => bodiesOf(device).flatMap(({ batch }) => batch);
export const namesOf = (device: Device): string[] => eventsOf(device).map(({ name }) => name);
/** The properties of the last event of this name. */
export const last = (device: Device, name: string): Record<string, unknown> | undefined =>
  eventsOf(device)
    .filter((event) => event.name === name)
    .pop()?.properties;

/** An app with the tracker in its first import, as the README has it. */
export const appOf = (spec: HostSpec, { plugins = '', app = '', options = '' } = {}): string => `
  const sdk = require('minitrail');
  exports.tracker = sdk.createTracker({
    adapter: sdk.${spec.name}(),
    endpoint: '${ENDPOINT}',
    plugins: [${plugins || false}, sdk.autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
    ${options}
  });
  App({
    globalData: { opened: 1 },
    onLaunch(options) { log('App.onLaunch', options); },
    onShow(options) { log('App.onShow', options); },
    ${app}
  });
`;

const HOME = `
  Page({
    data: { n: 1 },
    onLoad(query) { log('home.onLoad', query); },
    onShow() { log('home.onShow'); },
    onHide() { log('home.onHide'); },
    onUnload() { log('home.onUnload'); },
    buy(event) { log('home.buy', event, this); return 'bought'; },
    outer(event) { log('home.outer', event); },
    count(n) { return n + this.data.n; },
    onShareAppMessage(asked) { return { title: 'Home', path: '/pages/home?from=card', imageUrl: 'cover.png' }; },
  });
`;
/** Has no lifecycle function and shares nothing. */
const PLAIN = 'Page({ data: {} });';
const CARD = `
  Component({
    methods: { like(event) { log('card.like', event, this); } },
  });
`;

export const filesOf = (spec: HostSpec, given: Parameters<typeof appOf>[1] = {}): AppFiles => ({
  app: appOf(spec, given),
  'pages/home': HOME,
  'pages/plain': PLAIN,
  'components/card': CARD,
});

export const trackerOf = (host: SimulatedHost): Tracker => host.exports('app').tracker as unknown as Tracker;

export const tick = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** Sends what waits and lets the answers arrive. */
export const deliver = async (host: SimulatedHost): Promise<void> => {
  void trackerOf(host).flush();
  await tick(2000);
};

export const useFakeTime = (): void => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date('2026-01-01T08:00:00Z'));
  });
};

/** What every adapter keeps, on the host that it is for. */
export const describeAdapter = (spec: HostSpec): void => {
  useFakeTime();
  const createHost = (given: Partial<Device> = {}, binding?: Binding): SimulatedHost =>
    createSimulatedHost(spec, createDevice(given), binding);
  const adapterOf = (host: SimulatedHost): Adapter => (host.sdk[spec.name] as () => Adapter)();

  it('runs without what the host does not have', () => {
    const host = createHost();
    const names = [...spec.hidden, 'window', 'document', 'global', 'self', 'XMLHttpRequest', 'fetch', 'TextEncoder', 'process'];
    for (const name of names) expect(`${name} ${host.run(`typeof ${name}`)}`).toBe(`${name} undefined`);
    host.launch(filesOf(spec));
    expect(trackerOf(host).stats().accepted).toBe(3);
  });

  describe('storage', () => {
    it('gives back what it took, by both halves, and lists its keys', async () => {
      const { storage } = adapterOf(createHost());
      const done = vi.fn();
      storage.set('a:1', 'one\n一');
      storage.write('a:2', 'two', done);
      await tick(10);
      expect(done.mock.calls).toEqual([[true]]);
      expect([storage.get('a:1'), storage.get('a:2')]).toEqual(['one\n一', 'two']);
      expect(storage.keys()).toEqual(['a:1', 'a:2']);
      storage.read('a:1', done);
      storage.remove('a:2', done);
      await tick(10);
      expect(done.mock.calls.slice(1)).toEqual([['one\n一'], []]);
      expect(storage.keys()).toEqual(['a:1']);
    });

    it('has no text for a key that is not there', async () => {
      const { storage } = adapterOf(createHost());
      const done = vi.fn();
      expect(storage.get('none') || '').toBe('');
      storage.read('none', done);
      await tick(10);
      expect(done).toHaveBeenCalledTimes(1);
      expect(done.mock.calls[0]?.[0] || '').toBe('');
    });

    it('throws, or answers false once, when the host takes nothing more', async () => {
      const { storage } = adapterOf(createHost({ full: true }));
      const done = vi.fn();
      expect(() => storage.set('a', '1')).toThrow();
      storage.write('a', '1', done);
      await tick(10);
      expect(done.mock.calls).toEqual([[false]]);
    });

    it('answers once when the host lacks a function', async () => {
      const host = createHost({ missing: ['getStorage', 'setStorage', 'removeStorage'] });
      const { storage } = adapterOf(host);
      const done = vi.fn();
      storage.read('a', (value) => done('read', value));
      storage.write('a', '1', (ok) => done('write', ok));
      storage.remove('a', () => done('remove'));
      await tick(10);
      expect(done.mock.calls).toEqual([['read', undefined], ['write', false], ['remove']]);
    });
  });

  describe('request', () => {
    const ask = async (host: SimulatedHost): Promise<HttpResponse[]> => {
      const answers: HttpResponse[] = [];
      adapterOf(host).request(
        { url: ENDPOINT, method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"a":"一"}', timeoutMs: 5000 },
        (answer) => void answers.push(answer),
      );
      await tick(LATENCY_MS + 10);
      return answers;
    };

    it('carries address, method, headers and body as they are', async () => {
      const host = createHost();
      await ask(host);
      expect(host.device.requests).toEqual([
        { url: ENDPOINT, method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"a":"一"}' },
      ]);
    });

    it.each([200, 204, 400, 401, 404, 413, 429, 500, 503])(
      'answers status %i with its headers and its text',
      async (status) => {
        const headers = { 'Retry-After': '7' };
        expect(await ask(createHost({ answer: () => ({ status, headers, body: '{"n":1}' }) }))).toMatchObject([
          { status, headers, body: '{"n":1}' },
        ]);
      },
    );

    it('takes an answer that is no JSON', async () => {
      expect(await ask(createHost({ answer: () => ({ status: 200, body: '<html>' }) }))).toMatchObject([
        { status: 200, body: '<html>' },
      ]);
    });

    it('answers status 0 and the words of the host when no answer came', async () => {
      const [answer] = await ask(createHost({ answer: () => 'offline' }));
      expect(answer).toMatchObject({ status: 0, headers: {}, body: '' });
      expect(answer?.message).toMatch(/\w/);
    });

    it('tells a request that the host cut, as the app left, from one that failed', async () => {
      expect(await ask(createHost({ answer: () => 'left' }))).toMatchObject([{ status: 0, interrupted: true }]);
      const [failed] = await ask(createHost({ answer: () => 'offline' }));
      expect(failed?.interrupted).not.toBe(true);
    });

    it('names a domain that is not on the list in the words that the sender knows', async () => {
      const [answer] = await ask(createHost({ answer: () => 'refused' }));
      expect(answer?.message).toMatch(/domain list/);
    });
  });

  describe('context', () => {
    it('names app, version, environment, host and device', () => {
      const context = adapterOf(createHost()).context();
      expect(context).toMatchObject({
        app_id: expect.stringMatching(/^\w{6,}$/),
        app_version: '1.2.3',
        app_env: expect.stringMatching(/^(release|production)$/),
        host_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        host_sdk_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      });
      expect(context.device).toEqual({
        brand: 'Maker',
        model: 'M1',
        os: expect.stringMatching(/17/),
        platform: expect.stringMatching(/^ios$/i),
        pixel_ratio: 3,
        screen_width: 390,
        screen_height: 844,
        window_width: 390,
        window_height: 753,
      });
    });

    it('leaves out what the host does not know', () => {
      const host = createHost();
      for (const name of Object.keys(host.api)) if (/Info|AppId|SDKVersion/.test(name)) delete host.api[name];
      expect(adapterOf(host).context()).toEqual({ device: {} });
    });
  });

  describe('the app and the network', () => {
    it('hands over the launch options', () => {
      const host = createHost();
      host.launch({ app: 'App({})', 'pages/home': PLAIN }, { path: 'pages/home', scene: '1001' });
      expect(adapterOf(host).launchOptions()).toMatchObject({ path: 'pages/home', scene: '1001' });
    });

    it('tells of show and hide until unsubscribed', () => {
      const host = createHost();
      host.launch({ app: 'App({})', 'pages/home': PLAIN });
      const adapter = adapterOf(host);
      const heard = vi.fn();
      const stops = [adapter.onAppShow(() => heard('show')), adapter.onAppHide(() => heard('hide'))];
      host.hide();
      host.show({ path: 'pages/home' });
      for (const stop of stops) stop();
      host.hide();
      host.show({});
      expect(heard.mock.calls).toEqual([['hide'], ['show']]);
    });

    it('tells the network type now and on each change, until unsubscribed', async () => {
      const host = createHost();
      const heard: string[] = [];
      const stop = adapterOf(host).onNetwork((type) => heard.push(type));
      await tick(10);
      host.setNetwork({ isConnected: true, networkType: '4g' });
      stop();
      host.setNetwork({ isConnected: true, networkType: '3g' });
      expect(heard).toEqual(['wifi', '4g']);
    });

    it('does without what the host lacks', () => {
      const host = createHost();
      for (const name of Object.keys(host.api)) delete host.api[name];
      const adapter = adapterOf(host);
      expect(adapter.launchOptions()).toEqual({});
      for (const stop of [adapter.onAppShow(() => {}), adapter.onAppHide(() => {}), adapter.onNetwork(() => {})]) stop();
    });

    it('starts on a foreign host, and the app runs on', () => {
      const foreign: HostSpec = { ...spec, apiName: spec.apiName === 'wx' ? 'my' : 'wx' };
      const host = createSimulatedHost(foreign, createDevice());
      const page = host.launch(filesOf(spec));
      expect(host.logged.map(([what]) => what)).toContain('home.onShow');
      expect(page.instance.data).toEqual({ n: 1 });
    });
  });

  describe('the tracker', () => {
    it('tells launch, show and the first page, with how the visitor entered', async () => {
      const host = createHost();
      host.launch(filesOf(spec), { path: 'pages/home', query: { a: '1' }, scene: '011009' }, 'pages/home', { a: '1' });
      await deliver(host);
      expect(namesOf(host.device)).toEqual(['app_launch', 'app_show', 'page_view']);
      expect(last(host.device, 'app_launch')).toEqual({ path: 'pages/home', query: { a: '1' }, scene: '011009' });
      expect(last(host.device, 'page_view')).toEqual({ path: 'pages/home', query: { a: '1' } });
      expect(bodiesOf(host.device)[0]?.contexts).toMatchObject([{ platform: spec.name, app_version: '1.2.3' }]);
      trackerOf(host).track('later');
      await deliver(host);
      expect(bodiesOf(host.device).pop()?.contexts).toMatchObject([{ network_type: 'wifi' }]);
    });

    it('keeps the functions of app and pages as they were', () => {
      const host = createHost();
      const options = { path: 'pages/home', scene: '1001' };
      const page = host.launch(filesOf(spec), options, 'pages/home', { a: '1' });
      expect(host.logged.map(([name, argument]) => [name, argument])).toEqual([
        ['App.onLaunch', options],
        ['App.onShow', options],
        ['home.onLoad', { a: '1' }],
        ['home.onShow', undefined],
      ]);
      expect((page.instance.count as (n: number) => number)(2)).toBe(3);
      expect(page.options.onShareTimeline).toBeUndefined();
      expect(host.warnings).toEqual([]);
    });

    it('counts each visit of a page once, by the time in the foreground', async () => {
      const host = createHost();
      host.launch(filesOf(spec));
      await tick(1000);
      host.open('pages/plain', { id: '7' });
      await tick(500);
      host.back();
      await tick(200);
      host.redirect('pages/plain');
      await deliver(host);
      const visits = eventsOf(host.device)
        .filter(({ name }) => /^page/.test(name))
        .map(({ name, properties: { path, duration_ms, query } }) => [name, path, duration_ms ?? query]);
      expect(visits).toEqual([
        ['page_view', 'pages/home', {}],
        ['page_leave', 'pages/home', 1000],
        ['page_view', 'pages/plain', { id: '7' }],
        ['page_leave', 'pages/plain', 500],
        ['page_view', 'pages/home', {}],
        ['page_leave', 'pages/home', 200],
        ['page_view', 'pages/plain', {}],
      ]);
    });

    it('tells a tap once, however many handlers it runs, and leaves their arguments alone', async () => {
      const host = createHost();
      const { instance } = host.launch(filesOf(spec));
      const card = host.place('components/card');
      await tick(100);
      host.tap([
        [card, 'like', { id: 'heart', dataset: { sku: 'A1' } }],
        [instance, 'outer', { id: 'box', dataset: {} }],
      ]);
      await tick(100);
      host.tap([[instance, 'buy', { id: 'buy', dataset: { price: 9.9 } }]]);
      (instance.buy as () => void)();
      await deliver(host);
      const taps = eventsOf(host.device)
        .filter(({ name }) => name === 'tap')
        .map(({ properties }) => properties);
      expect(taps).toHaveLength(2);
      expect(taps).toMatchObject([
        { kind: 'tap', element_id: 'heart', handler: 'like', page_path: 'pages/home', dataset: { sku: 'A1' } },
        { kind: 'tap', element_id: 'buy', handler: 'buy', page_path: 'pages/home', dataset: { price: 9.9 } },
      ]);
      const [like, outer, bought] = host.logged.filter(([name]) => /like|outer|buy/.test(`${name}`));
      expect(like?.[2]).toBe(card);
      expect(outer?.[1]).toMatchObject({ type: 'tap' });
      expect(bought?.[2]).toBe(instance);
    });

    it('marks the card of a page that shares, keeps the rest of it, and makes no page share', async () => {
      const host = createHost();
      host.launch(filesOf(spec));
      const card = host.share('button') as Record<string, string>;
      expect(card).toMatchObject({ title: 'Home', imageUrl: 'cover.png' });
      expect(card.path).toMatch(/^\/pages\/home\?from=card&_mt=/);
      const plain = host.open('pages/plain');
      expect('onShareAppMessage' in plain.options).toBe(false);
      expect(host.share()).toBeUndefined();
      await deliver(host);
      expect(last(host.device, 'share')).toMatchObject({
        method: 'button',
        depth: 1,
        page_path: 'pages/home',
        target_id: 'share',
      });
    });

    it('credits a visitor who comes by a card', async () => {
      const host = createHost();
      host.launch(filesOf(spec));
      const [, path = '', token = ''] = /^\/(.*)\?.*_mt=(.*)$/.exec((host.share() as { path: string }).path) || [];
      const friend = createHost();
      friend.launch(filesOf(spec), { path, query: { _mt: token }, scene: '1007' }, path, { _mt: token });
      await deliver(friend);
      expect(last(friend.device, 'share_open')).toMatchObject({ depth: 1, first: true, own: false });
    });

    it('parts foreground from background', async () => {
      const host = createHost();
      host.launch(filesOf(spec), { scene: '1001' });
      await tick(3000);
      host.hide();
      await tick(60_000);
      host.show({ scene: '1001' });
      await tick(1000);
      host.hide();
      await tick(10);
      host.show({ scene: '1001' });
      await deliver(host);
      const durations = (name: string): unknown[] =>
        eventsOf(host.device)
          .filter((event) => event.name === name)
          .map(({ properties }) => properties.duration_ms);
      expect(durations('app_hide')).toEqual([3000, 1000]);
      expect(durations('page_leave')).toEqual([3000, 1000]);
      expect(last(host.device, 'page_view')).toMatchObject({ path: 'pages/home', resumed: true });
    });

    it('holds all until consent is granted, and keeps a denial over launches', async () => {
      const values = new Map<string, unknown>();
      const pending = { options: "consent: 'pending'," };
      const first = createHost({ values });
      first.launch(filesOf(spec, pending));
      await tick(30_000);
      first.hide();
      first.show({ scene: '1001' });
      expect(first.device.requests).toEqual([]);
      expect([...values]).toEqual([]);
      trackerOf(first).setConsent('granted');
      await tick(1000);
      expect(namesOf(first.device).slice(0, 3)).toEqual(['app_launch', 'app_show', 'page_view']);
      expect(eventsOf(first.device)[0]?.ts).toBe(Date.parse('2026-01-01T08:00:00Z'));

      trackerOf(first).setConsent('denied');
      await tick(1000);
      expect(values.size).toBe(1);
      first.kill();
      const second = createHost({ values });
      second.launch(filesOf(spec, pending));
      await deliver(second);
      expect(second.device.requests).toEqual([]);
      expect(values.size).toBe(1);
    });

    it('delivers after a kill what was tracked before, once', async () => {
      const values = new Map<string, unknown>();
      const first = createHost({ values, answer: () => 'offline' });
      first.launch(filesOf(spec));
      trackerOf(first).track('paid', { amount: 3 }, { durable: true });
      await tick(1100);
      first.kill();
      const second = createHost({ values });
      second.launch(filesOf(spec));
      await tick(60_000);
      await deliver(second);
      const ids = eventsOf(second.device).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(namesOf(second.device).filter((name) => /paid|launch/.test(name))).toEqual(['app_launch', 'paid', 'app_launch']);
      expect(
        bodiesOf(second.device).every(
          ({ contexts }) => contexts[0]?.anonymous_id === bodiesOf(second.device)[0]?.contexts[0]?.anonymous_id,
        ),
      ).toBe(true);
      expect(trackerOf(second).stats()).toMatchObject({ waiting: 0, dropped: {} });
    });

    it('loses nothing in flight when the process dies before the answer', async () => {
      const values = new Map<string, unknown>();
      const first = createHost({ values });
      first.launch(filesOf(spec));
      await tick(3000);
      const before = first.device.requests.length;
      trackerOf(first).track('paid', {}, { durable: true });
      void trackerOf(first).flush();
      await tick(LATENCY_MS / 2);
      expect(first.device.requests).toHaveLength(before + 1);
      first.kill();
      await tick(1000);
      const second = createHost({ values });
      second.launch(filesOf(spec));
      await tick(60_000);
      await deliver(second);
      const paid = eventsOf(first.device).find(({ name }) => name === 'paid');
      expect(eventsOf(second.device)).toContainEqual(paid);
    });

    const deliverWith = async (answers: readonly ReturnType<Device['answer']>[]): Promise<SimulatedHost> => {
      let n = 0;
      const host = createHost({ answer: () => answers[Math.min(n++, answers.length - 1)] as never });
      host.launch(filesOf(spec));
      await deliver(host);
      return host;
    };

    it.each([
      ['200', [{ status: 200 }], { waiting: 0, acknowledged: 3, dropped: {} }],
      ['204', [{ status: 204 }], { waiting: 0, acknowledged: 3, dropped: {} }],
      ['503, then 200', [{ status: 503 }, { status: 200 }], { waiting: 0, acknowledged: 3, dropped: {} }],
      ['no network, then 200', ['offline', { status: 200 }], { waiting: 0, acknowledged: 3, dropped: {} }],
      ['the app left, then 200', ['left', { status: 200 }], { waiting: 0, acknowledged: 3, dropped: {} }],
      ['413 until single, then 200', [{ status: 413 }, { status: 413 }, { status: 200 }], { waiting: 0, acknowledged: 2 }],
      ['400', [{ status: 400 }], { waiting: 0, acknowledged: 0, dropped: { rejected: 3 } }],
      ['401', [{ status: 401 }], { waiting: 3, acknowledged: 0, dropped: {}, state: 'blocked' }],
    ] as const)('does with %s as the verdict says', async (_, answers, stats) => {
      const host = await deliverWith(answers);
      await tick(5000);
      expect(trackerOf(host).stats()).toMatchObject(stats);
    });

    it('keeps counting when storage is full', async () => {
      const host = createHost({ full: true });
      host.launch(filesOf(spec));
      await deliver(host);
      await tick(10_000);
      expect(host.logged.map(([name]) => name)).toContain('home.onShow');
      expect(trackerOf(host).stats()).toMatchObject({ accepted: 3, dropped: {} });
    });
  });

  describe('the constructors', () => {
    const debugged = filesOf(spec, { options: 'debug: sdk.debug({ note() {} }),' });
    const start = async (binding: Binding, files = debugged): Promise<SimulatedHost> => {
      const host = createHost({}, binding);
      host.launch(files);
      await tick(6000);
      return host;
    };

    it('are given back by destroy()', async () => {
      const host = createHost();
      const before = host.run('[App, Page, Component]');
      host.launch(filesOf(spec));
      expect(host.run('[App, Page, Component]')).not.toEqual(before);
      trackerOf(host).destroy();
      expect(host.run('[App, Page, Component]')).toEqual(before);
    });

    it('that are read-only throw nothing into the app, and a hint names the way out', async () => {
      const host = await start('read-only');
      expect(host.logged.map(([name]) => name)).toContain('home.onShow');
      expect(host.warnings.join('\n')).toMatch(/E40/);
      await deliver(host);
      expect(namesOf(host.device)).toContain('app_launch');
    });

    it('that each module gets as a parameter are found out, and a hint names the way out', async () => {
      const host = await start('parameter');
      expect(host.logged.map(([name]) => name)).toContain('home.onShow');
      expect(host.warnings.join('\n')).toMatch(/E40/);
    });

    it('give no hint where pages are seen', async () => {
      expect((await start('writable')).warnings).toEqual([]);
    });

    it.each(['read-only', 'parameter'] as const)('that are %s are served by wrapPage and wrapComponent', async (binding) => {
      const host = await start(binding, {
        ...debugged,
        'pages/home': `const { tracker } = require('app'); ${debugged['pages/home']?.replace('Page({', 'Page(tracker.wrapPage({').replace(/\}\);\s*$/, '}));')}`,
        'components/card': `const { tracker } = require('app'); Component(tracker.wrapComponent({ methods: { like() {} } }));`,
      });
      expect(host.warnings.join('\n')).not.toMatch(/E40/);
      host.tap([[host.place('components/card'), 'like', { id: 'heart' }]]);
      await deliver(host);
      expect(namesOf(host.device)).toEqual(expect.arrayContaining(['app_launch', 'page_view', 'tap']));
    });
  });

  describe('the app is as it was', () => {
    const launchPage = (page: string, more: AppFiles = {}, given = {}): SimulatedHost => {
      const host = createHost(given);
      host.launch({ ...filesOf(spec), 'pages/home': page, ...more });
      return host;
    };
    const logOf = (host: SimulatedHost): unknown[] => host.logged.map(([what, argument]) => [what, argument]);
    const onHome = (host: SimulatedHost): string[] =>
      eventsOf(host.device)
        .filter(({ name, properties }) => /^page/.test(name) && properties.path === 'pages/home')
        .map(({ name }) => name);

    it('with members of functions, classes and functions that are one', async () => {
      const host = launchPage(`
        const search = Object.assign(function (event) { log('searched', event && event.type); }, { cancel() { return 'cancelled'; } });
        const stamp = { get now() { return 'read'; } };
        const same = function () {};
        const worklet = Object.assign(() => {}, { __workletHash: 7 });
        function Old() { this.made = true; }
        Old.prototype.kind = 'old';
        function Compiled() {}
        Object.defineProperty(Compiled, 'create', { value: () => 'made' });
        class Model { constructor() { this.fresh = true; } }
        class Child extends Model { static create() { return new this(); } }
        const bare = () => {};
        Page({
          search, Model, Child, Old, Compiled, worklet, a: same, b: same, bare,
          $http: Object.defineProperty(() => {}, 'now', Object.getOwnPropertyDescriptor(stamp, 'now')),
          onUnload() { log('cancel', this.search.cancel()); },
        });
        exports.own = { search, worklet, Old, Model, bare };
      `);
      const page = host.stack[0]?.instance as Record<string, never>;
      const { own } = host.exports('pages/home') as unknown as { own: Record<string, Record<string, unknown>> };
      const look =
        host.run(`(page) => [new page.Model().fresh, page.Child.create().fresh, new page.Old().made, new page.Old().kind,
        new page.Old() instanceof page.Old, page.Compiled.create(), page.a === page.b, page.$http.now, Object.keys(page.search).join(),
        page.worklet.__workletHash].join()`) as (page: object) => string;
      expect(look(page)).toBe('true,true,true,old,true,made,true,read,cancel,7');
      expect(page.worklet).toBe(own.worklet);
      expect(page.Model).toBe(own.Model);
      // Later on: by the app's own name and by the page's.
      const replaced = (): string => 'replaced';
      Object.assign(own.search as object, { later: 1 });
      Object.assign(page.search as unknown as object, { cancel: replaced });
      expect(page.search).toHaveProperty('later', 1);
      // A function that had none when the page was made.
      Object.assign(own.bare as object, { later: 2 });
      expect(page.bare).toHaveProperty('later', 2);
      expect(own.search).toHaveProperty('cancel', replaced);
      host.tap([[page, 'search', { id: 'field' }]]);
      host.redirect('pages/plain');
      await deliver(host);
      expect(logOf(host)).toContainEqual(['cancel', 'replaced']);
      expect(last(host.device, 'tap')).toMatchObject({ handler: 'search', element_id: 'field' });
    });

    const shared = spec.constructors.includes('Mixin')
      ? { make: 'Mixin', list: 'mixins' }
      : { make: 'Behavior', list: 'behaviors' };
    const LIFE = `
      onLoad(query) { log('load', query.id); }, onShow() { log('show'); }, onHide() { log('hide'); }, onUnload() { log('unload'); },
    `;
    const visit = async (host: SimulatedHost): Promise<void> => {
      const page = host.open('pages/home', { id: '7' });
      await tick(100);
      host.hide();
      host.show({});
      host.back();
      await deliver(host);
      expect(page.path).toBe('pages/home');
    };
    const VISIT = ['load 7', 'show', 'hide', 'show', 'unload'];
    const forms: Record<string, string> = {
      'one of its list': `Page({ ${shared.list}: [${shared.make}({ methods: { ${LIFE} } })] });`,
      'one within another': `
        const inner = ${shared.make}({ methods: { ${LIFE} } });
        Page({ ${shared.list}: [${shared.make}({ ${shared.list}: [inner], methods: {} })] });`,
      'one made before the tracker': `Page({ ${shared.list}: [require('shared').before] });`,
      'a list beside functions of its own': `
        Page({ ${shared.list}: [${shared.make}({ methods: { onLoad(query) { log('load', query.id); }, onUnload() { log('unload'); } } })],
          onShow() { log('show'); }, onHide() { log('hide'); } });`,
    };
    const lived = (host: SimulatedHost): string[] =>
      host.logged.map((each) => each.join(' ')).filter((each) => /^(load|show|hide|unload)/.test(each));

    it.each(Object.keys(forms))('with lifecycle functions from %s', async (form) => {
      const host = createHost();
      host.launch(
        {
          ...filesOf(spec),
          app: `require('shared'); ${appOf(spec)}`,
          shared: `exports.before = ${shared.make}({ methods: { ${LIFE} } });`,
          'pages/first': 'Page({});',
          'pages/home': forms[form] as string,
        },
        {},
        'pages/first',
      );
      await visit(host);
      expect(lived(host)).toEqual(VISIT);
      expect(onHome(host)).toEqual(['page_view', 'page_leave', 'page_view', 'page_leave']);
      expect(eventsOf(host.device).find(({ properties }) => properties.path === 'pages/home')?.properties.query).toEqual({
        id: '7',
      });
    });

    // As mina-mixins, rxpage and many apps do it: the functions of mixins, then those of the page; some take the first only.
    const libraries: Record<string, string> = {
      'runs them in turn':
        'options[name] = function () { value.apply(this, arguments); return own && own.apply(this, arguments); };',
      'gives way to the page': 'if (!own) options[name] = value;',
    };
    const library = (how: string): string => `
      const own = Page;
      Page = (options) => {
        for (const mixin of options.mixins || [])
          for (const name of Object.keys(mixin)) {
            const value = mixin[name];
            const own = options[name];
            ${how}
          }
        delete options.mixins;
        own(options);
      };
    `;
    for (const how of Object.keys(libraries)) {
      it.each(['before', 'after'])(`with a library of mixins that ${how}, loaded %s the tracker`, async (when) => {
        const host = createHost();
        const load = library(libraries[how] as string);
        host.launch(
          {
            ...filesOf(spec),
            app: when === 'before' ? load + appOf(spec) : appOf(spec) + load,
            'pages/first': 'Page({});',
            'pages/home': `Page({ mixins: [{ ${LIFE} buy(event) { log('buy'); } }], data: {} });`,
          },
          {},
          'pages/first',
        );
        await visit(host);
        expect(lived(host)).toEqual(VISIT);
        expect(onHome(host)).toEqual(['page_view', 'page_leave', 'page_view', 'page_leave']);
      });
    }

    it('with handlers named as what every object has', async () => {
      const host = launchPage('Page({});', {
        'components/card': `Component({ methods: { toString(event) { log('string'); }, constructor(event) { log('made'); } } });`,
      });
      const card = host.place('components/card');
      host.tap([[card, 'constructor', { id: 'one' }]]);
      await tick(500);
      host.tap([[card, 'toString', { id: 'two' }]]);
      await deliver(host);
      expect(
        eventsOf(host.device)
          .filter(({ name }) => name === 'tap')
          .map(({ properties }) => properties.handler),
      ).toEqual(['constructor', 'toString']);
    });
  });

  describe('calls that the host did not make', () => {
    const pagesOf = (host: SimulatedHost): string[] =>
      eventsOf(host.device)
        .filter(({ name }) => /^(page|app)_/.test(name))
        .map(({ name, properties }) => `${name} ${properties.path || ''}`.trim());
    const start = (home: string, given: Partial<Device> = {}): SimulatedHost => {
      const host = createHost(given);
      host.launch({ ...filesOf(spec), 'pages/home': home }, {}, 'pages/home', { id: '7' });
      return host;
    };
    const LIFE = 'onLoad(query) { log("load", query); }, onShow() {}, onHide() {}, onUnload() {}';

    it('are no views and no leaves', async () => {
      const host = start(`Page({ ${LIFE},
        refresh(event) { this.onHide(); this.onShow(); this.onLoad(event); this.onUnload(); },
      });`);
      const { instance } = host.stack[0] as { instance: Record<string, () => void> };
      host.tap([[instance, 'refresh', { id: 'refresh' }]]);
      host.open('pages/plain');
      await tick(100);
      // Later than the tap that asked for it, as before a delayed navigateBack.
      instance.onShow?.();
      instance.onHide?.();
      await tick(100);
      host.back();
      await deliver(host);
      expect(pagesOf(host).slice(2)).toEqual([
        'page_view pages/home',
        'page_leave pages/home',
        'page_view pages/plain',
        'page_leave pages/plain',
        'page_view pages/home',
      ]);
      expect(last(host.device, 'page_view')).toMatchObject({ path: 'pages/home', query: { id: '7' } });
    });

    it('are no views and no leaves where taps are not tracked', async () => {
      const host = createHost();
      const app = appOf(spec).replace(/sdk\.autotrack\(.*\)/, 'sdk.pageView(), sdk.pageLeave()');
      host.launch({ ...filesOf(spec), app, 'pages/home': `Page({ ${LIFE}, pause(event) { this.onHide(); } });` });
      const { instance } = host.stack[0] as { instance: object };
      await tick(100);
      host.tap([[instance, 'pause', {}]]);
      await tick(100);
      host.redirect('pages/plain');
      await deliver(host);
      expect(last(host.device, 'page_leave')).toMatchObject({ path: 'pages/home', duration_ms: 200 });
    });

    it('are no leaves from a timer or an answer: what follows tells them from those of the host', async () => {
      const host = start(`Page({ ${LIFE},
        later() {
          setTimeout(() => this.onHide(), 100);
          Promise.resolve().then(() => this.onUnload());
          setTimeout(() => { this.onHide(); this.onShow(); }, 300);
        },
      });`);
      const { instance } = host.stack[0] as unknown as { instance: { later(): void } };
      instance.later();
      await tick(2000);
      host.redirect('pages/plain');
      await deliver(host);
      expect(pagesOf(host).slice(2)).toEqual(['page_view pages/home', 'page_leave pages/home', 'page_view pages/plain']);
      expect(last(host.device, 'page_leave')).toMatchObject({ path: 'pages/home', duration_ms: 2000 });
    });

    it('end no page that goes to the background with the app later on', async () => {
      const host = start(`Page({ ${LIFE}, later() { setTimeout(() => this.onHide(), 100); } });`);
      const { instance } = host.stack[0] as unknown as { instance: { later(): void } };
      instance.later();
      await tick(2000);
      host.hide();
      await tick(5000);
      host.show({});
      await deliver(host);
      expect(pagesOf(host).slice(2)).toEqual([
        'page_view pages/home',
        'page_leave pages/home',
        'app_hide',
        'app_show',
        'page_view pages/home',
      ]);
      expect(last(host.device, 'page_leave')).toMatchObject({ duration_ms: 2000 });
    });

    it('are no share from a timer or an answer', async () => {
      const host = start(`Page({
        later() {
          setTimeout(() => log('card', this.onShareAppMessage().path), 100);
          Promise.resolve().then(() => log('card', this.onShareAppMessage().path));
        },
        onShareAppMessage() { return { title: 'Home', path: '/pages/home?from=card' }; },
      });`);
      (host.stack[0] as unknown as { instance: { later(): void } }).instance.later();
      await tick(1000);
      await deliver(host);
      expect(host.logged.filter(([what]) => what === 'card').map(([, path]) => path)).toEqual(
        Array(2).fill('/pages/home?from=card'),
      );
      expect(namesOf(host.device)).not.toContain('share');
    });

    it('are no shares: the app gets its own card', async () => {
      const host = start(`Page({
        onLoad() { log('card', this.onShareAppMessage({}).path); },
        onShow() { log('card', this.onShareAppMessage({}).path); },
        copy(event) { log('card', this.onShareAppMessage({ from: 'button' }).path); },
        onShareAppMessage() { return { title: 'Home', path: '/pages/home?from=card' }; },
      });`);
      host.tap([[host.stack[0]?.instance as object, 'copy', {}]]);
      await deliver(host);
      expect(host.logged.filter(([what]) => what === 'card').map(([, path]) => path)).toEqual(
        Array(3).fill('/pages/home?from=card'),
      );
      expect(namesOf(host.device)).not.toContain('share');
      expect(host.share()).toMatchObject({ path: expect.stringMatching(/_mt=/) });
    });

    it('do not put an event into the query of a card', async () => {
      const host = start(
        `Page({ ${LIFE}, again(event) { this.onLoad(event); }, onShareAppMessage() { return { title: 'Home' }; } });`,
      );
      host.tap([[host.stack[0]?.instance as object, 'again', {}]]);
      expect((host.share() as { path: string }).path).toMatch(/^\/?pages\/home\?id=7&_mt=/);
    });
  });

  describe('what the host leaves out', () => {
    const countOf = (host: SimulatedHost, name: string): number => namesOf(host.device).filter((each) => each === name).length;

    it.each([
      ['listeners', 'offAppShow offAppHide'],
      ['one of two', 'offAppHide'],
    ])('%s that the app takes off are made up for by App', async (_, names) => {
      const host = createHost();
      host.launch(filesOf(spec));
      for (const name of names.split(' ')) (host.api[name] as () => void)();
      for (let times = 0; times < 2; times++) {
        await tick(1000);
        host.hide();
        host.show({ path: 'pages/home' });
      }
      host.hide();
      host.show({});
      await deliver(host);
      expect([countOf(host, 'app_hide'), countOf(host, 'app_show')]).toEqual([3, 4]);
    });

    it('is made up for by the listeners where App has none of the functions any more', async () => {
      const host = createHost();
      host.launch(filesOf(spec));
      host.hide();
      host.show({});
      host.forgetApp();
      host.hide();
      host.show({});
      await deliver(host);
      expect([countOf(host, 'app_hide'), countOf(host, 'app_show')]).toEqual([2, 3]);
    });

    it.each([
      ['null', null],
      ['nothing', undefined],
    ])('of the arguments: %s is nothing given', async (_, nothing) => {
      const host = createHost();
      host.launch(filesOf(spec));
      host.hide();
      host.tellListeners(nothing);
      await deliver(host);
      expect(countOf(host, 'app_show')).toBe(2);
      expect(host.warnings).toEqual([]);
    });

    it('the hide of a page: it ends with that of the app, and comes back with it', async () => {
      const host = createHost();
      host.launch(filesOf(spec));
      await tick(1000);
      host.hideAppAlone();
      await tick(5000);
      host.showAppAlone();
      await tick(500);
      host.redirect('pages/plain');
      await deliver(host);
      expect(
        eventsOf(host.device)
          .filter(({ name }) => name === 'page_leave')
          .map(({ properties }) => properties.duration_ms),
      ).toEqual([1000, 500]);
    });

    it('the show of a tab: the page on top is in sight once it is tapped', async () => {
      const host = createHost();
      host.launch({ ...filesOf(spec), 'pages/plain': 'Page({ buy(event) {} });' });
      await tick(1000);
      const page = host.openSilently('pages/plain', { tab: '2' });
      await tick(100);
      host.tap([[page.instance, 'buy', { id: 'buy' }]]);
      await deliver(host);
      expect(last(host.device, 'tap')).toMatchObject({ page_path: 'pages/plain' });
      expect(last(host.device, 'page_view')).toMatchObject({ path: 'pages/plain', query: { tab: '2' } });
      expect(last(host.device, 'page_leave')).toMatchObject({ path: 'pages/home' });
    });

    it('the query of the first page: it is that of the entry', async () => {
      const host = createHost();
      const files = { ...filesOf(spec), 'pages/home': 'Page({ onShareAppMessage() { return { title: "Home" }; } });' };
      host.launch(files, { path: 'pages/home', query: { id: '7' } }, 'pages/home', {});
      expect((host.share() as { path: string }).path).toMatch(/pages\/home\?id=7&_mt=/);
      host.open('pages/home', {});
      await deliver(host);
      const queries = eventsOf(host.device)
        .filter(({ name }) => name === 'page_view')
        .map(({ properties }) => properties.query);
      expect(queries).toEqual([{ id: '7' }, {}]);
    });
  });

  it('has one launch a process, over destroy() and a tracker that comes after it', async () => {
    const host = createHost();
    host.launch(filesOf(spec));
    await deliver(host);
    trackerOf(host).destroy();
    expect(vi.getTimerCount()).toBe(0);
    host.run(`(() => {
      const sdk = require('minitrail');
      exports.tracker = sdk.createTracker({
        adapter: sdk.${spec.name}(), endpoint: '${ENDPOINT}', namespace: 'next',
        plugins: [sdk.autotrack({ appLifecycle: true, pageView: true, tap: true })],
      });
    })()`);
    const { tracker } = host.exports('eval') as unknown as { tracker: Tracker };
    host.hide();
    host.show({});
    host.open('pages/plain');
    void tracker.flush();
    await tick(2000);
    expect(namesOf(host.device)).toEqual([
      'app_launch',
      'app_show',
      'page_view',
      'app_hide',
      'app_show',
      'page_view',
      'page_view',
    ]);
  });
};
