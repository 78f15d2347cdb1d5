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
const PRODUCTS = Array.from({ length: 12 }, (_, i) => ({
  product_id: `p${i}`,
  price: 10 + i * 15.5,
  category: i % 2 ? 'phones' : 'cases',
}));
const PAGES = ['pages/index/index', 'pages/product/index', 'pages/cart/index', 'pages/me/index'];

const platformOf = (pick) => pick(['wechat', 'alipay', 'douyin']);

/** What a visit's events share. */
const contextOf = ({ random, pick }, { v, i, visit, first, platform }) => {
  const source_group = visit ? pick(GROUPS) : first.first_group;
  return {
    v,
    session: `${v}-s${visit}`,
    boot: visit + 1,
    platform,
    ...first,
    source_group,
    source_scene: `10${10 + (i % 9)}`,
    source_campaign: visit ? (random() < 0.2 ? 'autumn' : null) : first.first_campaign,
    session_index: visit + 1,
    is_first_visit: visit === 0,
    is_first_day: visit === 0,
    window_width: 375,
    app_version: pick(['1.0', '1.1']),
    sdk: 'minitrail/0.1.0',
    user_id: i % 3 === 0 && visit ? `u${Math.floor(i / 6)}` : null,
    source: { channel_group: source_group, utm_content: i % 5 === 0 ? 'c_shop' : '' },
    excluded: i % 17 === 16 ? 'test' : null,
  };
};

const look = ({ random, pick }, add) => {
  for (let step = 0; step < 1 + random() * 4; step++) {
    const page = pick(PAGES);
    const product = pick(PRODUCTS);
    const dataset = { sku: product.product_id };
    add('page_view', { path: page, referrer_path: pick(PAGES), ...(random() < 0.1 ? { resumed: true } : {}) });
    add('exposure', { page_path: page, selector: '.card', dataset, ratio: 0.8, duration_ms: 500 });
    if (random() < 0.5) {
      const element = random() < 0.5 ? { element_id: 'buy' } : {};
      const place = { x_fraction: random() * 1.1, y_fraction: random(), offset_top: Math.floor(random() * 2000) };
      add('tap', { kind: 'tap', ...element, handler: 'onTap', page_path: page, dataset, ...place });
    }
    if (random() < 0.6) add('product_viewed', product, 'track');
    if (random() < 0.4) add('product_added', { ...product, quantity: 1, value: product.price }, 'track');
    if (random() < 0.1) add('product_removed', { ...product, quantity: 1 }, 'track');
    add('page_leave', {
      path: page,
      duration_ms: Math.floor(random() * 60_000),
      ...(random() < 0.05 ? { recovered: true } : {}),
    });
  }
};

/** An order, sometimes told by the server as well, refunded or called off. */
const order = (history, add, { user_id }) => {
  const { random, pick, events } = history;
  const items = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    ...pick(PRODUCTS),
    quantity: 1 + Math.floor(random() * 2),
  }));
  const order_id = `o${history.orders++}`;
  const value = Math.round(items.reduce((sum, item) => sum + item.price * item.quantity, 0) * 100) / 100;
  const props = { order_id, value, items, ...(random() < 0.3 ? { coupon_id: pick(['NEW', 'VIP']) } : {}) };
  add('checkout_started', { items, value }, 'track');
  const t = add('order_paid', props, 'track');
  if (user_id && random() < 0.4) {
    const server = { v: user_id, user_id, session: 'server', boot: 1, platform: 'server', type: 'track' };
    events.push({ ...server, t: t + 500, received_at: t + 800, name: 'order_paid', props });
  }
  if (random() < 0.15)
    add('order_refunded', { order_id, value: Math.round(value * 50) / 100, refund_id: `r${order_id}` }, 'track');
  if (random() < 0.05) add('order_cancelled', { order_id, value, items }, 'track');
};

const actOn = ({ random, pick }, add, { i, visit }) => {
  if (random() < 0.25) {
    add('subscribe_message', {
      action: pick(['accepted', 'accepted', 'rejected', 'opened']),
      template_id: pick(['tmpl1', 'tmpl2']),
    });
  }
  if (random() < 0.1) add('group_started', { group_id: `g${i}-${visit}` }, 'track');
  if (random() < 0.15 && i) add('group_joined', { group_id: `g${Math.floor(random() * i)}-0` }, 'track');
  if (random() < 0.05 && i) add('group_completed', { group_id: `g${i}-${visit}` }, 'track');
};

/** Opens somebody's card (or an own one) at the start of a visit; gives the card that the visitor is now credited to. */
const openCard = ({ random, pick, cards }, add, { v, credit }) => {
  if (!cards.length || random() >= 0.4) return credit;
  const card = pick(cards);
  add('share_open', { share_id: card.id, root_id: card.root, depth: card.depth, first: true, own: card.v === v });
  return card.v === v ? credit : card;
};

