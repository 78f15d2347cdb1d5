import { CATALOG, GOODS, PLAN, UNSOLD } from './plan.js';
import { fromPayment } from './entries.js';

const DAY_MS = 86_400_000;
/** What is in sight on the home page; each is told once it was in sight for half a second. */
const SHELF = ['phone-x1', 'earbuds-air'];
const cardOf = (product) => ({ product, position: SHELF.indexOf(product) + 1 || SHELF.length + 1 });
const SHELF_ELEMENTS = SHELF.map((product) => ({ id: '', dataset: cardOf(product) }));
/** Where the elements are, in parts of the window: taps are planted around these points. */
const SPOTS = {
  openProduct: [0.3, 0.45],
  claimCoupon: [0.5, 0.15],
  addToCart: [0.75, 0.95],
  checkOut: [0.8, 0.93],
  pay: [0.5, 0.92],
  askForMessages: [0.5, 0.6],
  logIn: [0.5, 0.3],
};

/** The chance that who looks at products puts one into the cart. */
const willingness = (visitor, hour) =>
  Math.min(0.95, PLAN.funnel.add * visitor.channel.buys * (hour === PLAN.lunch.hour ? PLAN.lunch.buys : 1));

/** What a visitor has in mind on coming: how far it goes, and what for. */
export const intend = (visitor, hour, entry, wanted) => {
  const { lot } = visitor;
  if (wanted) return { level: 3, pays: true, products: [CATALOG[wanted]], extras: 0 };
  const { view, checkout } = PLAN.funnel;
  const entered = entry.path === 'pages/product/index';
  const views = entered || lot.hits(view) ? 1 + lot.count(0.8) : 0;
  const products = Array.from({ length: views }, () => lot.weighted(GOODS).product);
  if (entered) products[0] = CATALOG[entry.query.id] || products[0];
  const last = products[products.length - 1];
  let level = views ? 1 : 0;
  if (last && last.product_id !== UNSOLD && lot.hits(willingness(visitor, hour))) level = lot.hits(checkout) ? 3 : 2;
  return { level, products };
};

/**
 * One visit as it was decided, with what reports are to say of it.
 *
 * @returns {object} The record; `pages` holds path and milliseconds in sight, in order.
 */
export const recordOf = (visitor, entry, { now, zeroDay }) => ({
  index: 0,
  visitor: visitor.index,
  person: visitor.person.index,
  at: now,
  day: Math.floor((now - zeroDay) / DAY_MS),
  group: entry.group,
  campaign: entry.campaign,
  card: entry.card && entry.card.id,
  excluded: visitor.excluded,
  isNew: visitor.visits === 0,
  pages: [],
  resumed: 0,
  level: 0,
  viewed: [],
  added: [],
  /** Page, handler, where in the window, and what for. */
  taps: [],
  exposures: 0,
  web: 0,
  /** Milliseconds in the foreground, as far as the app was told of its end. */
  foreground: 0,
  variants: {},
  events: 0,
});

/** The hands and eyes of a visitor: what they do is done to the app and noted in the record. */
export const createHands = ({ world, visitor, process, record }) => {
  const { lot } = visitor;
  const shop = process.exported;
  let shownAt = world.now;
  const hands = {
    record,
    shop,
    tracker: shop.tracker,
    open(path, query, relaunch) {
      const elements = path === 'pages/home/index' ? SHELF_ELEMENTS : [];
      const page = relaunch ? process.relaunch(path, query, elements) : process.open(path, query, elements);
      hands.record.pages.push([path, 0]);
      return page;
    },
    back() {
      process.back();
      hands.record.pages.push([process.page.route, 0]);
    },
    /** Looks at the page in sight for a while. */
    *look(low, high) {
      const ms = lot.between(low, high);
      const { pages } = hands.record;
      const page = pages[pages.length - 1];
      const isFresh = page[1] === 0;
      yield ms;
      page[1] += ms;
      if (page[0] === 'pages/home/index' && isFresh) hands.record.exposures += SHELF.length;
    },
    /**
     * Waits for the request on its way, and after a lost answer for the next try: otherwise nothing is sent from the
     * background, and what was decided would arrive with the next visit, or never.
     */
    *settle() {
      while (['sending', 'waiting'].includes(hands.tracker.stats().state)) yield* hands.look(50, 50);
    },
    *hide() {
      yield* hands.settle();
      process.hide();
      hands.record.foreground += world.now - shownAt;
    },
    show(options, elsewhere) {
      shownAt = world.now;
      process.show(options, elsewhere);
    },
    tap(handler, dataset = {}) {
      const spot = SPOTS[handler].map((centre) => Math.round(centre * 1000 + lot.between(-25, 25)) / 1000);
      hands.record.taps.push([process.page.route, handler, ...spot, dataset.product]);
      process.tap(handler, { id: handler, dataset, offsetTop: 100 }, ...spot);
    },
    variant(experiment) {
      const variant = hands.tracker.variant(experiment);
      hands.record.variants[experiment] = variant;
      return variant;
    },
    now: () => world.now,
  };
  return hands;
};

