import {
  appLifecycle,
  createTracker,
  experiment,
  exposure,
  launchSource,
  pageLeave,
  pageView,
  share,
  subscribeMessage,
  tap,
  trigger,
  webviewLink,
} from 'minitrail';
import { alipay } from 'minitrail/adapters/alipay';
import { douyin } from 'minitrail/adapters/douyin';
import { wechat } from 'minitrail/adapters/wechat';
import { alipayGroups } from 'minitrail/scenes/alipayGroups';
import { douyinGroups } from 'minitrail/scenes/douyinGroups';
import { wechatGroups } from 'minitrail/scenes/wechatGroups';

const ADAPTERS = { wechat, alipay, douyin };
const GROUPS = { wechat: wechatGroups, alipay: alipayGroups, douyin: douyinGroups };

/** The one place where the package is set up. It runs inside of a simulated process. */
export const startTracker = ({ platform, endpoint, consent, experiments, rules }) =>
  createTracker({
    adapter: ADAPTERS[platform](),
    endpoint,
    consent,
    plugins: [
      launchSource({ table: GROUPS[platform] }),
      appLifecycle(),
      pageView(),
      pageLeave(),
      tap(),
      share(),
      exposure({ selectors: { 'pages/home/index': '.product-card' } }),
      subscribeMessage({ templateParam: 'tmpl' }),
      experiment({ experiments }),
      webviewLink(),
      trigger({ rules }),
    ],
    beforeSend: (event) => (event.name === 'shop_debug' ? null : event),
  });

/** An address for a page in the web-view, with the visitor on it. */
export const decorateUrl = (tracker, url) => tracker.decorateUrl(url);
