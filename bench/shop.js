// The app under test, the same for every SDK: an app, a page with a few methods and a share, a component.
const nothing = () => {};

export const registerApp = (options) => {
  App(Object.assign({ onLaunch: nothing, onShow: nothing, onHide: nothing, globalData: { cart: [] } }, options));
  Page({
    data: { items: [], total: 0 },
    count: 0,
    onLoad: nothing,
    onShow: nothing,
    onReady: nothing,
    onHide: nothing,
    onUnload: nothing,
    onShareAppMessage: () => ({ title: '山茶花咖啡', path: '/pages/home/index?id=7' }),
    /** A plain method: called by code, with no event. */
    add(amount) {
      this.count += amount;
      return this.count;
    },
    /** A handler bound to a tap. */
    onAdd(event) {
      this.count += event.currentTarget.dataset.amount;
      return this.count;
    },
    onRemove: nothing,
    onSearch: nothing,
    loadItems: nothing,
    render: nothing,
    formatPrice: (price) => `¥${price}`,
    applyCoupon: nothing,
    checkout: nothing,
  });
  Component({ properties: { sku: String }, methods: { onTap: nothing, refresh: nothing } });
};
