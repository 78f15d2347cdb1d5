const catalog = require('../../catalog');
const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const host = require('../../host');
const i18n = require('../../i18n');
const money = require('../../money');
const recommendations = require('../../recommendations');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

const RECOMMENDED = 4;

Page({
  data: {
    recommended: [],
    icons: drawings.icons({
      home: '#5b6373',
      cart: '#5b6373',
      share: '#171b26',
      check: '#ffffff',
      ticket: '#c8330f',
      search: '#666d7c',
    }),
    view: 0,
    quantity: 1,
  },

  /** A share link opens this page first: everything it shows comes from `id`. */
  onLoad({ id }) {
    const product = catalog.productById(id);
    if (!product) {
      this.setData({ missing: true });
      return;
    }
    this.setData({ id, colorId: product.colors[0].id, modelId: product.models[0].id });
    tracker.track('product_viewed', eventProperties.view(product, product.models[0].price));
  },

  onShow() {
    this.render();
    if (this.data.missing) return;
    recommendations
      .cards('product_recommended', { productId: this.data.id, limit: RECOMMENDED })
      .then((recommended) => this.setData({ recommended }));
  },

  onShareAppMessage() {
    const { id, missing } = this.data;
    if (missing) return {};
    const { name, tagline } = catalog.productById(id);
    return {
      title: `${name} · ${i18n.localize(tagline)}`,
      path: host.cardPath(`/pages/product/index?id=${id}`),
      imageUrl: `/assets/share/${id}.png`,
    };
  },

  onShareTimeline() {
    const { title, imageUrl } = this.onShareAppMessage();
    return { title, query: `id=${this.data.id}`, imageUrl };
  },

  onAddToFavorites() {
    return this.onShareTimeline();
  },

  render() {
    i18n.translateTitle('product');
    this.setData({ t: i18n.texts('product'), cartCount: store.cartCount() });
    if (this.data.missing) return;

    const product = catalog.productById(this.data.id);
    const color = catalog.colorOf(product, this.data.colorId);
    const model = catalog.modelOf(product, this.data.modelId);
    const coupon = catalog.coupons.find(({ id, minimum }) => store.couponState(id) === 'owned' && model.price >= minimum);
    this.setData({
      product: views.card(product),
      gallery: drawings.gallery(product, color.hex),
      price: money.priceTag(model.price),
      originalPrice: money.format(product.originalPrice),
      colors: product.colors.map(({ id, name, hex }) => ({ id, hex, name: i18n.localize(name) })),
      colorName: i18n.localize(color.name),
      models: product.models.map(({ id, name }) => ({ id, name: i18n.localize(name) })),
      specs: product.specs.map(([name, value]) => ({ name: i18n.localize(name), value: i18n.localize(value) })),
      coupon: coupon ? views.coupon(coupon) : null,
      recommended: recommendations.redraw(this.data.recommended),
    });
  },

  openRecommended(event) {
    const { id } = event.detail;
    recommendations.clicked(this.data.recommended.find((card) => card.id === id));
    host.open(`/pages/product/index?id=${id}`);
  },

  addRecommended(event) {
    const product = catalog.productById(event.detail.id);
    const [model] = product.models;
    store.addToCart({ productId: product.id, colorId: product.colors[0].id, modelId: model.id, quantity: 1 });
    tracker.track('product_added', eventProperties.change(product, model.price, 1));
    host.confirm(i18n.texts('product').added);
    this.render();
  },

  chooseView(event) {
    this.setData({ view: event.currentTarget.dataset.view });
  },

  chooseColor(event) {
    this.setData({ colorId: event.currentTarget.dataset.color });
    this.render();
  },

  chooseModel(event) {
    this.setData({ modelId: event.currentTarget.dataset.model });
    this.render();
  },

  changeQuantity(event) {
    this.setData({ quantity: Math.max(1, this.data.quantity + Number(event.currentTarget.dataset.step)) });
  },

  addToCart() {
    const { id, colorId, modelId, quantity } = this.data;
    const product = catalog.productById(id);
    const { price } = catalog.modelOf(product, modelId);
    store.addToCart({ productId: id, colorId, modelId, quantity });
    tracker.track('product_added', eventProperties.change(product, price, quantity));
    host.confirm(i18n.texts('product').added);
    this.render();
  },

  buyNow() {
    const { id, colorId, modelId, quantity } = this.data;
    host.open(`/pages/order/index?id=${id}&color=${colorId}&model=${modelId}&quantity=${quantity}`);
  },

  goHome() {
    host.openTab('/pages/home/index');
  },

  goCart() {
    host.openTab('/pages/cart/index');
  },
});
