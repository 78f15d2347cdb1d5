import { rulesFor } from './rules.js';
import { TEMPLATE } from './template.js';
import { decorateUrl, startTracker } from './tracker.js';

/* global App, Page, wx, my, tt */

const CURRENCY = 'CNY';

/** The host's call for leave to send messages, by its own names. */
const askForMessages = {
  wechat: (done) => wx.requestSubscribeMessage({ tmplIds: [TEMPLATE], complete: done }),
  alipay: (done) => my.requestSubscribeMessage({ entityIds: [TEMPLATE], complete: done }),
  douyin: (done) => tt.requestSubscribeMessage({ tmplIds: [TEMPLATE], complete: done }),
};

const change = ({ product_id, name, category, price }, quantity) => ({
  product_id,
  name,
  category,
  price,
  quantity,
  value: Math.round(price * quantity * 100) / 100,
  currency: CURRENCY,
});

/**
 * The pages of a small shop, with the paths and the events of `examples/shop`. What a page is about, it is told by the
 * visitor's hand: a tap brings the element's dataset, and `shop.basket` is what the visitor decided to buy.
 */
const pagesOf = (shop) => {
  const { tracker } = shop;
  return [
    {
      route: 'pages/home/index',
      openProduct: ({ currentTarget: { dataset } }) =>
        tracker.track('product_clicked', {
          list_id: shop.list,
          product_id: dataset.product,
          position: dataset.position,
        }),
      claimCoupon: ({ currentTarget: { dataset } }) =>
        tracker.track('coupon_claimed', { coupon_id: dataset.coupon, discount: dataset.discount, currency: CURRENCY }),
      onShareAppMessage: () => ({ title: 'Polaris', path: '/pages/home/index' }),
    },
    {
      route: 'pages/product/index',
      onLoad() {
        const product = shop.catalog[this.options.id];
        tracker.track(shop.viewEvent, Object.assign({ currency: CURRENCY }, product, shop.viewExtra));
      },
      addToCart({ currentTarget: { dataset } }) {
        tracker.track('product_added', change(shop.catalog[dataset.product], dataset.quantity));
      },
      onShareAppMessage() {
        return { title: shop.catalog[this.options.id].name, path: `/pages/product/index?id=${this.options.id}` };
      },
    },
    {
      route: 'pages/cart/index',
      onShow: () => tracker.track('cart_viewed', shop.basket),
      checkOut() {},
      askForMessages: () => askForMessages[shop.platform](() => {}),
    },
    {
      route: 'pages/order/index',
      onLoad() {
        shop.variant = tracker.variant('checkout_coupon');
        tracker.track('checkout_started', shop.basket);
        if (shop.basket.coupon_id) {
          const { coupon_id, order_id, discount } = shop.basket;
          tracker.track('coupon_applied', { coupon_id, order_id, discount, currency: CURRENCY });
        }
      },
      pay: () => tracker.track('order_submitted', shop.basket),
      paid: () => tracker.track('order_paid', shop.basket, { durable: true }),
    },
    {
      route: 'pages/paid/index',
      askForMessages: () => askForMessages[shop.platform](() => {}),
    },
    { route: 'pages/me/index', logIn() {} },
    {
      route: 'pages/web/index',
      onLoad() {
        this.src = decorateUrl(tracker, `https://m.shop.example/${this.options.topic}`);
      },
    },
  ];
};

/** Starts the app in the host's process around it. */
export const startShop = ({ platform, endpoint, consent, experiments, catalog, heldOut }) => {
  const shop = { platform, catalog, basket: {}, list: 'home_all', viewEvent: 'product_viewed', viewExtra: {} };
  /** What is offered at once and was not seen yet. */
  shop.shown = [];
  const rules = rulesFor(heldOut, (offer) => shop.shown.push(offer));
  shop.tracker = startTracker({ platform, endpoint, consent, experiments, rules });
  /** The visitor as the tracker knows it at this moment. */
  shop.visitor = () =>
    (/mt_visitor=([\w-]+)&mt_session=([\w-]+)/.exec(decorateUrl(shop.tracker, 'https://m.shop.example/')) || []).slice(1);
  App({});
  for (const page of pagesOf(shop)) Page(page);
  return shop;
};
