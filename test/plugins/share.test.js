import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wechat } from '../../adapters/wechat.ts';
import { appLifecycle } from '../../src/plugins/appLifecycle.ts';
import { share } from '../../src/plugins/share.ts';
import { createShare, formatToken } from '../../src/share/token.ts';
import { createPhone, withoutPhones } from '../share/phone.js';
import { rebuildShares } from '../share/rebuildShares.js';

const HOUR_MS = 3_600_000;
const pages = {
  'pages/home': () => ({ onShareAppMessage: () => ({ path: '/pages/item?id=1' }) }),
  'pages/item': () => ({
    onShareAppMessage: () => ({}),
    onShareTimeline: () => ({}),
    onAddToFavorites: () => ({}),
  }),
  'pages/other': () => ({}),
};
const phoneOf = (options) => createPhone({ pages, ...options });
/** A card by somebody whom nobody brought. */
const cardOf = (visitor, parent) => {
  const made = createShare(visitor, parent);
  return { ...made, token: formatToken(made), link: `/pages/item?id=1&_mt=${formatToken(made)}` };
};
/** The events so far, each once: a kill may have cut an answer. */
const eventsOf = async (phone) => {
  const flushing = phone.tracker.flush();
  await vi.advanceTimersByTimeAsync(3000);
  await flushing;
  return [...new Map(phone.inbox.map((event) => [event.id, event])).values()];
};
const named = async (phone, name) => (await eventsOf(phone)).filter((event) => event.name === name);
const opensOf = async (phone) =>
  (await named(phone, 'share_open')).map(({ properties: { share_id, first, own } }) => [share_id, first, own]);
/** The share that an event of now is credited to. */
const creditOf = async (phone) => {
  phone.tracker.track('probe');
  const { context } = (await named(phone, 'probe')).at(-1);
  return context.share_id && [context.share_id, context.share_root_id, context.share_depth];
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  withoutPhones();
});

