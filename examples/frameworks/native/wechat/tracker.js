const { createTracker, autotrack } = require('minitrail');
const { wechat } = require('minitrail/adapters/wechat');

module.exports = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
});
