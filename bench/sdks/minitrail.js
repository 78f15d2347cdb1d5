import { appLifecycle, createTracker, launchSource, pageLeave, pageView, share, tap } from 'minitrail';
import { wechat } from 'minitrail/adapters/wechat';
import { wechatGroups } from 'minitrail/scenes/wechatGroups';

// The everyday set, listed: the preset `autotrack` would bring the code of every plugin.
const tracker = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [launchSource({ table: wechatGroups }), appLifecycle(), pageView(), pageLeave(), tap(), share()],
});

export const track = (name, properties) => tracker.track(name, properties);
export const stats = () => tracker.stats();
