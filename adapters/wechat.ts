import type { Adapter } from '../src/types/adapter';
import type { EnterOptions, Unsubscribe } from '../src/types/host';
import { pickFacts } from './shared/pickFacts';

type Listener<T> = (event: T) => void;

interface Done<T> {
  success?(result: T): void;
  fail?(error: { readonly errMsg: string }): void;
}

/**
 * The part of `wx` that is used. Members marked optional are missing on some base libraries, in plugins or on the
 * lookalikes that frameworks put in the place of `wx`; a type test holds this against the official typings.
 */
export interface WxApi {
  request(
    options: {
      url: string;
      method: 'POST' | 'PUT' | 'GET';
      header: Record<string, string>;
      data: string;
      dataType: string;
      timeout: number;
    } & Done<{ readonly statusCode: number; readonly header: Readonly<Record<string, unknown>>; readonly data: unknown }>,
  ): unknown;
  getStorageInfoSync(): { readonly keys: readonly string[] };
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, data: string): void;
  getStorage(options: { key: string } & Done<{ readonly data: unknown }>): unknown;
  setStorage(options: { key: string; data: string } & Done<unknown>): unknown;
  removeStorage(options: { key: string; complete(): void }): unknown;
  getLaunchOptionsSync?(): EnterOptions;
  onAppShow?(listener: Listener<EnterOptions>): void;
  offAppShow?(listener: Listener<EnterOptions>): void;
  onAppHide?(listener: Listener<{ readonly reason?: number }>): void;
  offAppHide?(listener: Listener<{ readonly reason?: number }>): void;
  getNetworkType?(options: Done<{ readonly networkType: string }>): unknown;
  onNetworkStatusChange?(listener: Listener<{ readonly networkType: string }>): void;
  offNetworkStatusChange?(listener: Listener<{ readonly networkType: string }>): void;
  getDeviceInfo?(): object;
  getWindowInfo?(): object;
  getAppBaseInfo?(): object;
  getSystemInfoSync?(): object;
  getAccountInfoSync?(): { readonly miniProgram: object };
}

declare const wx: WxApi;

/**
 * WeChat (微信小程序), base library 2.9 or later.
 *
 * Every HTTP status reaches `success`, and after 5 s in the background a request fails as `interrupted`:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export const wechat = (): Adapter => {
  const api = wx;
  /** Calls what the host may lack or refuse: a fact less is no reason to stop. */
  const call = (name: keyof WxApi, argument?: unknown): object => {
    try {
      return (api[name] as (argument: unknown) => object)(argument) || {};
    } catch {
      return {};
    }
  };
  const on = (name: 'AppShow' | 'AppHide' | 'NetworkStatusChange', listener: (event: never) => void): Unsubscribe => {
    call(`on${name}`, listener);
    return () => call(`off${name}`, listener);
  };
  return {
    platform: 'wechat',
    api,
    storage: {
      keys: () => api.getStorageInfoSync().keys,
      get: (key) => api.getStorageSync(key),
      set: (key, value) => api.setStorageSync(key, value),
      read: (key, done) => {
        // A missing key is a failure on WeChat.
        api.getStorage({ key, success: ({ data }) => done(data), fail: done });
      },
      write: (key, data, done) => {
        api.setStorage({ key, data, success: () => done(true), fail: () => done(false) });
      },
      remove: (key, done) => {
        api.removeStorage({ key, complete: done });
      },
    },
    request({ url, method, headers, body, timeoutMs }, done) {
      api.request({
        url,
        method,
        header: headers,
        data: body,
        // Not `json`: an answer that is no JSON is still an answer.
        dataType: 'text',
        timeout: timeoutMs,
        success: ({ statusCode, header, data }) => done({ status: statusCode, headers: header || {}, body: `${data}` }),
        fail: ({ errMsg }) =>
          done({ status: 0, headers: {}, body: '', message: errMsg, interrupted: /interrupted/.test(`${errMsg}`) }),
      });
    },
    context() {
      const { miniProgram } = call('getAccountInfoSync') as { miniProgram?: object };
      // `getSystemInfoSync` is no longer maintained and may ask for permissions; it stays for old base libraries.
      // https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getSystemInfoSync.html
      const facts = Object.assign(
        api.getAppBaseInfo ? {} : call('getSystemInfoSync'),
        call('getDeviceInfo'),
        call('getWindowInfo'),
        call('getAppBaseInfo'),
      );
      return Object.assign(
        pickFacts(miniProgram, 'appId version:app_version envVersion:app_env'),
        pickFacts(facts, 'version:host_version SDKVersion:host_sdk_version language'),
        {
          device: pickFacts(
            facts,
            'brand model system:os platform pixelRatio screenWidth screenHeight windowWidth windowHeight',
          ),
        },
      );
    },
    launchOptions: () => call('getLaunchOptionsSync'),
    onAppShow: (listener) => on('AppShow', listener),
    onAppHide: (listener) => on('AppHide', listener),
    onNetwork(listener) {
      const changed = ({ networkType }: { readonly networkType: string }): void => listener(networkType);
      call('getNetworkType', { success: changed });
      return on('NetworkStatusChange', changed);
    },
  };
};
