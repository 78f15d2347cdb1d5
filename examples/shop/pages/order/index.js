const catalog = require('../../catalog');
const config = require('../../config');
const drawings = require('../../drawings');
const eventProperties = require('../../eventProperties');
const host = require('../../host');
const i18n = require('../../i18n');
const money = require('../../money');
const store = require('../../store');
const tracker = require('../../tracker');
const views = require('../../views');

const PAYMENT_METHODS = [host.payment, 'store_card'];
const NO_COUPON = 'none';

Page({
  data: {
    icons: drawings.icons({ pin: '#2b59ff', truck: '#1aa56b', check: '#ffffff', receipt: '#666d7c' }),
    paymentMethod: PAYMENT_METHODS[0],
    lines: [],
  },

  /** Comes with the cart's lines, or with one product that is bought at once. */
  onLoad({ from, id, color, model, quantity }) {
    this.fromCart = from === 'cart';
    this.choices = this.fromCart
      ? store.cart()
      : [{ productId: id, colorId: color, modelId: model, quantity: Math.max(1, Math.floor(Number(quantity)) || 1) }];
    this.orderId = store.createOrderId();

    const lines = store.resolve(this.choices);
    const [best] = store.usableCoupons(lines);
    this.setData({ couponId: best ? best.id : NO_COUPON });
    if (lines.length === 0) return;
    tracker.track('checkout_started', this.orderProperties(lines));
    this.tellCoupon('coupon_applied');
  },

  onShow() {
    this.render();
  },

  render() {
    i18n.translateTitle('order');
    const t = i18n.texts('order');
    const lines = store.resolve(this.choices);
    this.setData({
      t,
      lines: lines.map(views.line),
      coupons: store.usableCoupons(lines).map(views.coupon),
      methods: PAYMENT_METHODS.map((id) => ({ id, name: t[id], note: id === host.payment ? t.recommended : t.cardNote })),
      quote: views.quote(store.quote(lines, this.data.couponId)),
    });
  },

  /** What `checkout_started` and `order_paid` say alike. */
  orderProperties(lines) {
    const { total, coupon } = store.quote(lines, this.data.couponId);
    return {
      order_id: this.orderId,
      value: total,
      currency: eventProperties.CURRENCY,
      items: eventProperties.items(lines),
      coupon_id: coupon ? coupon.id : null,
    };
  },

  /** Of the coupon that is chosen, if one is. */
  tellCoupon(event) {
    const { couponId } = this.data;
    if (couponId === NO_COUPON) return;
    const coupon = eventProperties.coupon(catalog.couponById(couponId));
    tracker.track(event, Object.assign(coupon, { order_id: this.orderId }));
  },

  chooseCoupon(event) {
    const { coupon } = event.currentTarget.dataset;
    if (coupon === this.data.couponId) return;
    this.tellCoupon('coupon_removed');
    this.setData({ couponId: coupon });
    this.tellCoupon('coupon_applied');
    this.render();
  },

  choosePayment(event) {
    this.setData({ paymentMethod: event.currentTarget.dataset.method });
  },

  submit() {
    if (this.submitted) return; // a second tap while the next page opens
    this.submitted = true;
    // The hosts ask only within a tap. Whatever the customer answers, the order goes on.
    host.askToSend(config.templates).then(() => this.placeOrder());
  },

  placeOrder() {
    const { orderId, choices, fromCart } = this;
    const { paymentMethod } = this.data;
    const lines = store.resolve(choices);
    const { discount, shipping, coupon, total } = store.quote(lines, this.data.couponId);

    const order = Object.assign(this.orderProperties(lines), {
      revenue: money.sum([total, -shipping]),
      discount,
      shipping,
      payment_method: paymentMethod,
    });
    const durable = { durable: true }; // written before track() returns: these may not be lost to a kill
    tracker.track('order_submitted', order, durable);
    // A real shop pays here (wx.requestPayment, my.tradePay, tt.pay) and goes on in the call's `success`.
    tracker.track('order_paid', order, durable);
    store.placeOrder(
      { id: orderId, at: Date.now(), choices, total, discount, couponId: coupon ? coupon.id : null, paymentMethod },
      { fromCart },
    );
    host.replace(`/pages/paid/index?id=${orderId}`);
  },

  goHome() {
    host.openTab('/pages/home/index');
  },
});
