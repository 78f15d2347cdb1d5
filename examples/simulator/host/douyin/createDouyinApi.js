import { askToSubscribe } from '../askToSubscribe.js';
import { listenerPairs } from '../listenerPairs.js';
import { networkApi } from '../wechat/networkApi.js';
import { routeApi } from '../wechat/routeApi.js';
import { storageApi } from '../wechat/storageApi.js';
import { uiApi } from '../wechat/uiApi.js';
import { systemApi } from './systemApi.js';

// https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/on-app-launch
const APP_EVENTS = ['AppLaunch', 'AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection', 'MemoryWarning'];

const without = (api, names) => Object.fromEntries(Object.entries(api).filter(([name]) => !names.includes(name)));

/**
 * The global `tt`: WeChat's API in another name, less what Douyin does not have.
 *
 * @param {any} host the parts that createHost joins, with `callApi`
 */
export const createDouyinApi = (host) => {
  const tt = {
    ...listenerPairs(host.appEvents, APP_EVENTS),
    getLaunchOptionsSync: host.lifecycle.launchOptions,
    getEnterOptionsSync: host.lifecycle.enterOptions,
    ...without(networkApi(host), ['onNetworkWeakChange', 'offNetworkWeakChange']),
    ...routeApi(host),
    ...without(storageApi(host), ['batchSetStorageSync', 'batchGetStorageSync']),
    ...systemApi(host),
    ...without(uiApi(host), ['requestPayment', 'hideHomeButton', 'updateShareMenu', 'setBackgroundColor']),
    // Only what the visitor ticked is in `templateSettings`.
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/open-interface/subscribe-message/tt-request-subscribe-message
    requestSubscribeMessage: host.callApi('requestSubscribeMessage', async ({ tmplIds }) => {
      const ticked = (await askToSubscribe(host, tmplIds)) ? tmplIds : [];
      return host.toApp({ templateSettings: Object.fromEntries(ticked.map((id) => [id, { status: 'accept' }])) });
    }),
    canIUse: (schema) => String(schema).split('.')[0] in tt,
  };
  return tt;
};
