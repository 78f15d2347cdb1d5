import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { headline, isAct } from '../integration/startShop.js';
import { compileShop, isPackageBuilt, openShop } from './openShop.js';

const PHONE = {
  product_id: 'phone-x1',
  name: 'Aurora X1',
  category: 'phones',
  price: 4999,
};

const HOSTS = [
  { platform: 'wechat', payment: 'wechat_pay', card: 1007, returned: 'app_show pages/product/index' },
  // Alipay does not say where a visitor comes back to.
  { platform: 'alipay', payment: 'alipay', card: '1007', returned: 'app_show' },
  { platform: 'douyin', payment: 'douyin_pay', card: '024001', returned: 'app_show pages/product/index' },
];

// It runs the built package, as a customer's project does: `npm run build` first.
describe.skipIf(!isPackageBuilt).for(HOSTS)('shop on $platform', ({ platform, payment, card, returned }) => {
  let project;
  let shop;
  beforeAll(async () => {
    project = await compileShop(platform);
  });
  const open = async (options) => {
    shop = await openShop({ project, ...options });
    return shop;
  };
  afterEach(() => {
    expect(shop.errors).toEqual([]);
    shop.host.kill();
  });

  it('leads from the home page to a paid order', async () => {
    const { host, path, tap, textAt, stored } = await open();

    expect(path()).toBe('pages/home/index');
    expect(host.title()).toBe('北辰数码');
    expect(host.text()).toMatch(/(为你精选|大家都在买) 10 件好物/);
    expect(textAt('#claim-coupon')).toBe('立即领取');

    await tap('#claim-coupon');
    expect(textAt('#claim-coupon')).toBe('已领取');
    expect(stored('shop:coupons')).toEqual([{ id: 'NEW100', used: false }]);

    await tap('#product-phone-x1');
    expect(path()).toBe('pages/product/index');
    expect(host.text()).toContain('¥ 4,999 .00');
    expect(host.text()).toContain('可用券 ¥100');

    await tap('#add-to-cart');
    expect(textAt('#cart-count')).toBe('1');
    expect(stored('shop:cart')).toEqual([{ productId: 'phone-x1', colorId: 'blue', modelId: '256', quantity: 1 }]);

    await tap('#go-cart');
    expect(path()).toBe('pages/cart/index');
    expect(textAt('#cart-total')).toBe('4,899.00');
    expect(textAt('#cart-coupon')).toContain('新客专享券');

    await tap('#checkout');
    expect(path()).toBe('pages/order/index');
    expect(textAt('#order-total')).toBe('4,899.00');

    await tap('#submit-order');
    expect(host.pages().map((page) => page.path)).toEqual(['pages/cart/index', 'pages/paid/index']);
    const [order] = stored('shop:orders');
    expect(order).toMatchObject({ total: 4899, discount: 100, couponId: 'NEW100', paymentMethod: payment });
    expect(textAt('#paid-amount')).toBe('4,899.00');
    expect(textAt('#order-number')).toBe(order.id);
    expect(stored('shop:cart')).toEqual([]);
    expect(stored('shop:coupons')).toEqual([{ id: 'NEW100', used: true }]);

    await tap('#back-home');
    expect(host.pages().map((page) => page.path)).toEqual(['pages/home/index']);
  });

  it('sends the events of a purchase in their order', async () => {
    const { tap, trackedEvents, stored } = await open();
    await tap('#claim-coupon', '#product-phone-x1', '#add-to-cart', '#go-cart', '#checkout', '#submit-order');

    const [{ id: orderId }] = stored('shop:orders');
    const items = [{ ...PHONE, quantity: 1 }];
    const order = { order_id: orderId, value: 4899, currency: 'CNY', items, coupon_id: 'NEW100' };
    const placed = { ...order, revenue: 4899, discount: 100, shipping: 0, payment_method: payment };
    expect((await trackedEvents()).map(({ name, properties }) => [name, properties])).toEqual([
      ['coupon_claimed', { coupon_id: 'NEW100', discount: 100, currency: 'CNY' }],
      ['product_viewed', { ...PHONE, currency: 'CNY' }],
      ['product_added', { ...PHONE, quantity: 1, value: 4999, currency: 'CNY' }],
      ['cart_viewed', { items, value: 4999, currency: 'CNY' }],
      ['checkout_started', order],
      ['coupon_applied', { coupon_id: 'NEW100', discount: 100, currency: 'CNY', order_id: orderId }],
      ['order_submitted', placed],
      ['order_paid', placed],
    ]);
  });

  it('tells a visit over background, offline and a kill by the same events on every host', async () => {
    const { host, tap, device, events: sentAtFirst } = await open();
    await tap('#product-phone-x1', '#share', '#add-to-cart');
    await host.hide();
    await host.show();
    const first = await sentAtFirst();
    host.setOnline(false);
    await tap('#go-cart', '#checkout', '#submit-order');
    host.kill();

    device.network.isConnected = true;
    const again = await open({ device });
    await again.host.switchTab('pages/me/index');
    expect([...first, ...(await again.events())].filter(isAct).map((event) => `${event.boot} ${headline(event)}`)).toEqual([
      '1 app_launch pages/home/index',
      '1 app_show pages/home/index',
      '1 page_view pages/home/index',
      '1 tap product-phone-x1',
      '1 page_leave pages/home/index',
      '1 product_viewed',
      '1 page_view pages/product/index',
      '1 share',
      '1 tap add-to-cart',
      '1 product_added',
      '1 page_leave pages/product/index',
      '1 app_hide',
      `1 ${returned}`,
      '1 page_view pages/product/index',
      // What waited offline, as far as it was written before the kill: the order surely was.
      '1 tap go-cart',
      '1 page_leave pages/product/index',
      '1 page_view pages/cart/index',
      '1 cart_viewed',
      '1 tap checkout',
      '1 page_leave pages/cart/index',
      '1 checkout_started',
      '1 page_view pages/order/index',
      '1 tap submit-order',
      '1 subscribe_message',
      '1 subscribe_message',
      '1 order_submitted',
      '1 order_paid',
      '2 app_launch pages/home/index',
      '2 page_leave pages/order/index',
      '2 app_show pages/home/index',
      '2 page_view pages/home/index',
      '2 page_leave pages/home/index',
      '2 page_view pages/me/index',
    ]);
  });

  it('sends every page it shows, on WeChat and Douyin the one made by Component() included', async () => {
    const { tap, events } = await open();
    await tap('#product-phone-x1', '#add-to-cart', '#go-cart', '#checkout', '#submit-order');

    const views = (await events()).filter(({ name }) => name === 'page_view');
    expect(views.map(({ properties }) => properties.path)).toEqual([
      'pages/home/index',
      'pages/product/index',
      'pages/cart/index',
      'pages/order/index',
      'pages/paid/index',
    ]);
  });

  it('sends to the endpoint that the host hands over', async () => {
    const { events } = await open({ ext: { endpoint: 'https://collect.test/v1/events' } });
    const urls = (await events()).map(({ url }) => url);
    expect(new Set(urls)).toEqual(new Set(['https://collect.test/v1/events']));
  });

  it('opens on a product from a share link', async () => {
    const { path, host, tap } = await open({ launch: { path: '/pages/product/index?id=watch-s2', scene: card } });
    expect(path()).toBe('pages/product/index');
    expect(host.text()).toContain('Orbit S2');
    await tap('#buy-now');
    expect(path()).toBe('pages/order/index');
  });

  it('says so when the shared product is gone', async () => {
    const { host, tap, path } = await open({ launch: { path: '/pages/product/index?id=pager' } });
    expect(host.text()).toContain('商品已下架');
    await tap('#go-home');
    expect(path()).toBe('pages/home/index');
  });

  it('shares a product with a title, its own path and a picture', async () => {
    const { host, tap } = await open();
    await tap('#product-speaker-mini');
    const shares = [];
    host.on('share', (share) => shares.push(share));
    await tap('#share');
    expect(shares).toMatchObject([
      { kind: 'message', from: 'button', title: 'Pebble · 掌心大小 · IP67 防水', imageUrl: '/assets/share/speaker-mini.png' },
    ]);
    expect(shares[0].path).toMatch(/^\/pages\/product\/index\?id=speaker-mini&\w+=/);
  });

  it('shares to the timeline and to the favourites where there are any', async () => {
    const { host, tap } = await open();
    await tap('#product-speaker-mini');
    const shares = [await host.shareTimeline(), await host.addToFavorites()];
    if (platform !== 'wechat') expect(shares).toEqual([null, null]);
    else for (const { query } of shares) expect(query).toMatch(/^id=speaker-mini&/);
  });

  it('tells from the host by which way a visitor came', async () => {
    const { events } = await open({ launch: { path: '/pages/product/index?id=watch-s2', scene: card } });
    const [launch] = await events();
    expect(launch).toMatchObject({ name: 'app_launch', properties: { path: 'pages/product/index', scene: String(card) } });
    expect(launch.context).toMatchObject({ platform, source: { scene: String(card), channel_group: 'chat_share' } });
  });

  it('buys one product at once and leaves the cart alone', async () => {
    const { tap, textAt, stored } = await open();
    await tap('#product-charger-65-add', '#product-keyboard-75', '#quantity-plus', '#model-tactile', '#buy-now');
    expect(textAt('#order-total')).toBe('958.00');
    await tap('#pay-store_card', '#submit-order');
    expect(stored('shop:orders')[0]).toMatchObject({ total: 958, paymentMethod: 'store_card', couponId: null });
    expect(stored('shop:cart')).toHaveLength(1);
  });

  it('counts sums in whole fen', async () => {
    const { host, tap, textAt } = await open();
    await tap('#product-charger-65-add');
    await host.switchTab('pages/cart/index');
    await tap('#increase-charger-65-silver-bare', '#increase-charger-65-silver-bare');
    expect(textAt('#cart-total')).toBe('389.70');
  });

  it('takes a product out of the cart and says so', async () => {
    const { host, tap, stored, trackedEvents } = await open();
    await tap('#product-mouse-m1-add');
    await host.switchTab('pages/cart/index');
    await tap('#increase-mouse-m1-blue-std', '#remove-mouse-m1-blue-std');
    expect(host.text()).toContain('购物车还是空的');
    expect(stored('shop:cart')).toEqual([]);
    expect((await trackedEvents()).slice(-2)).toMatchObject([
      { name: 'product_removed', properties: { product_id: 'mouse-m1', quantity: 2 } },
      { name: 'cart_emptied' },
    ]);
  });

  it('lets the customer refuse a coupon', async () => {
    const { tap, textAt, stored } = await open();
    await tap('#claim-coupon', '#product-watch-s2', '#buy-now', '#coupon-none');
    expect(textAt('#order-total')).toBe('1,599.00');
    await tap('#submit-order');
    expect(stored('shop:coupons')).toEqual([{ id: 'NEW100', used: false }]);
  });

  it('finds products by category and by words', async () => {
    const { host, tap, trackedEvents } = await open();
    await tap('#category-audio');
    expect(host.text()).toContain('2 件好物');
    await tap('#category-all');
    await host.trigger('#search', 'input', { value: '键盘' });
    await host.trigger('#search', 'confirm', { value: '键盘' });
    expect(host.text()).toContain('没有找到相关商品');
    await tap('#clear-search');
    await host.trigger('#search', 'input', { value: 'noise' });
    await host.trigger('#search', 'confirm', { value: 'noise' });
    expect(host.find('#product-earbuds-air')).not.toBeNull();
    expect((await trackedEvents()).map(({ name, properties }) => [name, properties])).toEqual([
      ['search', { query: '键盘', results: 0 }],
      ['search', { query: 'noise', results: 1 }],
    ]);
  });

  it('identifies the customer at log-in', async () => {
    const { host, tap, textAt, events, stored } = await open();
    await host.switchTab('pages/me/index');
    await tap('#login');
    expect(textAt('#user-name')).toBe('林晓北');
    expect(stored('shop:user')).toEqual({ id: 'u_10086', level: 'gold' });
    expect((await events()).filter(({ type }) => type === 'identify')).toHaveLength(1);
    await tap('#logout');
    expect(textAt('#user-name')).toBe('你好，欢迎来到北辰');
  });

  it('speaks English where the host asks for it', async () => {
    const { host } = await open({ ext: { lang: 'en' } });
    expect(host.title()).toBe('Polaris');
    expect(host.text()).toMatch(/(Picked for you|Everyone buys) 10 products/);
  });

  it('switches its language and remembers the choice', async () => {
    const { host, tap, device } = await open();
    await host.switchTab('pages/me/index');
    await tap('#lang-en');
    expect(host.title()).toBe('Me');
    await host.switchTab('pages/home/index');
    expect(host.title()).toBe('Polaris');
    host.kill();

    const again = await open({ device });
    expect(again.host.title()).toBe('Polaris');
  });

  it('switches its language from outside the page', async () => {
    const { host, tap } = await open();
    await tap('#product-tablet-11');
    host.app().setLanguage('en');
    expect(host.text()).toContain('Add to cart');
    await host.back();
    expect(host.text()).toMatch(/Picked for you|Everyone buys/);
  });

  it('finds its cart again after a kill', async () => {
    const { host, tap, device } = await open();
    await tap('#product-camera-halo-add');
    host.kill();

    const again = await open({ device });
    await again.host.switchTab('pages/cart/index');
    expect(again.textAt('#cart-total')).toBe('1,899.00');
  });

  it('sends an order on the next launch when the phone was offline and the app was killed', async () => {
    const { host, tap, device, stored } = await open();
    host.setOnline(false);
    await tap('#product-phone-x1', '#buy-now', '#submit-order');
    const [{ id: orderId }] = stored('shop:orders');
    host.kill();

    device.network.isConnected = true;
    const again = await open({ device });
    const paid = (await again.events()).filter(({ name }) => name === 'order_paid');
    expect(paid.map(({ properties }) => properties.order_id)).toEqual([orderId]);
  });

  it('keeps its storage to itself', async () => {
    const { host, tap, device } = await open();
    await tap('#claim-coupon', '#product-phone-x1', '#add-to-cart', '#buy-now', '#submit-order');
    const ofShop = () => [...device.storage.keys()].filter((key) => key.startsWith('shop:')).sort();
    const values = () => ofShop().map((key) => device.storage.get(key));
    const before = values();
    expect(ofShop()).toEqual(['shop:cart', 'shop:consent', 'shop:coupons', 'shop:orders']);

    const { tracker } = host.app();
    await tracker.flush();
    tracker.reset();
    await tracker.destroy();
    expect(values()).toEqual(before);
  });
});

