import { lifecycleApi } from './lifecycleApi.js';
import { networkApi } from './networkApi.js';
import { routeApi } from './routeApi.js';
import { storageApi } from './storageApi.js';
import { systemApi } from './systemApi.js';
import { uiApi } from './uiApi.js';

/** The global `wx`. @param {any} host the parts that createHost joins */
export const createWechatApi = (host) => {
  const wx = {
    ...lifecycleApi(host),
    ...networkApi(host),
    ...routeApi(host),
    ...storageApi(host),
    ...systemApi(host),
    ...uiApi(host),
    canIUse: (schema) => String(schema).split('.')[0] in wx,
  };
  return wx;
};
