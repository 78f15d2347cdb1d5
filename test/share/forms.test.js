import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPhone, withoutPhones } from './phone.js';

// The documents that say what a host reads of a returned card.
const WECHAT = 'https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object';
const WECHAT_TIMELINE = 'https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareTimeline';
const WECHAT_FAVORITES =
  'https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onAddToFavorites-Object-object';
// On a phone the promise's fields stand alone: https://iter01.com/900466.html
const WECHAT_PROMISE = WECHAT;
// No promise but in the field `promise` is documented; a returned one is kept what it is.
const WECHAT_ASYNC = 'https://www.npmjs.com/package/miniprogram-api-typings';
const ALIPAY = 'https://opendocs.alipay.com/mini/framework/page-detail';
const ALIPAY_APP = 'https://opendocs.alipay.com/mini/framework/app-detail';
const DOUYIN = 'https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/open-interface/retweet/review';
const DOUYIN_OPTION = 'https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/retweet/share/share-option';
// Who decodes a page's query: https://github.com/didi/mpx/pull/1883
const MESSAGE = { wechat: WECHAT, alipay: ALIPAY, douyin: DOUYIN };

const TOKEN = /mt\.\w{27}/g;
/** Text with the token as `*`, so that a row says all else to the letter. */
const masked = (value) => (typeof value === 'string' ? value.replace(TOKEN, '*') : value);
const fieldsOf = (card) => Object.fromEntries(Object.keys(card).map((key) => [key, masked(card[key])]));
const outcome = async (promise) => {
  try {
    const value = await promise;
    return typeof value === 'object' && value ? fieldsOf(value) : { resolved: value };
  } catch (error) {
    return { rejected: error.message };
  }
};
/** What the host receives, now and late. */
const received = async (returned) => {
  if (returned && typeof returned.then === 'function') return { late: await outcome(returned) };
  if (typeof returned !== 'object' || !returned) return { now: returned };
  const { promise, ...now } = fieldsOf(returned);
  return promise && typeof promise.then === 'function' ? { now, late: await outcome(promise) } : { now };
};

const HANDLERS = { message: 'onShareAppMessage', timeline: 'onShareTimeline', favorite: 'onAddToFavorites' };

class Card {
  constructor(path) {
    this.path = path;
  }
  get title() {
    return `title of ${this.path}`;
  }
}

