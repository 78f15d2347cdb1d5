// What the home page and a product's page recommend: what the shop's server answers (from examples/insight), else what sells
// most. Each list is an experiment of its own, with customers who do not get to see it: what a list brings is what those who
// see it buy beyond them.
const catalog = require('./catalog');
const config = require('./config');
const eventProperties = require('./eventProperties');
const host = require('./host');
const store = require('./store');
const tracker = require('./tracker');
const views = require('./views');

/** A page does not wait longer for the server. */
const PATIENCE_MS = 1000;

/** What the customer has already is no news. */
const boughtIds = () => [].concat(...store.orders().map(({ choices }) => choices.map(({ productId }) => productId)));

/** Ids by the server; none where there is no server, or it is slow. */
const ask = (productId) => {
  if (!config.recommendations) return Promise.resolve([]);
  const query = productId ? `&product=${encodeURIComponent(productId)}` : '';
  const answer = host
    .readJson(`${config.recommendations}?limit=10${query}`)
    .then((body) => body.products.map(({ product_id: id }) => id));
  const late = new Promise((resolve) => setTimeout(() => resolve([]), PATIENCE_MS));
  // The fallback is as good as any other list: nothing is wrong for the customer.
  return Promise.race([answer, late]).catch(() => []);
};

const bySales = () => catalog.products.slice().sort((a, b) => b.sold - a.sold);

const draw = ({ id, list, position }) => Object.assign(views.card(catalog.productById(id)), { list, position });

module.exports = {
  /**
   * Cards for a list, each with its place in it; none for a customer who is held out.
   *
   * @param {string} list `home_recommended` or `product_recommended`
   * @param {{ productId?: string, limit: number }} options
   */
  cards(list, { productId, limit }) {
    if (tracker.variant && tracker.variant(list) === 'held_out') return Promise.resolve([]);
    const known = [productId].concat(boughtIds());
    return ask(productId).then((ids) =>
      ids
        .map(catalog.productById)
        .concat(bySales())
        .filter((product, index, all) => product && all.indexOf(product) === index && !known.includes(product.id))
        .slice(0, limit)
        .map(({ id }, index) => draw({ id, list, position: index + 1 })),
    );
  },

  /** The same cards in the language of now. */
  redraw: (cards) => cards.map(draw),

  /** To be called before its page opens. */
  clicked({ id, list, position }) {
    const product = catalog.productById(id);
    const what = eventProperties.view(product, product.models[0].price);
    tracker.track('product_clicked', Object.assign({ list_id: list, position }, what));
  },
};