const share = ({ random, pick, cards }, add, { v, credit }) => {
  if (random() >= 0.5) return;
  const id = `s${cards.length}`;
  const card = { id, v, root: credit ? credit.root : id, depth: credit ? credit.depth + 1 : 1 };
  cards.push(card);
  const place = { method: pick(['menu', 'button', 'poster']), channel: pick(['wall', 'desk']), page_path: pick(PAGES) };
  add('share', { share_id: id, parent_id: credit?.id, root_id: card.root, depth: card.depth, ...place });
};

/** What a rule did at the end of a visit; nothing is drawn for it, so all else stays as it is without. */
const offer = (context, { i, t }, visit) => {
  const shown = i % 4 > 0;
  const props = { rule: visit % 2 ? 'hesitates' : 'leaves_cart', shown, taken: shown && i % 3 === 0 };
  return { ...context, t: t + 1, received_at: t + 2, name: 'trigger_fired', props, type: 'track' };
};

/** A list that is recommended, or not; nothing is drawn for it either. */
const recommend = (context, { i, t }, visit) => {
  const at = (name, type, ms, props) => ({ ...context, t: t + ms, received_at: t + ms + 1, name, type, props });
  const list = visit % 3 ? 'home_recommended' : 'product_recommended';
  const seen = at('experiment_exposure', 'auto', 3, {
    experiment: list,
    variant: i % 5 ? 'shown' : 'held_out',
    overridden: false,
  });
  const product = PRODUCTS[(i + visit) % PRODUCTS.length];
  return i % 5 && (i + visit) % 2 ? [seen, at('product_clicked', 'track', 5, { ...product, list_id: list })] : [seen];
};

const visitShop = (history, state, visit) => {
  const { random, pick, events } = history;
  const context = contextOf(history, { ...state, visit });
  const add = (name, props = {}, type = 'auto') => {
    state.t += Math.floor(random() * 90_000);
    const by = state.credit;
    const credited = { share_id: by?.id ?? null, share_root_id: by?.root ?? null, share_depth: by?.depth ?? null };
    events.push({
      ...context,
      ...credited,
      t: state.t,
      received_at: state.t + Math.floor(random() * 30_000),
      name,
      props,
      type,
    });
    return state.t;
  };
  add('app_launch', { scene: context.source_scene });
  state.credit = openCard(history, add, state);
  if (random() < 0.5) {
    const variant = random() < 0.05 ? 'c' : state.variant;
    add('experiment_exposure', { experiment: 'coupon', variant, overridden: random() < 0.05 });
  }
  if (context.user_id) add('identify', { city: pick(['sz', 'bj']), level: Math.floor(random() * 5) }, 'identify');
  look(history, add);
  if (random() < 0.2) add('coupon_claimed', { coupon_id: pick(['NEW', 'VIP']), discount: 5 }, 'track');
  if (random() < 0.45) order(history, add, context);
  actOn(history, add, { i: state.i, visit });
  share(history, add, state);
  if (visit) events.push(offer(context, state, visit));
  if (visit) events.push(...recommend(context, state, visit - 1));
  add('app_hide', { duration_ms: Math.floor(random() * 300_000) });
  state.t += Math.floor((0.2 + random() * 6) * 86_400_000);
};

/** Every kind of event that an analysis reads, from some visitors over some weeks; not a population, only material. */
export const createShopHistory = ({ seed = 1, visitors = 60, days = 40 } = {}) => {
  const random = createRandom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const history = { random, pick, events: [], cards: [], orders: 0 };
  for (let i = 0; i < visitors; i++) {
    const first = { first_group: pick(GROUPS), first_campaign: random() < 0.3 ? 'autumn' : null };
    const begun = { i, v: `v${i}`, first, platform: platformOf(pick), variant: pick(['a', 'b']), credit: null };
    const state = { ...begun, t: at(random() * days * 0.8, 1000 * i) };
    const visits = 1 + Math.floor(random() * 6);
    for (let visit = 0; visit < visits; visit++) visitShop(history, state, visit);
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
  const batch_id = '00000000-0000-4000-8000-000000000001';
  const drops = [{ batch_id, anonymous_id: 'v1', boot: 1, received_at: at(3), reason: 'overflow', n: 2 }];
  const arrivals = [{ received_at: at(3), events: 30, repeats: 1, rejected: 0 }];
  return { events: history.events, persons, costs, drops, arrivals };
};

/** A test store or the store of a test API with this history. */
export const fillWithHistory = async (shop) => {
  const { events, ...rest } = createShopHistory();
  await shop.fill(events, rest);
  return shop;
};
