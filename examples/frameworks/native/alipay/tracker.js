const { createTracker, autotrack } = require('minitrail');
const { alipay } = require('minitrail/adapters/alipay');

module.exports = createTracker({
  adapter: alipay(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
});