describe.skipIf(!isPackageBuilt).for(HOSTS)('shop on $platform, at once', ({ platform }) => {
  const OFFER = '再送你一张券';
  const REMINDER = '购物车还在等你';
  const CONSENT = '个人信息保护';
  const SUBSCRIBE = '允许发送以下消息';

  let project;
  let shop;
  let asked;
  beforeAll(async () => {
    project = await compileShop(platform);
  });
  afterEach(() => {
    vi.useRealTimers();
    expect(shop.errors).toEqual([]);
    shop.host.kill();
  });
  /** Notes what the customer is asked; they refuse what `refused` names. */
  const open = async ({ refused = [], ...options } = {}) => {
    asked = [];
    const modal = ({ title }) => {
      asked.push(title);
      return !refused.includes(title);
    };
    shop = await openShop({ project, modal, ...options });
    return shop;
  };
  const lookAgain = async (times) => {
    for (let time = 0; time < times; time++) {
      await shop.tap('#product-phone-x1');
      await shop.host.back();
    }
  };
  const fired = async () =>
    (await shop.events()).filter(({ name }) => name === 'trigger_fired').map(({ properties }) => properties);
  const later = (ms) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

  it('offers a coupon to a customer who looks for the third time, and takes it off the order', async () => {
    const { tap, textAt, stored, trackedEvents } = await open();
    await lookAgain(2);
    expect(asked).toEqual([CONSENT]);
    await tap('#product-phone-x1');
    expect(asked).toEqual([CONSENT, OFFER]);
    expect(stored('shop:coupons')).toEqual([{ id: 'STAY30', used: false }]);
    expect(shop.host.text()).toContain('可用券 ¥30');

    await tap('#buy-now');
    expect(textAt('#order-total')).toBe('4,969.00');
    await tap('#submit-order');
    const { order_id, discount, coupon_id } = (await trackedEvents()).find(({ name }) => name === 'order_paid').properties;
    expect([discount, coupon_id]).toEqual([30, 'STAY30']);
    const coupon = { coupon_id: 'STAY30', discount: 30, currency: 'CNY' };
    expect(
      (await trackedEvents()).filter(({ name }) => name.startsWith('coupon')).map(({ name, properties }) => [name, properties]),
    ).toEqual([
      ['coupon_claimed', coupon],
      ['coupon_applied', { ...coupon, order_id }],
    ]);
    expect(await fired()).toEqual([
      { rule: 'hesitates', shown: true, taken: false },
      { rule: 'hesitates', shown: true, taken: true },
    ]);
  });

  it('leaves a customer alone who closes the offer, and the coupon out of the wallet', async () => {
    const { host, device } = await open({ refused: [OFFER] });
    await lookAgain(6);
    expect(asked).toEqual([CONSENT, OFFER]);
    expect(device.storage.has('shop:coupons')).toBe(false);
    expect(await fired()).toEqual([{ rule: 'hesitates', shown: true, taken: false }]);
    await host.switchTab('pages/me/index');
    expect(host.text()).not.toContain('心动券');
  });

  it('offers nothing for a product that went into the cart', async () => {
    await open();
    await lookAgain(2);
    await shop.tap('#product-phone-x1-add');
    await lookAgain(1);
    expect(asked).toEqual([CONSENT]);
  });

  it('reminds of a cart that was left, at the next show', async () => {
    const { host, tap, path } = await open();
    await tap('#product-phone-x1-add');
    await host.hide();
    await host.show();
    expect(asked).toEqual([CONSENT]);
    await host.hide();
    later(61_000);
    await host.show();
    expect(asked).toEqual([CONSENT, REMINDER]);
    expect(path()).toBe('pages/cart/index');
    expect((await fired()).map(({ rule, taken }) => [rule, taken])).toEqual([
      ['leaves_cart', false],
      ['leaves_cart', true],
    ]);
  });

  it('does not remind of a cart that was paid', async () => {
    const { host, tap } = await open();
    await tap('#product-phone-x1', '#add-to-cart', '#go-cart', '#checkout', '#submit-order');
    await host.hide();
    later(61_000);
    await host.show();
    expect(asked).toEqual([CONSENT, SUBSCRIBE]);
  });

  it('does not remind of a cart that was emptied', async () => {
    const { host, tap } = await open();
    await tap('#product-phone-x1-add');
    await host.switchTab('pages/cart/index');
    await tap('#remove-phone-x1-blue-256');
    await host.hide();
    later(61_000);
    await host.show();
    expect(asked).toEqual([CONSENT]);
    expect(await fired()).toEqual([]);
  });

  it('shows nothing to a customer who is held out, and tells that it would have', async () => {
    await open({ ext: { heldOut: 1 } });
    await lookAgain(3);
    expect(asked).toEqual([CONSENT]);
    expect(await fired()).toEqual([{ rule: 'hesitates', shown: false, taken: false }]);
  });

  it('goes by the rules and tags that the collector answers, also after a kill', async () => {
    const rule = { id: 'second_look', when: { event: 'product_viewed', times: 2, session: true }, then: 'offerCoupon' };
    let says = { tags: ['new'], rules: [{ ...rule, only: { tags: 'loyal' } }] };
    const { device } = await open({ minitrail: () => says });
    await shop.events();
    await lookAgain(3);
    expect(asked).toEqual([CONSENT]);
    says = { ...says, tags: ['loyal'] };
    await shop.events();
    await shop.host.hide();
    shop.host.kill();
    await open({ device });
    await lookAgain(2);
    expect(asked).toEqual([OFFER]);
    expect((await fired()).map(({ rule: id, taken }) => [id, taken])).toEqual([
      ['second_look', false],
      ['second_look', true],
    ]);
    shop.host.kill();
    // The cool-down holds over the kill.
    await open({ device });
    await lookAgain(3);
    expect(asked).toEqual([]);
  });

  it('collects nothing from a customer who refuses, and asks no second time', async () => {
    const { tap, device, events } = await open({ refused: [CONSENT] });
    await lookAgain(3);
    await tap('#product-phone-x1-add');
    expect(await events()).toEqual([]);
    shop.host.kill();
    await open({ device });
    expect(asked).toEqual([]);
    expect(await shop.events()).toEqual([]);
  });

  it('lets the customer decide anew on the "me" page', async () => {
    const { host, tap, events, trackedEvents } = await open({ refused: [CONSENT] });
    await host.switchTab('pages/me/index');
    await tap('#consent-granted', '#claim-ACC20');
    expect((await trackedEvents()).map(({ name }) => name)).toEqual(['coupon_claimed']);
    const before = (await events()).length;
    await tap('#consent-denied', '#claim-NEW100');
    expect(await events()).toHaveLength(before);
  });

  it('asks leave for messages at the checkout, and sells whatever the answer is', async () => {
    const { tap, path, events } = await open({ refused: [SUBSCRIBE] });
    await tap('#product-phone-x1', '#buy-now', '#submit-order');
    expect(path()).toBe('pages/paid/index');
    const answers = (await events()).filter(({ name }) => name === 'subscribe_message');
    expect(answers.map(({ properties }) => [properties.action, properties.template_id])).toEqual([
      ['asked', 'order_shipped'],
      ['rejected', 'order_shipped'],
    ]);
  });
});

