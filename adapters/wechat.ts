import type { Adapter } from '../src/types/adapter';
import type { EnterOptions } from '../src/types/host';
import { answered, failed } from './shared/answers';
import { contextOf } from './shared/contextOf';
import { type Callbacks, callOf, createAdapter, type HostApi } from './shared/createAdapter';

/**
 * The part of `wx` that is used; a type test holds it against the official typings.
 *
 * @internal
 */
export interface WxApi extends HostApi {
  request(
    options: {
      url: string;
      method: 'POST' | 'PUT' | 'GET';
      header: Record<string, string>;
      data: string | ArrayBuffer;
      dataType: string;
      timeout: number;
    } & Callbacks<
      { readonly statusCode: number; readonly header: Readonly<Record<string, unknown>>; readonly data: unknown },
      { readonly errMsg: string }
    >,
  ): unknown;
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, data: string): void;
  getDeviceInfo?(): object;
  getWindowInfo?(): object;
  getAppBaseInfo?(): object;
  getAccountInfoSync?(): { readonly miniProgram: object };
}

declare const wx: WxApi | undefined;

/**
 * WeChat (微信小程序), base library 2.9 or later.
 *
 * Every HTTP status reaches `success`, and after 5 s in the background a request fails as `interrupted`:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export const wechat = (): Adapter => {
  const api = typeof wx === 'undefined' ? ({} as WxApi) : wx;
  const call = callOf(api);
  return createAdapter('wechat', api, call, {
    request({ url, method, headers, body, bytes, timeoutMs }, done) {
      api.request({
        url,
        method,
        header: headers,
        data: bytes || body,
        // Not `json`: an answer that is no JSON is still an answer.
        dataType: 'text',
        timeout: timeoutMs,
        success: answered(done),
        fail: failed(done, /interrupted/),
      });
    },
    sendsBinary: () => true,
    context() {
      const { miniProgram } = call('getAccountInfoSync') as { miniProgram?: object };
      // `getSystemInfoSync` is no longer maintained and may ask for permissions; it stays for old base libraries.
      // https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getSystemInfoSync.html
      const facts = Object.assign(
        {},
        !api.getAppBaseInfo && call('getSystemInfoSync'),
        call('getDeviceInfo'),
        call('getWindowInfo'),
        call('getAppBaseInfo'),
      );
      // The preview of a page in the timeline (朋友圈单页模式), which has a storage of its own:
      // https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/share-timeline.html
      const { scene } = call('getLaunchOptionsSync') as EnterOptions;
      return Object.assign(contextOf(miniProgram, facts), scene === 1154 && { single_page: true });
    },
  });
};