/** Looks at products, each from the shelf on the home page or at once by the way that the visitor came. */
export function* browse(hands, visitor, intent, entered) {
  const { lot } = visitor;
  for (const [index, product] of intent.products.entries()) {
    const { product_id } = product;
    if (!(entered && index === 0)) {
      hands.tap('openProduct', cardOf(product_id));
      hands.open('pages/product/index', { id: product_id });
    }
    hands.record.viewed.push(product_id);
    hands.record.level = 1;
    yield* hands.look(4000, 30_000);
    if (index === intent.products.length - 1) break;
    if (entered && index === 0) hands.open('pages/home/index', {});
    else hands.back();
    yield* hands.look(2000, 6000);
  }
  if (intent.level < 2) return [];
  const lines = [{ product: intent.products[intent.products.length - 1], quantity: lot.hits(0.1) ? 2 : 1 }];
  const [{ product }] = lines;
  if (product.product_id === PLAN.bundle.product && lot.hits(PLAN.bundle.chance))
    lines.push({ product: CATALOG[PLAN.bundle.with], quantity: 1 });
  for (const { product, quantity } of lines) {
    hands.tap('addToCart', { product: product.product_id, quantity });
    hands.record.added.push([product.product_id, quantity]);
    yield* hands.look(1500, 4000);
  }
  hands.record.level = 2;
  return lines;
}

/** Logs in on the way to the first order on this phone. */
export function* logIn(hands, visitor) {
  if (visitor.identified && !visitor.logins) return;
  if (visitor.logins) visitor.userId = visitor.logins[visitor.visits % visitor.logins.length];
  hands.open('pages/me/index', {});
  yield* hands.look(2000, 5000);
  hands.tap('logIn');
  hands.tracker.identify(visitor.userId, { level: 'basic' });
  visitor.identified = true;
  visitor.used.add(visitor.userId);
  yield* hands.look(1000, 2000);
}

/**
 * Goes to the order and perhaps pays. Answers the order, or `undefined`; `gone` when the app did not live to see it.
 */
export function* checkOut(hands, sim, visitor, process, intent, lines) {
  const { lot } = visitor;
  const { orders, cards } = sim;
  yield* logIn(hands, visitor);
  const basket = orders.basketOf(lines, visitor.hasCoupon ? PLAN.coupon : undefined);
  hands.shop.basket = basket;
  hands.open('pages/cart/index', {});
  yield* hands.look(2000, 8000);
  if (intent.level < 3) return {};
  hands.tap('checkOut');
  hands.open('pages/order/index', {});
  hands.record.level = 3;
  const { variant } = hands.shop;
  hands.record.variants.checkout_coupon = variant;
  if (basket.coupon_id) hands.record.applied = basket.coupon_id;
  yield* hands.look(4000, 15_000);
  if (!intent.pays && !lot.hits(PLAN.pays[variant] || 0)) return {};
  hands.tap('pay');
  const told = orders.payment(visitor);
  yield* hands.hide();
  yield lot.between(6000, 12_000);
  if (visitor.hasCoupon && basket.coupon_id) visitor.hasCoupon = false;
  const order = orders.place(visitor, hands.record, basket, told, cards.creditOf(visitor));
  hands.record.level = 4;
  if (told === 'server') return { order, gone: true };
  yield lot.between(1000, 3000);
  hands.show(fromPayment(visitor.platform));
  hands.record.resumed++;
  if (told === 'client') order.at = hands.now();
  process.page.paid();
  yield* hands.look(500, 1500);
  hands.open('pages/paid/index', {});
  yield* hands.look(2000, 6000);
  return { order };
}
