import { describe, expect, it, vi } from 'vitest';
import type { Adapter, HttpResponse } from '../../src/types/adapter';
import { alipayHost } from '../helpers/simulatedHosts/alipay';
import { type AppFiles, createSimulatedHost, type SimulatedHost } from '../helpers/simulatedHosts/createSimulatedHost';
import { createDevice, type Device, LATENCY_MS } from '../helpers/simulatedHosts/device';
import {
  appOf,
  bodiesOf,
  deliver,
  describeAdapter,
  ENDPOINT,
  eventsOf,
  filesOf,
  last,
  namesOf,
  tick,
  trackerOf,
  useFakeTime,
} from './contract';

describe('alipay on its host', () => describeAdapter(alipayHost));

describe("Alipay's own", () => {
  useFakeTime();
  const createHost = (given: Partial<Device> = {}): SimulatedHost => createSimulatedHost(alipayHost, createDevice(given));
  const adapterOf = (host: SimulatedHost): Adapter => (host.sdk.alipay as unknown as () => Adapter)();
  const files = filesOf(alipayHost);
  /** Launches an app whose first page is `home`. */
  const launch = (home: string, more: AppFiles = {}, given: Partial<Device> = {}, query = {}): SimulatedHost => {
    const host = createHost(given);
    host.launch({ ...files, 'pages/home': home, ...more }, { path: 'pages/home', scene: '1000', query }, 'pages/home', query);
    return host;
  };

  describe('storage', () => {
    it.each([{}, { storageThrows: true }])('refuses a value over 200 KB, whichever way the host tells it (%o)', (traits) => {
      // https://opendocs.alipay.com/mini/api/cog0du: error 14
      const { storage } = adapterOf(createHost({ traits }));
      expect(() => storage.set('a', 'x'.repeat(200 * 1024 + 1))).toThrow(/超限/);
      expect(() => storage.set('a', 'x'.repeat(1000))).not.toThrow();
    });

    it('names the refusal of a full storage', () => {
      // https://opendocs.alipay.com/mini/api/cog0du: error 12
      expect(() => adapterOf(createHost({ full: true })).storage.set('a', '1')).toThrow(/上限/);
    });

    it('keeps what the queue stores within 200 KB a key', async () => {
      const host = launch(files['pages/home'] as string, {}, { answer: () => 'offline' });
      for (let i = 0; i < 400; i++) trackerOf(host).track('long', { text: '字'.repeat(1000) });
      await tick(5000);
      host.hide();
      await tick(1000);
      const sizes = [...host.device.values.values()].map((value) => `${value}`.length * 3);
      expect(Math.max(...sizes)).toBeLessThan(200 * 1024);
      const { accepted, waiting, stored, dropped } = trackerOf(host).stats();
      expect({ waiting, stored }).toEqual({ waiting: accepted - Number(dropped.overflow), stored: waiting });
    });

    it('has nothing for a read that times out', () => {
      // Documented for another synchronous call: https://opendocs.alipay.com/mini/api/gawhvz
      const host = createHost();
      host.api.getStorageSync = () => undefined;
      expect(adapterOf(host).storage.get('a')).toBeUndefined();
    });

    it('reads what an old base library returns as APDataStorage', async () => {
      const values = new Map<string, unknown>();
      const traits = { legacyStorage: true };
      const first = launch(files['pages/home'] as string, {}, { values, traits, answer: () => 'offline' });
      await tick(2000);
      first.kill();
      const second = launch(files['pages/home'] as string, {}, { values, traits });
      await tick(60_000);
      await deliver(second);
      const visitors = bodiesOf(second.device).flatMap(({ contexts }) => contexts.map(({ anonymous_id }) => anonymous_id));
      expect(new Set(visitors).size).toBe(1);
    });
  });

  describe('request', () => {
    const ask = async (given: Partial<Device>): Promise<HttpResponse | undefined> => {
      const done = vi.fn();
      const request = { url: ENDPOINT, method: 'POST', headers: {}, body: '{}', timeoutMs: 5000 } as const;
      adapterOf(createHost(given)).request(request, done);
      await tick(LATENCY_MS + 10);
      expect(done).toHaveBeenCalledTimes(1);
      return done.mock.calls[0]?.[0];
    };

    it.each([401, 404, 413, 500])('takes error 19 with the status beside it for an answer of %i', async (status) => {
      // On devices the failure carries status and headers: https://opendocs.alipay.com/mini/00hxw8 has one look at it.
      expect(await ask({ answer: () => ({ status }), traits: { error19: 'whole' } })).toMatchObject({ status });
    });

    it('takes error 19 alone for a failing server, not for a lost connection', async () => {
      // https://opendocs.alipay.com/support/01rb31
      const answer = await ask({ answer: () => ({ status: 404 }), traits: { error19: 'bare' } });
      expect(answer).toMatchObject({ status: 500, message: '19 http status error' });
      expect(answer?.interrupted).toBe(false);
    });

    it('goes on after error 19 without a loss', async () => {
      let broken = true;
      const answer = () => ({ status: broken ? 503 : 200 });
      const host = launch(files['pages/home'] as string, {}, { answer, traits: { error19: 'bare' } });
      await deliver(host);
      // Between two attempts, or within one: the wait is random.
      expect(trackerOf(host).stats()).toMatchObject({ waiting: 3, state: expect.stringMatching(/^(waiting|sending)$/) });
      broken = false;
      await tick(30_000);
      expect(trackerOf(host).stats()).toMatchObject({ waiting: 0, acknowledged: 3, dropped: {} });
    });

    it('takes error 1 for an interruption: the visitor left the page', async () => {
      // https://github.com/AlipayDocs/open-docs, HTTP请求，my.request网络请求报error:1
      expect(await ask({ answer: () => 'left' })).toMatchObject({ status: 0, interrupted: true });
    });

    it('tells where to enter the endpoint when the host refuses it', async () => {
      const debugged = filesOf(alipayHost, { options: 'debug: sdk.debug({ note() {} }),' });
      const host = launch(files['pages/home'] as string, debugged, { answer: () => 'refused' });
      await deliver(host);
      expect(host.warnings.join()).toMatch(/E24/);
    });

    it('gives the host the body, the bytes in its place, the time to wait and text as what to answer with', () => {
      // https://opendocs.alipay.com/mini/api/owycmh
      const host = createHost();
      host.api.request = vi.fn();
      const adapter = adapterOf(host);
      const bytes = new Uint8Array([31, 139]).buffer;
      const request = { url: ENDPOINT, method: 'PUT', headers: { a: 'b' }, body: '{}', timeoutMs: 1234 } as const;
      adapter.request(request, () => {});
      adapter.request({ ...request, bytes }, () => {});
      const shared = { url: ENDPOINT, method: 'PUT', headers: { a: 'b' }, timeout: 1234, dataType: 'text' };
      expect(host.api.request).toHaveBeenNthCalledWith(1, expect.objectContaining({ ...shared, data: '{}' }));
      expect(host.api.request).toHaveBeenNthCalledWith(2, expect.objectContaining({ ...shared, data: bytes }));
    });

    /** What the adapter makes of this answer, or of this failure. */
    const told = (by: 'success' | 'fail', given?: object): HttpResponse => {
      const host = createHost();
      host.api.request = (options: Record<string, (answer?: object) => void>) => options[by]?.(given);
      const done = vi.fn();
      adapterOf(host).request({ url: ENDPOINT, method: 'POST', headers: {}, body: '{}', timeoutMs: 5000 }, done);
      expect(done).toHaveBeenCalledTimes(1);
      return done.mock.calls[0]?.[0];
    };

    it('tells status, headers and body of an answer, and of a host that says nothing', () => {
      const answer = { status: 201, headers: { date: 'x' }, data: '{"a":1}' };
      expect(told('success', answer)).toEqual({ status: 201, headers: { date: 'x' }, body: '{"a":1}' });
      expect(told('success', { status: 204, data: '' })).toEqual({ status: 204, headers: {}, body: '' });
      expect(told('success')).toEqual({ status: 0, headers: {}, body: '' });
      expect(told('fail')).toMatchObject({ status: 0, headers: {}, body: '', interrupted: false });
    });

    it.each([
      [{ error: 1 }, 0, '1', true],
      [{ error: 4 }, 0, 'not in domain list', false],
      [{ error: 9 }, 0, '9', false],
      [{ error: 11 }, 0, 'not in domain list', false],
      [{ error: 13 }, 0, '13', false],
      [{ error: 14 }, 500, '14', false],
      [{ error: 19 }, 500, '19', false],
      [{ error: 19, status: 404 }, 404, '19', false],
    ])('takes the failure %o for status %i', (failure, status, message, interrupted) => {
      // The table of my.request: error 14 is an answer that cannot be read, 4 and 11 a host that is not on the list.
      const answer = told('fail', { ...failure, errorMessage: 'why' });
      expect(answer).toEqual({ status, headers: {}, body: '', message: `${message} why`, interrupted });
    });

    it.each([
      ['10.1.95', true],
      ['10.1.94', false],
      ['10.0.99', false],
      ['10.2.0', true],
      ['10.2.30', true],
      ['9.9.99', false],
      ['11.0.0', true],
      ['10.1.95.7000', true],
      ['10', false],
      ['', false],
      [undefined, false],
    ])('sends bytes on client %s: %s', (version, is) => {
      // From 10.1.95: https://opendocs.alipay.com/mini/api/owycmh
      const host = createHost();
      host.api.getSystemInfoSync = () => ({ version });
      expect(adapterOf(host).sendsBinary?.()).toBe(is);
    });

    it('sends no bytes where the host does not say what it is', () => {
      expect(adapterOf(createHost({ missing: ['getSystemInfoSync'] })).sendsBinary?.()).toBe(false);
    });

    it('leaves no promise behind whose rejection the app would hear of', () => {
      // `my.request` is a promise too: https://opendocs.alipay.com/mini/00hxw8
      const host = createHost();
      // biome-ignore lint/suspicious/noThenProperty: it stands for a promise
      const promise = { then: vi.fn() };
      host.api.request = () => promise;
      adapterOf(host).request({ url: ENDPOINT, method: 'POST', headers: {}, body: '{}', timeoutMs: 5000 }, () => {});
      expect(promise.then).toHaveBeenCalledWith(undefined, expect.any(Function));
    });
  });

  describe('the network', () => {
    it.each([
      ['WIFI', 'wifi'],
      ['Wi-Fi', 'wifi'],
      ['5G', '5g'],
      ['WWAN', 'cellular'],
      ['UNKNOWN', 'unknown'],
      ['NOTREACHABLE', 'none'],
    ])('%s is %s', async (networkType, name) => {
      // https://opendocs.alipay.com/mini/api/network-status, https://opendocs.alipay.com/mini/api/ympi0l
      const heard = vi.fn();
      adapterOf(createHost({ networkType })).onNetwork(heard);
      await tick(10);
      expect(heard).toHaveBeenLastCalledWith(name);
    });

    it('is not told of by a status that names none', async () => {
      const heard = vi.fn();
      const host = createHost();
      const network = vi.fn();
      host.api.onNetworkStatusChange = network;
      host.api.getNetworkType = ({ success }: { success(status?: object): void }) => success();
      adapterOf(host).onNetwork(heard);
      network.mock.calls[0]?.[0]({});
      expect(heard).not.toHaveBeenCalled();
      network.mock.calls[0]?.[0]({ networkType: '4G' });
      expect(heard.mock.calls).toEqual([['4g']]);
    });

    it.each([
      ['UNKNOWN', 3],
      ['NOTREACHABLE', 0],
    ])('that is %s lets %i events out', async (networkType, sent) => {
      const host = launch(files['pages/home'] as string, {}, { networkType });
      await tick(10);
      await deliver(host);
      expect(eventsOf(host.device)).toHaveLength(sent);
    });
  });

  describe('context', () => {
    it('keeps a fact that is 0 and leaves an empty one out', () => {
      const host = createHost();
      host.api.getSystemInfoSync = () => ({ pixelRatio: 0, brand: '', model: 'M', app: 'alipay' });
      expect(adapterOf(host).context()).toMatchObject({ host_name: 'alipay', device: { pixel_ratio: 0, model: 'M' } });
      expect(adapterOf(host).context().device).not.toHaveProperty('brand');
    });

    it('does without system information that times out', () => {
      // https://opendocs.alipay.com/mini/api/gawhvz
      const context = adapterOf(createHost({ traits: { slow: true } })).context();
      expect(context).toMatchObject({ app_version: '1.2.3', host_sdk_version: '2.8.9', device: {} });
    });

    it('takes the app id from an older call where there is no other', () => {
      // https://opendocs.alipay.com/mini/api/my.getAccountInfoSync: 2.7.17, and not in the developer tool
      const context = adapterOf(createHost({ missing: ['getAccountInfoSync'] })).context();
      expect(context.app_id).toBe('2021000000000001');
    });
  });

  describe('entering', () => {
    it.each([
      ['0000', '0000'],
      [0, '0000'],
      [1007, '1007'],
    ])('with scene %o is told as %s', async (scene, told) => {
      // String in the document (https://opendocs.alipay.com/mini/framework/scene), number in the typings.
      const host = createHost();
      host.launch(files, { path: 'pages/home', scene });
      await deliver(host);
      expect(last(host.device, 'app_launch')?.scene).toBe(told);
    });

    it('without options, on a return, leaves the source as it was', async () => {
      const host = createHost();
      const app = appOf(alipayHost, { plugins: 'sdk.launchSource()' });
      host.launch({ ...files, app }, { path: 'pages/home', scene: '1007', query: { utm_source: 'poster' } });
      await tick(1000);
      host.hide();
      await tick(1000);
      host.show();
      trackerOf(host).track('after');
      await deliver(host);
      const sources = bodiesOf(host.device).flatMap(({ contexts }) => contexts.map(({ source }) => source));
      for (const source of sources) expect(source).toMatchObject({ scene: '1007', utm_source: 'poster' });
      expect(namesOf(host.device).filter((name) => name === 'app_show')).toHaveLength(2);
    });

    it('is one launch though a scheme calls onLaunch again on a warm start', async () => {
      // 支付宝小程序 scheme 介绍, AlipayDocs/open-docs
      const host = createHost();
      host.launch(files, { path: 'pages/home', scene: '1000' });
      host.hide();
      await tick(1000);
      const options = { path: 'pages/home', scene: '1300', query: { from: 'link' } };
      host.callApp('onLaunch', options);
      host.show(options);
      await deliver(host);
      expect(namesOf(host.device).filter((name) => name === 'app_launch')).toHaveLength(1);
      expect(last(host.device, 'app_show')).toMatchObject({ scene: '1300', query: { from: 'link' } });
    });

    it('is told by App where my.onAppShow is missing, as in the developer tool', async () => {
      // https://opendocs.alipay.com/mini/api/nn7do1
      const host = launch(
        files['pages/home'] as string,
        {},
        { missing: ['onAppShow', 'onAppHide', 'offAppShow', 'offAppHide'] },
      );
      await tick(1000);
      host.hide();
      host.show();
      await deliver(host);
      expect(namesOf(host.device).filter((name) => /^app/.test(name))).toEqual([
        'app_launch',
        'app_show',
        'app_hide',
        'app_show',
      ]);
    });
  });

  describe('pages', () => {
    it('have their query from onLoad, for it is not on the stack', async () => {
      // https://opendocs.alipay.com/mini/framework/getcurrentpages
      const host = launch('Page({ onShareAppMessage() { return { title: "no path" }; } });', {}, {}, { id: '7' });
      const card = host.share() as { path: string };
      await deliver(host);
      expect(last(host.device, 'page_view')).toEqual({ path: 'pages/home', query: { id: '7' } });
      expect(card.path).toMatch(/^\/?pages\/home\?id=7&_mt=/);
    });

    it("pass by the null that stands for a plugin's page", async () => {
      // https://opendocs.alipay.com/mini/framework/getcurrentpages
      const host = launch(files['pages/home'] as string, { 'plugin/page': 'Page({});' });
      host.open('plugin/page');
      host.open('pages/plain');
      host.back();
      host.back();
      await tick(6000);
      await deliver(host);
      expect(host.warnings).toEqual([]);
      expect(last(host.device, 'page_view')).toMatchObject({ path: 'pages/home' });
    });

    it('keep data that is a function', () => {
      // https://opendocs.alipay.com/mini/framework/page-detail
      const host = launch('Page({ data() { return { n: 2 }; } });');
      expect(host.stack[0]?.instance.data).toEqual({ n: 2 });
    });

    it('that live in `events` are counted once and get nothing beside', async () => {
      // https://opendocs.alipay.com/mini/framework/page-detail#events
      const host = launch(`Page({
        events: {
          onLoad(query) { log('load', query, this); },
          onShow() { log('show'); },
          onHide() { log('hide'); },
          onBack() { log('back'); },
        },
      });`);
      const [page] = host.stack;
      expect(Object.keys(page?.options || {})).toEqual(expect.not.arrayContaining(['onLoad', 'onShow', 'onHide']));
      await tick(700);
      host.open('pages/plain');
      await deliver(host);
      expect(host.logged.filter(([name]) => /^(load|show|hide|back)$/.test(`${name}`)).map(([name]) => name)).toEqual([
        'load',
        'show',
        'hide',
      ]);
      expect(host.logged.find(([name]) => name === 'load')?.[2]).toBe(page?.instance);
      expect(namesOf(host.device).filter((name) => /^page/.test(name))).toEqual(['page_view', 'page_leave', 'page_view']);
      expect(last(host.device, 'page_leave')).toMatchObject({ duration_ms: 700 });
    });

    it.each(['onPullDownRefresh', 'onReachBottom', 'onTabItemTap', 'onPageScroll'])('hear of %s in `events`', async (name) => {
      // What the page itself would have there is added there, for the host looks in one place only.
      const app = appOf(alipayHost, { plugins: 'sdk.pageInteraction()' });
      const host = createHost();
      const home = `Page({ events: { ${name}(event) { log('own', event, this); } } });`;
      host.launch({ ...files, app, 'pages/home': home }, {}, 'pages/home');
      const page = host.stack[0] as unknown as {
        options: { events: Record<string, (event: object) => void> };
        instance: object;
      };
      const events = { onTabItemTap: { index: 1, pagePath: 'pages/home', text: 'Home' }, onPageScroll: { scrollTop: 900 } };
      const event = (events as Record<string, object>)[name] || {};
      page.options.events[name]?.call(page.instance, event);
      expect(host.logged.filter(([what]) => what === 'own')).toEqual([['own', event, page.instance]]);
      host.open('pages/plain');
      await deliver(host);
      expect(namesOf(host.device).filter((each) => !/^(app|page_view|page_leave)/.test(each))).toHaveLength(1);
    });

    it('may have a member `events` of their own that is no object', async () => {
      const host = launch("Page({ events: 'all', onShow() { log('show'); } });");
      await deliver(host);
      expect(host.logged.filter(([name]) => name === 'show')).toHaveLength(1);
      expect(namesOf(host.device).filter((name) => /^page/.test(name))).toEqual(['page_view']);
      expect(host.warnings).toEqual([]);
    });

    it('that have a function in both places are counted once', async () => {
      const host = launch(`Page({
        onShow() { log('show'); },
        onHide() { log('hide'); },
        events: { onShow() { log('show'); }, onHide() { log('hide'); } },
      });`);
      await tick(700);
      host.open('pages/plain');
      await deliver(host);
      expect(host.logged.filter(([name]) => /^(show|hide)$/.test(`${name}`))).toHaveLength(4);
      expect(namesOf(host.device).filter((name) => /^page/.test(name))).toEqual(['page_view', 'page_leave', 'page_view']);
    });
  });

  describe('mixins', () => {
    // https://opendocs.alipay.com/mini/05bchn, https://opendocs.alipay.com/mini/framework/mixins
    it('made by Mixin() bring tap handlers and events of a page', async () => {
      const host = launch(`
        const shared = Mixin({
          methods: { buy(event) { log('buy', this); } },
          rootEvents: { onShow() { log('mixed show'); } },
        });
        Page({ mixins: [shared], data: {} });
      `);
      const page = host.stack[0]?.instance as object;
      host.tap([[page, 'buy', { id: 'b' }]]);
      await deliver(host);
      expect(host.logged).toContainEqual(['buy', page]);
      expect(host.logged).toContainEqual(['mixed show']);
      expect(last(host.device, 'tap')).toMatchObject({ handler: 'buy', element_id: 'b' });
      expect(namesOf(host.device).filter((name) => name === 'page_view')).toHaveLength(1);
    });

    it('that are plain objects bring tap handlers of a component, and stay as they were', async () => {
      const host = launch(files['pages/home'] as string, {
        'components/card': `
          const lifecycle = Object.freeze({ didMount() { log('mixed mount'); } });
          const shared = Object.freeze({ methods: Object.freeze({ like() { log('like', this); } }) });
          const own = shared.methods.like;
          Component({ mixins: [lifecycle, shared], data: {} });
          exports.untouched = () => shared.methods.like === own;
        `,
      });
      const card = host.place('components/card');
      host.tap([[card, 'like', { id: 'heart' }]]);
      await deliver(host);
      expect(host.logged).toContainEqual(['like', card]);
      expect((host.exports('components/card').untouched as unknown as () => boolean)()).toBe(true);
      expect(last(host.device, 'tap')).toMatchObject({ handler: 'like' });
    });

    it('leave Mixin as it was after destroy()', () => {
      const host = createHost();
      const before = host.run('Mixin');
      host.launch(files);
      trackerOf(host).destroy();
      expect(host.run('Mixin')).toBe(before);
    });
  });

  describe('components', () => {
    it('live by didMount and didUnmount, and are no pages', async () => {
      // https://opendocs.alipay.com/mini/framework/component_object
      const host = launch(files['pages/home'] as string, {
        'components/card': `Component({
          data: {}, props: { n: 1 },
          didMount() { log('mount', this); },
          didUnmount() { log('unmount', this); },
          methods: { like(event) { log('like', event); }, onShow() { log('my own show'); } },
        });`,
      });
      const card = host.place('components/card');
      (card.onShow as () => void)();
      host.tap([[card, 'like', { id: 'heart', dataset: { sku: 'A1' } }]]);
      await deliver(host);
      expect(host.logged).toContainEqual(['mount', card]);
      expect(host.logged).toContainEqual(['my own show']);
      expect(namesOf(host.device)).toEqual(['app_launch', 'app_show', 'page_view', 'tap']);
    });
  });

  describe('taps', () => {
    it.each(['tap', 'longTap'])('of type %s are told by the element that has the handler', async (type) => {
      // https://opendocs.alipay.com/mini/framework/event-object: camel case, `timeStamp` since 1970, `targetDataset`
      const host = launch(files['pages/home'] as string);
      const page = host.stack[0]?.instance as object;
      host.tap(
        [
          [page, 'buy', { id: 'inner', dataset: { sku: 'A1' } }],
          [page, 'outer', { id: 'outer', dataset: {} }],
        ],
        type,
      );
      const [, event] =
        host.logged.find(([name]) => name === 'outer') || host.logged.find(([name]) => name === 'home.outer') || [];
      expect(event).toMatchObject({ timeStamp: Date.now(), target: { targetDataset: { sku: 'A1' } } });
      await deliver(host);
      expect(eventsOf(host.device).filter(({ name }) => name === 'tap')).toHaveLength(1);
      expect(last(host.device, 'tap')).toMatchObject({ element_id: 'inner', dataset: { sku: 'A1' } });
    });

    it('in the same place at another time are two', async () => {
      const host = launch(files['pages/home'] as string);
      const page = host.stack[0]?.instance as object;
      host.tap([[page, 'buy', { id: 'b' }]]);
      await tick(300);
      host.tap([[page, 'buy', { id: 'b' }]]);
      await deliver(host);
      expect(eventsOf(host.device).filter(({ name }) => name === 'tap')).toHaveLength(2);
    });
  });

  describe('sharing', () => {
    it('by the app, for a page that does not, is marked', async () => {
      // https://opendocs.alipay.com/mini/framework/app-detail
      const app = appOf(alipayHost, { app: 'onShareAppMessage() { return { title: "All", path: "pages/home" }; },' });
      const host = createHost();
      host.launch({ ...files, app }, {}, 'pages/plain');
      expect(host.share('code')).toMatchObject({ title: 'All', path: expect.stringMatching(/^pages\/home\?_mt=/) });
      await deliver(host);
      expect(last(host.device, 'share')).toMatchObject({ method: 'code', page_path: 'pages/plain' });
    });

    it('that returns nothing shares nothing, as without us', async () => {
      // https://opendocs.alipay.com/mini/framework/page-detail: no default card where the function is defined
      const host = launch('Page({ onShareAppMessage() {} });');
      expect(host.share()).toBeUndefined();
      await deliver(host);
      expect(namesOf(host.device)).not.toContain('share');
    });

    it('by a promise stays a promise, and keeps its callbacks', async () => {
      // Base library 2.6.7; `success` and `fail` are the host's to call: https://opendocs.alipay.com/mini/framework/page-detail
      const host = launch(
        'Page({ onShareAppMessage() { return Promise.resolve({ path: "pages/home", success() { return 1; } }); } });',
      );
      const card = (await host.share()) as { path: string; success(): number };
      expect(card.path).toMatch(/_mt=/);
      expect(card.success()).toBe(1);
    });
  });

  it('holds one tracker for two copies of the library, as in a subpackage', () => {
    // https://opendocs.alipay.com/mini/framework/subpackages: a module exists once in each package
    const host = launch(files['pages/home'] as string);
    const first = trackerOf(host);
    expect((host.api as { __minitrail?: unknown }).__minitrail).toBeDefined();
    const second = host.run(
      `require('minitrail').createTracker({ adapter: require('minitrail').alipay(), endpoint: '${ENDPOINT}' })`,
    );
    expect(second).toBe(first);
  });
});
