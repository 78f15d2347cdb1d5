const { createTracker, autotrack } = require('minitrail');
const { wechat } = require('minitrail/adapters/wechat');
const { wechatGroups } = require('minitrail/scenes/wechatGroups');
const config = require('./config');

module.exports = createTracker({
  adapter: wechat(),
  endpoint: config.endpoint,
  plugins: [
    autotrack({
      launchSource: { table: wechatGroups },
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: true,
      share: true,
    }),
  ],
  debug: true, // prints every event to the console; leave it out of a release
});
