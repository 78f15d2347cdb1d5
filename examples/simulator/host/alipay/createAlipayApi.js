import { listenerPairs } from '../listenerPairs.js';
import { routeApi } from '../wechat/routeApi.js';
import { networkApi } from './networkApi.js';
import { storageApi } from './storageApi.js';
import { systemApi } from './systemApi.js';
import { uiApi } from './uiApi.js';

// github.com/AlipayDocs/open-docs: mini/api/基础API/应用级事件
const APP_EVENTS = ['AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection', 'ComponentError'];

/** The global `my`. @param {any} host the parts that createHost joins, with `callApi` */
export const createAlipayApi = (host) => {
  const my = {
    ...listenerPairs(host.appEvents, APP_EVENTS),
    getLaunchOptionsSync: host.lifecycle.launchOptions,
    getEnterOptionsSync: host.lifecycle.enterOptions,
    ...networkApi(host),
    ...routeApi(host),
    ...storageApi(host),
    ...systemApi(host),
    ...uiApi(host),
    canIUse: (schema) => {
      const [first] = String(schema).split('.');
      return first === 'component2' || first === 'page' || first === 'mixin' || first in my;
    },
  };
  return my;
};