describe.skipIf(!isPackageBuilt).for(HOSTS)('shop on $platform, recommending', ({ platform }) => {
  let project;
  let shop;
  beforeAll(async () => {
    project = await compileShop(platform);
  });
  afterEach(() => {
    expect(shop.errors).toEqual([]);
    shop.host.kill();
  });
  const asked = [];
  const answers = (query) => {
    asked.push(Object.fromEntries(query));
    return new Response(
      JSON.stringify({ products: ['gone', 'mouse-m1', 'camera-halo', 'phone-x1'].map((product_id) => ({ product_id })) }),
    );
  };
  const open = async (options) => {
    asked.length = 0;
    shop = await openShop({ project, modal: () => true, ...options });
    await settle();
    return shop;
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  const idsOf = (prefix) => {
    const ids = [
      'phone-x1',
      'earbuds-air',
      'watch-s2',
      'tablet-11',
      'laptop-14',
      'charger-65',
      'keyboard-75',
      'speaker-mini',
      'camera-halo',
      'mouse-m1',
    ];
    return ids.filter((id) => shop.host.find(`#${prefix}-${id}`)).sort();
  };

  it('shows what the server answers, leaves out what is not sold here, and tells which list was tapped', async () => {
    const { tap, path, trackedEvents } = await open({ recommends: answers });
    expect(idsOf('home-recommended')).toEqual(['camera-halo', 'mouse-m1']);
    await tap('#home-recommended-camera-halo');
    expect(path()).toBe('pages/product/index');
    await settle();
    // Never the product itself; what sells most fills up.
    expect(idsOf('recommended')).toEqual(['charger-65', 'earbuds-air', 'mouse-m1', 'phone-x1']);
    expect(asked).toEqual([{ limit: '10' }, { limit: '10', product: 'camera-halo' }]);
    await tap('#recommended-mouse-m1-add', '#recommended-mouse-m1');
    const clicks = (await trackedEvents()).filter(({ name }) => name === 'product_clicked').map(({ properties }) => properties);
    expect(clicks).toMatchObject([
      { list_id: 'home_recommended', product_id: 'camera-halo', position: 2, price: 1899, currency: 'CNY' },
      { list_id: 'product_recommended', product_id: 'mouse-m1', position: 1, price: 199, currency: 'CNY' },
    ]);
    const variants = (await shop.events()).filter(({ name }) => name === 'experiment_exposure');
    expect(variants.map(({ properties: { experiment, variant } }) => [experiment, variant])).toEqual(
      expect.arrayContaining([
        ['home_recommended', 'shown'],
        ['product_recommended', 'shown'],
      ]),
    );
  });

  it.each([
    ['fails', () => new Response('down', { status: 503 })],
    ['answers no JSON', () => new Response('<html>')],
    ['answers something else', () => new Response('{}')],
  ])('shows what sells most when the server %s', async (_, recommends) => {
    await open({ recommends });
    await settle();
    expect(idsOf('home-recommended')).toEqual(['charger-65', 'earbuds-air']);
  });

  it('shows no list to a customer who is held out, and tells that, too', async () => {
    const { tap, events } = await open({ recommends: answers, ext: { heldOut: 1 } });
    await tap('#product-phone-x1');
    await settle();
    expect([idsOf('home-recommended'), idsOf('recommended'), asked]).toEqual([[], [], []]);
    const variants = (await events()).filter(({ name }) => name === 'experiment_exposure').map(({ properties }) => properties);
    expect(variants).toMatchObject([
      { experiment: 'home_title' },
      { experiment: 'home_recommended', variant: 'held_out' },
      { experiment: 'product_recommended', variant: 'held_out' },
    ]);
  });
});
