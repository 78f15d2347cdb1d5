const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const i18n = require('../../i18n');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

// A page made by Component(): its lifecycle functions are methods.
Component({
  data: {
    icons: drawings.icons({ cart: '#8a91a0', trash: '#a3a9b6', ticket: '#f04a2a', truck: '#1aa56b' }),
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
      store.setQuantity(line.key, line.quantity - 1);
      tracker.track('product_removed', eventProperties.change(line.product, line.price, 1));
      this.render();
    },

    remove(event) {
      const line = this.lineOf(event);
      store.setQuantity(line.key, 0);
      tracker.track('product_removed', eventProperties.change(line.product, line.price, line.quantity));
      wx.showToast({ title: i18n.texts('cart').removed, icon: 'none' });
      this.render();
    },

    lineOf(event) {
      const { key } = event.currentTarget.dataset;
      return store.resolve(store.cart()).find((line) => line.key === key);
    },

    openProduct(event) {
      wx.navigateTo({ url: `/pages/product/index?id=${event.currentTarget.dataset.product}` });
    },

    checkOut() {
      wx.navigateTo({ url: '/pages/order/index?from=cart' });
    },

    goHome() {
      wx.switchTab({ url: '/pages/home/index' });
    },
  },
});
