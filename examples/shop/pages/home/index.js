const catalog = require('../../catalog');
const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const host = require('../../host');
const i18n = require('../../i18n');
const recommendations = require('../../recommendations');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

const BANNER_COUPON = 'NEW100';
const BANNER_PRODUCT = 'phone-x1';
const RECOMMENDED = 2;

/** Whether a product's name, tagline or category contains the words, in either language. */
const matches = ({ name, tagline, category }, words) => {
  const categoryName = catalog.categories.find(({ id }) => id === category).name;
  return [name, tagline.zh, tagline.en, categoryName.zh, categoryName.en].join(' ').toLowerCase().includes(words);
};

Page({
  data: {
    icons: drawings.icons({ search: '#666d7c', shield: '#2b59ff', truck: '#2b59ff', refresh: '#2b59ff' }),
    bannerPicture: drawings.picture(catalog.productById(BANNER_PRODUCT), '#8fa8ff'),
    categories: [],
    recommended: [],
    products: [],
    category: 'all',
    words: '',
  },

  onShow() {
    this.render();
    recommendations.cards('home_recommended', { limit: RECOMMENDED }).then((recommended) => this.setData({ recommended }));
  },

  onShareAppMessage() {
    return {
      title: i18n.texts('home').banner,
      path: host.cardPath('/pages/home/index'),
      imageUrl: `/assets/share/${BANNER_PRODUCT}.png`,
    };
  },

  render() {
    i18n.translateTabBar();
    i18n.translateTitle('home');
    this.setData({
      t: i18n.texts('home'),
      variant: tracker.variant ? tracker.variant('home_title') : 'picked',
      coupon: views.coupon(catalog.couponById(BANNER_COUPON)),
      claimed: store.couponState(BANNER_COUPON) !== 'unclaimed',
      categories: catalog.categories.map(({ id, name }) => ({ id, name: i18n.localize(name) })),
      recommended: recommendations.redraw(this.data.recommended),
      products: this.found().map(views.card),
    });
  },

  found() {
    const { category, words } = this.data;
    return catalog.products.filter(
      (product) => (category === 'all' || product.category === category) && matches(product, words.trim().toLowerCase()),
    );
  },

  claimCoupon() {
    if (!store.claimCoupon(BANNER_COUPON)) return;
    tracker.track('coupon_claimed', eventProperties.coupon(catalog.couponById(BANNER_COUPON)));
    host.confirm(i18n.texts('home').claimed);
    this.render();
  },

  chooseCategory(event) {
    this.setData({ category: event.currentTarget.dataset.category });
    this.render();
  },

  typeWords(event) {
    this.setData({ words: event.detail.value });
    this.render();
  },

  search() {
    const query = this.data.words.trim();
    if (query) tracker.track('search', { query, results: this.data.products.length });
  },

  clearSearch() {
    this.setData({ words: '', category: 'all' });
    this.render();
  },

  openRecommended(event) {
    recommendations.clicked(this.data.recommended.find(({ id }) => id === event.detail.id));
    this.openProduct(event);
  },

  openProduct(event) {
    host.open(`/pages/product/index?id=${event.detail.id}`);
  },

  addProduct(event) {
    const product = catalog.productById(event.detail.id);
    const [model] = product.models;
    store.addToCart({ productId: product.id, colorId: product.colors[0].id, modelId: model.id, quantity: 1 });
    tracker.track('product_added', eventProperties.change(product, model.price, 1));
    host.confirm(i18n.texts('product').added);
  },
});
