// Turns the shop's objects into what templates show: prices as text, names in the customer's language.
const catalog = require('./catalog');
const drawings = require('./drawings');
const i18n = require('./i18n');
const money = require('./money');

const card = (product) => {
  const { price } = product.models[0];
  return {
    id: product.id,
    name: product.name,
    tagline: i18n.localize(product.tagline),
    badge: product.badge ? i18n.localize(product.badge) : '',
    tint: product.tint,
    picture: drawings.picture(product),
    price: money.priceTag(price),
    originalPrice: money.format(product.originalPrice),
    sold: product.sold,
  };
};

const line = ({ key, product, color, model, price, quantity, amount }) => ({
  key,
  id: product.id,
  name: product.name,
  // A product that comes in one model only does not repeat its name.
  variant: [i18n.localize(color.name)].concat(product.models.length > 1 ? i18n.localize(model.name) : []).join(' · '),
  tint: product.tint,
  picture: drawings.picture(product, color.hex),
  price: money.format(price),
  amount: money.format(amount),
  quantity,
});

const coupon = ({ id, discount, minimum, name }) => ({ id, discount, minimum, name: i18n.localize(name) });

module.exports = {
  card,
  line,
  coupon,
  quote: ({ subtotal, discount, shipping, total, coupon: applied }) => ({
    subtotal: money.format(subtotal),
    discount: discount ? money.format(discount) : '',
    shipping: money.format(shipping),
    total: money.format(total),
    coupon: applied ? coupon(applied) : null,
  }),
  cards: (exceptIds = []) => catalog.products.filter(({ id }) => !exceptIds.includes(id)).map(card),
};
