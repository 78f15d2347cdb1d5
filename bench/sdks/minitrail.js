import { wechat } from '../../dist/adapters/wechat.mjs';
import { autotrack, createTracker } from '../../dist/index.mjs';
import { wechatGroups } from '../../dist/scenes/wechatGroups.mjs';

// The everyday set.
const tracker = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [
    autotrack({
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: true,
      share: true,
      launchSource: { table: wechatGroups },
    }),
  ],
});

export const track = (name, properties) => tracker.track(name, properties);
export const stats = () => tracker.stats();
