import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { type LaunchSourceOptions, launchSource } from '../../src/plugins/launchSource';
import { alipayGroups } from '../../src/scenes/alipayGroups';
import { douyinGroups } from '../../src/scenes/douyinGroups';
import { wechatGroups } from '../../src/scenes/wechatGroups';
import type { EnterOptions } from '../../src/types/host';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

type Facts = Record<string, unknown>;
type Entry = EnterOptions & { readonly showFrom?: number };
interface Sent {
  readonly name: string;
  readonly session_id: string;
  readonly context: Facts & { readonly source: Facts; readonly first_source: Facts };
}

const MINUTE = 60_000;
const NOON = new Date(2026, 10, 21, 12).getTime();

/** An installation: what its storage holds survives the kill of a process. */
const createInstallation = (options?: LaunchSourceOptions, { before = false } = {}) => {
  const values = new Map<string, string>();
  const start = (entry: Entry) => {
    const plugins = [launchSource(options), appLifecycle()];
    const world = startTracker(before ? plugins.reverse() : plugins, { values, launchOptions: entry });
    return world;
  };
  let world: ReturnType<typeof start>;
  const sent = async (): Promise<Sent[]> => {
    const flushed = world.tracker.flush();
    await vi.advanceTimersByTimeAsync(1000);
    await flushed;
    return world.device
      .bodies()
      .flatMap(({ contexts, batch }) =>
        batch.map((event: { context: number }) => ({ ...event, context: contexts[event.context] })),
      );
  };
  const installation = {
    /** A cold start. */
    start(entry: Entry = {}) {
      world = start(entry);
      return installation;
    },
    launch(entry: Entry = {}) {
      installation.start(entry);
      world.host.launch(entry);
      return installation;
    },
    show: (entry: Entry = {}) => {
      world.host.show(entry);
      return installation;
    },
    hide: () => {
      world.host.hide();
      return installation;
    },
    wait: (ms: number) => {
      vi.advanceTimersByTime(ms);
      return installation;
    },
    kill: () => {
      vi.advanceTimersByTime(1000);
      // What the dead process had planned goes; the clock, which this sets back, goes on.
      const now = Date.now();
      vi.clearAllTimers();
      vi.setSystemTime(now);
      return installation;
    },
    /** The next event as it arrives. */
    async event(name = 'pay'): Promise<Sent> {
      world.tracker.track(name);
      return (await sent()).filter((event) => event.name === name).pop() as Sent;
    },
    sent,
    source: async () => (await installation.event()).context.source,
    memory: () => {
      const newest = [...values]
        .map(([key, value]) => [Number(/(\d+)\.\d+$/.exec(key)?.[1]), value] as const)
        .sort((a, b) => b[0] - a[0])[0];
      return JSON.parse((newest as readonly [number, string])[1].split('\n')[0] as string).plugins.launchSource as Facts;
    },
    destroy: () => world.tracker.destroy(),
  };
  return installation;
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});

// https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onAppShow.html
const ON_APP_SHOW = 'wx.onAppShow';
const QR_LINK = 'https://developers.weixin.qq.com/miniprogram/introduction/qrcode.html';
const QR_SCENE = 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html';
const TENCENT_ADS = 'https://developers.e.qq.com/docs/guide/conversion/new_version/wechat_mini_program_api';
const OCEAN_ENGINE = 'https://blog.csdn.net/qq_35133382/article/details/144341983';
const ALIPAY_SCENES = 'https://opendocs.alipay.com/mini/framework/scene';
const ALIPAY_START = 'github.com/AlipayDocs/open-docs 如何获取各种场景的启动参数.md';
const DOUYIN_SHOW =
  'https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/tt-on-app-show';
const WECHAT_SCENE = 'https://developers.weixin.qq.com/minigame/dev/guide/base-ability/scene.html';
const OURS = 'ours';

const enc = encodeURIComponent;

