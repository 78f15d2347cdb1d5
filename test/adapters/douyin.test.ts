import { describe, expect, it, vi } from 'vitest';
import type { Adapter } from '../../src/types/adapter';
import { type AppFiles, createSimulatedHost, type SimulatedHost } from '../helpers/simulatedHosts/createSimulatedHost';
import { createDevice, type Device } from '../helpers/simulatedHosts/device';
import { douyinHost } from '../helpers/simulatedHosts/douyin';
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

describe('douyin on its host', () => describeAdapter(douyinHost));

describe("Douyin's own", () => {
  useFakeTime();
  const createHost = (given: Partial<Device> = {}): SimulatedHost => createSimulatedHost(douyinHost, createDevice(given));
  const adapterOf = (host: SimulatedHost): Adapter => (host.sdk.douyin as unknown as () => Adapter)();
  const files = filesOf(douyinHost);
  const launch = (home: string, more: AppFiles = {}, options: object = {}, query = {}): SimulatedHost => {
    const host = createHost();
    host.launch({ ...files, 'pages/home': home, ...more }, options, 'pages/home', query);
    return host;
  };
  const home = files['pages/home'] as string;

  describe('entering', () => {
    it.each(['refererInfo', 'referrerInfo'])('by another app is told whether the host spells %s', async (name) => {
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/on-app-launch
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/tt-on-app-show
      const host = launch(home, {}, { path: 'pages/home', scene: '011009', [name]: { appId: 'tt99', extraData: {} } });
      await deliver(host);
      for (const event of ['app_launch', 'app_show']) expect(last(host.device, event)?.referrer_app_id).toBe('tt99');
    });

    it.each([
      ['021001', '021001'],
      [21001, '021001'],
      ['', ''],
    ])('with scene %o is told as %o', async (scene, told) => {
      // A string of six in the documents, a number in api/app-lifecycle.d.ts of the typings; empty in special cases.
      const host = launch(home, {}, { path: 'pages/home', scene });
      await deliver(host);
      expect(last(host.device, 'app_launch')?.scene).toBe(told);
    });

    it('hands on showFrom, and a mere return is no new source', async () => {
      // 10: by an entry; 0: otherwise. @douyin-microapp/typings, types/app.d.ts
      const host = createHost();
      const app = appOf(douyinHost, { plugins: 'sdk.launchSource()' });
      host.launch({ ...files, app }, { scene: '021001', showFrom: 10, query: { utm_source: 'ad' } });
      await tick(1000);
      host.hide();
      await tick(1000);
      host.show({ scene: '021036', showFrom: 0, query: {} });
      trackerOf(host).track('after');
      await deliver(host);
      const sources = bodiesOf(host.device).flatMap(({ contexts }) => contexts.map(({ source }) => source));
      for (const source of sources) expect(source).toMatchObject({ scene: '021001', utm_source: 'ad' });
    });

    it('is heard once, though the host runs a listener as often as it was given', async () => {
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/tt-on-app-show
      const host = createHost();
      host.launch({
        ...files,
        app: `${files.app}
          sdk.createTracker({
            adapter: sdk.douyin(), namespace: 'second', endpoint: 'https://second.example.com/', plugins: [sdk.appLifecycle()],
          });`,
      });
      host.hide();
      host.show({ showFrom: 0 });
      await deliver(host);
      expect(namesOf(host.device).filter((name) => name === 'app_show')).toHaveLength(2 * 2);
    });
  });

  describe('pages', () => {
    it('are known by __route__ on hosts that have no route', async () => {
      const host = launch(home);
      expect(host.stack[0]?.instance.route).toBeUndefined();
      await deliver(host);
      expect(last(host.device, 'page_view')).toMatchObject({ path: 'pages/home' });
    });

    it.each([
      ['methods', 'Component({ methods: { onLoad(query) { log("load", query, this); }, onShow() {} } });'],
      ['pageLifetimes', 'Component({ pageLifetimes: { show() {}, hide() {} }, lifetimes: { detached() {} } });'],
      ['nothing', 'Component({});'],
    ])('made by Component with %s are counted once', async (_, page) => {
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/framework/custom-component/start-page
      const host = launch(home, { 'pages/made': page });
      host.open('pages/made', { id: '7' });
      await tick(400);
      host.back();
      await deliver(host);
      const visits = eventsOf(host.device).filter(({ properties: { path } }) => path === 'pages/made');
      expect(visits.map(({ name }) => name)).toEqual(['page_view', 'page_leave']);
      expect(visits[0]?.properties.query).toEqual({ id: '7' });
      expect(visits[1]?.properties.duration_ms).toBe(400);
    });

    it('have tap handlers from behaviors', async () => {
      // @douyin-microapp/typings, types/behavior.d.ts
      const host = launch(`
        const shared = Behavior({ methods: { buy() { log('buy', this); } } });
        Component({ behaviors: [shared], methods: {} });
      `);
      const page = host.stack[0]?.instance as object;
      host.tap([[page, 'buy', { id: 'b' }]]);
      await deliver(host);
      expect(host.logged).toContainEqual(['buy', page]);
      expect(last(host.device, 'tap')).toMatchObject({ handler: 'buy' });
    });
  });

  describe('sharing', () => {
    it('from the menu has no target, and its channel is told', async () => {
      // @douyin-microapp/typings, types/page.d.ts; `target` is null for the menu
      const host = launch(home);
      const page = host.stack[0] as { options: Record<string, (asked: object) => { path: string }>; instance: object };
      const card = page.options.onShareAppMessage?.call(page.instance, { from: 'menu', target: null, channel: 'video' });
      expect(card?.path).toMatch(/_mt=/);
      await deliver(host);
      expect(last(host.device, 'share')).toMatchObject({ method: 'menu', channel: 'video' });
    });

    it('of a page that returns a promise, as the document has it, stays a promise', async () => {
      const host = launch(
        'Page({ async onShareAppMessage() { return { title: "later", path: "/pages/home", templateId: "t1" }; } });',
      );
      expect(await host.share()).toMatchObject({ title: 'later', templateId: 't1', path: expect.stringMatching(/_mt=/) });
    });
  });

  describe('request', () => {
    it('gives the host the body, the bytes in its place, and text as what to answer with', () => {
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/network/https/request
      const host = createHost();
      host.api.request = vi.fn();
      const adapter = adapterOf(host);
      const bytes = new Uint8Array([31, 139]).buffer;
      const request = { url: ENDPOINT, method: 'POST', headers: { a: 'b' }, body: '{}', timeoutMs: 1234 } as const;
      expect(adapter.sendsBinary?.()).toBe(true);
      adapter.request(request, () => {});
      adapter.request({ ...request, bytes }, () => {});
      const shared = { url: ENDPOINT, method: 'POST', header: { a: 'b' }, timeout: 1234, dataType: 'string' };
      expect(host.api.request).toHaveBeenNthCalledWith(1, expect.objectContaining({ ...shared, data: '{}' }));
      const [, [second]] = vi.mocked(host.api.request as () => void).mock.calls as unknown as [unknown, [{ data: unknown }]];
      expect(second.data).toBe(bytes);
    });
  });

  describe('the host', () => {
    it('names itself, for there are several with `tt`', () => {
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/framework/basic-library/compatibility-description
      expect(adapterOf(createHost()).context()).toMatchObject({ host_name: 'Douyin', app_id: 'tt1234', app_env: 'production' });
    });

    it('may be older than getEnvInfoSync', () => {
      // Base library 2.21: https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/env/get-env-info-sync
      const context = adapterOf(createHost({ missing: ['getEnvInfoSync'] })).context();
      expect(context.app_id).toBeUndefined();
      expect(context.device).toMatchObject({ brand: 'Maker' });
    });

    it('may lack getNetworkType, as the typings have it', async () => {
      const host = createHost({ missing: ['getNetworkType'] });
      host.launch(files);
      await deliver(host);
      expect(eventsOf(host.device)).toHaveLength(3);
      expect(bodiesOf(host.device)[0]?.contexts).toMatchObject([{ network_type: 'unknown' }]);
    });
  });
});
