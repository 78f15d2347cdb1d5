import { createRequire } from 'node:module';

const { products } = createRequire(import.meta.url)('../../shop/catalog.js');

/** How much of the interest in products each one has, and how often those who want it put it into the cart. */
const INTEREST = {
  'phone-x1': 22,
  'earbuds-air': 16,
  'charger-65': 14,
  'mouse-m1': 11,
  'keyboard-75': 10,
  'speaker-mini': 9,
  'watch-s2': 8,
  'tablet-11': 6,
  'laptop-14': 4,
  // Looked at now and then, bought by nobody: the slow seller that a report has to find.
  'camera-halo': 5,
};

/** The shop's products as its events name them, with their weight among what visitors look at. */
export const GOODS = products.map(({ id, name, category, models }) => ({
  weight: INTEREST[id],
  product: { product_id: id, name, category, price: models[0].price },
}));
export const CATALOG = Object.fromEntries(GOODS.map(({ product }) => [product.product_id, product]));
export const UNSOLD = 'camera-halo';

/**
 * What is planted. Every figure here is one that an analysis has to find again: exactly where it is decided visitor by
 * visitor and can be counted, within its interval where it is a chance.
 */
export const PLAN = {
  days: 90,
  /** How far the orders of old members reach back. */
  historyDays: 400,

  platforms: [
    { name: 'wechat', weight: 70 },
    { name: 'alipay', weight: 20 },
    { name: 'douyin', weight: 10 },
  ],

  /** How visitors come for the first time, and at times later on. `group` is what the scene tables call it. */
  channels: [
    { group: 'search', weight: 30, buys: 1, scenes: { wechat: 1053, alipay: '1005', douyin: '022001' } },
    {
      group: 'ad',
      weight: 25,
      buys: 0.6,
      scenes: { wechat: 1045, alipay: '1400', douyin: '025001' },
      campaigns: [
        { name: 'autumn', source: 'moments', weight: 3, cost: 180 },
        { name: 'newphone', source: 'feed', weight: 1, cost: 60 },
      ],
    },
    {
      group: 'scan',
      weight: 15,
      buys: 1.5,
      scenes: { wechat: 1047, alipay: '1011', douyin: '021002' },
      // WeChat's codes carry 32 characters, so there the code stands alone.
      campaigns: [{ name: 'store-sz', source: 'poster', code: 'sz-01', weight: 1, cost: 12.5 }],
    },
    { group: 'mini_program', weight: 15, buys: 1, scenes: { wechat: 1037, alipay: '1037', douyin: '021009' } },
    { group: 'desktop', weight: 15, buys: 1.2, scenes: { wechat: 1023, alipay: '1023', douyin: '021020' } },
  ],
  /** Visits that are no new contact: from the list of recent ones. */
  recent: { wechat: 1089, alipay: '1090', douyin: '021001' },
  message: { wechat: 1107, alipay: '1014', douyin: '026003' },
  payment: { wechat: 1038, alipay: '1038', douyin: '021010' },
  chat: { wechat: 1007, alipay: '1007', douyin: '024001' },
  groupChat: 1008,
  automated: 1129,
  preview: 1154,
  /** Of the visits after the first: from the list of recent ones, by a message, by a channel anew. */
  returns: { recent: 0.75, message: 0.05 },

  /** The chance that somebody is back on the n-th day after the first. */
  retention: (n) => 0.34 * n ** -0.75,

  /** From one step of the funnel to the next, within a visit. */
  funnel: { view: 0.8, add: 0.3, checkout: 0.62 },
  /** The last step depends on the variant: what `checkout_coupon` brings is planted, the others bring nothing. */
  experiments: {
    checkout_coupon: { none: 1, ten_off: 1 },
    home_layout: { grid: 1, list: 1 },
    /** As many as see it: a few hundred visitors have to be enough to tell. */
    home_recommended: { shown: 1, held_out: 1 },
  },
  /** Of the visits to the home page: whom the recommended list tempts to tap something new, and of these who buys it. */
  recommended: { tempts: 0.35, buys: 0.5 },
  /** Of the visits that look at products: those that look at one three times. Of what is offered at once: who takes it. */
  trigger: { heldOut: 0.3, hesitates: 0.1, takes: { hesitates: 0.6, leaves_cart: 0.6 } },
  /** The days on which the server writes to those who left a cart; who comes because of it, and of these who buys. */
  recall: { from: 20, to: 82, heldOut: 0.35, returns: 0.95, buys: 0.7 },
  pays: { none: 0.3, ten_off: 0.85 },
  /** At noon people buy more often, in the evening there are more of them. */
  lunch: { hour: 12, buys: 1.8 },
  hours: [0, 0, 0, 0, 0, 0, 0, 2, 4, 5, 6, 6, 8, 6, 5, 5, 5, 6, 8, 10, 12, 12, 8, 0],
  bundle: { product: 'phone-x1', with: 'charger-65', chance: 0.5 },
  coupon: { id: 'NEW100', discount: 100, minimum: 999, claims: 0.12 },

  share: { chance: 0.15, poster: 0.2, opens: 1.5, windowMs: 7 * 86_400_000 },
  /** Who opens a card. What is left goes to people who are new. */
  openers: { known: 0.25, own: 0.1, cycle: 0.1 },

  /** Of the shares: those by which a group is started; of the visits: those that start one and send nothing. */
  groups: { starts: 0.4, alone: 0.01, joins: 0.6, size: 3 },
  /** Of the visits: a search; of those, events that break the tracking plan; and one whose name is written wrongly. */
  search: { chance: 0.15, text: 0.06, missing: 0.04, misspelt: 0.01 },

  orders: { serverOnly: 0.08, clientOnly: 0.1, cancelled: 0.03, refunded: 0.08, partly: 0.5 },

  /** Of the visits: no network, ended by a kill, the answer of the collector is lost (of requests). */
  faults: { offline: 0.02, killed: 0.04, lostAnswer: 0.01, debug: 0.01 },
  /**
   * Of the phones. Offsets of the clock in milliseconds; a clock within two minutes is taken as it is, so that a phone far
   * ahead would put what the server tells of a payment before the way to it.
   */
  clocks: [
    { weight: 86, offset: 0 },
    { weight: 5, offset: 8000 },
    { weight: 5, offset: -60_000 },
    { weight: 2, offset: 3 * 86_400_000 },
    { weight: 1.5, offset: -5 * 3_600_000 },
    { weight: 0.5, offset: -20_000 * 86_400_000 },
  ],
  /** Of the phones: whose traffic does not count, who is asked for consent first, who refuses. */
  develop: 0.01,
  asked: 0.03,
  refuses: 0.01,
  /** Of the people: a second phone on another host, known by the login or by the unionid. */
  secondPhone: 0.04,
  unionid: 0.15,
  webView: 0.04,
  messages: { asks: 0.5, accepts: 0.7 },
  /** Phones in a shop on which one after the other logs in; nobody logs out. One for so many visitors. */
  kiosk: { one: 400, logins: 4 },
  /** Of all phones: single visits by a machine, previews in the timeline. */
  machines: 0.01,
  previews: 0.01,
};

