import { createCallApi } from '../callApi.js';
import { eventShape } from '../eventShape.js';
import { createDouyinApi } from './createDouyinApi.js';

const failureOf = (name, { message }) => ({ errMsg: `${name}:fail${message ? ` ${message}` : ''}`, errNo: 10000 });

/** @type {import('../platforms.js').Platform} */
export const douyin = {
  name: 'douyin',
  apiName: 'tt',
  client: { SDKVersion: '3.19.0', version: '30.1.0', appName: 'Douyin', appId: 'tt0000000000000000' },
  // Six digits, the first two of which are the host app's.
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/framework/scene-value
  firstScene: '021001',
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/data-caching/tt-set-storage
  maxKeyBytes: 1024 * 1024,
  constructors: ({ Page, Component, Behavior }) => ({ Page, Component, Behavior }),

  createApi: (host) =>
    createDouyinApi({
      ...host,
      callApi: createCallApi({
        thread: host.thread,
        success: (name, result) => ({ ...result, errMsg: `${name}:ok` }),
        failure: failureOf,
        promise: 'never', // callbacks only: @douyin-microapp/typings, api/types.d.ts
      }),
    }),

  // A launch spells `refererInfo`, a show `referrerInfo`.
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/on-app-launch
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/tt-on-app-show
  entryOptions: ({ path, query, scene, referrerInfo }, moment) => ({
    path,
    query,
    scene: String(scene),
    [moment === 'launch' ? 'refererInfo' : 'referrerInfo']: referrerInfo ?? {},
    showFrom: 10, // opened through an entry; 0: back from the background
  }),
  returnOptions: (entry) => ({ ...douyin.entryOptions(entry, 'show'), showFrom: 0 }),
  hideArguments: () => [],
  // One string: @douyin-microapp/typings, types/app.d.ts and api/app-lifecycle.d.ts
  appErrorArguments: ({ text }) => [text],
  errorListenerArguments: ({ text }) => [text],

  // 895 in the document's sample: counted from the opening of the page, as on WeChat.
  // https://w3cschool.cn/microapp/microapp-pie633kr.html
  eventTimeStamp: ({ now, openedAt }) => now - openedAt,
  shapeEvent: eventShape,

  // Old hosts know `__route__` only (ThinkingDataAnalytics/mp-sdk rewrites `route` to it for Douyin); both are here.
  pageProperties: ({ id, path, query, getOpenerEventChannel }) => ({
    route: path,
    __route__: path,
    is: path,
    options: query,
    __webviewId__: id,
    __nodeId__: 0,
    getOpenerEventChannel,
  }),
  pullDownArguments: () => [],
  // Some host apps call onTabItemTap without it (sensorsdata/sa-sdk-mini, changelog).
  tabItem: ({ index, pagePath, text }) => ({ index, pagePath, text }),

  sharing: {
    // The menu forwards every page; one that says nothing is shared as the home page.
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/open-interface/retweet/review
    offersMenu: () => true,
    // @douyin-microapp/typings, types/page.d.ts
    argument: ({ from, target }) => ({ from, target: target ?? null, channel: '' }),
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/open-interface/share/retweet
    defaultPath: ({ current, home, hasHandler }) => (hasHandler ? current : home),
    told: {},
  },

  request: {
    defaultTimeoutMs: 60_000,
    maxParallel: 10, // not documented; Feishu's runtime, its sister, allows ten
    headersOf: ({ header }) => header,
    parsesJson: ({ dataType = 'json' }) => dataType === 'json',
    result: ({ status, headers, data }) => ({ statusCode: status, header: headers, data, errMsg: 'request:ok' }),
    failure: (kind, detail) => ({ errMsg: `request:fail ${detail}`, errNo: kind === 'timeout' ? 10503 : 10500 }),
    returns: ({ abort }) => ({ abort }),
  },
};
