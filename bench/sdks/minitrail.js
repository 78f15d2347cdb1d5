import { wechat } from '../../dist/adapters/wechat.mjs';
import { appLifecycle, createTracker, launchSource, pageLeave, pageView, share, tap } from '../../dist/index.mjs';
import { wechatGroups } from '../../dist/scenes/wechatGroups.mjs';

// The everyday set, listed: the preset `autotrack` would bring the code of every plugin.
const tracker = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [launchSource({ table: wechatGroups }), appLifecycle(), pageView(), pageLeave(), tap(), share()],
});

export const track = (name, properties) => tracker.track(name, properties);
export const stats = () => tracker.stats();