describe('launchSource', () => {
  const rows: readonly (readonly [
    fact: string,
    document: string,
    entry: Entry,
    source: Facts,
    options?: LaunchSourceOptions,
  ])[] = [
    ['WeChat: a scene is a number', ON_APP_SHOW, { scene: 1047 }, { scene: '1047' }],
    ['Alipay: `0000` is a code', ALIPAY_SCENES, { scene: '0000' }, { scene: '0000' }],
    ['Douyin: leading zeros count', DOUYIN_SHOW, { scene: '011004' }, { scene: '011004' }],
    ['Douyin: a scene may be empty, as in the review', DOUYIN_SHOW, { scene: '' }, {}],
    ['an entry without anything', ALIPAY_START, {}, {}],
    [
      'WeChat: the group of a scene',
      WECHAT_SCENE,
      { scene: 1047 },
      { scene: '1047', channel_group: 'scan' },
      { table: wechatGroups },
    ],
    [
      'WeChat: 1129 is a crawler',
      WECHAT_SCENE,
      { scene: 1129 },
      { scene: '1129', channel_group: 'system', is_automated: true },
      { table: wechatGroups },
    ],
    [
      'Alipay: the group of a scene',
      ALIPAY_SCENES,
      { scene: '1400' },
      { scene: '1400', channel_group: 'ad' },
      { table: alipayGroups },
    ],
    [
      'Douyin: the group of a scene',
      DOUYIN_SHOW,
      { scene: '025001' },
      { scene: '025001', channel_group: 'ad' },
      { table: douyinGroups },
    ],
    ['an entry without a scene', OURS, { scene: '' }, {}, { table: wechatGroups }],
    ['an entry without a scene on Alipay', OURS, {}, {}, { table: alipayGroups }],
    ['an entry without a scene on Douyin', OURS, {}, {}, { table: douyinGroups }],
    ['a code that no table knows', OURS, { scene: 1999 }, { scene: '1999' }, { table: wechatGroups }],
    [
      'utm parameters',
      OURS,
      { query: { utm_source: 's', utm_medium: 'm', utm_campaign: 'c', utm_term: 't', utm_content: 'n', id: '7' } },
      { utm_source: 's', utm_medium: 'm', utm_campaign: 'c', utm_term: 't', utm_content: 'n' },
    ],
    ['a value that is encoded', DOUYIN_SHOW, { query: { utm_campaign: enc('双十一') } }, { utm_campaign: '双十一' }],
    [
      'a value that is encoded twice',
      DOUYIN_SHOW,
      { query: { utm_campaign: enc(enc('a b&c=d')) } },
      { utm_campaign: 'a b&c=d' },
    ],
    [
      'a % that encodes nothing',
      OURS,
      { query: { utm_campaign: '50% off', utm_term: '%E5%8F', utm_content: '%' } },
      { utm_campaign: '50% off', utm_term: '%E5%8F', utm_content: '%' },
    ],
    ['128 characters are kept', OURS, { query: { utm_term: 'x'.repeat(128) } }, { utm_term: 'x'.repeat(128) }],
    [
      'a longer value ends in what tells it from others',
      OURS,
      { query: { utm_term: 'x'.repeat(500) } },
      { utm_term: `${'x'.repeat(121)}~cwixe7` },
    ],
    [
      'a cut never leaves half a character',
      OURS,
      { query: { utm_term: `${'x'.repeat(120)}${'😀'.repeat(9)}` } },
      { utm_term: expect.stringMatching(/^x{120}~\w{6}$/) },
    ],
    ['half a character is left out', OURS, { query: { utm_term: 'a\ud83db' } }, { utm_term: 'ab' }],
    ['a value that a template left out', OURS, { query: { utm_source: 'undefined', utm_medium: 'null', utm_term: '' } }, {}],
    ['a number as a value', OURS, { query: { utm_term: 0 } as never }, { utm_term: '0' }],
    ['WeChat: a QR code with a plain scene', QR_SCENE, { query: { scene: 'poster7' } }, { qr_scene: 'poster7' }],
    ['WeChat: a plain scene that is encoded', QR_SCENE, { query: { scene: 'a%2Cb' } }, { qr_scene: 'a,b' }],
    [
      'WeChat: a QR code with parameters',
      QR_SCENE,
      { query: { scene: enc('utm_source=a&utm_medium=b') } },
      { utm_source: 'a', utm_medium: 'b' },
    ],
    ['WeChat: the same, not encoded', QR_SCENE, { query: { scene: 'utm_source=a&id=2' } }, { utm_source: 'a' }],
    [
      'WeChat: the same, encoded twice',
      QR_SCENE,
      { query: { scene: enc(enc('utm_source=a&utm_medium=b')) } },
      { utm_source: 'a', utm_medium: 'b' },
    ],
    ['WeChat: a QR code that is the token of a share', OURS, { query: { scene: 'mt.k3v9x2m1qa.k3v9x2m1qa.1.7f' } }, {}],
    [
      'WeChat: a scanned link',
      QR_LINK,
      { query: { q: enc('https://m.example.com/s?utm_source=shelf&utm_term=a%26b#top') } },
      { utm_source: 'shelf', utm_term: 'a&b' },
    ],
    [
      'WeChat: a scanned link that is encoded twice',
      QR_LINK,
      { query: { q: enc(enc('https://m.example.com/s?utm_source=shelf')) } },
      { utm_source: 'shelf' },
    ],
    ['WeChat: a scanned link without parameters', QR_LINK, { query: { q: enc('https://m.example.com/s/17') } }, {}],
    ['WeChat: a scanned link that is damaged', QR_LINK, { query: { q: 'https%3A%2F%2Fm.example.com%3Futm_source%3Da%' } }, {}],
    [
      'the query goes before the link',
      OURS,
      { query: { q: enc('https://e.com?utm_source=link'), utm_source: 'query' } },
      { utm_source: 'query' },
    ],
    [
      'Alipay: a scanned link',
      ALIPAY_START,
      { query: { qrCode: enc('http://e.com/x?utm_source=desk&b=1') } },
      { utm_source: 'desk' },
    ],
    [
      'Alipay: the channel',
      ALIPAY_SCENES,
      { scene: '1300', query: { chInfo: 'ch_orderCenter' } },
      { scene: '1300', channel: 'ch_orderCenter' },
    ],
    [
      'Alipay: the channel by another mini-program',
      ALIPAY_START,
      { referrerInfo: { appId: '2019', extraData: { chInfo: 'ch_x' } } },
      { channel: 'ch_x', referrer_app_id: '2019' },
    ],
    [
      'WeChat: an ad',
      TENCENT_ADS,
      { query: { gdt_vid: 'wx0ewinbalytptma00', weixinadinfo: '20966864.wx0ewinbalytptma00.0.1' } },
      { click_id: 'wx0ewinbalytptma00', ad_info: '20966864.wx0ewinbalytptma00.0.1' },
    ],
    ['WeChat: an ad of Tencent outside of WeChat', TENCENT_ADS, { query: { qz_gdt: 'abc' } }, { click_id: 'abc' }],
    [
      'Douyin: an ad',
      OCEAN_ENGINE,
      { query: { adid: '17', clickid: 'EKjM==', creativeid: '18', creativetype: '1' } },
      { click_id: 'EKjM==', ad_id: '17', creative_id: '18' },
    ],
    ['Douyin: a preview of an ad, nothing put in', OCEAN_ENGINE, { query: { adid: '__AID__', clickid: '__CLICKID__' } }, {}],
    [
      'WeChat: opened by another mini-program',
      ON_APP_SHOW,
      { scene: 1037, referrerInfo: { appId: 'wx99' } },
      { scene: '1037', referrer_app_id: 'wx99' },
    ],
    [
      'WeChat: no referrerInfo on some versions',
      ON_APP_SHOW,
      { scene: 1037, referrerInfo: undefined } as never,
      { scene: '1037' },
    ],
    ['no query, as null', OURS, { query: null } as never, {}],
    [
      'parameters of the app, one renamed',
      OURS,
      { query: { coupon: 'C1', kol: 'ann' } },
      { coupon: 'C1', influencer: 'ann' },
      { params: ['coupon', 'kol:influencer'] },
    ],
    [
      'parameters of the app in a QR code',
      QR_SCENE,
      { query: { scene: enc('coupon=C1') } },
      { coupon: 'C1' },
      { params: ['coupon'] },
    ],
    [
      'excluded parameters, in the query and in a link',
      OURS,
      { query: { utm_term: 'me', q: enc('https://e.com?utm_content=138') } },
      {},
      { exclude: ['utm_term', 'utm_content'] },
    ],
    ['an excluded QR code', OURS, { query: { scene: 'secret' } }, {}, { exclude: ['scene'] }],
  ];
  for (const [fact, document, entry, source, options] of rows) {
    it(`reads ${fact} (${document})`, async () => {
      const { context } = await createInstallation(options).launch(entry).event();
      expect(context.source).toEqual(source);
      expect(source).toMatchObject(context.first_source);
    });
  }

  it('takes any query without a throw', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const value = fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.string().map(enc), fc.anything());
    const name = fc.oneof(fc.constantFrom('q', 'scene', 'qrCode', 'utm_source', '__proto__', 'constructor'), fc.string());
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.anything(), (query, extraData) => {
        const app = createInstallation({ table: wechatGroups }).launch({ query, referrerInfo: { extraData } } as never);
        app.destroy();
        vi.clearAllTimers();
        vi.unstubAllGlobals();
      }),
      { numRuns: 200 },
    );
    expect(warn.mock.calls.filter(([text]) => /on app|launchSource/.test(String(text)))).toEqual([]);
    warn.mockRestore();
  });

  it('puts the source on the launch event itself, and not on the events', async () => {
    const [launch] = await createInstallation()
      .launch({ scene: 1047, query: { utm_source: 'a' } })
      .sent();
    expect(launch).toMatchObject({
      name: 'app_launch',
      context: { session_index: 1, source: { scene: '1047', utm_source: 'a' } },
    });
    expect(Object.keys(launch as object)).not.toContain('source');
  });

  it('puts no byte on an event: all events share one context', async () => {
    const app = createInstallation().launch({
      scene: 1047,
      query: { utm_source: 'wechat', utm_medium: 'cpc', utm_campaign: 'double11' },
    });
    for (let i = 0; i < 30; i++) await app.event();
    const contexts = new Set((await app.sent()).map(({ context }) => JSON.stringify(context)));
    expect(contexts.size).toBe(1);
  });
});

