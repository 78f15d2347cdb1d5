const { createTracker, autotrack } = require('minitrail');
const { douyin } = require('minitrail/adapters/douyin');
const { douyinGroups } = require('minitrail/scenes/douyinGroups');
const config = require('./config');

module.exports = createTracker({
  adapter: douyin(),
  endpoint: config.endpoint,
  plugins: [
    autotrack({
      launchSource: { table: douyinGroups },
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: true,
      share: true,
    }),
  ],
  debug: true, // prints every event to the console; leave it out of a release
});
