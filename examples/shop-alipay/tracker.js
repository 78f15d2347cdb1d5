const { createTracker, autotrack } = require('minitrail');
const { alipay } = require('minitrail/adapters/alipay');
const { alipayGroups } = require('minitrail/scenes/alipayGroups');
const config = require('./config');

module.exports = createTracker({
  adapter: alipay(),
  endpoint: config.endpoint,
  plugins: [
    autotrack({
      launchSource: { table: alipayGroups },
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: true,
      share: true,
    }),
  ],
  debug: true, // prints every event to the console; leave it out of a release
});
