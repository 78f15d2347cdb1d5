/** What the simulated hosts run, by the files of the source. */
export const entries = [
  'src/index',
  'src/plugins/appLifecycle',
  'src/plugins/pageView',
  'src/plugins/pageLeave',
  'src/plugins/tap',
  'src/plugins/share',
  'src/plugins/launchSource',
  'src/debug',
  'adapters/wechat',
  'adapters/alipay',
  'adapters/douyin',
];