/** `[what, handler, what the host receives, open by]`; `*` is the token. */
const COMMON = [
  ['object with a path', () => ({ title: 't', path: '/pages/a?id=1' }), { now: { title: 't', path: '/pages/a?id=1&_mt=*' } }],
  [
    'object without a path',
    () => ({ title: 't', imageUrl: '/i.png' }),
    { now: { title: 't', imageUrl: '/i.png', path: '/pages/a?id=7&_mt=*' } },
  ],
  ['empty path', () => ({ path: '' }), { now: { path: '/pages/a?id=7&_mt=*' } }],
  ['path with a fragment', () => ({ path: '/pages/b?x=1#top?_mt=2' }), { now: { path: '/pages/b?x=1&_mt=*#top?_mt=2' } }],
  ['path with a fragment only', () => ({ path: 'pages/b#top' }), { now: { path: 'pages/b?_mt=*#top' } }],
  ['path without a slash', () => ({ path: 'pages/b' }), { now: { path: 'pages/b?_mt=*' } }],
  ['path with an empty query', () => ({ path: '/pages/b?' }), { now: { path: '/pages/b?_mt=*' } }],
  [
    'path that carries an older token',
    () => ({ path: '/pages/b?_mt=mt.1&a=_mt=1&_mtx=2&_mt=' }),
    { now: { path: '/pages/b?a=_mt=1&_mtx=2&_mt=*' } },
  ],
  [
    'path with encoded, empty, repeated and non-ASCII values',
    () => ({ path: '/pages/b?a=%26%3D%20&b=&b=2&b=2&c=你好&d&e=1%&u=https%3A%2F%2Fx.y%2F%3Fq%3D1' }),
    { now: { path: '/pages/b?a=%26%3D%20&b=&b=2&b=2&c=你好&d&e=1%&u=https%3A%2F%2Fx.y%2F%3Fq%3D1&_mt=*' } },
  ],
  ['path with a line break', () => ({ path: '/pages/b?a=1\n2#x\ny' }), { now: { path: '/pages/b?a=1\n2&_mt=*#x\ny' } }],
  ['path that is no string', () => ({ path: 5 }), { now: { path: '/pages/a?id=7&_mt=*' } }],
  ['frozen object', () => Object.freeze({ title: 't', path: '/pages/b' }), { now: { title: 't', path: '/pages/b?_mt=*' } }],
  [
    'object with getters',
    () => ({
      get title() {
        return 'got';
      },
      get path() {
        return '/pages/b';
      },
    }),
    { now: { title: 'got', path: '/pages/b?_mt=*' } },
  ],
  [
    'returned promise of an object',
    () => Promise.resolve({ title: 't', path: '/pages/b' }),
    { late: { title: 't', path: '/pages/b?_mt=*' } },
  ],
  ['async function', async () => ({ title: 't' }), { late: { title: 't', path: '/pages/a?id=7&_mt=*' } }],
  ['returned promise that rejects', () => Promise.reject(new Error('no')), { late: { rejected: 'no' } }],
  ['returned promise of a string', () => Promise.resolve('text'), { late: { resolved: 'text' } }],
  ['string', () => 'text', { now: 'text' }],
  ['number', () => 7, { now: 7 }],
  ['true', () => true, { now: true }],
];
const NOTHING = [
  ['no return', () => {}, { now: { path: '/pages/a?id=7&_mt=*' } }],
  ['null', () => null, { now: { path: '/pages/a?id=7&_mt=*' } }],
  ['returned promise of nothing', async () => {}, { late: { path: '/pages/a?id=7&_mt=*' } }],
];
const ROWS = [
  ...Object.entries(MESSAGE).flatMap(([host, doc]) => COMMON.map(([what, ...row]) => [host, 'message', what, doc, ...row])),
  ...['wechat', 'douyin'].flatMap((host) => NOTHING.map(([what, ...row]) => [host, 'message', what, MESSAGE[host], ...row])),
  // A handler that returns no object makes the default share unavailable there: it stays so.
  ['alipay', 'message', 'no return', ALIPAY, () => {}, { now: undefined }],
  ['alipay', 'message', 'null', ALIPAY, () => null, { now: null }],
  ['alipay', 'message', 'async function without a return', ALIPAY, async () => {}, { late: { resolved: undefined } }],
  [
    'alipay',
    'message',
    'all its fields',
    ALIPAY,
    () => ({ title: 't', desc: 'd', path: 'pages/a', content: 'c', bgImgUrl: 'b', scImgUrl: 's', searchTip: 'tip' }),
    { now: { title: 't', desc: 'd', path: 'pages/a?_mt=*', content: 'c', bgImgUrl: 'b', scImgUrl: 's', searchTip: 'tip' } },
  ],
  [
    'douyin',
    'message',
    'all its fields',
    DOUYIN,
    () => ({ title: 't', desc: 'd', path: '/pages/a', imageUrl: 'i', templateId: '9', extra: { videoTopics: ['x'] } }),
    { now: { title: 't', desc: 'd', path: '/pages/a?_mt=*', imageUrl: 'i', templateId: '9', extra: { videoTopics: ['x'] } } },
  ],
  [
    'wechat',
    'message',
    'promise field, both parts',
    WECHAT_PROMISE,
    () => ({ title: 'now', path: '/pages/b?s=now', promise: Promise.resolve({ title: 'late', path: '/pages/b?s=late' }) }),
    { now: { title: 'now', path: '/pages/b?s=now&_mt=*' }, late: { title: 'late', path: '/pages/b?s=late&_mt=*' } },
  ],
  [
    'wechat',
    'message',
    'promise field without a path keeps the one beside it',
    WECHAT_PROMISE,
    () => ({ path: '/pages/b?id=123', promise: Promise.resolve({ title: 'late' }) }),
    { now: { path: '/pages/b?id=123&_mt=*' }, late: { title: 'late', path: '/pages/b?id=123&_mt=*' } },
  ],
  [
    'wechat',
    'message',
    'promise field of nothing',
    WECHAT_PROMISE,
    () => ({ path: '/pages/b', promise: Promise.resolve() }),
    { now: { path: '/pages/b?_mt=*' }, late: { resolved: undefined } },
  ],
  [
    'wechat',
    'message',
    'promise field that rejects',
    WECHAT_PROMISE,
    () => ({ path: '/pages/b', promise: Promise.reject(new Error('no')) }),
    { now: { path: '/pages/b?_mt=*' }, late: { rejected: 'no' } },
  ],
  [
    'wechat',
    'message',
    'promise field only',
    WECHAT_PROMISE,
    () => ({ promise: Promise.resolve({ title: 'late' }) }),
    { now: { path: '/pages/a?id=7&_mt=*' }, late: { title: 'late', path: '/pages/a?id=7&_mt=*' } },
  ],
  [
    'wechat',
    'message',
    'async function with a promise field',
    WECHAT_ASYNC,
    async () => ({ title: 'a', promise: 'no promise' }),
    { late: { title: 'a', promise: 'no promise', path: '/pages/a?id=7&_mt=*' } },
  ],
  ...[
    ['timeline', WECHAT_TIMELINE],
    ['favorite', WECHAT_FAVORITES],
  ].flatMap(([kind, doc]) =>
    [
      ['query', () => ({ title: 't', query: 'a=1&b=%26' }), { now: { title: 't', query: 'a=1&b=%26&_mt=*' } }],
      ['no query', () => ({ title: 't' }), { now: { title: 't', query: 'id=7&_mt=*' } }],
      ['empty query', () => ({ query: '' }), { now: { query: '_mt=*' } }],
      ['query with an older token', () => ({ query: '_mt=mt.1&a=1' }), { now: { query: 'a=1&_mt=*' } }],
      ['query with a question mark before it', () => ({ query: '?a=1' }), { now: { query: '?a=1&_mt=*' } }],
      [
        'a path, which the host does not read',
        () => ({ path: '/pages/b' }),
        { now: { path: '/pages/b', query: 'id=7&_mt=*' } },
      ],
      ['no return', () => {}, { now: { query: 'id=7&_mt=*' } }],
      [
        'promise field',
        () => ({ query: 'a=1', promise: Promise.resolve({ title: 'late', query: 'a=2' }) }),
        { now: { query: 'a=1&_mt=*' }, late: { title: 'late', query: 'a=2&_mt=*' } },
      ],
      [
        'promise field without a query',
        () => ({ query: 'a=1', promise: Promise.resolve({ title: 'late' }) }),
        { now: { query: 'a=1&_mt=*' }, late: { title: 'late', query: 'a=1&_mt=*' } },
      ],
      ['async function', async () => ({ query: 'a=1' }), { late: { query: 'a=1&_mt=*' } }],
    ].map(([what, ...row]) => ['wechat', kind, what, doc, ...row]),
  ),
];