describe('a new source', () => {
  const shows: readonly (readonly [
    fact: string,
    document: string,
    entry: Entry,
    isNew: boolean,
    options?: LaunchSourceOptions,
  ])[] = [
    ['another scene', ON_APP_SHOW, { scene: 1007 }, true],
    ['another campaign in the same scene', OURS, { scene: 1047, query: { utm_source: 'poster', utm_campaign: 'b' } }, true],
    ['an ad', TENCENT_ADS, { scene: 1047, query: { gdt_vid: 'wx1' } }, true],
    ['another QR code', QR_SCENE, { scene: 1047, query: { scene: 'poster8' } }, true],
    ['another mini-program', ON_APP_SHOW, { scene: 1047, referrerInfo: { appId: 'wx5' } }, true],
    [
      'the same scene and campaign on another page',
      OURS,
      { path: 'pages/b', scene: 1047, query: { utm_source: 'poster', id: '8' } },
      false,
    ],
    [
      'WeChat: the last entry again, after a look at a picture or the lock screen',
      WECHAT_SCENE,
      { scene: 1047, query: { utm_source: 'poster' } },
      false,
    ],
    [
      'WeChat on Android: the scene stays after the home key, the query does not',
      WECHAT_SCENE,
      { scene: 1047, query: {} },
      false,
    ],
    ['Alipay: a show without parameters', ALIPAY_START, {}, false],
    ['Alipay: a show without parameters, undefined', ALIPAY_START, undefined as never, false],
    ['Douyin: showFrom 0 is no entry', DOUYIN_SHOW, { scene: '021036', showFrom: 0 }, false],
    ['Douyin: showFrom 10 is an entry', DOUYIN_SHOW, { scene: '021036', showFrom: 10 }, true],
    [
      'WeChat: back from another mini-program, such as a payment',
      WECHAT_SCENE,
      { scene: 1038, referrerInfo: { appId: 'wxpay' } },
      false,
      { table: wechatGroups },
    ],
    ['WeChat: pulled down from the recent ones', WECHAT_SCENE, { scene: 1089 }, false, { table: wechatGroups }],
    ['Alipay: back from another mini-program', ALIPAY_SCENES, { scene: '1038' }, false, { table: alipayGroups }],
    ['Douyin: back from another mini-program', DOUYIN_SHOW, { scene: '021010', showFrom: 10 }, false, { table: douyinGroups }],
    ['without a table a return cannot be told', OURS, { scene: 1089 }, true],
  ];
  for (const [fact, document, entry, isNew, options] of shows) {
    it(`is ${isNew ? '' : 'not '}${fact} (${document})`, async () => {
      const app = createInstallation(options).launch({
        path: 'pages/a',
        scene: 1047,
        query: { utm_source: 'poster', id: '7' },
      });
      const before = await app.event();
      const after = await app.hide().wait(MINUTE).show(entry).event();
      expect(after.session_id !== before.session_id).toBe(isNew);
      expect(after.context.session_index).toBe(isNew ? 2 : 1);
      expect(after.context.first_source).toEqual(before.context.source);
      if (isNew) expect(after.context.source.scene).toBe(String(entry.scene));
      else expect(after.context.source).toEqual(before.context.source);
      const show = (await app.sent()).filter(({ name }) => name === 'app_show').pop() as Sent;
      expect(show).toMatchObject({ session_id: after.session_id, context: after.context });
    });
    it(`the same by a launch after a kill: ${fact}`, async () => {
      const app = createInstallation(options).launch({
        path: 'pages/a',
        scene: 1047,
        query: { utm_source: 'poster', id: '7' },
      });
      const before = await app.event();
      app.hide().kill().wait(MINUTE).launch(entry);
      const after = await app.event();
      expect(after.session_id !== before.session_id).toBe(isNew);
      expect(after.context.session_index).toBe(isNew ? 2 : 1);
      expect(after.context.first_source).toEqual(before.context.source);
      if (!isNew) expect(after.context.source).toEqual(before.context.source);
    });
  }

  it('is the source of later events without a new session where campaigns do not start one', async () => {
    const app = createInstallation({ session: { onNewCampaign: false } }).launch({ scene: 1047 });
    const before = await app.event();
    const after = await app.hide().show({ scene: 1007 }).event();
    expect(after.session_id).toBe(before.session_id);
    expect(after.context).toMatchObject({ session_index: 1, source: { scene: '1007' }, first_source: { scene: '1047' } });
  });

  it('is not blanked by the show that follows the launch', async () => {
    const app = createInstallation().launch({ scene: '1011', query: { utm_source: 'a' } });
    expect(await app.show({}).source()).toEqual({ scene: '1011', utm_source: 'a' });
  });
});

