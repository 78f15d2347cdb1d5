// What the shop does at once when a visitor hesitates or leaves. The rules are data: those that the collector answers take
// the place of these.
const { remoteRules } = require('minitrail');
const catalog = require('./catalog');
const config = require('./config');
const eventProperties = require('./eventProperties');
const host = require('./host');
const i18n = require('./i18n');
const money = require('./money');
const store = require('./store');

const COUPON = 'STAY30';
const MINUTE_MS = 60000;

const rules = [
  {
    id: 'hesitates',
    when: { event: 'product_viewed', by: 'product_id', times: 3, withinMs: 10 * MINUTE_MS },
    unless: { event: 'product_added', by: 'product_id' },
    then: 'offerCoupon',
    holdout: config.heldOut,
  },
  {
    id: 'leaves_cart',
    when: { event: 'product_added' },
    unless: { event: ['order_paid', 'cart_emptied'], withinMs: MINUTE_MS },
    on: 'app_show',
    then: 'remindOfCart',
    holdout: config.heldOut,
  },
];

/** Shows a text of `i18n.js` with its gaps filled, and answers whether the customer took what it offers. */
const offer = (name, gaps) => {
  const texts = i18n.texts(name);
  const content = texts.content.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
  return host.ask(Object.assign({}, texts, { content })).then((isTaken) => isTaken === true);
};

const handlers = {
  offerCoupon({ product_id: id }) {
    const { name } = catalog.productById(id);
    const coupon = catalog.couponById(COUPON);
    return offer('offer', { name, discount: coupon.discount, minimum: coupon.minimum }).then((isTaken) => {
      if (!isTaken || !store.claimCoupon(COUPON)) return false;
      const app = getApp();
      app.tracker.track('coupon_claimed', eventProperties.coupon(coupon));
      app.refresh();
      return true;
    });
  },

  remindOfCart() {
    const lines = store.resolve(store.cart());
    if (lines.length === 0) return false;
    const total = money.format(money.sum(lines.map(({ amount }) => amount)));
    return offer('reminder', { count: store.cartCount(), total }).then((isTaken) => {
      if (isTaken) host.openTab('/pages/cart/index');
      return isTaken;
    });
  },
};

module.exports = remoteRules({
  handlers,
  /** Who has the coupon is not offered it again. */
  rules: rules.filter(({ then }) => then !== 'offerCoupon' || store.couponState(COUPON) === 'unclaimed'),
});