const open = (platform, handlers, { made = 'Page', link = '/pages/a?id=7', app } = {}) => {
  const phone = createPhone({
    platform,
    app,
    pages: { 'pages/a': () => (made === 'Page' ? handlers : { methods: handlers }), 'pages/b': () => ({}) },
  });
  phone.enter(link);
  return phone;
};
const sharesOf = async (phone) => {
  const flushing = phone.tracker.flush();
  await vi.advanceTimersByTimeAsync(50);
  await flushing;
  return phone.inbox.filter(({ name }) => name === 'share').map(({ properties }) => properties);
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  withoutPhones();
});

describe.each(['Page', 'Component'])('a card of a page made by %s', (made) => {
  it.each(ROWS)('%s %s: %s (%s)', async (platform, kind, _what, _doc, handler, expected) => {
    const phone = open(platform, { [HANDLERS[kind]]: handler }, { made });
    const result = await received(phone.ask(HANDLERS[kind], { from: 'menu' }));
    expect(result).toEqual(expected);
    // A card that cannot be marked is no share; one that is marked twice is one.
    const isMarked = JSON.stringify(result).includes('_mt=*');
    expect(await sharesOf(phone)).toHaveLength(isMarked ? 1 : 0);
  });

  it('keeps the class of a card', () => {
    const phone = open('wechat', { onShareAppMessage: () => new Card('/pages/b') }, { made });
    const card = phone.ask('onShareAppMessage', {});
    expect(card).toBeInstanceOf(Card);
    expect(masked(card.title)).toBe('title of /pages/b?_mt=*');
  });

  it("calls the page's handler with its this and arguments, and returns nothing else", () => {
    const seen = [];
    const onShareAppMessage = function (...args) {
      seen.push(this, ...args);
      return { path: '/pages/b' };
    };
    const phone = open('wechat', { onShareAppMessage }, { made });
    const asked = { from: 'button', target: { id: 'buy' } };
    phone.ask('onShareAppMessage', asked, 'more');
    expect(seen[0]).toBe(phone.page);
    expect(seen[1]).toBe(asked);
    expect(seen[2]).toBe('more');
  });

  it("lets the page's throw pass, and marks the next card", async () => {
    let fails = true;
    const onShareAppMessage = () => {
      if (fails) throw new Error("the page's own");
      return { path: '/pages/b' };
    };
    const phone = open('wechat', { onShareAppMessage }, { made });
    expect(() => phone.ask('onShareAppMessage', {})).toThrow("the page's own");
    fails = false;
    expect(masked(phone.ask('onShareAppMessage', {}).path)).toBe('/pages/b?_mt=*');
    expect(await sharesOf(phone)).toHaveLength(1);
  });

  it('adds no handler that is not there', () => {
    const phone = open('wechat', { onShow() {} }, { made });
    for (const handler of Object.values(HANDLERS)) {
      expect(handler in phone.page).toBe(false);
      expect(handler in phone.app).toBe(false);
    }
  });

  it('counts one share where a handler takes its fields from another', async () => {
    const phone = open(
      'wechat',
      {
        onShareAppMessage: () => ({ title: 't', path: '/pages/b' }),
        onShareTimeline() {
          return { title: this.onShareAppMessage().title, query: 'a=1' };
        },
        onAddToFavorites() {
          return this.onShareTimeline();
        },
      },
      { made },
    );
    expect(fieldsOf(phone.ask('onAddToFavorites'))).toEqual({ title: 't', query: 'a=1&_mt=*' });
    expect((await sharesOf(phone)).map(({ method }) => method)).toEqual(['favorite']);
  });
});

