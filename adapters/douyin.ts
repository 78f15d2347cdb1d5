import type { Adapter } from '../src/types/adapter';
import { answered, failed } from './shared/answers';
import { contextOf } from './shared/contextOf';
import { type Callbacks, callOf, createAdapter, type HostApi } from './shared/createAdapter';
import { entryOf } from './shared/entryOf';

/**
 * The part of `tt` that is used; a type test holds it against the official typings.
 *
 * @internal
 */
export interface TtApi extends HostApi {
  request(
    options: {
      url: string;
      method: 'POST' | 'PUT' | 'GET';
      header: Record<string, string>;
      // The typings and today's document name objects and buffers only. The document of 2020 names strings, and other
      // SDKs send them (sensorsdata/sa-sdk-mini, dist/mp-bytedance). https://www.w3cschool.cn/microapp/microapp-9acf3661.html
      data: string | ArrayBuffer;
      dataType: string;
      // Since 2.31, later than the typings.
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/network/http/tt-request
      timeout: number;
    } & Callbacks<
      { readonly statusCode: number; readonly header: Readonly<Record<string, unknown>>; readonly data: unknown },
      { readonly errMsg: string }
    >,
  ): unknown;
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, data: string): void;
  getEnvInfoSync?(): { readonly microapp: { readonly appId: string; readonly mpVersion: string; readonly envType: string } };
}

declare const tt: TtApi | undefined;

/**
 * Douyin (抖音小程序) and the other hosts of `tt`: Toutiao, Douyin Lite, … ; `host_name` tells which.
 *
 * @example createTracker({ adapter: douyin(), endpoint: 'https://collect.example.com/v1/events' })
 */
export const douyin = (): Adapter => {
  const api = typeof tt === 'undefined' ? ({} as TtApi) : tt;
  const call = callOf(api);
  return createAdapter('douyin', api, call, {
    request({ url, method, headers, body, bytes, timeoutMs }, done) {
      api.request({
        url,
        method,
        header: headers,
        data: bytes || body,
        // Not `json`: an answer that is no JSON is still an answer.
        dataType: 'string',
        timeout: timeoutMs,
        success: answered(done),
        // `app in background`: cut 5 s after the app went there.
        // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/network/network
        fail: failed(done, /in background/),
      });
    },
    sendsBinary: () => true,
    context() {
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/env/get-env-info-sync
      const { appId, mpVersion, envType } = ((
        call('getEnvInfoSync') as Partial<ReturnType<NonNullable<TtApi['getEnvInfoSync']>>>
      ).microapp || {}) as { appId?: string; mpVersion?: string; envType?: string };
      return contextOf({ appId, version: mpVersion, envVersion: envType }, call('getSystemInfoSync'));
    },
    // Six digits, the first two of which are the host's. Sources are `refererInfo` in `tt.onAppLaunch` and
    // `referrerInfo` in `tt.onAppShow`.
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/on-app-launch
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/event/tt-on-app-show
    entry: entryOf(6),
  });
};
