import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { compileShop, isPackageBuilt } from '../shop/openShop.js';
import { headline, isAct, startShop } from './startShop.js';

const HOME = 'pages/home/index';
const PRODUCT = 'pages/product/index';
const CART = 'pages/cart/index';
const ORDER = 'pages/order/index';
const PAID = 'pages/paid/index';

const SESSION_GAP_MS = 30 * 60_000;
/** Longer than the tracker keeps an event in memory only. */
const PERSIST_LAG_MS = 1000;

const EARBUDS = { product_id: 'earbuds-air', name: 'Lark Air', category: 'audio', price: 799 };

// It runs the built package, as a customer's project does.
describe('the shop and its events over HTTP', () => {
  let project;
  let shop;
  beforeAll(async () => {
    if (!isPackageBuilt) throw new Error('miniprogram_dist/ is missing. Build it with: npm run shop');
    project = await compileShop();
  });
  beforeEach(async () => {
    shop = await startShop(project);
  });
  afterEach(async () => {
    vi.useRealTimers();
    expect(shop.errors).toEqual([]);
    await shop.close();
  });

  const headlines = async () => (await shop.arrived()).filter(isAct).map(headline);
  const named = async (name) => (await shop.arrived()).filter((event) => event.name === name);

  it('arrive in the order of capture, from launch to a paid order and back home', async () => {
    await shop.tap('#product-earbuds-air', '#add-to-cart');
    await shop.host.back();
    await shop.host.switchTab(CART);
    await shop.tap('#checkout', '#submit-order', '#back-home');

    const events = await shop.arrived();
    expect(events.filter(isAct).map(headline)).toEqual([
      `app_launch ${HOME}`,
      `app_show ${HOME}`,
      `page_view ${HOME}`,
      'tap product-earbuds-air',
      `page_leave ${HOME}`,
      'product_viewed',
      `page_view ${PRODUCT}`,
      'tap add-to-cart',
      'product_added',
      `page_leave ${PRODUCT}`,
      `page_view ${HOME}`,
      `page_leave ${HOME}`,
      `page_view ${CART}`,
      'cart_viewed',
      'tap checkout',
      `page_leave ${CART}`,
      'checkout_started',
      `page_view ${ORDER}`,
      'tap submit-order',
      'subscribe_message',
      'subscribe_message',
      'order_submitted',
      'order_paid',
      `page_leave ${ORDER}`,
      `page_view ${PAID}`,
      'tap back-home',
      `page_leave ${PAID}`,
      `page_view ${HOME}`,
    ]);
    expect(events.map(({ boot, seq }) => [boot, seq])).toEqual(events.map((_, seq) => [1, seq]));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ session_id }) => session_id)).size).toBe(1);
    expect(shop.collector.collector.state().audit).toMatchObject([
      { boot: 1, accepted: events.length, missing: 0, repeats: 0, drops: {} },
    ]);
  });

  it('say what happened', async () => {
    await shop.tap('#product-earbuds-air', '#add-to-cart', '#go-cart', '#checkout', '#submit-order');
    const [{ id: order_id }] = shop.host.api.getStorageSync('shop:orders');
    const items = [{ ...EARBUDS, quantity: 1 }];
    const entry = { path: HOME, query: {}, scene: '1011' };
    const order = { order_id, value: 799, currency: 'CNY', items, coupon_id: null };
    const asked = { template_id: 'order_shipped', page_path: ORDER };
    const duration_ms = expect.any(Number);
    const at = { kind: 'tap', x_fraction: 0.013, y_fraction: 0.008, offset_left: 0, offset_top: 0 };

    const placed = { ...order, revenue: 799, discount: 0, shipping: 0, payment_method: 'wechat_pay' };
    expect((await shop.arrived()).filter(isAct).map(({ type, name, properties }) => [type, name, properties])).toEqual([
      ['auto', 'app_launch', entry],
      ['auto', 'app_show', entry],
      ['auto', 'page_view', { path: HOME, query: {} }],
      [
        'auto',
        'tap',
        { ...at, element_id: 'product-earbuds-air', handler: 'onTap', page_path: HOME, dataset: { product: 'earbuds-air' } },
      ],
      ['auto', 'page_leave', { path: HOME, duration_ms }],
      ['track', 'product_viewed', { ...EARBUDS, currency: 'CNY' }],
      ['auto', 'page_view', { path: PRODUCT, query: { id: 'earbuds-air' }, referrer_path: HOME }],
      [
        'auto',
        'tap',
        { ...at, element_id: 'add-to-cart', handler: 'addToCart', page_path: PRODUCT, dataset: { product: 'earbuds-air' } },
      ],
      ['track', 'product_added', { ...EARBUDS, quantity: 1, value: 799, currency: 'CNY' }],
      ['auto', 'tap', { ...at, element_id: 'go-cart', handler: 'goCart', page_path: PRODUCT }],
      ['auto', 'page_leave', { path: PRODUCT, duration_ms }],
      ['auto', 'page_view', { path: CART, query: {}, referrer_path: PRODUCT }],
      ['track', 'cart_viewed', { items, value: 799, currency: 'CNY' }],
      ['auto', 'tap', { ...at, element_id: 'checkout', handler: 'checkOut', page_path: CART }],
      ['auto', 'page_leave', { path: CART, duration_ms }],
      ['track', 'checkout_started', order],
      ['auto', 'page_view', { path: ORDER, query: { from: 'cart' }, referrer_path: CART }],
      ['auto', 'tap', { ...at, element_id: 'submit-order', handler: 'submit', page_path: ORDER }],
      ['auto', 'subscribe_message', { ...asked, action: 'asked' }],
      ['auto', 'subscribe_message', { ...asked, action: 'accepted' }],
      ['track', 'order_submitted', placed],
      ['track', 'order_paid', placed],
      ['auto', 'page_leave', { path: ORDER, duration_ms }],
      ['auto', 'page_view', { path: PAID, query: { id: order_id }, referrer_path: ORDER }],
    ]);
  });

  it('say on which installation, app and device', async () => {
    const contexts = (await shop.arrived()).map(({ context }) => context);
    expect(contexts[0]).toMatchObject({
      anonymous_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      platform: 'wechat',
      sdk: expect.stringMatching(/^minitrail\/\d+\.\d+\.\d+$/),
      app_id: 'wx0000000000000000',
      app_version: '1.0.0',
      app_env: 'release',
      language: 'zh_CN',
      session_index: 1,
      source: { scene: '1011', channel_group: 'scan' },
      device: { brand: 'Apple', model: 'iPhone 15', os: 'iOS 17.5', screen_width: 375 },
    });
    expect(new Set(contexts.map(({ anonymous_id }) => anonymous_id)).size).toBe(1);
  });

  it('count a tap inside a component once, whichever of its handlers takes it', async () => {
    await shop.tap('#product-mouse-m1-add', '#product-mouse-m1');
    await shop.host.back();
    const taps = (await named('tap')).map(({ properties }) => [
      properties.element_id,
      properties.handler,
      properties.page_path,
    ]);
    expect(taps).toEqual([
      ['product-mouse-m1-add', 'onAdd', HOME],
      ['product-mouse-m1', 'onTap', HOME],
    ]);
    expect(await named('product_added')).toHaveLength(1);
  });

  it('count a submitted order once, however often the button is tapped', async () => {
    await shop.tap('#product-mouse-m1', '#buy-now');
    const [first, second] = [shop.host.tap('#submit-order'), shop.host.tap('#submit-order')];
    await Promise.all([first, second]);
    expect(await named('order_paid')).toHaveLength(1);
  });

  describe('view and leave each page exactly once', () => {
    /** What the navigation itself adds. */
    const during = async (navigate) => {
      const before = (await headlines()).length;
      await navigate();
      return (await headlines()).slice(before).filter((line) => /^page_/.test(line));
    };
    const url = (path) => ({ url: `/${path}` });
    const go = async (method, options) => {
      await new Promise((success, fail) => shop.host.api[method]({ ...options, success, fail }));
    };

    it('by navigateTo', async () => {
      expect(await during(() => shop.tap('#product-watch-s2'))).toEqual([`page_leave ${HOME}`, `page_view ${PRODUCT}`]);
    });

    it('by navigateBack', async () => {
      await shop.tap('#product-watch-s2');
      expect(await during(() => shop.host.back())).toEqual([`page_leave ${PRODUCT}`, `page_view ${HOME}`]);
    });

    it('by navigateBack over a page in between, which is not shown', async () => {
      await shop.tap('#product-watch-s2', '#buy-now');
      expect(await during(() => go('navigateBack', { delta: 2 }))).toEqual([`page_leave ${ORDER}`, `page_view ${HOME}`]);
    });

    it('by redirectTo', async () => {
      await shop.tap('#product-watch-s2', '#buy-now');
      expect(await during(() => shop.tap('#submit-order'))).toEqual([`page_leave ${ORDER}`, `page_view ${PAID}`]);
    });

    it('by redirectTo from one product to another', async () => {
      await shop.tap('#product-watch-s2');
      expect(await during(() => go('redirectTo', url(`${PRODUCT}?id=mouse-m1`)))).toEqual([
        `page_leave ${PRODUCT}`,
        `page_view ${PRODUCT}`,
      ]);
      expect((await named('page_view')).at(-1).properties.query).toEqual({ id: 'mouse-m1' });
    });

    it('by switchTab to the page made by Component() and back', async () => {
      expect(await during(() => shop.host.switchTab(CART))).toEqual([`page_leave ${HOME}`, `page_view ${CART}`]);
      expect(await during(() => shop.host.switchTab(HOME))).toEqual([`page_leave ${CART}`, `page_view ${HOME}`]);
    });

    it('by switchTab to the tab that is open, which changes nothing', async () => {
      expect(await during(() => shop.host.switchTab(HOME))).toEqual([]);
    });

    it('by switchTab from a stack of pages', async () => {
      await shop.tap('#product-watch-s2', '#buy-now');
      expect(await during(() => shop.host.switchTab(CART))).toEqual([`page_leave ${ORDER}`, `page_view ${CART}`]);
    });

    it('by reLaunch over a stack of pages', async () => {
      await shop.tap('#product-watch-s2', '#buy-now');
      expect(await during(() => go('reLaunch', url(CART)))).toEqual([`page_leave ${ORDER}`, `page_view ${CART}`]);
    });
  });

  it('leave the page when the app is hidden, and view it again when it is back', async () => {
    await shop.hide();
    await shop.host.show();
    const events = (await shop.arrived()).filter(isAct).slice(3);
    expect(events.filter(isAct).map(headline)).toEqual([
      `page_leave ${HOME}`,
      'app_hide',
      `app_show ${HOME}`,
      `page_view ${HOME}`,
    ]);
    expect(events.at(-1).properties).toEqual({ path: HOME, query: {}, resumed: true });
  });

  it('carry how the visitor came back in by a card', async () => {
    await shop.tap('#product-watch-s2');
    await shop.hide();
    await shop.host.show({ path: `/${PRODUCT}?id=mouse-m1`, scene: 1007 });
    await shop.host.back(); // nothing is below it: this leaves the app
    await shop.host.show();

    const events = (await shop.arrived()).filter(isAct).slice(7);
    expect(events.filter(isAct).map(headline)).toEqual([
      `page_leave ${PRODUCT}`,
      'app_hide',
      `app_show ${PRODUCT}`,
      'product_viewed',
      `page_view ${PRODUCT}`,
      `page_leave ${PRODUCT}`,
      'app_hide',
      `app_show ${PRODUCT}`,
      `page_view ${PRODUCT}`,
    ]);
    expect(events[2].properties).toEqual({ path: PRODUCT, query: { id: 'mouse-m1' }, scene: '1007' });
    expect(events[4].properties).toEqual({ path: PRODUCT, query: { id: 'mouse-m1' }, referrer_path: PRODUCT });
    expect(await named('app_launch')).toHaveLength(1);
  });

  it('measure dwell in the foreground only', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const pass = (ms) => vi.setSystemTime(Date.now() + ms);
    await shop.tap('#product-watch-s2');
    pass(4000);
    await shop.hide();
    pass(60_000);
    await shop.host.show();
    pass(1500);
    await shop.host.switchTab(CART);
    pass(-10_000); // the clock is corrected
    await shop.hide();
    await shop.host.show();

    const spent = async (name) => (await named(name)).map(({ properties }) => properties.duration_ms);
    const [onHome, ...rest] = await spent('page_leave');
    expect(onHome).toBeLessThan(2000); // began on the real clock
    expect(rest).toEqual([4000, 1500, 0]);
    expect((await spent('app_hide'))[0]).toBeGreaterThanOrEqual(4000);
    expect((await spent('app_hide'))[0]).toBeLessThan(6000);
    expect((await spent('app_hide'))[1]).toBe(0);
  });

  it('begin a new session after half an hour in the background, and not before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const away = async (ms) => {
      await shop.hide();
      vi.setSystemTime(Date.now() + ms);
      await shop.host.show();
    };
    await away(SESSION_GAP_MS - 1000);
    await away(SESSION_GAP_MS);

    const events = (await shop.arrived()).filter(isAct);
    const [first, second, third] = events.filter(({ name }) => name === 'app_show');
    expect(second.session_id).toBe(first.session_id);
    expect(third.session_id).not.toBe(first.session_id);
    expect(events.at(-1)).toMatchObject({ name: 'page_view', session_id: third.session_id });
  });

  it('survive a kill while offline, in their order, and the next launch counts on', async () => {
    const { length: early } = await shop.arrived();
    shop.host.setOnline(false);
    await shop.tap('#product-earbuds-air', '#add-to-cart', '#go-cart', '#checkout', '#submit-order');
    await new Promise((resolve) => setTimeout(resolve, PERSIST_LAG_MS));
    const [{ id: order_id }] = shop.host.api.getStorageSync('shop:orders');
    const accepted = shop.host.app().tracker.stats().accepted;
    shop.host.kill();
    expect(shop.collector.lines()).toHaveLength(early);

    await shop.launch({ scene: 1001 });
    await shop.host.app().tracker.flush();
    expect(shop.collector.lines()).toHaveLength(early);
    shop.host.setOnline(true);

    const events = await shop.arrived();
    const stats = shop.stats();
    expect(events.map(({ boot, seq }) => [boot, seq])).toEqual([
      ...Array.from({ length: accepted }, (_, seq) => [1, seq]),
      ...Array.from({ length: stats.accepted }, (_, seq) => [2, seq]),
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events.filter(({ name }) => name === 'order_paid')).toMatchObject([{ boot: 1, properties: { order_id } }]);
    expect(new Set(events.map(({ context }) => context.anonymous_id)).size).toBe(1);
    const sessions = (boot) => new Set(events.filter((event) => event.boot === boot).map(({ session_id }) => session_id));
    expect(sessions(1).size).toBe(1);
    expect(sessions(2)).toEqual(sessions(1)); // a launch soon after a kill goes on with the session
    expect(shop.collector.lines()).toHaveLength(events.length); // nothing came twice
    expect(shop.host.app().tracker.stats()).toMatchObject({
      recovered: accepted - early,
      acknowledged: accepted - early + stats.accepted,
    });
    expect(events.filter(({ properties }) => properties.recovered)).toMatchObject([
      { name: 'page_leave', boot: 2, seq: 1, properties: { path: 'pages/paid/index' } },
    ]);
  });

  it('keep an order that is paid in the moment before a kill', async () => {
    await shop.arrived();
    shop.host.setOnline(false);
    await shop.tap('#product-earbuds-air', '#buy-now', '#submit-order');
    const [{ id: order_id }] = shop.host.api.getStorageSync('shop:orders');
    shop.host.kill();
    shop.device.network.isConnected = true;
    await shop.launch();
    expect(await named('order_paid')).toMatchObject([{ boot: 1, properties: { order_id } }]);
  });

  it('stay under the storage keys of their own', async () => {
    const others = () => [...shop.device.storage.keys()].filter((key) => !/^minitrail:/.test(key)).sort();
    const values = () => others().map((key) => shop.device.storage.get(key));
    await shop.tap('#claim-coupon', '#product-earbuds-air', '#add-to-cart', '#buy-now', '#submit-order');
    const before = values();
    expect(others()).toEqual(['shop:cart', 'shop:consent', 'shop:coupons', 'shop:orders']);
    await shop.arrived();
    shop.host.kill();
    await shop.launch();
    await shop.arrived();
    expect(values()).toEqual(before);
  });
});
