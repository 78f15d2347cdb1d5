import { alipay } from './alipay/alipayPlatform.js';
import { douyin } from './douyin/douyinPlatform.js';
import { wechat } from './wechat/wechatPlatform.js';

/**
 * What the hosts do differently; everything else they share.
 *
 * @typedef {object} Entry how the visitor came in
 * @property {string} path
 * @property {Record<string, string>} query
 * @property {number | string} scene
 * @property {object} [referrerInfo]
 * @property {string} [shareTicket]
 *
 * @typedef {object} Platform
 * @property {'wechat' | 'alipay' | 'douyin'} name
 * @property {'wx' | 'my' | 'tt'} apiName
 * @property {Record<string, any>} client what the host app says of itself, where the device does not
 * @property {number | string} firstScene of a launch that names none
 * @property {number} maxKeyBytes of one storage key
 * @property {number} [suspendsAfterMs] how long the app's code runs on in the background; without, it is not stopped
 * @property {(constructors: any, host: any) => Record<string, Function>} constructors what app code calls to register
 * @property {(host: any) => any} createApi
 * @property {(entry: Entry, moment: 'launch' | 'show') => object} entryOptions
 * @property {(entry: Entry) => object | undefined} returnOptions of an app that comes back without a new entry
 * @property {(reason: number) => any[]} hideArguments of onHide
 * @property {(error: { message: string, stack: string, text: string }) => any[]} appErrorArguments of App.onError
 * @property {(error: { message: string, stack: string, text: string }) => any[]} errorListenerArguments
 * @property {(at: { now: number, openedAt: number }) => number} eventTimeStamp
 * @property {typeof import('./eventShape.js').eventShape} shapeEvent
 * @property {(page: any) => Record<string, any>} pageProperties what the host puts on a page's instance
 * @property {string[]} [readOnlyProperties] which of these a page cannot change
 * @property {(page: any, name: string) => Function[]} [pageFunctions] by default the instance's own
 * @property {boolean} [drawsAfterShow] the page's components are created after onLoad and onShow
 * @property {() => any[]} pullDownArguments of onPullDownRefresh
 * @property {(tab: { index: number, pagePath: string, text: string }) => object} tabItem the argument of onTabItemTap
 * @property {object} sharing see createSharing.js
 * @property {object} request see createRequest.js
 */

/** @type {Record<string, Platform>} */
export const platforms = { wechat, alipay, douyin };
