import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from '../../examples/simulator/server.mjs';
import { headline, isAct } from '../integration/startShop.js';
import { launchChromium } from './launchChromium.js';
import { openPage, startWorld } from './startWorld.js';

const HOME = 'pages/home/index';
const PRODUCT = 'pages/product/index';
const CART = 'pages/cart/index';
const ORDER = 'pages/order/index';
const PAID = 'pages/paid/index';

/** Longer than the tracker keeps an event in memory only. */
const PERSIST_LAG_MS = 1000;
/** How long the page waits for an answer of the app. */
const CALL_TIMEOUT_MS = 3000;
const DWELL_MS = 500;
const BACKGROUND_MS = 900;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** What differs by the host; all else is the same. */
const ON = {
  wechat: {
    phone: 'A',
    scene: '1011',
    group: 'scan',
    appId: 'wx0000000000000000',
    payment: 'wechat_pay',
    os: 'iOS 17.5',
    language: 'zh_CN',
    returned: `app_show ${PRODUCT}`,
  },
  alipay: {
    phone: 'A@alipay',
    scene: '1011',
    group: 'scan',
    appId: '2021000000000000',
    payment: 'alipay',
    os: '17.5',
    language: 'zh-Hans',
    returned: 'app_show', // Alipay does not say where the visitor came back to
  },
  douyin: {
    phone: 'A@douyin',
    scene: '021002',
    group: 'scan',
    appId: 'tt0000000000000000',
    payment: 'douyin_pay',
    os: 'iOS 17.5',
    language: undefined, // Douyin's system information has none
    returned: `app_show ${PRODUCT}`,
  },
};

const ITEM = { product_id: 'phone-x1', name: 'Aurora X1', category: 'phones', price: 4999, quantity: 1 };

/** When something was done, on the clock of this test: not before `from`, not after `to`. */
const timed = async (action) => {
  const from = Date.now();
  await action();
  return { from, to: Date.now() };
};
/** The shortest and the longest time that can have passed between two of them. */
const between = (start, end) => [end.from - start.to, end.to - start.from];

const unique = (values) => [...new Set(values)];

