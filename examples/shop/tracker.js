const { createTracker, autotrack } = require('minitrail');
const { wechat } = require('minitrail/adapters/wechat');
const config = require('./config');

module.exports = createTracker({
  adapter: wechat(),
  endpoint: config.endpoint,
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
  debug: true, // prints every event to the console; leave it out of a release
});
