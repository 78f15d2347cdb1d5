import { log } from './lib/log';

App({
  globalData: { lines: log.lines, args: log.args },
  onLaunch(...args) {
    log('App onLaunch', ...args);
  },
  onShow(...args) {
    log('App onShow', ...args);
  },
  onHide(...args) {
    log('App onHide', ...args);
  },
  onError(...args) {
    log('App onError', ...args);
  },
  onShareAppMessage(options) {
    return { title: `app shares by ${options.from}`, path: 'pages/home/index?s=app' };
  },
});
