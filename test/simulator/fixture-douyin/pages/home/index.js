const log = require('../../lib/log');

Page({
  data: { price: 12, items: [{ label: 'a' }, { label: 'b' }] },
  onLoad(query) {
    log('home onLoad', query);
  },
  onShow() {
    log('home onShow');
  },
  onHide() {
    log('home onHide');
  },
  tapOuter(event) {
    log('outer', event);
  },
  tapInner(event) {
    log('inner', event);
  },
  pick(event) {
    log('pick', event.detail);
  },
});