describe('a card that names no path', () => {
  const CASES = [
    // What stood in the link arrives as it stood, on WeChat.
    ['wechat', 'a=1,2&t=12:30&b=abc==&e=%26%20&c=', 'a=1,2&t=12:30&b=abc==&e=%26%20&c='],
    ['wechat', 'c=%E4%BD%A0', 'c=%E4%BD%A0'],
    ['wechat', 'c=你', 'c=%E4%BD%A0'],
    ['wechat', 'p=100%', 'p=100%25'],
    // The others decode: what a link cannot carry is encoded again.
    ['alipay', 'u=https%3A%2F%2Fx.y%2F%3Fa%3D1%26b%3D2%23c', 'u=https://x.y/?a=1%26b=2%23c'],
    ['alipay', 'c=%E4%BD%A0%F0%9F%98%80', 'c=%E4%BD%A0%F0%9F%98%80'],
    ['douyin', 'p=100%25&q=a%20b', 'p=100%25&q=a%20b'],
    ['douyin', 'b=2&b=3', 'b=3'],
  ];
  it.each(CASES)('on %s opened by %s shares %s', (platform, opened, shared) => {
    const phone = open(platform, { onShareAppMessage: () => ({}) }, { link: `/pages/a?${opened}` });
    expect(masked(phone.ask('onShareAppMessage', {}).path)).toBe(`/pages/a?${shared}&_mt=*`);
  });

  it('takes the query as it was opened, whatever the page made of the object since', () => {
    const phone = open(
      'wechat',
      {
        onLoad(query) {
          query.id = decodeURIComponent(query.id);
          query.product = { name: 'x' };
        },
        onShareAppMessage: () => ({}),
      },
      { link: '/pages/a?id=a%26b' },
    );
    expect(masked(phone.ask('onShareAppMessage', {}).path)).toBe('/pages/a?id=a%26b&_mt=*');
  });

  it('replaces the token by which the page was opened', () => {
    const phone = open('wechat', { onShareAppMessage: () => ({}) });
    const { path } = phone.ask('onShareAppMessage', {});
    phone.enter(path);
    const next = phone.ask('onShareAppMessage', {}).path;
    expect(masked(next)).toBe('/pages/a?id=7&_mt=*');
    expect(next).not.toBe(path);
  });
});

