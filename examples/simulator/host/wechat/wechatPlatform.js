import { createCallApi } from '../callApi.js';
import { eventShape } from '../eventShape.js';
import { createWechatApi } from './createWechatApi.js';

/** @type {import('../platforms.js').Platform} */
export const wechat = {
  name: 'wechat',
  apiName: 'wx',
  client: { SDKVersion: '3.8.0', version: '8.0.50', appId: 'wx0000000000000000' },
  firstScene: 1001,
  // https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
  maxKeyBytes: 1024 * 1024,
  // The thread stops about five seconds after the app went to the background.
  // https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/operating-mechanism.html
  suspendsAfterMs: 5_000,
  constructors: ({ Page, Component, Behavior }) => ({ Page, Component, Behavior }),

  createApi: (host) =>
    createWechatApi({
      ...host,
      callApi: createCallApi({
        thread: host.thread,
        success: (name, result) => ({ ...result, errMsg: `${name}:ok` }),
        failure: (name, { message }) => ({ errMsg: `${name}:fail${message ? ` ${message}` : ''}` }),
        // https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/api.html
        promise: 'without callbacks',
      }),
    }),

  entryOptions: ({ path, query, scene, referrerInfo, shareTicket }) => ({
    path,
    query,
    scene,
    referrerInfo: referrerInfo ?? {},
    ...(shareTicket ? { shareTicket } : {}),
    apiCategory: 'default',
    mode: 'default',
  }),
  // The scene stays what it was (documented for Android's home key).
  returnOptions: (entry) => wechat.entryOptions(entry, 'show'),
  hideArguments: (reason) => [{ reason }],
  // The App's function gets one string, the listener an object.
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onError.html
  appErrorArguments: ({ text }) => [text],
  errorListenerArguments: ({ message, text }) => [{ message: text, summary: message }],

  eventTimeStamp: ({ now, openedAt }) => now - openedAt, // counted from the opening of the page
  shapeEvent: eventShape,

  pageProperties: ({ id, path, query, getOpenerEventChannel }) => ({
    route: path,
    __route__: path,
    options: query,
    __wxWebviewId__: id,
    __wxExparserNodeId__: `page-${id}`,
    getPageId: () => `pageId:${id}`,
    getOpenerEventChannel,
  }),
  pullDownArguments: () => [],
  tabItem: ({ index, pagePath, text }) => ({ index: String(index), pagePath, text }),

  sharing: {
    offersTimeline: true,
    // Without a handler the menu has no "forward"; a share button still shares the defaults.
    offersMenu: ({ hasHandler }) => hasHandler,
    argument: ({ from, target }) => ({ from, target, webViewUrl: undefined }),
    // https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object
    defaultPath: ({ current }) => current,
  },

  request: {
    defaultTimeoutMs: 60_000,
    // https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
    maxParallel: 10,
    headersOf: ({ header }) => header,
    // WeChat tries to parse and hands the text over when it cannot.
    parsesJson: ({ dataType = 'json' }) => dataType === 'json',
    result: ({ status, headers, data }) => ({ statusCode: status, header: headers, cookies: [], errMsg: 'request:ok', data }),
    failure: (kind, detail) => ({
      errMsg: `request:fail ${detail}`,
      errno: { timeout: 5, network: 600001, interrupted: 600003, url: 600009 }[kind],
    }),
  },
};
