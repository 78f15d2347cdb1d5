import { randomInt, randomUUID } from 'node:crypto';

/** Of one visit of a shop, in the order they happen, over and over. */
const VISIT = [
  'app_show',
  'page_view',
  'product_viewed',
  'tap',
  'page_leave',
  'page_view',
  'product_added',
  'share',
  'tap',
  'order_paid',
];
const GROUPS = ['chat_share', 'search', 'ads', 'scan', 'direct'];
const DEVICES = ['iPhone 15', 'M2012K11AC', 'V2229A', 'PGT-AN10'];

const product = () => ({
  product_id: `p-${randomInt(200)}`,
  name: 'Aurora X1',
  category: 'phones',
  price: 19.9 + randomInt(500),
});

const PROPERTIES = {
  app_show: () => ({ path: 'pages/index/index', scene: '1007' }),
  page_view: () => ({ path: 'pages/product/index', query: { id: `p-${randomInt(200)}` }, referrer: 'pages/index/index' }),
  page_leave: () => ({ path: 'pages/product/index', duration_ms: randomInt(60_000) }),
  tap: () => ({
    page_path: 'pages/product/index',
    kind: 'tap',
    element_id: 'buy',
    handler: 'onBuy',
    x_fraction: randomInt(1001) / 1000,
    y_fraction: randomInt(1001) / 1000,
  }),
  product_viewed: product,
  product_added: () => ({ ...product(), quantity: 1 + randomInt(3) }),
  share: () => ({
    share_id: randomUUID().slice(0, 10),
    root_id: randomUUID().slice(0, 10),
    depth: 1,
    method: 'button',
    page_path: 'pages/product/index',
  }),
  order_paid: () => ({
    order_id: randomUUID().slice(0, 12),
    value: 99 + randomInt(900),
    items: [
      { ...product(), quantity: 1 },
      { ...product(), quantity: 2 },
    ],
  }),
};

const contextOf = (/** @type {string} */ visitor, /** @type {number} */ number) => {
  const source = {
    scene: '1007',
    channel_group: GROUPS[number % GROUPS.length],
    utm_source: 'poster',
    utm_campaign: `c${number % 7}`,
  };
  return {
    anonymous_id: visitor,
    ...(number % 3 === 0 ? { user_id: `u_${number}` } : {}),
    platform: 'wechat',
    sdk: 'minitrail/0.1.0',
    network_type: 'wifi',
    app_id: 'wx0123456789abcdef',
    app_version: '1.4.2',
    app_env: 'release',
    host_version: '8.0.50',
    host_sdk_version: '3.5.5',
    language: 'zh_CN',
    device: {
      brand: 'Maker',
      model: DEVICES[number % DEVICES.length],
      os: 'Android 14',
      platform: 'android',
      pixel_ratio: 3,
      screen_width: 393,
      screen_height: 873,
      window_width: 393,
      window_height: 785,
    },
    session_index: 1,
    is_first_visit: true,
    is_first_day: true,
    source,
    first_source: source,
  };
};

/** How often a visitor is one that came before. */
const VISITORS = 50_000;
const visitors = Array.from({ length: VISITORS }, () => randomUUID().replaceAll('-', ''));
let launches = 0;

/**
 * One request of a phone, as the SDK makes it; all ids are new.
 *
 * @param {number} events
 * @param {number} [now]
 */
export const makeBody = (events = 30, now = Date.now()) => {
  const number = randomInt(VISITORS);
  launches += 1;
  const batch = Array.from({ length: events }, (_, seq) => {
    const name = VISIT[seq % VISIT.length];
    return {
      id: randomUUID(),
      boot: launches,
      seq,
      type: name.includes('_paid') || name.startsWith('product') ? 'track' : 'auto',
      name,
      ts: now - (events - seq) * 700,
      session_id: visitors[number].slice(0, 16),
      properties: PROPERTIES[name](),
      context: 0,
    };
  });
  return JSON.stringify({
    schema: 'minitrail/1',
    batch_id: randomUUID(),
    sent_at: now,
    clock_offset_ms: 0,
    contexts: [contextOf(visitors[number], number)],
    batch,
    drops: {},
  });
};