describe('first and last touch', () => {
  it('are kept over kills: the first for the installation, the last for the session', async () => {
    const app = createInstallation({ table: wechatGroups }).launch({
      scene: 1047,
      query: { utm_source: 'poster', gdt_vid: 'v1' },
    });
    const first = (await app.source()) as Facts;
    app
      .hide()
      .kill()
      .wait(31 * MINUTE)
      .launch({ scene: 1089 });
    expect((await app.event()).context).toMatchObject({
      session_index: 2,
      source: { scene: '1089', channel_group: 'recent' },
      first_source: first,
    });
    app
      .hide()
      .kill()
      .wait(24 * 60 * MINUTE)
      .launch({ scene: 1007, query: { utm_source: 'friend' } });
    const third = (await app.event()).context;
    expect(third.source).toEqual({ scene: '1007', channel_group: 'chat_share', utm_source: 'friend' });
    expect(third.first_source).toEqual(first);
  });

  it('blank nothing when a launch after the session says nothing', async () => {
    const app = createInstallation().launch({ scene: 1047 });
    app
      .hide()
      .kill()
      .wait(31 * MINUTE)
      .launch({});
    expect((await app.event()).context).toMatchObject({ source: {}, first_source: { scene: '1047' } });
  });

  it('remember the full names over a kill', async () => {
    const query = {
      utm_source: 'newsletter-of-the-autumn-sale',
      utm_campaign: '双十一预售第一波老客召回',
      utm_content: 'banner-b',
      gdt_vid: 'wx0abcdefghijklmnopqrstuvwxyz0123456789',
    };
    const app = createInstallation().launch({ scene: 1047, query });
    const before = (await app.event()).context.source;
    expect(before).toMatchObject({ utm_campaign: query.utm_campaign, click_id: query.gdt_vid });
    const { context } = await app
      .hide()
      .kill()
      .wait(29 * MINUTE)
      .launch({})
      .event();
    expect(context).toMatchObject({ source: before, first_source: before, session_index: 1 });
    const later = await app
      .hide()
      .kill()
      .wait(24 * 60 * MINUTE)
      .launch({ scene: 1001 })
      .event();
    expect(later.context.first_source).toEqual(before);
  });

  const long = (end: string) => `${'c'.repeat(130)}${end}`;
  const entries: readonly (readonly [string, Record<string, string>, Record<string, string>])[] = [
    ['a click id', { utm_source: 'gdt', utm_medium: 'cpc', utm_campaign: 'a'.repeat(60), gdt_vid: 'A' }, { gdt_vid: 'B' }],
    ['the end of a campaign', { utm_campaign: 'spring-2026-shenzhen-north' }, { utm_campaign: 'spring-2026-shenzhen-south' }],
    ['the sixth Chinese character', { utm_campaign: '双十一预售一' }, { utm_campaign: '双十一预售二' }],
    ['utm_content', { utm_campaign: 'x'.repeat(80), utm_content: 'a' }, { utm_content: 'b' }],
    ['what is over 128 characters', { utm_campaign: long('a') }, { utm_campaign: long('b') }],
    ['a parameter of the app', { utm_campaign: 'x'.repeat(80), kol: 'a' }, { kol: 'b' }],
  ];
  it.each(entries)('a source that differs in %s is new, warm and cold', async (_, first, change) => {
    for (const isCold of [false, true]) {
      const app = createInstallation({ params: ['kol'] }).launch({ scene: 1047, query: first });
      const before = await app.event();
      app.hide();
      if (isCold) app.kill();
      const entry = { scene: 1047, query: { ...first, ...change } };
      const after = await (isCold ? app.launch(entry) : app.show(entry)).event();
      expect(after.session_id).not.toBe(before.session_id);
      expect(after.context.session_index).toBe(2);
      expect(after.context.source).not.toEqual(before.context.source);
      expect(after.context.first_source).toEqual(before.context.source);
      app.destroy();
    }
  });

  it('a long campaign that is repeated is not taken for a new one', async () => {
    const entry = {
      scene: 1047,
      query: { utm_source: 'a', utm_campaign: 'c'.repeat(120), utm_term: 't'.repeat(120), gdt_vid: 'v' },
    };
    const app = createInstallation().launch(entry);
    const before = await app.event();
    expect(before.context.source.utm_campaign).toHaveLength(120);
    expect((await app.hide().show(entry).event()).context).toEqual(before.context);
    const after = await app.kill().launch(entry).event();
    expect(after.session_id).toBe(before.session_id);
  });
});