describe('the promise of a page', () => {
  it('is of the page that was asked, also when another page is in sight', async () => {
    const pages = {
      'pages/a': () => ({ onShareAppMessage: () => new Promise((resolve) => setTimeout(resolve, 1000, {})) }),
      'pages/b': () => ({ onShareAppMessage: () => ({}) }),
    };
    const phone = createPhone({ pages });
    phone.enter('/pages/a?id=1');
    const late = phone.ask('onShareAppMessage', { from: 'menu' });
    phone.navigate('/pages/b?id=2');
    const now = phone.ask('onShareAppMessage', { from: 'menu' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(masked((await late).path)).toBe('/pages/a?id=1&_mt=*');
    expect(masked(now.path)).toBe('/pages/b?id=2&_mt=*');
    expect((await sharesOf(phone)).map(({ page_path }) => page_path)).toEqual(['pages/b', 'pages/a']);
  });

  it('has the three seconds that the host gives it', async () => {
    const answer = (ms) => () => ({
      title: 'now',
      path: '/pages/b?s=now',
      promise: new Promise((resolve) => setTimeout(resolve, ms, { title: 'late', path: '/pages/b?s=late' })),
    });
    for (const [ms, expected] of [
      [2999, '/pages/b?s=late&_mt=*'],
      [3001, '/pages/b?s=now&_mt=*'],
    ]) {
      const phone = open('wechat', { onShareAppMessage: answer(ms) });
      const link = phone.share();
      await vi.advanceTimersByTimeAsync(4000);
      expect(masked(await link)).toBe(expected);
    }
  });

  it('marks both parts with the same token', async () => {
    const phone = open('wechat', {
      onShareAppMessage: () => ({ path: '/pages/b', promise: Promise.resolve({ path: '/pages/a' }) }),
    });
    const card = phone.ask('onShareAppMessage', {});
    expect((await card.promise).path.match(TOKEN)).toEqual(card.path.match(TOKEN));
  });
});

describe('the host', () => {
  it('finds its callbacks on the card', () => {
    const callbacks = { success() {}, fail() {}, complete() {} };
    for (const platform of ['alipay', 'douyin']) {
      const phone = open(platform, { onShareAppMessage: () => ({ title: 't', path: 'pages/a', ...callbacks }) });
      expect(phone.ask('onShareAppMessage', { from: 'menu' })).toMatchObject(callbacks);
    }
  });

  it.each([
    ['douyin', { from: 'menu', target: null, channel: '' }, { method: 'menu', channel: '' }, DOUYIN_OPTION],
    [
      'douyin',
      { from: 'button', target: { id: 'go' }, channel: 'video' },
      { method: 'button', channel: 'video', target_id: 'go' },
    ],
    ['douyin', { from: 'menu', channel: 'article' }, { method: 'menu', channel: 'article' }],
    ['douyin', { from: 'menu', channel: 'token' }, { method: 'menu', channel: 'token' }],
    ['douyin', { from: 'screenshot', channel: 'qrcode' }, { method: 'screenshot', channel: 'qrcode' }],
    ['alipay', { from: 'code' }, { method: 'code' }],
    ['wechat', { from: 'button', target: { id: 'buy', dataset: {} } }, { method: 'button', target_id: 'buy' }],
    ['wechat', {}, { method: 'menu' }],
  ])('%s says %o of a share: %o', async (platform, asked, expected) => {
    const phone = open(platform, { onShareAppMessage: () => ({ path: '/pages/a' }) });
    phone.ask('onShareAppMessage', asked);
    const [{ share_id, ...properties }] = await sharesOf(phone);
    expect(properties).toEqual({ root_id: share_id, depth: 1, page_path: 'pages/a', ...expected });
  });

  it(`asks the app on Alipay where a page has no handler (${ALIPAY_APP})`, async () => {
    const app = () => ({
      name: 'shop',
      onShareAppMessage() {
        return { title: this.name, path: 'pages/a' };
      },
    });
    const phone = open('alipay', {}, { app });
    expect(await phone.share().then(masked)).toBe('pages/a?_mt=*');
    expect(await sharesOf(phone)).toMatchObject([{ method: 'menu', page_path: 'pages/a' }]);
  });
});

it('puts nothing of the visitor into a link', async () => {
  const handlers = Object.fromEntries(Object.values(HANDLERS).map((name) => [name, () => ({})]));
  const phone = open('wechat', handlers);
  phone.tracker.identify('user-4711');
  const links = [phone.ask('onShareAppMessage', {}).path, phone.ask('onShareTimeline').query, phone.tracker.shareToken()];
  await sharesOf(phone);
  const { anonymous_id } = phone.inbox.at(-1).context;
  for (const link of links) {
    expect(link).not.toContain('4711');
    for (let i = 0; i + 4 <= anonymous_id.length; i++) {
      const part = anonymous_id.slice(i, i + 6);
      if (part.length === 6) expect(link).not.toContain(part);
    }
  }
});
