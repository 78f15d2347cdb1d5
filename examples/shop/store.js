// Cart, coupons, orders and the customer, kept under the shop's own storage keys.
const catalog = require('./catalog');
const host = require('./host');
const money = require('./money');

const CART_KEY = 'shop:cart';
const COUPONS_KEY = 'shop:coupons';
const ORDERS_KEY = 'shop:orders';
const USER_KEY = 'shop:user';
const CONSENT_KEY = 'shop:consent';

const FREE_SHIPPING_FROM = 99;
const SHIPPING = 10;

const readList = (key) => host.read(key) || [];

const lineKey = ({ productId, colorId, modelId }) => [productId, colorId, modelId].join('-');

const cart = () => readList(CART_KEY);
const saveCart = (lines) => host.write(CART_KEY, lines);

/** Adds a choice of product, colour and model to the cart. */
function addToCart(choice) {
  const lines = cart();
  const key = lineKey(choice);
  const same = lines.find((line) => lineKey(line) === key);
  if (same) same.quantity += choice.quantity;
  else lines.unshift(choice);
  saveCart(lines);
}

/** Sets a line's quantity; 0 removes it. */
const setQuantity = (key, quantity) =>
  saveCart(
    cart()
      .map((line) => (lineKey(line) === key ? Object.assign({}, line, { quantity }) : line))
      .filter((line) => line.quantity > 0),
  );

/** Puts what the catalogue knows onto choices: product, colour, model and price. */
const resolve = (choices) =>
  choices
    .filter(({ productId }) => catalog.productById(productId))
    .map((choice) => {
      const product = catalog.productById(choice.productId);
      const model = catalog.modelOf(product, choice.modelId);
      return {
        key: lineKey(choice),
        choice,
        product,
        model,
        color: catalog.colorOf(product, choice.colorId),
        price: model.price,
        quantity: choice.quantity,
        amount: money.times(model.price, choice.quantity),
      };
    });

const claims = () => readList(COUPONS_KEY);

/** `'unclaimed'`, `'owned'` or `'used'`. */
function couponState(id) {
  const claim = claims().find((entry) => entry.id === id);
  if (!claim) return 'unclaimed';
  return claim.used ? 'used' : 'owned';
}

/** Whether the coupon was there to be claimed. */
function claimCoupon(id) {
  if (couponState(id) !== 'unclaimed') return false;
  host.write(COUPONS_KEY, claims().concat({ id, used: false }));
  return true;
}

const subtotalOf = (lines) => money.sum(lines.map((line) => line.amount));

/** The coupons that are owned and fit, the best first. */
const usableCoupons = (lines) =>
  catalog.coupons
    .filter(({ id, minimum }) => couponState(id) === 'owned' && subtotalOf(lines) >= minimum)
    .sort((a, b) => b.discount - a.discount);

/** What the lines cost with a coupon; none, when it is not among the usable ones. */
function quote(lines, couponId) {
  const subtotal = subtotalOf(lines);
  const coupon = usableCoupons(lines).find(({ id }) => id === couponId);
  const discount = coupon ? coupon.discount : 0;
  const shipping = subtotal >= FREE_SHIPPING_FROM || subtotal === 0 ? 0 : SHIPPING;
  return { subtotal, discount, shipping, coupon, total: money.sum([subtotal, -discount, shipping]) };
}

const twoDigits = (value) => (value < 10 ? `0${value}` : String(value));

/** `PL` + date and time + four digits at random, so that two phones do not meet. */
function createOrderId() {
  const now = new Date();
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()];
  return `PL${now.getFullYear()}${parts.map(twoDigits).join('')}${1000 + Math.floor(Math.random() * 9000)}`;
}

const orders = () => readList(ORDERS_KEY);

/** Keeps a paid order, uses up its coupon and takes its lines out of the cart. */
function placeOrder(order, { fromCart }) {
  host.write(ORDERS_KEY, [order].concat(orders()));
  host.write(
    COUPONS_KEY,
    claims().map((claim) => (claim.id === order.couponId ? { id: claim.id, used: true } : claim)),
  );
  if (fromCart) saveCart([]);
}

module.exports = {
  cart,
  cartCount: () => cart().reduce((count, line) => count + line.quantity, 0),
  addToCart,
  setQuantity,
  resolve,
  couponState,
  claimCoupon,
  usableCoupons,
  quote,
  createOrderId,
  orders,
  orderById: (id) => orders().find((order) => order.id === id),
  placeOrder,
  user: () => host.read(USER_KEY),
  /** `'granted'`, `'denied'`, or `null` before the customer was asked. */
  consent: () => host.read(CONSENT_KEY),
  setConsent: (decision) => host.write(CONSENT_KEY, decision),
  setUser: (user) => (user ? host.write(USER_KEY, user) : host.remove(USER_KEY)),
};
