import { wechat } from '../../dist/adapters/wechat.mjs';
import { autotrack, createTracker } from '../../dist/index.mjs';

const tracker = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
});

export const track = (name, properties) => tracker.track(name, properties);
export const stats = () => tracker.stats();
