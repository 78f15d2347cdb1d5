import type { Adapter } from '../../src/types/adapter';
import type { EnterOptions, Unsubscribe } from '../../src/types/host';

export type Listener<T> = (event: T) => void;

export interface Callbacks<Result, Failure = unknown> {
  success(result: Result): void;
  fail(failure: Failure): void;
}

/**
 * What `wx`, `my` and `tt` have alike. Members marked optional are missing on some base libraries, in plugins or on the
 * lookalikes that frameworks put in the place of the API object. Type tests hold the three against the official typings.
 */
export interface HostApi {
  getStorageSync(key: never): unknown;
  setStorageSync(key: never, data: string): unknown;
  getStorageInfoSync(): { readonly keys: readonly string[] };
  getStorage(options: { key: string } & Callbacks<{ readonly data: unknown }>): unknown;
  setStorage(options: { key: string; data: string } & Callbacks<unknown>): unknown;
  removeStorage(options: { key: string } & Callbacks<unknown>): unknown;
  getLaunchOptionsSync?(): object;
  // What these hand in differs too much to name it here; `Adapter` does.
  onAppShow?(listener: Listener<object>): void;
  offAppShow?(listener: () => void): void;
  onAppHide?(listener: () => void): void;
  offAppHide?(listener: () => void): void;
  getNetworkType?(options: { success(status: { readonly networkType: string }): void }): unknown;
  onNetworkStatusChange?(listener: Listener<{ readonly networkType: string }>): void;
  offNetworkStatusChange?(listener: () => void): void;
  getSystemInfoSync?(): object | undefined;
}

/** Calls what the host may lack or refuse. A fact less is no reason to stop; a `fail` is told. */
export type Call<Api> = (name: keyof Api, argument?: object) => object;

export const callOf =
  <Api>(api: Api): Call<Api> =>
  (name, argument) => {
    try {
      return (api[name] as (argument?: object) => object)(argument) || {};
    } catch (errMsg) {
      // The host lacks the function or refuses in an unusual way, which is a refusal like any other.
      const { fail } = (argument || {}) as Partial<Callbacks<object>>;
      if (fail) fail({ errMsg });
      return {};
    }
  };

/** An adapter of what is alike; `own` is what is not. */
export const createAdapter = (
  platform: string,
  api: HostApi,
  call: Call<HostApi>,
  own: Pick<Adapter, 'request' | 'sendsBinary' | 'context' | 'entry' | 'ownWraps'>,
): Adapter => {
  const on =
    (name: 'AppShow' | 'AppHide' | 'NetworkStatusChange') =>
    (listener: (event: never) => void): Unsubscribe => {
      call(`on${name}`, listener);
      return () => call(`off${name}`, listener);
    };
  return Object.assign(
    {
      platform,
      api,
      storage: {
        keys: () => api.getStorageInfoSync().keys,
        get: (key: string) => api.getStorageSync(key as never),
        set: (key: string, value: string) => void api.setStorageSync(key as never, value),
        read(key: string, done: (value: unknown) => void) {
          // A missing key is a failure on WeChat.
          call('getStorage', { key, success: (found: unknown) => done(Object(found).data), fail: () => done(undefined) });
        },
        write(key: string, data: string, done: (ok: boolean) => void) {
          call('setStorage', { key, data, success: () => done(true), fail: () => done(false) });
        },
        remove(key: string, done: () => void) {
          call('removeStorage', { key, success: () => done(), fail: () => done() });
        },
      },
      launchOptions: () => call('getLaunchOptionsSync') as EnterOptions,
      onAppShow: on('AppShow'),
      onAppHide: on('AppHide'),
      onNetwork(listener: (type: string) => void) {
        const changed = (status: unknown): void => {
          const { networkType } = Object(status) as { readonly networkType?: string };
          if (networkType) listener(networkType);
        };
        call('getNetworkType', { success: changed });
        return on('NetworkStatusChange')(changed);
      },
    },
    own,
  );
};
