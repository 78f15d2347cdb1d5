import type { Adapter } from '../src/types/adapter';
import { contextOf } from './shared/contextOf';
import { type Call, type Callbacks, callOf, createAdapter, type HostApi } from './shared/createAdapter';
import { entryOf } from './shared/entryOf';
import { wrapAlipay } from './shared/wrapAlipay';

interface RequestOptions
  extends Callbacks<
    { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown },
    // The typings leave `status` out; devices have it beside error 19, and the document on failed requests goes by it.
    // https://opendocs.alipay.com/mini/00hxw8
    { readonly error?: number; readonly errorMessage?: string; readonly status?: number }
  > {
  url: string;
  method: 'POST' | 'PUT' | 'GET';
  headers: Record<string, string>;
  data: string | ArrayBuffer;
  dataType: 'text';
  timeout: number;
}

/**
 * The part of `my` that is used; a type test holds it against the official typings.
 *
 * @internal
 */
export interface MyApi extends HostApi {
  request(options: RequestOptions): unknown;
  getStorageSync(options: { key: string }): StorageResult;
  setStorageSync(options: { key: string; data: string }): WriteResult;
  /** Optional against the typings: the document has the call return `undefined` when it times out. */
  getSystemInfoSync?(): { readonly app?: string } | undefined;
  getAccountInfoSync?(): { readonly miniProgram: object };
  getAppIdSync?(): object;
  readonly SDKVersion?: string;
}

interface StorageResult {
  readonly data: unknown;
}

interface WriteResult {
  readonly success: boolean;
  readonly error?: number;
  readonly errorMessage?: string;
}

declare const my: MyApi | undefined;

// Words for network types that the other hosts spell otherwise; `UNKNOWN` is no sign of being offline.
// https://opendocs.alipay.com/mini/api/ympi0l
const NETWORKS: Readonly<Record<string, string>> = { notreachable: 'none', wwan: 'cellular' };

/** What a host that answers with nothing has said. */
const NO_ANSWER = { status: 0, headers: {}, data: '' };

/**
 * Alipay (支付宝小程序), base library 1.20 or later.
 *
 * @example createTracker({ adapter: alipay(), endpoint: 'https://collect.example.com/v1/events' })
 */
export const alipay = (): Adapter => {
  const api = typeof my === 'undefined' ? ({} as MyApi) : my;
  const ask = callOf(api);
  const call: Call<MyApi> = (name, argument) => {
    const result = ask(name, argument) as { then?: PromiseLike<unknown>['then'] };
    // What was told to `fail` must not reach the app's `onUnhandledRejection` too.
    // https://opendocs.alipay.com/mini/00hxw8
    if (result.then) result.then(undefined, () => {});
    return result;
  };
  const adapter = createAdapter('alipay', api, call, {
    request({ url, method, headers, body, bytes, timeoutMs }, done) {
      const options: RequestOptions = {
        url,
        method,
        headers,
        data: bytes || body,
        // With `json`, an answer that is no JSON fails with error 14.
        dataType: 'text',
        timeout: timeoutMs,
        success: (answer) => {
          const { status, headers, data } = answer || NO_ANSWER;
          done({ status, headers: headers || {}, body: `${data}` });
        },
        // The codes: https://github.com/AlipayDocs/open-docs/blob/69366ef9^/mini/api/基础API/网络/my.request.md
        fail: (failure) => {
          const { error, errorMessage, status } = failure || ({} as NonNullable<typeof failure>);
          done({
            // 19: the server answered 400 or more; 14: it answered what cannot be read. Neither is a lost connection.
            status: status || (error === 14 || error === 19 ? 500 : 0),
            headers: {},
            body: '',
            // 4 and 11: the host is not on the list.
            message: `${error === 4 || error === 11 ? 'not in domain list' : error} ${errorMessage}`,
            // 1: the visitor left the page before the answer came.
            interrupted: error === 1,
          });
        },
      };
      call('request', options);
    },
    sendsBinary() {
      // From client 10.1.95. https://opendocs.alipay.com/mini/api/owycmh
      const [major = 0, minor = 0, patch = 0] = `${(call('getSystemInfoSync') as { version?: string }).version}`.split('.');
      return +major * 1e6 + +minor * 1e3 + +patch >= 10_001_095;
    },
    context() {
      const { miniProgram } = call('getAccountInfoSync') as { miniProgram?: object };
      const facts = call('getSystemInfoSync') as { app?: string };
      return contextOf(
        Object.assign(call('getAppIdSync'), miniProgram),
        Object.assign({}, facts, { appName: facts.app, SDKVersion: api.SDKVersion }),
      );
    },
    // Four digits: `0000` is a code. https://opendocs.alipay.com/mini/framework/scene
    entry: entryOf(4),
  });
  Object.assign(adapter.storage, {
    get(key: string) {
      // Base libraries of old name it otherwise; Taro's runtime reads both.
      const found = api.getStorageSync({ key }) as { data?: unknown; APDataStorage?: unknown } | undefined;
      const { data, APDataStorage } = found || {};
      return data || APDataStorage;
    },
    set(key: string, data: string) {
      // A full storage (error 12, 10 MB) or value (14, 200 KB) is told by the result, not thrown.
      // https://opendocs.alipay.com/mini/api/cog0du
      const { success, errorMessage } = api.setStorageSync({ key, data }) || ({} as WriteResult);
      if (success === false) throw errorMessage;
    },
  });
  return Object.assign({}, adapter, {
    ownWraps: wrapAlipay,
    onNetwork: (listener: (type: string) => void) =>
      adapter.onNetwork((type) => {
        const name = type.toLowerCase().replace('-', '');
        listener(Object.keys(NETWORKS).includes(name) ? (NETWORKS[name] as string) : name);
      }),
  });
};
