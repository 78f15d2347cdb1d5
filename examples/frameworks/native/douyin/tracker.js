const { createTracker, autotrack } = require('minitrail');
const { douyin } = require('minitrail/adapters/douyin');

module.exports = createTracker({
  adapter: douyin(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
});