/**
 * Members with a history of orders that was decided, one row for each kind. `last` is how many days before the end the
 * last order was, `every` how many days lie between two.
 */
export const MEMBERS = [
  // RFM by fixed numbers: recent is 30 days, often is 3 orders, much is 3,000.
  { kind: '111', orders: 4, last: 12, every: 15, product: 'tablet-11' },
  { kind: '101', orders: 1, last: 9, every: 0, product: 'laptop-14' },
  { kind: '011', orders: 3, last: 45, every: 12, product: 'watch-s2' },
  { kind: '001', orders: 1, last: 60, every: 0, product: 'phone-x1' },
  { kind: '110', orders: 4, last: 6, every: 14, product: 'charger-65' },
  { kind: '100', orders: 1, last: 15, every: 0, product: 'mouse-m1' },
  { kind: '010', orders: 3, last: 50, every: 10, product: 'keyboard-75' },
  { kind: '000', orders: 1, last: 75, every: 0, product: 'speaker-mini' },
  // The life cycle: 90, 180 and 365 days.
  { kind: 'active', orders: 2, last: 130, every: 40, product: 'earbuds-air' },
  { kind: 'leaving', orders: 2, last: 250, every: 60, product: 'mouse-m1' },
  { kind: 'dormant', orders: 1, last: 385, every: 0, product: 'charger-65' },
];
/** Of each kind, for 1,000 visitors. */
export const MEMBERS_OF_KIND = 4;
