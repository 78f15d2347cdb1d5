// Compiled against the packed file by compilers of several ages: nothing here may need a newer one.
import { autotrack, createTracker } from 'minitrail';
import { alipay } from 'minitrail/adapters/alipay';
import { douyin } from 'minitrail/adapters/douyin';
import { wechat } from 'minitrail/adapters/wechat';
import { debug } from 'minitrail/debug';
import { uniApp } from 'minitrail/frameworks/uniApp';
import { profile } from 'minitrail/plugins/profile';
import { timers } from 'minitrail/plugins/timers';

declare const isProd: boolean;

export const tracker = createTracker({
  adapter: isProd ? wechat() : isProd ? alipay() : douyin(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [uniApp(), profile(), [isProd && timers()], autotrack({ pageView: true, tap: { dataset: [] } })],
  debug: debug(),
});

tracker.track('search', { results: 12 });
tracker.profile.set({ level: 'gold' });
tracker.startTimer('watched');
// @ts-expect-error no plugin of the list adds it
tracker.variant('price');
