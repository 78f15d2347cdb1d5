const log = require('./lib/log');

App({
  globalData: { lines: log.lines, args: log.args },
  onLaunch(options) {
    log('App onLaunch', options);
  },
  onShow(options) {
    log('App onShow', options);
  },
  onHide(...args) {
    log('App onHide', ...args);
  },
});
