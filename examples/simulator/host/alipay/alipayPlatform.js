import { createCallApi } from '../callApi.js';
import { createAlipayApi } from './createAlipayApi.js';
import { createConstructors, pageFunctions, pageMembers } from './createConstructors.js';
import { requestRules } from './requestRules.js';
import { shapeEvent } from './shapeEvent.js';

// `error` by kind. https://opendocs.alipay.com/mini/api/cog0du for the storage.
const ERRORS = { parameter: 2, keyFull: 14, storageFull: 12, cancel: 11 };

/** @type {import('../platforms.js').Platform} */
export const alipay = {
  name: 'alipay',
  apiName: 'my',
  client: { SDKVersion: '2.8.9', version: '10.5.90', app: 'alipay', appId: '2021000000000000' },
  // Four characters; `0000` is a code. https://opendocs.alipay.com/mini/framework/scene
  firstScene: '1000',
  // https://opendocs.alipay.com/mini/api/cog0du
  maxKeyBytes: 200 * 1024,
  // Kept alive for about five minutes in the background; no document says that its code stops.
  // github.com/AlipayDocs/open-docs: mini/framework/小程序运行机制.md
  suspendsAfterMs: undefined,
  constructors: createConstructors,

  createApi: (host) =>
    createAlipayApi({
      ...host,
      callApi: createCallApi({
        thread: host.thread,
        success: (_, result) => ({ ...result, success: true }),
        failure: (_, { message, kind }) => ({ error: ERRORS[kind] ?? 2, errorMessage: message }),
        promise: 'always', // @mini-types/my has both, beside each other
      }),
    }),

  // What there is not is left out. https://opendocs.alipay.com/mini/framework/app-detail
  entryOptions: ({ path, query, scene, referrerInfo }) => ({
    path,
    ...(query && Object.keys(query).length ? { query } : {}),
    scene: String(scene),
    ...(referrerInfo ? { referrerInfo } : {}),
    apiCategory: 'default',
  }),
  // "onShow without parameters" on a return within the five minutes that the app is kept.
  // github.com/AlipayDocs/open-docs: support/支付宝小程序/案例分析/小程序scheme链接介绍.md
  returnOptions: () => undefined,
  hideArguments: () => [],
  // https://opendocs.alipay.com/mini/framework/app-detail
  appErrorArguments: ({ message, stack }) => [message, stack],
  errorListenerArguments: ({ message, stack }) => [message, stack],

  eventTimeStamp: ({ now }) => now, // https://opendocs.alipay.com/mini/framework/event-object
  shapeEvent,

  pageProperties: pageMembers,
  readOnlyProperties: ['route'],
  pageFunctions,
  // "Inited: onLoad and onShow have run, and the data of the first screen is there to be drawn."
  // https://opendocs.alipay.com/mini/framework/page-detail
  drawsAfterShow: true,
  // https://opendocs.alipay.com/mini/framework/page-detail
  pullDownArguments: () => [{ from: 'manual' }],
  tabItem: ({ index, pagePath, text }) => ({ from: 'user', index, pagePath, text }),

  // https://opendocs.alipay.com/mini/framework/page-detail#onShareAppMessage
  sharing: {
    offersMenu: () => true,
    argument: ({ from, target }) => ({ from, target, webViewUrl: undefined }),
    asksApp: true, // https://opendocs.alipay.com/mini/framework/app-detail
    needsObject: true,
    defaultPath: ({ home }) => home,
    told: { channelName: 'ALPContact', shareResult: true },
  },

  request: requestRules,
};
