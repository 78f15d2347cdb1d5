const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const host = require('../../host');
const i18n = require('../../i18n');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

/** The cart page. A host that has no pages made by Component() makes it by Page(): see ../shop-alipay. */
module.exports = {
  data: {
    icons: drawings.icons({ cart: '#666d7c', trash: '#666d7c', ticket: '#c8330f', truck: '#1aa56b' }),
    lines: [],
  },

  methods: {
    onShow() {
      const { lines, quote } = this.render();
      tracker.track('cart_viewed', {
        items: eventProperties.items(lines),
        value: quote.subtotal,
        currency: eventProperties.CURRENCY,
      });
    },

    render() {
      i18n.translateTabBar();
      i18n.translateTitle('cart');
      const lines = store.resolve(store.cart());
      const [best = {}] = store.usableCoupons(lines);
      const quote = store.quote(lines, best.id);
      this.setData({
        t: i18n.texts('cart'),
        lines: lines.map(views.line),
        count: store.cartCount(),
        quote: views.quote(quote),
        freeShipping: quote.shipping === 0,
      });
      return { lines, quote };
    },

    increase(event) {
      const line = this.lineOf(event);
      store.setQuantity(line.key, line.quantity + 1);
      tracker.track('product_added', eventProperties.change(line.product, line.price, 1));
      this.render();
    },

    decrease(event) {
      const line = this.lineOf(event);
      this.takeOut(line, 1);
    },

    remove(event) {
      const line = this.lineOf(event);
      this.takeOut(line, line.quantity);
      host.tell(i18n.texts('cart').removed);
    },

    takeOut(line, quantity) {
      store.setQuantity(line.key, line.quantity - quantity);
      tracker.track('product_removed', eventProperties.change(line.product, line.price, quantity));
      if (store.cartCount() === 0) tracker.track('cart_emptied');
      this.render();
    },

    lineOf(event) {
      const { key } = event.currentTarget.dataset;
      return store.resolve(store.cart()).find((line) => line.key === key);
    },

    openProduct(event) {
      host.open(`/pages/product/index?id=${event.currentTarget.dataset.product}`);
    },

    checkOut() {
      host.open('/pages/order/index?from=cart');
    },

    goHome() {
      host.openTab('/pages/home/index');
    },
  },
};
