const catalog = require('../../catalog');
const consent = require('../../consent');
const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const host = require('../../host');
const i18n = require('../../i18n');
const money = require('../../money');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

Page({
  data: {
    icons: drawings.icons({ person: '#ffffff', receipt: '#c3c8d2', chevron: '#c3c8d2', globe: '#5b6373', shield: '#5b6373' }),
    stats: [],
    coupons: [],
    orders: [],
  },

  onShow() {
    this.render();
  },

  render() {
    i18n.translateTabBar();
    i18n.translateTitle('me');
    const t = i18n.texts('me');
    const orders = store.orders();
    const coupons = catalog.coupons
      .filter(({ id, isOffered }) => !isOffered || store.couponState(id) !== 'unclaimed')
      .map((coupon) => Object.assign(views.coupon(coupon), { state: store.couponState(coupon.id) }));
    const counts = [orders.length, coupons.filter(({ state }) => state === 'owned').length, store.cartCount()];
    this.setData({
      t,
      language: i18n.language(),
      consent: store.consent(),
      loggedIn: store.user() !== null,
      stats: t.stats.map((name, index) => ({ name, count: counts[index] })),
      coupons,
      orders: orders.map(({ id, total, choices }) => {
        const lines = store.resolve(choices);
        return {
          id,
          total: money.format(total),
          count: lines.reduce((count, line) => count + line.quantity, 0),
          lines: lines.slice(0, 4).map(views.line),
        };
      }),
    });
  },

  logIn() {
    // A real shop sends the code of wx.login, my.getAuthCode or tt.login to its server, which answers with its own user id.
    const user = { id: 'u_10086', level: 'gold' };
    store.setUser(user);
    tracker.identify(user.id, { member_level: user.level, language: i18n.language() });
    host.confirm(i18n.texts('me').loggedIn);
    this.render();
  },

  logOut() {
    store.setUser(null);
    tracker.reset();
    host.tell(i18n.texts('me').loggedOut);
    this.render();
  },

  claimCoupon(event) {
    const { coupon: id } = event.currentTarget.dataset;
    if (!store.claimCoupon(id)) return;
    tracker.track('coupon_claimed', eventProperties.coupon(catalog.couponById(id)));
    host.confirm(i18n.texts('me').claimed);
    this.render();
  },

  openOrder(event) {
    host.open(`/pages/paid/index?id=${event.currentTarget.dataset.order}`);
  },

  chooseConsent(event) {
    consent.decide(event.currentTarget.dataset.consent);
    this.render();
  },

  chooseLanguage(event) {
    i18n.setLanguage(event.currentTarget.dataset.language);
    this.render();
  },
});
