import { fromPayment } from './entries.js';
import { cardOf } from './hands.js';
import { CATALOG, GOODS, PLAN, UNSOLD } from './plan.js';

const DAY_MS = 86_400_000;
/** The chance that who looks at products puts one into the cart. */
const willingness = (visitor, hour) =>
  Math.min(0.95, PLAN.funnel.add * visitor.channel.buys * (hour === PLAN.lunch.hour ? PLAN.lunch.buys : 1));

/** What a visitor has in mind on coming: how far it goes, and what for. */
export const intend = (visitor, hour, entry, wanted) => {
  const { lot } = visitor;
  if (wanted) return { level: 3, pays: true, willing: 1, products: [CATALOG[wanted]] };
  const { view, checkout } = PLAN.funnel;
  const entered = entry.path === 'pages/product/index';
  const views = entered || lot.hits(view) ? 1 + lot.count(0.8) : 0;
  const products = Array.from({ length: views }, () => lot.weighted(GOODS).product);
  if (entered) products[0] = CATALOG[entry.query.id] || products[0];
  const last = products[products.length - 1];
  // Cannot make up their mind: the same product again and again.
  if (last && !visitor.passive && last.product_id !== UNSOLD && lot.hits(PLAN.trigger.hesitates)) products.push(last, last);
  let level = views ? 1 : 0;
  const willing = last && last.product_id !== UNSOLD ? willingness(visitor, hour) : 0;
  if (lot.hits(willing)) level = lot.hits(checkout) ? 3 : 2;
  return { level, willing, products };
};

/**
 * One visit as it was decided, with what reports are to say of it.
 *
 * @returns {object} The record; `pages` holds path and milliseconds in sight, in order.
 */
export const recordOf = (visitor, entry, { world, zeroDay }) => ({
  index: 0,
  visitor: visitor.index,
  person: visitor.person.index,
  at: world.now,
  day: Math.floor((world.now - zeroDay) / DAY_MS),
  group: entry.group,
  campaign: entry.campaign,
  code: entry.code,
  card: entry.card && entry.card.id,
  excluded: visitor.excluded,
  isNew: visitor.visits === 0,
  pages: [],
  resumed: 0,
  level: 0,
  /** Came to buy what was decided long before. */
  wanted: false,
  /** Pays once at the checkout, whatever is shown there. */
  settled: false,
  /** What the visitor was out for on coming: the level of the funnel. */
  intended: 0,
  /** What the shop did that made somebody buy: a rule, a list, a message. */
  because: undefined,
  /** Came because of a message of the recall campaign. */
  recalled: false,
  /** By the recommended list, if it was shown: `looks`, or `buys`. */
  tempted: undefined,
  viewed: [],
  added: [],
  /** Page, handler, where in the window, what for, the name of the list on the home page, and when. */
  taps: [],
  exposures: 0,
  web: 0,
  /** Milliseconds in the foreground, as far as the app was told of its end. */
  foreground: 0,
  variants: {},
});

/** From here on the visitor is out for these products, to buy the last of them because of something that the shop did. */
export const decideFor = (record, intent, products, because) => {
  Object.assign(intent, { products, level: 3, pays: true });
  record.because = because;
};

/** Looks at products, each from the shelf on the home page or at once by the way that the visitor came. */
export function* browse(hands, intent, entered) {
  const { lot } = hands.visitor;
  // What the app showed on its way up.
  yield* hands.look(100, 200);
  const reminder = hands.offers.answer();
  if (reminder) {
    const left = CATALOG[reminder.product];
    decideFor(hands.record, intent, entered ? [intent.products[0], left] : [left], reminder.rule);
  }
  for (let index = 0; index < intent.products.length; index++) {
    const product = intent.products[index];
    const { product_id } = product;
    if (!(entered && index === 0)) {
      hands.tap('openProduct', cardOf(product_id));
      hands.open('pages/product/index', { id: product_id });
    }
    hands.record.viewed.push(product_id);
    hands.record.level = 1;
    yield* hands.look(4000, 30_000);
    const offer = hands.offers.answer();
    if (offer) decideFor(hands.record, intent, intent.products.slice(0, index + 1), offer.rule);
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
    hands.offers.added(product.product_id);
    hands.visitor.cart = { product: product.product_id, at: hands.now() };
    hands.record.added.push([product.product_id, quantity]);
    yield* hands.look(1500, 4000);
  }
  hands.record.level = 2;
  return lines;
}

/** Logs in on the way to the first order on this phone. */
function* logIn(hands) {
  const { visitor } = hands;
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
export function* checkOut(sim, hands, intent, lines) {
  const { visitor, process } = hands;
  const { lot } = visitor;
  const { orders, cards } = sim;
  yield* logIn(hands);
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
  hands.record.settled = Boolean(intent.pays);
  if (basket.coupon_id) hands.record.applied = basket.coupon_id;
  yield* hands.look(4000, 15_000);
  if (!intent.pays && !lot.hits(PLAN.pays[variant] || 0)) return {};
  hands.tap('pay');
  const told = orders.payment(visitor);
  yield* hands.hide();
  yield lot.between(6000, 12_000);
  if (visitor.hasCoupon && basket.coupon_id) visitor.hasCoupon = false;
  const order = orders.place(visitor, hands.record, basket, told, cards.creditOf(visitor));
  visitor.cart = undefined;
  hands.record.level = 4;
  if (told === 'server') return { order, gone: true };
  yield lot.between(1000, 3000);
  hands.show(fromPayment(visitor.platform));
  hands.record.resumed++;
  if (told === 'client') order.at = hands.now();
  order.seenAt = hands.now();
  process.pages.top().paid();
  hands.offers.paid();
  yield* hands.look(500, 1500);
  hands.open('pages/paid/index', {});
  yield* hands.look(2000, 6000);
  return { order };
}
