const { createTracker, autotrack, experiment, json } = require('minitrail');
const { alipay } = require('minitrail/adapters/alipay');
const { alipayGroups } = require('minitrail/scenes/alipayGroups');
const { debug } = require('minitrail/debug');
const config = require('./config');
const reportCaptured = require('./reportCaptured');
const triggers = require('./triggers');

module.exports = createTracker({
  adapter: alipay(),
  endpoint: { url: config.endpoint, format: triggers.reads(json()) },
  flushIntervalMs: config.flushIntervalMs,
  consent: 'pending', // until the customer has answered: see consent.js
  plugins: [
    autotrack({
      launchSource: { table: alipayGroups },
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: true,
      share: true,
      exposure: { selectors: { '*': '.recommended', 'pages/home/index': '.cell' } },
      favorite: true,
      subscribeMessage: true,
      errors: true,
      performance: true,
    }),
    experiment({ experiments: config.experiments }),
    triggers,
    config.reportsCaptured && reportCaptured,
  ],
  debug: debug(), // prints every event to the console; leave it out of a release
});
