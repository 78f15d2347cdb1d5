// What several events say alike. Money is in yuan.
const money = require('./money');

const CURRENCY = 'CNY';

const ofProduct = ({ id, name, category }, price) => ({ product_id: id, name, category, price });

module.exports = {
  CURRENCY,

  /** Of `product_viewed`. */
  view: (product, price) => Object.assign(ofProduct(product, price), { currency: CURRENCY }),

  /** Of `product_added` and `product_removed`. */
  change: (product, price, quantity) =>
    Object.assign(ofProduct(product, price), { quantity, value: money.times(price, quantity), currency: CURRENCY }),

  /** Of events on coupons. */
  coupon: ({ id, discount }) => ({ coupon_id: id, discount, currency: CURRENCY }),

  /** The `items` of cart and order events. */
  items: (lines) => lines.map(({ product, price, quantity }) => Object.assign(ofProduct(product, price), { quantity })),
};
