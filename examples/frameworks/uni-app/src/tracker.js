import { autotrack, createTracker } from 'minitrail';
import { alipay } from 'minitrail/adapters/alipay';
import { douyin } from 'minitrail/adapters/douyin';
import { wechat } from 'minitrail/adapters/wechat';
import { uniApp } from 'minitrail/frameworks/uniApp';

/** For `app.use()`: what Vue has to tell the tracker. */
export const uniAppTaps = uniApp();

export const tracker = createTracker({
  // Replaced at build time, so that the other adapters are left out.
  adapter:
    process.env.UNI_PLATFORM === 'mp-alipay' ? alipay() : process.env.UNI_PLATFORM === 'mp-toutiao' ? douyin() : wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [uniAppTaps, autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })],
});
