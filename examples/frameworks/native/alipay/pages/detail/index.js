Page({
  data: { tea: '', bought: 0 },

  onLoad({ tea }) {
    this.setData({ tea });
  },

  buy() {
    this.setData({ bought: this.data.bought + 1 });
  },
});
