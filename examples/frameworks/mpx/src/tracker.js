import { autotrack, createTracker } from 'minitrail';
import { alipay } from 'minitrail/adapters/alipay';
import { douyin } from 'minitrail/adapters/douyin';
import { wechat } from 'minitrail/adapters/wechat';
import { mpx } from 'minitrail/frameworks/mpx';

/** For `mpx.use()`: what mpx has to tell the tracker. */
export const mpxTaps = mpx();

export const tracker = createTracker({
  // Replaced at build time, so that the other adapters are left out.
  adapter: __mpx_mode__ === 'ali' ? alipay() : __mpx_mode__ === 'tt' ? douyin() : wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true }), mpxTaps],
});