describe('the shop in the browser', () => {
  let browser;
  let world;
  let shop;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
    await world.close();
  });
  const open = async (options) => {
    shop = await openPage(browser, world.url, options);
  };

  describe.each([
    { host: 'wechat', by: 'mouse' },
    { host: 'wechat', by: 'touch' },
    { host: 'alipay', by: 'mouse' },
    { host: 'douyin', by: 'touch' },
  ])('on $host, by $by', ({ host, by }) => {
    const { phone, scene, group, appId, payment, os, returned, language } = ON[host];

    it('brings every event of a visit to the collector, over background, offline and a kill', async () => {
      await open({ touch: by === 'touch' });
      await shop.press(`host-${host}`);
      const at = {};
      const appears = (selector) => shop.onTop(selector).waitFor();

      // --- the first launch
      at.launch = await timed(() => shop.launch(scene));
      await shop.tap('#category-audio');
      await shop.tap('#category-all');
      await shop.tap('#claim-coupon');
      at.product = await timed(async () => {
        await shop.tap('#product-phone-x1');
        await appears('#add-to-cart');
      });
      await sleep(DWELL_MS);
      await shop.tap('#add-to-cart');
      at.hide = await timed(async () => {
        await shop.tapPhone('.phone-capsule-close');
        await shop.byTestId('foreground').waitFor();
      });
      await sleep(BACKGROUND_MS);
      at.show = await timed(async () => {
        await shop.press('foreground');
        await shop.byTestId('background').waitFor();
      });
      // An event whose answer is cut off by the switch, or that shares its place in the storage with one that waits
      // offline, would rightly come twice.
      await shop.sendAll();
      await shop.press('network');
      at.cart = await timed(async () => {
        await shop.tap('#go-cart');
        await appears('#checkout');
      });
      await sleep(PERSIST_LAG_MS);
      const beforeKill = await shop.storage(phone);
      await shop.press('kill');
      expect(await shop.text('overlay')).toContain('进程已结束');
      const offlineArrivals = world.arrivals().length;

      // --- the second, still without a network
      await shop.launch();
      expect(await shop.storage(phone)).toMatchObject({ 'shop:cart': beforeKill['shop:cart'] });
      await sleep(DWELL_MS);
      expect(world.arrivals()).toHaveLength(offlineArrivals);
      await shop.press('network');
      await shop.tapPhone('.phone-tab >> nth=1');
      await shop.tap('#checkout');
      await shop.submitOrder();
      await appears('#paid-amount');
      const orderId = await shop.onTop('#order-number').textContent();
      const beforeSending = await shop.storage(phone);
      await shop.sendAll();

      const events = world.arrivals();
      expect(
        events
          .filter(({ boot }) => boot === 1)
          .filter(isAct)
          .map(headline),
      ).toEqual([
        `app_launch ${HOME}`,
        `app_show ${HOME}`,
        `page_view ${HOME}`,
        'tap category-audio',
        'tap category-all',
        'tap claim-coupon',
        'coupon_claimed',
        'tap product-phone-x1',
        `page_leave ${HOME}`,
        'product_viewed',
        `page_view ${PRODUCT}`,
        'tap add-to-cart',
        'product_added',
        `page_leave ${PRODUCT}`,
        'app_hide',
        returned,
        `page_view ${PRODUCT}`,
        'tap go-cart',
        `page_leave ${PRODUCT}`,
        `page_view ${CART}`,
        'cart_viewed',
      ]);
      expect(
        events
          .filter(({ boot }) => boot === 2)
          .filter(isAct)
          .map(headline),
      ).toEqual([
        `app_launch ${HOME}`,
        `page_leave ${CART}`, // which the kill took along
        `app_show ${HOME}`,
        `page_view ${HOME}`,
        `page_leave ${HOME}`,
        `page_view ${CART}`,
        'cart_viewed',
        'tap checkout',
        `page_leave ${CART}`,
        'checkout_started',
        'coupon_applied',
        `page_view ${ORDER}`,
        'tap submit-order',
        'subscribe_message',
        'subscribe_message',
        'order_submitted',
        'order_paid',
        `page_leave ${ORDER}`,
        `page_view ${PAID}`,
      ]);

      // --- who sent what
      for (const boot of [1, 2]) {
        const launch = events.filter((event) => event.boot === boot);
        expect(launch.map(({ seq }) => seq)).toEqual(launch.map((_, index) => index));
      }
      expect(events.map(({ id }) => id)).toEqual(events.map(() => expect.stringMatching(UUID)));
      expect(unique(events.map(({ id }) => id))).toHaveLength(events.length);
      expect(unique(events.map(({ context }) => context.anonymous_id))).toHaveLength(1);
      expect(unique(events.map(({ session_id }) => session_id))).toHaveLength(1); // neither a kill nor a minute away ends it
      for (const { context } of events) {
        expect(context).toMatchObject({
          anonymous_id: expect.stringMatching(/^[0-9a-f]{32}$/),
          platform: host,
          sdk: expect.stringMatching(/^minitrail\/\d/),
          app_id: appId,
          app_version: '1.0.0',
          source: { scene, channel_group: group },
          device: { brand: 'Apple', model: 'iPhone 15', os, screen_width: 375 },
        });
        expect(context.language).toBe(language);
      }
      const networkAt = (name) => events.find((event) => headline(event) === name).context.network_type;
      expect([networkAt('tap add-to-cart'), networkAt('tap go-cart'), networkAt('order_paid')]).toEqual([
        'wifi',
        'none',
        'wifi',
      ]);

      // --- each page viewed is left once, before the next one is viewed
      for (const boot of [1, 2]) {
        const visits = events.filter(
          (event) => event.boot === boot && /^page_(view|leave)$/.test(event.name) && !event.properties.recovered,
        );
        const [views, leaves] = ['page_view', 'page_leave'].map((name) => visits.filter((event) => event.name === name));
        expect(visits.map(({ name }) => name)).toEqual(visits.map((_, index) => (index % 2 ? 'page_leave' : 'page_view')));
        expect(leaves.map(({ properties }) => properties.path)).toEqual(
          views.slice(0, leaves.length).map(({ properties }) => properties.path),
        );
      }

      // --- time in the foreground, as this test spent it
      const durations = (name) => events.filter((event) => event.name === name).map(({ properties }) => properties.duration_ms);
      const expectBetween = (duration, [least, most]) => {
        expect(duration).toBeGreaterThanOrEqual(least);
        expect(duration).toBeLessThanOrEqual(most);
      };
      const [home, product, productAgain] = durations('page_leave');
      expectBetween(home, between(at.launch, at.product));
      expectBetween(product, between(at.product, at.hide));
      expectBetween(productAgain, between(at.show, at.cart));
      expectBetween(durations('app_hide')[0], between(at.launch, at.hide));
      expect(product).toBeGreaterThan(DWELL_MS);
      expect(product + productAgain).toBeLessThan(at.cart.to - at.product.from - BACKGROUND_MS);

      // --- each tap once, and nothing but taps
      const taps = events.filter(({ name }) => name === 'tap').map(({ properties }) => properties);
      expect(taps.map(({ element_id, page_path }) => [element_id, page_path])).toEqual([
        ['category-audio', HOME],
        ['category-all', HOME],
        ['claim-coupon', HOME],
        ['product-phone-x1', HOME],
        ['add-to-cart', PRODUCT],
        ['go-cart', PRODUCT],
        ['checkout', CART],
        ['submit-order', ORDER],
      ]);

      // --- the order
      const launchEvents = events.filter(({ name }) => name === 'app_launch');
      expect(launchEvents.map(({ properties }) => properties.scene)).toEqual([scene, scene]);
      expect(events.filter(({ name }) => name === 'order_paid').map(({ properties }) => properties)).toEqual([
        {
          order_id: orderId,
          value: 4899,
          currency: 'CNY',
          items: [ITEM],
          coupon_id: 'NEW100',
          revenue: 4899,
          discount: 100,
          shipping: 0,
          payment_method: payment,
        },
      ]);

      // --- what the page says of it
      const count = (boot) => String(events.filter((event) => event.boot === boot).length);
      await shop.page.waitForFunction(() => document.querySelectorAll('[data-testid="audit-row"]').length === 2);
      const audit = await shop
        .byTestId('audit-row')
        .evaluateAll((rows) =>
          rows.map((row) => [
            row.dataset.visitor,
            Number(row.dataset.boot),
            ...['accepted', 'arrived', 'missing', 'repeats', 'drops'].map(
              (field) => row.querySelector(`[data-field="${field}"]`).textContent,
            ),
          ]),
        );
      expect(audit).toEqual([
        ['A', 2, count(2), count(2), '0', '0', '–'],
        ['A', 1, count(1), count(1), '0', '0', '–'],
      ]);
      expect(await shop.text('stats-balance')).toMatch(/^(\d+) = \1 \+ 0 \+ 0 · 账目平衡$/);
      expect(await shop.text('stats-dropped')).toBe('0');

      // --- the shop never noticed
      const ofShop = (storage) => Object.fromEntries(Object.entries(storage).filter(([key]) => !key.startsWith('minitrail:')));
      const afterSending = ofShop(await shop.storage(phone));
      expect(afterSending).toEqual(ofShop(beforeSending));
      expect(Object.keys(afterSending).sort()).toEqual(['shop:cart', 'shop:consent', 'shop:coupons', 'shop:orders']);
      expect(Object.keys(ofShop(beforeKill)).sort()).toEqual(['shop:cart', 'shop:consent', 'shop:coupons']);
      expect(shop.errors).toEqual([]);
    });
  });

  it('opens a shared card as another visitor, with an installation of their own', async () => {
    await open();
    await shop.launch(1011);
    await shop.tap('#product-watch-s2');
    await shop.tap('#share');
    expect(await shop.text('share-card-title')).toContain('Orbit S2');
    const link = await shop.text('share-card-path');
    expect(link).toMatch(/^\/pages\/product\/index\?id=watch-s2&\w+=[\w.]+$/);
    expect(await shop.byTestId('share-visitor').inputValue()).toBe('B');
    await shop.press('share-open');
    await shop.agree();
    await shop.onTop('#buy-now').waitFor();
    expect(await shop.byTestId('visitor-B').getAttribute('aria-pressed')).toBe('true');
    await shop.sendAll();
    const isOf = (visitor) => (event) => event.context.anonymous_id === visitor;
    const [a, b] = unique(
      (await world.until((all) => all.length >= 15, 'both visits')).map(({ context }) => context.anonymous_id),
    );
    expect(b).not.toBe(a);
    const visits = [a, b].map((visitor) => world.arrivals().filter(isOf(visitor)));
    const [ofA, ofB] = visits[0][0].properties.scene === '1011' ? visits : visits.reverse();

    expect(ofA.filter(isAct).map(headline)).toEqual([
      `app_launch ${HOME}`,
      `app_show ${HOME}`,
      `page_view ${HOME}`,
      'tap product-watch-s2',
      `page_leave ${HOME}`,
      'product_viewed',
      `page_view ${PRODUCT}`,
      'share',
      `page_leave ${PRODUCT}`,
      'app_hide',
    ]);
    expect(ofB.filter(isAct).map(headline)).toEqual([
      `app_launch ${PRODUCT}`,
      `app_show ${PRODUCT}`,
      'share_open',
      'product_viewed',
      `page_view ${PRODUCT}`,
    ]);
    expect(ofB[0]).toMatchObject({ boot: 1, properties: { path: PRODUCT, scene: '1007' } });
    expect(ofB[0].properties.query.id).toBe('watch-s2');

    // Who brought whom: what A shared is what B opened, and what B does from then on is credited to it.
    const { properties: shared } = ofA.find(({ name }) => name === 'share');
    const { properties: opened } = ofB.find(({ name }) => name === 'share_open');
    expect(shared).toMatchObject({ depth: 1, method: 'button', page_path: PRODUCT, target_id: 'share' });
    expect(shared.root_id).toBe(shared.share_id);
    expect(link).toContain(shared.share_id);
    expect(link).not.toContain(ofA[0].context.anonymous_id);
    expect(opened).toEqual({ share_id: shared.share_id, root_id: shared.share_id, depth: 1, first: true, own: false });
    expect(ofB.at(-1).context).toMatchObject({ share_id: shared.share_id, share_depth: 1 });
    await shop.byTestId('audit-row').nth(1).waitFor();
    expect(await shop.byTestId('audit-row').evaluateAll((rows) => rows.map((row) => row.dataset.visitor).sort())).toEqual([
      'A',
      'B',
    ]);
    expect(shop.errors).toEqual([]);
  });

  it.each([
    { host: 'alipay', scene: '1007' },
    { host: 'douyin', scene: '024001' },
  ])('opens a card that was shared on $host there too', async ({ host, scene }) => {
    await open();
    await shop.press(`host-${host}`);
    await shop.launch();
    await shop.tap('#product-watch-s2');
    await shop.tap('#share');
    const link = await shop.text('share-card-path');
    await shop.press('share-open');
    await shop.agree();
    await shop.onTop('#buy-now').waitFor();
    await shop.sendAll();
    const opened = await world.until((all) => all.some(({ name }) => name === 'share_open'), 'the opened card');
    const { properties, context } = opened.find(({ name }) => name === 'share_open');
    expect(link).toContain(properties.share_id);
    expect(properties).toMatchObject({ depth: 1, first: true, own: false });
    expect(context).toMatchObject({ platform: host, source: { scene, channel_group: 'chat_share' } });
    expect(shop.errors).toEqual([]);
  });

  it('shows the coupon to a customer who looks for the third time, and takes it off the price', async () => {
    await open();
    await shop.launch();
    for (let time = 1; time < 3; time++) {
      await shop.tap('#product-phone-x1');
      await shop.onTop('#buy-now').waitFor();
      await shop.tapPhone('.phone-nav-left');
      await shop.onTop('.home').waitFor();
    }
    await shop.tap('#product-phone-x1');
    await shop.phone.getByText('再送你一张券').waitFor();
    await shop.answer(true);
    await shop.tap('#buy-now');
    await shop.onTop('#order-total').getByText('4,969.00').waitFor();
    await shop.submitOrder();
    await shop.onTop('#paid-amount').getByText('4,969.00').waitFor();
    await shop.sendAll();
    const told = world.arrivals().filter(({ name }) => /^(trigger|coupon|order_paid)/.test(name));
    expect(told.map(({ name, properties: { taken, coupon_id } }) => [name, taken ?? coupon_id])).toEqual([
      ['trigger_fired', false],
      ['coupon_claimed', 'STAY30'],
      ['trigger_fired', true],
      ['coupon_applied', 'STAY30'],
      ['order_paid', 'STAY30'],
    ]);
    expect(shop.errors).toEqual([]);
  });

  it("keeps each host's app of one visitor apart, and remembers the host and its scene", async () => {
    await open();
    await shop.launch(1011);
    await shop.tap('#product-mouse-m1-add');
    await shop.press('host-douyin');
    await shop.onTop('.home').waitFor();
    await shop.agree();
    await shop.tapPhone('.phone-tab >> nth=1');
    await shop.onTop('#go-home').waitFor(); // the cart is empty
    expect(Object.keys(await shop.storage('A@douyin'))).not.toContain('shop:cart');
    expect(Object.keys(await shop.storage('A'))).toContain('shop:cart');
    expect(await shop.byTestId('scene').inputValue()).toBe('021001');
    await shop.press('host-wechat');
    await shop.onTop('.home').waitFor();
    expect(await shop.byTestId('scene').inputValue()).toBe('1011');
    await shop.press('host-alipay');
    await shop.onTop('.home').waitFor();
    await shop.page.reload();
    expect(await shop.byTestId('host-alipay').getAttribute('aria-pressed')).toBe('true');
    expect(shop.errors).toEqual([]);
  });

  describe('loses nothing', () => {
    const buy = async () => {
      await shop.tap('#product-earbuds-air');
      await shop.tap('#buy-now');
      await shop.submitOrder();
      await shop.onTop('#paid-amount').waitFor();
    };
    const audit = () => world.collector.state().audit;
    const isAnswered = (status) => () => world.collector.state().requests.some((request) => request.status === status);

    it.each([
      { mode: '500', status: 500, state: '等待重试' },
      { mode: '403', status: 403, state: '被拒绝' },
      { mode: 'lost', status: 0, state: '等待重试' },
    ])('when the server answers $mode, and sends it again once it may', async ({ mode, status, state }) => {
      await open();
      await shop.context.clock.install();
      await shop.launch();
      await shop.sendAll();
      await shop.answers(mode);
      await buy();
      await shop.press('flush');
      await world.until(isAnswered(status), `a request answered with ${status}`);
      await shop.byTestId('stats-state').getByText(state).waitFor();
      expect(Number(await shop.text('stats-waiting'))).toBeGreaterThanOrEqual(13);
      await shop.answers('ok');
      await shop.context.clock.fastForward(75_000); // the longest of the delays after a first failure
      await shop
        .byTestId('stats-balance')
        .getByText(/^(\d+) = \1 \+ 0 \+ 0/)
        .waitFor();

      const accepted = Number(await shop.text('stats-accepted'));
      const lostAnswers = world.collector.state().requests.filter((request) => request.status === 0).length;
      expect(lostAnswers > 0).toBe(mode === 'lost');
      const events = world.arrivals();
      expect(events.filter(({ name }) => name === 'order_paid')).toHaveLength(1 + lostAnswers);
      expect(audit()).toMatchObject([{ boot: 1, accepted, arrived: accepted, missing: 0 }]);
      const [{ repeats }] = audit();
      expect(repeats).toBe(events.length - accepted);
      // A repeat is the same event to the last property.
      const sameEvent = ({ received_at, sent_at, batch_id, ...event }) => event;
      for (const event of events) {
        expect(events.filter(({ id }) => id === event.id).map(sameEvent)).toEqual(
          events.filter(({ id }) => id === event.id).map(() => sameEvent(event)),
        );
      }
      await shop.page.waitForFunction(
        (wanted) => document.querySelector('[data-field="repeats"]').textContent === wanted,
        String(repeats),
      );
      expect(await shop.byTestId('audit-row').locator('[data-field="missing"]').textContent()).toBe('0');
    });
  });

  describe('speaks one language at a time', () => {
    const CHINESE = /[\u3000-\u9fff\uff00-\uffef]/;
    /** What is written outside the two language switches, which name each language in itself. */
    const chineseTexts = async () => {
      const texts = (frame) =>
        frame.locator('body').evaluate((body) => {
          const own = '.language, .segments, script, style';
          const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
          const found = [document.title];
          while (walker.nextNode()) {
            const { parentElement, data } = walker.currentNode;
            if (data.trim() && !parentElement.closest(own) && parentElement.checkVisibility()) found.push(data.trim());
          }
          for (const element of body.querySelectorAll('[aria-label], [title], [placeholder]')) {
            if (element.closest(own) || !element.checkVisibility()) continue;
            for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
          }
          return found;
        });
      const isRunning = (await shop.byTestId('phone-frame').count()) > 0;
      return [...(await texts(shop.page)), ...(isRunning ? await texts(shop.phone) : [])].filter((text) => CHINESE.test(text));
    };

    it('English on every page of the shop and in every state of the phone', async () => {
      await open({ language: 'en' });
      expect(await shop.page.locator('html').getAttribute('lang')).toBe('en');
      await shop.launch(1011);
      expect(await chineseTexts()).toEqual([]);
      await shop.tapPhone('.phone-capsule-menu');
      await shop.phone.getByText('Forward').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.tapPhone('.phone-sheet-cancel');
      await shop.tap('#claim-coupon');
      await shop.tap('#product-keyboard-75');
      await shop.onTop('#buy-now').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.tap('#share');
      expect(await chineseTexts()).toEqual([]);
      await shop.press('share-close');
      await shop.tap('#add-to-cart');
      await shop.tap('#go-cart');
      await shop.onTop('#checkout').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.tap('#checkout');
      await shop.onTop('#submit-order').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.submitOrder();
      await shop.onTop('#paid-amount').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.tap('#view-orders');
      await shop.tap('#login');
      await shop.onTop('#logout').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.press('background');
      await shop.byTestId('foreground').waitFor();
      expect(await chineseTexts()).toEqual([]);
      await shop.press('kill');
      expect(await chineseTexts()).toEqual([]);
      expect(shop.errors).toEqual([]);
    });

    it('and changes all of it at once, the phone included', async () => {
      await open();
      await shop.launch();
      const title = () => shop.phone.locator('.phone-nav-title').textContent();
      expect([await title(), await shop.text('relaunch')]).toEqual(['北辰数码', '重新启动']);
      await shop.press('language-en');
      await shop.phone.locator('.phone-nav-title').getByText('Polaris').waitFor();
      await shop.tapPhone('.phone-capsule-menu');
      expect(await chineseTexts()).toEqual([]);
      await shop.tapPhone('.phone-sheet-cancel');
      await shop.press('language-zh');
      await shop.phone.locator('.phone-nav-title').getByText('北辰数码').waitFor();
      await shop.tapPhone('.phone-capsule-menu');
      await shop.phone.getByText('转发给朋友').waitFor();
      expect(await shop.text('relaunch')).toBe('重新启动');
      // No restart: it is still the first launch.
      await shop.tapPhone('.phone-sheet-cancel');
      await shop.sendAll();
      expect(world.arrivals().filter(({ name }) => name === 'app_launch')).toHaveLength(1);
    });

    it('and restarts an app that has no languages, but none that is slow to answer', async () => {
      await open();
      await shop.launch();
      const inApp = (change) => shop.phone.locator('body').evaluate(change);
      const isMarked = () => inApp(() => window.isMarked === true);
      await inApp(() => {
        window.isMarked = true;
        window.getApp().setLanguage = () => new Promise(() => {});
      });
      await shop.press('language-en');
      await sleep(CALL_TIMEOUT_MS + 500);
      expect(await isMarked()).toBe(true);
      await inApp(() => {
        window.getApp().setLanguage = undefined;
      });
      await shop.press('language-zh');
      await expect.poll(isMarked, { timeout: 5000 }).toBe(false);
    });
  });

  it('says what to run when the shop has no package', async () => {
    const shopWithoutPackage = fileURLToPath(new URL('.', import.meta.url));
    await expect(startServer({ port: 0, shops: { wechat: shopWithoutPackage }, quiet: true })).rejects.toThrow(
      /miniprogram_npm\/minitrail is missing\. Build it with: npm run shop/,
    );
  });
});
