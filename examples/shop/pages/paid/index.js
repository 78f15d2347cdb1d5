const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const host = require('../../host');
const i18n = require('../../i18n');
const money = require('../../money');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

const RECOMMENDATIONS = 4;

const twoDigits = (value) => (value < 10 ? `0${value}` : String(value));

/** `2025-11-21 20:40` on the customer's clock. */
const formatTime = (at) => {
  const date = new Date(at);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
};

Page({
  data: { icons: drawings.icons({ check: '#ffffff', receipt: '#666d7c' }) },

  onLoad({ id }) {
    this.orderId = id;
  },

  onShow() {
    this.render();
  },

  render() {
    i18n.translateTitle('paid');
    const order = store.orderById(this.orderId);
    if (!order) {
      this.setData({ t: i18n.texts('paid'), missing: true });
      return;
    }
    const lines = store.resolve(order.choices);
    const bought = lines.map(({ product }) => product.id);
    this.setData({
      t: i18n.texts('paid'),
      order: {
        id: order.id,
        total: money.priceTag(order.total),
        discount: order.discount ? money.format(order.discount) : '',
        time: formatTime(order.at),
        method: i18n.texts('order')[order.paymentMethod],
      },
      lines: lines.map(views.line),
      recommended: views.cards(bought).slice(0, RECOMMENDATIONS),
    });
  },

  openProduct(event) {
    host.open(`/pages/product/index?id=${event.detail.id}`);
  },

  addProduct(event) {
    const [{ product, model, color }] = store.resolve([{ productId: event.detail.id, quantity: 1 }]);
    store.addToCart({ productId: product.id, colorId: color.id, modelId: model.id, quantity: 1 });
    tracker.track('product_added', eventProperties.change(product, model.price, 1));
    host.confirm(i18n.texts('product').added);
  },

  goHome() {
    host.openTab('/pages/home/index');
  },

  goOrders() {
    host.openTab('/pages/me/index');
  },
});
