import { at } from './createEvents.js';

/** A small generator of numbers: the same seed gives the same history. */
const createRandom = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
};

const GROUPS = ['search', 'ad', 'chat_share', 'recent', 'message', ''];
const PRODUCTS = Array.from({ length: 12 }, (_, i) => ({ product_id: `p${i}`, price: 10 + i * 15.5, category: i % 2 ? 'phones' : 'cases' }));
const PAGES = ['pages/index/index', 'pages/product/index', 'pages/cart/index', 'pages/me/index'];

/** Every kind of event that an analysis reads, from some visitors over some weeks; not a population, only material. */
export const createShopHistory = ({ seed = 1, visitors = 60, days = 40 } = {}) => {
  const random = createRandom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const events = [];
  const cards = [];
  let orders = 0;
  for (let i = 0; i < visitors; i++) {
    const v = `v${i}`;
    const first = { first_group: pick(GROUPS), first_campaign: random() < 0.3 ? 'autumn' : null };
    const platform = pick(['wechat', 'alipay', 'douyin']);
    const variant = pick(['a', 'b']);
    let credit = null;
    const visits = 1 + Math.floor(random() * 6);
    let t = at(random() * days * 0.8, 1000 * i);
    for (let visit = 0; visit < visits; visit++) {
      const session = `${v}-s${visit}`;
      const source_group = visit ? pick(GROUPS) : first.first_group;
      const context = {
        v, session, boot: visit + 1, platform, ...first, source_group, source_scene: `10${10 + (i % 9)}`, source_campaign: visit ? (random() < 0.2 ? 'autumn' : null) : first.first_campaign,
        session_index: visit + 1, is_first_visit: visit === 0, is_first_day: visit === 0, window_width: 375, app_version: pick(['1.0', '1.1']), sdk: 'minitrail/0.1.0',
        user_id: i % 3 === 0 && visit ? `u${Math.floor(i / 6)}` : null, source: { channel_group: source_group, utm_content: i % 5 === 0 ? 'c_shop' : '' }, first_source: {},
        excluded: i % 17 === 16 ? 'test' : null,
      }; // prettier-ignore
      const add = (name, props = {}, type = 'auto') => {
        t += Math.floor(random() * 90_000);
        events.push({ ...context, share_id: credit?.id ?? null, share_root_id: credit?.root ?? null, share_depth: credit?.depth ?? null, t, name, props, type, received_at: t + Math.floor(random() * 30_000) });
      };
      const buy = (name, props) => add(name, props, 'track');
      add('app_launch', { scene: context.source_scene });
      if (cards.length && random() < 0.4) {
        const card = pick(cards);
        add('share_open', { share_id: card.id, root_id: card.root, depth: card.depth, first: true, own: card.v === v });
        if (card.v !== v) credit = card;
      }
      if (random() < 0.5) add('experiment_exposure', { experiment: 'coupon', variant: random() < 0.05 ? 'c' : variant, overridden: random() < 0.05 });
      if (visit && context.user_id) add('identify', { city: pick(['sz', 'bj']), level: Math.floor(random() * 5) }, 'identify');
      for (let step = 0; step < 1 + random() * 4; step++) {
        const page = pick(PAGES);
        add('page_view', { path: page, referrer_path: pick(PAGES), ...(random() < 0.1 ? { resumed: true } : {}) });
        const product = pick(PRODUCTS);
        add('exposure', { page_path: page, selector: '.card', dataset: { sku: product.product_id }, ratio: 0.8, duration_ms: 500 });
        if (random() < 0.5) add('tap', { kind: 'tap', element_id: random() < 0.5 ? 'buy' : undefined, handler: 'onTap', page_path: page, dataset: { sku: product.product_id }, x_fraction: random() * 1.1, y_fraction: random(), offset_top: Math.floor(random() * 2000) });
        if (random() < 0.6) buy('product_viewed', product);
        if (random() < 0.4) buy('product_added', { ...product, quantity: 1, value: product.price });
        if (random() < 0.1) buy('product_removed', { ...product, quantity: 1 });
        add('page_leave', { path: page, duration_ms: Math.floor(random() * 60_000), ...(random() < 0.05 ? { recovered: true } : {}) });
      }
      if (random() < 0.2) buy('coupon_claimed', { coupon_id: pick(['NEW', 'VIP']), discount: 5 });
      if (random() < 0.45) {
        buy('checkout_started', { items: [PRODUCTS[0]], value: 10 });
        const items = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ ...pick(PRODUCTS), quantity: 1 + Math.floor(random() * 2) }));
        const order_id = `o${orders++}`;
        const value = Math.round(items.reduce((sum, item) => sum + item.price * item.quantity, 0) * 100) / 100;
        const coupon = random() < 0.3 ? { coupon_id: pick(['NEW', 'VIP']) } : {};
        buy('order_paid', { order_id, value, items, ...coupon });
        if (context.user_id && random() < 0.4) events.push({ v: context.user_id, user_id: context.user_id, session: 'server', boot: 1, t: t + 500, received_at: t + 800, name: 'order_paid', props: { order_id, value, items, ...coupon }, type: 'track', platform: 'server' });
        if (random() < 0.15) buy('order_refunded', { order_id, value: Math.round(value * 50) / 100, refund_id: `r${order_id}` });
        if (random() < 0.05) buy('order_cancelled', { order_id, value, items });
      }
      if (random() < 0.25) add('subscribe_message', { action: pick(['accepted', 'accepted', 'rejected', 'opened']), template_id: pick(['tmpl1', 'tmpl2']) });
      if (random() < 0.1) buy('group_started', { group_id: `g${i}-${visit}` });
      if (random() < 0.15 && i) buy('group_joined', { group_id: `g${Math.floor(random() * i)}-0` });
      if (random() < 0.05 && i) buy('group_completed', { group_id: `g${i}-${visit}` });
      if (random() < 0.5) {
        const id = `s${cards.length}`;
        const card = { id, v, root: credit ? credit.root : id, depth: credit ? credit.depth + 1 : 1 };
        cards.push(card);
        add('share', { share_id: id, parent_id: credit?.id, root_id: card.root, depth: card.depth, method: pick(['menu', 'button', 'poster']), channel: pick(['wall', 'desk']), page_path: pick(PAGES) });
      }
      add('app_hide', { duration_ms: Math.floor(random() * 300_000) });
      t += Math.floor((0.2 + random() * 6) * 86_400_000);
    }
  }
  const persons = {};
  for (let i = 0; i < visitors; i += 3) {
    persons[`v${i}`] = `u${Math.floor(i / 6)}`;
    persons[`u${Math.floor(i / 6)}`] = `u${Math.floor(i / 6)}`;
  }
  const costs = [
    { day: '2026-09-05', source_group: 'ad', source_campaign: 'autumn', amount: 100 },
    { day: '2026-09-20', source_group: 'search', source_campaign: '', amount: 55.5 },
  ];
  const drops = [{ batch_id: '00000000-0000-4000-8000-000000000001', anonymous_id: 'v1', boot: 1, received_at: at(3), reason: 'overflow', n: 2 }];
  const arrivals = [{ received_at: at(3), batch_id: '00000000-0000-4000-8000-000000000001', events: 30, repeats: 1, rejected: 0 }];
  return { events, persons, costs, drops, arrivals };
};
