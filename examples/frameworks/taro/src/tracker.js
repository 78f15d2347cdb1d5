import { autotrack, createTracker } from 'minitrail';
import { alipay } from 'minitrail/adapters/alipay';
import { douyin } from 'minitrail/adapters/douyin';
import { wechat } from 'minitrail/adapters/wechat';

export const tracker = createTracker({
  // Replaced at build time, so that the other adapters are left out.
  adapter: process.env.TARO_ENV === 'alipay' ? alipay() : process.env.TARO_ENV === 'tt' ? douyin() : wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [
    autotrack({
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: { dataset: [] }, // Taro's elements carry nothing there but its own number
      share: true,
    }),
  ],
});