describe('sessions', () => {
  it('go on over 29 minutes in the background and end with 30', async () => {
    const app = createInstallation().launch({ scene: 1001 });
    const first = await app.event();
    expect(first.context).toMatchObject({ session_index: 1, is_first_visit: true, is_first_day: true });
    const second = await app
      .hide()
      .wait(29 * MINUTE)
      .show({ scene: 1001 })
      .event();
    expect(second.session_id).toBe(first.session_id);
    const third = await app
      .hide()
      .wait(30 * MINUTE)
      .show({ scene: 1001 })
      .event();
    expect(third.session_id).not.toBe(first.session_id);
    expect(third.context).toMatchObject({
      session_index: 2,
      is_first_visit: false,
      is_first_day: true,
      source: { scene: '1001' },
    });
  });

  it('are of another length where the app says so', async () => {
    const app = createInstallation({ session: { timeoutMs: 5 * MINUTE } }).launch();
    const first = await app.event();
    expect(
      (
        await app
          .hide()
          .wait(6 * MINUTE)
          .show()
          .event()
      ).session_id,
    ).not.toBe(first.session_id);
  });

  it('go on in the foreground however long nothing happens', async () => {
    const app = createInstallation().launch();
    const first = await app.event();
    expect(
      (
        await app
          .wait(90 * MINUTE)
          .hide()
          .wait(MINUTE)
          .show()
          .event()
      ).session_id,
    ).toBe(first.session_id);
  });

  it('go on when a kill takes the app and it is launched again within 30 minutes', async () => {
    const app = createInstallation().launch({ scene: 1001 });
    const first = await app.event();
    const second = await app
      .kill()
      .wait(20 * MINUTE)
      .launch({ scene: 1001 })
      .event();
    expect(second).toMatchObject({
      session_id: first.session_id,
      boot: 2,
      context: { session_index: 1, is_first_visit: true },
    });
    // Each event is a sign of life.
    const third = await app
      .kill()
      .wait(20 * MINUTE)
      .launch({ scene: 1001 })
      .event();
    expect(third.session_id).toBe(first.session_id);
    const fourth = await app
      .kill()
      .wait(31 * MINUTE)
      .launch({ scene: 1001 })
      .event();
    expect(fourth.session_id).not.toBe(first.session_id);
    expect(fourth.context).toMatchObject({ session_index: 2, is_first_visit: false });
  });

  it('hold the events before the launch, too: a new one after 30 minutes', async () => {
    const app = createInstallation().start({ scene: 1001 });
    const early = await app.event('early');
    const launched = await app
      .kill()
      .wait(31 * MINUTE)
      .start({ scene: 1001 })
      .event('early');
    expect(launched.session_id).not.toBe(early.session_id);
    vi.clearAllTimers();
  });

  it('give the events before the launch the id of the session that goes on', async () => {
    const app = createInstallation().launch({ scene: 1001 });
    const first = await app.event();
    expect((await app.kill().wait(MINUTE).start({ scene: 1001 }).event()).session_id).toBe(first.session_id);
  });

  it('are not prolonged by what happens in the background', async () => {
    const app = createInstallation().launch();
    const first = await app.event();
    app.hide();
    for (let i = 0; i < 4; i++) await app.wait(10 * MINUTE).event('poll');
    expect((await app.show().event()).session_id).not.toBe(first.session_id);
  });

  it('end in time when the plugin is listed behind others, whose first event is then of the old one', async () => {
    const app = createInstallation({}, { before: true }).launch();
    const first = await app.event();
    expect(
      (
        await app
          .hide()
          .wait(31 * MINUTE)
          .show()
          .event()
      ).session_id,
    ).not.toBe(first.session_id);
  });

  it('survive a clock that is set back', async () => {
    const app = createInstallation().launch();
    const first = await app.event();
    app.hide();
    vi.setSystemTime(NOON - 5 * 24 * 60 * MINUTE);
    expect((await app.show().event()).session_id).toBe(first.session_id);
  });

  it('know the first day by the calendar of the device', async () => {
    vi.setSystemTime(new Date(2026, 10, 21, 23, 50));
    const app = createInstallation().launch();
    expect((await app.event()).context.is_first_day).toBe(true);
    const next = await app
      .hide()
      .wait(20 * MINUTE)
      .show()
      .event();
    expect(next.context).toMatchObject({ is_first_day: false, is_first_visit: true, session_index: 1 });
  });

  describe('in an app that tracks nothing else', () => {
    const launch = (values = new Map<string, string>()) => {
      const world = startTracker([launchSource()], { values });
      const idNow = (): string => {
        world.tracker.track('pay');
        return world.events.pop()?.session_id as string;
      };
      return { ...world, values, idNow };
    };

    it('go on in the foreground however long nothing happens', () => {
      const { host, idNow } = launch();
      host.launch();
      const first = idNow();
      vi.advanceTimersByTime(90 * MINUTE);
      host.hide();
      vi.advanceTimersByTime(MINUTE);
      host.show();
      expect(idNow()).toBe(first);
    });

    it('go on with the next launch, of one that came and went without an event', async () => {
      const first = launch();
      const id = first.idNow();
      first.host.launch();
      await flushed(first.tracker);
      for (let times = 0; times < 2; times++) {
        vi.clearAllTimers();
        vi.setSystemTime(Date.now() + 29 * MINUTE);
        const next = launch(first.values);
        next.host.launch();
        await flushed(next.tracker);
        next.tracker.destroy();
      }
      vi.setSystemTime(Date.now() + 29 * MINUTE);
      expect(launch(first.values).idNow()).toBe(id);
    });

    it('are those of the events before the launch', () => {
      const { host, idNow } = launch();
      const before = idNow();
      host.launch();
      expect(idNow()).toBe(before);
    });

    it('are new after a reset, and before the host told of an entry, too', () => {
      const warnings = spyOnWarnings();
      const { tracker, idNow } = launch();
      const before = idNow();
      tracker.reset();
      expect(idNow()).not.toBe(before);
      expect(warnings()).toEqual([]);
    });
  });

  it('are one for each launch without this plugin', async () => {
    const { host, tracker, events } = startTracker([appLifecycle()]);
    host.launch();
    host.hide();
    vi.advanceTimersByTime(31 * MINUTE);
    host.show();
    tracker.track('pay');
    expect(new Set(events.map(({ session_id }) => session_id)).size).toBe(1);
  });
});
