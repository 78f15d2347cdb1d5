Page({
  data: { refreshed: 0, chosen: 0, cart: '', top: 0 },

  refresh() {
    this.setData({ refreshed: this.data.refreshed + 1 });
  },

  choose() {
    this.setData({ chosen: this.data.chosen + 1 });
  },

  add(event) {
    const { tea, amount } = event.currentTarget.dataset;
    this.setData({ cart: `${amount} ${tea}` });
  },

  scroll(event) {
    this.setData({ top: event.detail.scrollTop });
  },

  open() {
    my.navigateTo({ url: '/pages/detail/index?tea=sencha' });
  },

  onShareAppMessage() {
    return { title: 'Tea for two', path: '/pages/detail/index?tea=sencha' };
  },
});