describe('share', () => {
  it.each(['wechat', 'alipay', 'douyin'])(
    'credits what follows to the card by which a visitor of %s came',
    async (platform) => {
      const card = cardOf('a');
      const phone = phoneOf({ platform });
      phone.enter(card.link);
      expect(await opensOf(phone)).toEqual([[card.id, true, false]]);
      expect(await creditOf(phone)).toEqual([card.id, card.id, 1]);
    },
  );

  it('credits the open itself, and all that comes after it', async () => {
    const phone = phoneOf();
    const card = cardOf('a');
    phone.enter(card.link);
    const [{ properties, context }] = await named(phone, 'share_open');
    expect(properties).toEqual({ share_id: card.id, root_id: card.root, depth: 1, first: true, own: false });
    expect(context).toMatchObject({ share_id: card.id, share_root_id: card.id, share_depth: 1 });
  });

  it('makes the share of a visitor who was brought a child of the one that brought them', async () => {
    const card = cardOf('b', cardOf('a'));
    const phone = phoneOf();
    phone.enter(card.link);
    await phone.share();
    const [{ properties }] = await named(phone, 'share');
    expect(properties).toMatchObject({ parent_id: card.id, root_id: card.root, depth: 3 });
  });

  it('does not credit an own open, and keeps who brought the visitor before', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link);
    const link = await phone.share();
    phone.enter(link);
    const [[, , foreign], [id, first, own]] = await opensOf(phone);
    expect([foreign, first, own]).toEqual([false, true, true]);
    expect(link).toContain(id);
    expect(await creditOf(phone)).toEqual([card.id, card.id, 1]);
    await phone.share();
    expect((await named(phone, 'share')).at(-1).properties).toMatchObject({ parent_id: card.id, depth: 2 });
  });

  it('knows an own card after a relaunch', async () => {
    const phone = phoneOf();
    phone.enter('pages/home');
    const link = await phone.share();
    phone.hide();
    phone.kill();
    phone.enter(link);
    expect((await opensOf(phone)).map(([, , own]) => own)).toEqual([true]);
    expect(await creditOf(phone)).toBeUndefined();
  });

  it('counts the same card again when it is opened again, and says so', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link);
    phone.enter(card.link);
    phone.hide();
    phone.kill();
    phone.enter(card.link);
    expect(await opensOf(phone)).toEqual([
      [card.id, true, false],
      [card.id, false, false],
      [card.id, false, false],
    ]);
  });

  it.each(['entry', 'page'])(
    'takes no return from the background for an open, when the host repeats the %s',
    async (repeats) => {
      const phone = phoneOf();
      phone.enter(cardOf('a').link);
      for (let i = 0; i < 3; i++) {
        phone.hide();
        phone.back(repeats);
      }
      phone.navigate('/pages/other');
      phone.hide();
      phone.back(repeats);
      phone.leave();
      phone.hide();
      phone.back(repeats);
      expect(await opensOf(phone)).toHaveLength(1);
    },
  );

  it('takes a page that passes its query on for no open', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link);
    phone.navigate(card.link);
    phone.navigate('/pages/other');
    phone.navigate(card.link);
    phone.hide();
    phone.back();
    phone.leave();
    expect(await opensOf(phone)).toHaveLength(1);
  });

  it('takes a link that the app itself follows for no open', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter('/pages/home');
    phone.navigate('/pages/other');
    phone.navigate(card.link);
    phone.hide();
    phone.back('page');
    expect(await opensOf(phone)).toEqual([]);
    expect(await creditOf(phone)).toBeUndefined();
  });

  it('counts the same card again after another entry', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link);
    phone.enter('/pages/other');
    phone.enter(card.link);
    expect(await opensOf(phone)).toHaveLength(2);
  });

  it('counts one open where the app leads elsewhere first, as to a login', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link.replace('item', 'other'));
    phone.navigate(card.link);
    expect(await opensOf(phone)).toHaveLength(1);
  });

  it('reads the first page where nobody tells of the app, as in a plugin of WeChat', async () => {
    const card = cardOf('a');
    const phone = phoneOf({ app: () => undefined });
    phone.enter(card.link);
    phone.navigate(card.link);
    phone.leave();
    expect(await opensOf(phone)).toEqual([[card.id, true, false]]);
  });

  it('follows a circle: A brings B, who brings A', async () => {
    const a = phoneOf();
    const b = phoneOf();
    a.enter('pages/home');
    const first = await a.share();
    b.enter(first);
    const second = await b.share();
    a.enter(second);
    await a.share();
    const shares = [await named(a, 'share'), await named(b, 'share')].flat().map(({ properties }) => properties);
    const [one, three, two] = shares;
    expect(two).toMatchObject({ parent_id: one.share_id, root_id: one.share_id, depth: 2 });
    expect(three).toMatchObject({ parent_id: two.share_id, root_id: one.share_id, depth: 3 });
    expect((await opensOf(a)).map(([, , own]) => own)).toEqual([false]);
  });

  it('credits the last card that was opened', async () => {
    const [one, two] = [cardOf('a'), cardOf('b')];
    const phone = phoneOf();
    phone.enter(one.link);
    phone.enter(two.link);
    expect((await creditOf(phone))[0]).toBe(two.id);
    phone.enter(one.link);
    expect((await creditOf(phone))[0]).toBe(one.id);
    phone.enter('/pages/home');
    expect((await creditOf(phone))[0]).toBe(one.id);
  });

  it('ends the credit with its window, in sight or not', async () => {
    const card = cardOf('a');
    const phone = phoneOf({ trackers: () => [{ plugins: [share({ windowMs: HOUR_MS })] }] });
    phone.enter(card.link);
    await vi.advanceTimersByTimeAsync(HOUR_MS - 10_000);
    expect((await creditOf(phone))[0]).toBe(card.id);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await creditOf(phone)).toBeUndefined();
    await phone.share();
    expect((await named(phone, 'share'))[0].properties).toMatchObject({ depth: 1 });
    // Opened again, the window starts again.
    phone.enter(card.link);
    expect((await creditOf(phone))[0]).toBe(card.id);
  });

  it.each([
    [HOUR_MS, true],
    [HOUR_MS + 1, false],
  ])('gives no second window when the clock is set back by %i ms', async (ms, isCredited) => {
    const phone = phoneOf({ trackers: () => [{ plugins: [share({ windowMs: HOUR_MS })] }] });
    phone.enter(cardOf('a').link);
    await vi.advanceTimersByTimeAsync(0);
    vi.setSystemTime(Date.now() - ms);
    phone.hide();
    phone.back();
    expect(!!(await creditOf(phone))).toBe(isCredited);
  });

  it('credits over kill and relaunch', async () => {
    const card = cardOf('a');
    const phone = phoneOf({ trackers: () => [{ plugins: [appLifecycle(), share()] }] });
    phone.enter(card.link);
    await vi.advanceTimersByTimeAsync(1500);
    phone.kill();
    phone.enter('/pages/home');
    expect(await creditOf(phone)).toEqual([card.id, card.id, 1]);
    const second = (await eventsOf(phone)).filter(({ boot }) => boot === 2);
    expect(second.map(({ name }) => name)).toContain('app_launch');
    expect(second.filter(({ context }) => !context.share_id)).toEqual([]);
  });

  it.each([1010, 1186])('does not credit a card that comes back from favourites (scene %i)', async (scene) => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link, { scene });
    phone.hide();
    phone.back();
    expect(await opensOf(phone)).toEqual([]);
    expect(await creditOf(phone)).toBeUndefined();
    // The same card in a chat is a share.
    phone.enter(card.link);
    expect(await opensOf(phone)).toEqual([[card.id, true, false]]);
  });

  it('keeps who brought the visitor when a favourite is opened later', async () => {
    const [one, two] = [cardOf('a'), cardOf('b')];
    const phone = phoneOf();
    phone.enter(one.link);
    phone.enter(two.link, { scene: 1010 });
    expect((await creditOf(phone))[0]).toBe(one.id);
  });

  it('records a favourite as a share of its own kind, which others may open when it is passed on', async () => {
    const a = phoneOf();
    const b = phoneOf();
    a.enter('/pages/item?id=1');
    const link = await a.share({ kind: 'favorite' });
    b.enter(link);
    const [{ properties }] = await named(a, 'share');
    expect(properties.method).toBe('favorite');
    expect(await opensOf(b)).toEqual([[properties.share_id, true, false]]);
  });

  describe('a poster', () => {
    it('is recorded with its channel and page', async () => {
      const phone = phoneOf();
      phone.enter('/pages/item?id=1');
      const token = phone.tracker.shareToken({ channel: 'poster-a' });
      const [{ properties }] = await named(phone, 'share');
      expect(token).toBe(formatToken({ id: properties.share_id, root: properties.root_id, depth: properties.depth }));
      expect(properties).toMatchObject({ method: 'poster', channel: 'poster-a', page_path: 'pages/item' });
    });

    it.each([
      ['plain', (token) => token],
      ['encoded', encodeURIComponent],
    ])('is read from the scene of a QR code, %s, on a cold and on a warm start', async (_, written) => {
      const [one, two] = [cardOf('a'), cardOf('b')];
      const phone = phoneOf();
      phone.enter(`/pages/item?scene=${written(one.token)}`, { scene: 1047 });
      phone.enter(`/pages/item?scene=${written(two.token)}`, { scene: 1047 });
      phone.enter('/pages/item?scene=id%3D1', { scene: 1047 });
      expect(await opensOf(phone)).toEqual([
        [one.id, true, false],
        [two.id, true, false],
      ]);
    });

    it('takes any argument', async () => {
      const phone = phoneOf();
      phone.enter('/pages/home');
      for (const options of [undefined, null, {}, { channel: 5 }, 'text']) {
        expect(phone.tracker.shareToken(options)).toMatch(/^mt\.\w{27}$/);
      }
      const broken = {
        get channel() {
          throw new Error('not ready');
        },
      };
      expect(phone.tracker.shareToken(broken)).toBe('');
      expect(console.warn.mock.calls.join()).toMatch(/shareToken.*not ready/);
    });
  });

  it('hands a shareTicket on, with the share that came with it', async () => {
    const told = [];
    const card = cardOf('a');
    const onShareTicket = (...args) => {
      told.push(args);
      throw new Error('a mistake of the app');
    };
    const phone = phoneOf({ trackers: () => [{ plugins: [share({ onShareTicket })] }] });
    phone.enter(card.link, { scene: 1008, shareTicket: 'ticket-1' });
    phone.enter('/pages/home', { scene: 1008, shareTicket: 'ticket-2' });
    phone.enter('/pages/home');
    expect(told).toEqual([
      ['ticket-1', { id: card.id, root: card.root, depth: 1 }],
      ['ticket-2', undefined],
    ]);
    expect(await opensOf(phone)).toHaveLength(1);
  });

  it('hands a shareTicket on without the share where consent is denied', async () => {
    const told = [];
    const onShareTicket = (...args) => told.push(args);
    const phone = phoneOf({ trackers: () => [{ plugins: [share({ onShareTicket })], consent: 'denied' }] });
    phone.enter(cardOf('a').link, { scene: 1008, shareTicket: 'ticket-1' });
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([['ticket-1', undefined]]);
  });

  it('leaves a card that cannot be marked as it is, and says so', async () => {
    const card = Object.freeze({
      get path() {
        throw new Error('not ready');
      },
    });
    const phone = phoneOf({ pages: { 'pages/home': () => ({ onShareAppMessage: () => Promise.resolve(card) }) } });
    phone.enter('/pages/home');
    expect(await phone.ask('onShareAppMessage', { from: 'menu' })).toBe(card);
    expect(console.warn.mock.calls.join()).toMatch(/E1 share,.*not ready/);
  });

  it.each(['onLoad', 'onShow', 'onBuy'])('takes no call by the code of the app in %s for a share', async (from) => {
    const cards = [];
    const card = { path: '/pages/item?id=1' };
    const page = () => ({
      onShareAppMessage: () => card,
      onShareTimeline: () => ({ query: 'id=1' }),
      onBuy() {},
      [from]() {
        cards.push(this.onShareAppMessage(), this.onShareTimeline());
      },
    });
    const phone = phoneOf({ pages: { 'pages/home': page, 'pages/item': page } });
    phone.enter('/pages/home');
    phone.ask('onBuy', { type: 'tap' });
    expect(cards.length).toBeGreaterThan(0);
    expect(cards[0]).toBe(card);
    expect(cards[1]).toEqual({ query: 'id=1' });
    expect(await named(phone, 'share')).toEqual([]);
    expect(phone.tracker.stats().accepted).toBe(0);
  });

  it('marks nothing while consent is pending, and gives no token', async () => {
    const phone = phoneOf({ trackers: () => [{ plugins: [share()], consent: 'pending' }] });
    const card = cardOf('a');
    phone.enter(card.link);
    expect(phone.ask('onShareAppMessage', {})).toEqual({});
    expect(phone.ask('onShareTimeline')).toEqual({});
    expect(phone.tracker.shareToken({ channel: 'x' })).toBe('');
    phone.tracker.setConsent('granted');
    expect(phone.tracker.shareToken({ channel: 'x' })).toMatch(/^mt\./);
    // What came in meanwhile is known.
    expect(await opensOf(phone)).toEqual([[card.id, true, false]]);
    expect((await named(phone, 'share'))[0].properties).toMatchObject({ parent_id: card.id, depth: 2 });
  });

  it('starts anew with a new visitor', async () => {
    const card = cardOf('a');
    const phone = phoneOf();
    phone.enter(card.link);
    phone.tracker.reset();
    expect(await creditOf(phone)).toBeUndefined();
    await phone.share();
    expect((await named(phone, 'share'))[0].properties).toMatchObject({ depth: 1 });
    phone.enter(card.link);
    expect(await opensOf(phone)).toEqual([
      [card.id, true, false],
      [card.id, true, false],
    ]);
  });

  it("leaves the preview of a post in Moments nobody's visit", async () => {
    const card = cardOf('a');
    // What the host has there is a storage of its own, which the visitor does not take along.
    const preview = phoneOf({
      trackers: () => [{ adapter: Object.assign({}, wechat(), { context: () => ({ single_page: true }) }) }],
    });
    preview.enter(card.link, { scene: 1154 });
    const visitor = phoneOf({ inbox: preview.inbox });
    await eventsOf(preview);
    visitor.enter(card.link, { scene: 1155 });
    const [previewed, visited] = await named(visitor, 'share_open');
    expect(previewed.context).toMatchObject({ single_page: true, anonymous_id: 'single_page' });
    expect(visited.context.anonymous_id).not.toBe('single_page');
    expect(rebuildShares(await eventsOf(visitor)).get(card.id)).toMatchObject({ opens: 1, visitors: 1 });
  });

  it('takes what is damaged, forged or no text for no token', async () => {
    const phone = phoneOf();
    const { token, id, root } = cardOf('a');
    const forged = formatToken({ id, root, depth: 5 });
    for (const value of [token.slice(1), `${token}0`, forged, '', '%', 'null', '[object%20Object]']) {
      phone.enter(`/pages/item?_mt=${value}`);
      phone.enter(`/pages/item?scene=${value}`);
    }
    phone.enter('/pages/item?_mt');
    phone.hide();
    for (const query of [null, undefined, 5, 'text', { _mt: {} }, { _mt: Object.create(null), scene: [] }]) {
      phone.app.onShow({ query });
    }
    expect(await opensOf(phone)).toEqual([]);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('remembers 20 opens', async () => {
    const phone = phoneOf();
    const cards = Array.from({ length: 21 }, (_, i) => cardOf(`visitor ${i}`));
    for (const { link } of cards) phone.enter(link);
    phone.enter(cards[20].link);
    phone.enter(cards[1].link);
    phone.enter(cards[0].link);
    expect((await opensOf(phone)).slice(-3).map(([, first]) => first)).toEqual([false, false, true]);
  });

  it('goes on where the host refuses to store, as long as the process lives', async () => {
    const card = cardOf('a');
    const phone = phoneOf({ isFull: true });
    phone.enter(card.link);
    const link = await phone.share();
    phone.enter(link);
    phone.enter(card.link);
    expect((await creditOf(phone))[0]).toBe(card.id);
    expect((await opensOf(phone)).map(([, first, own]) => [first, own])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
    phone.kill();
    phone.enter('/pages/home');
    expect(await creditOf(phone)).toBeUndefined();
  });

  it('waits for nothing where nobody brought the visitor', async () => {
    const timersWith = async (plugins) => {
      const phone = phoneOf({ trackers: () => [{ plugins }] });
      phone.enter('/pages/home');
      await vi.advanceTimersByTimeAsync(30_000);
      const count = vi.getTimerCount();
      phone.tracker.destroy();
      return count;
    };
    const without = await timersWith([]);
    expect(await timersWith([share()])).toBe(without);
  });

  it('leaves cards alone after destroy', async () => {
    const phone = phoneOf();
    phone.enter(cardOf('a').link.replace('item', 'home'));
    await vi.advanceTimersByTimeAsync(3000);
    phone.tracker.destroy();
    expect(vi.getTimerCount()).toBe(0);
    expect(phone.ask('onShareAppMessage', { from: 'menu' })).toEqual({ path: '/pages/item?id=1' });
  });
});

describe('two trackers of an app', () => {
  const both = () => [{ plugins: [share()] }, { plugins: [share()] }];
  const flushAll = async (phone) => {
    const flushing = phone.trackers.map((tracker) => tracker.flush());
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(flushing);
    return phone.inbox;
  };

  it('put one token on a card and record the same share', async () => {
    const phone = phoneOf({ trackers: both });
    phone.enter(cardOf('a').link);
    const link = await phone.share();
    expect(link.match(/_mt=/g)).toHaveLength(1);
    const shares = (await flushAll(phone)).filter(({ name }) => name === 'share');
    expect(shares).toHaveLength(2);
    expect(shares[0].properties).toEqual(shares[1].properties);
    expect(link).toContain(shares[0].properties.share_id);
    expect(shares[0].context.anonymous_id).not.toBe(shares[1].context.anonymous_id);
  });

  it('agree on who opened what, and what is own', async () => {
    const phone = phoneOf({ trackers: both });
    const card = cardOf('a');
    phone.enter(card.link);
    phone.enter(await phone.share());
    const opens = (await flushAll(phone)).filter(({ name }) => name === 'share_open');
    expect(opens.map(({ properties }) => properties.own).sort()).toEqual([false, false, true, true]);
    for (const tracker of phone.trackers) tracker.track('probe');
    const probes = (await flushAll(phone)).filter(({ name }) => name === 'probe');
    expect(probes.map(({ context }) => context.share_id)).toEqual([card.id, card.id]);
  });

  it('know their own shares by the one that has consent', async () => {
    const phone = phoneOf({ trackers: () => [{ plugins: [share()], consent: 'denied' }, { plugins: [share()] }] });
    phone.enter('/pages/home');
    const link = await phone.share();
    await flushAll(phone);
    phone.kill();
    phone.enter(link);
    const opens = (await flushAll(phone)).filter(({ name }) => name === 'share_open');
    expect(opens.map(({ properties }) => properties.own)).toEqual([true]);
  });

  it('share where only the second has the plugin', async () => {
    const phone = phoneOf({ trackers: () => [{ plugins: [] }, { plugins: [share()] }] });
    phone.enter('/pages/home');
    expect(await phone.share()).toMatch(/^\/pages\/item\?id=1&_mt=mt\.\w{27}$/);
  });
});
