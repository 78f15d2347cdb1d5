import { log } from '../../lib/log';

Page({
  data() {
    return {
      price: 12,
      items: ['a', 'b'],
      title: 'one',
      tree: { name: 'root', children: [{ name: 'x' }, { name: 'y', children: [{ name: 'z' }] }] },
    };
  },
  onLoad(query) {
    log('home onLoad', query);
    this.setData({ title: 'loaded' });
  },
  onShow() {
    log('home onShow');
  },
  onReady() {
    log('home onReady');
  },
  onHide() {
    log('home onHide');
  },
  onUnload() {
    log('home onUnload');
  },
  events: {
    onTabItemTap(tab) {
      log('home events.onTabItemTap', tab);
    },
    onPullDownRefresh(how) {
      log('home events.onPullDownRefresh', how);
    },
  },
  keepCard(card) {
    this.card = card;
  },
  pick(...args) {
    log('home pick', ...args);
    return `picked ${args[0]}`;
  },
  tapOuter(event) {
    log('outer', event);
  },
  tapInner(event) {
    log('inner', event);
  },
  tapCapture(event) {
    log('capture', event);
  },
  type(event) {
    log(`type ${event.detail.value}`);
  },
});
