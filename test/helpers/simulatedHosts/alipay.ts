import type { HostSpec, Options } from './createSimulatedHost';
import { later, listen } from './createSimulatedHost';
import { send } from './device';

// 200 KB a key, 10 MB in all. https://opendocs.alipay.com/mini/api/cog0du
const MAX_VALUE = 200 * 1024;

interface Call {
  readonly key: string;
  readonly data: unknown;
  readonly success?: (result: object) => void;
  readonly fail?: (error: object) => void;
  readonly complete?: (result: object) => void;
}

/** `success` or `fail`, then `complete`; and a promise of the same, as the typings have it throughout. */
const settle = ({ success, fail, complete }: Call, error: number, result: object): Promise<object> => {
  later(error ? fail : success, result);
  later(complete, result);
  return error ? Promise.reject(result) : Promise.resolve(result);
};

/** The member functions of `methods` in a component's `mixins`, the later ones over the earlier. */
const methodsOf = (options: Options): Options =>
  Object.assign({}, ...(options.mixins as Options[]).map(({ methods }) => methods), options.methods);

export const alipayHost: HostSpec = {
  name: 'alipay',
  apiName: 'my',
  // `globalThis` and `global` are forbidden unless a project sets `globalObjectMode`; `window` and the like are reserved.
  // https://opendocs.alipay.com/mini/03dbc3#globalObjectMode
  hidden: ['Proxy', 'WebAssembly', 'globalThis'],
  constructors: ['App', 'Page', 'Component', 'Mixin'],
  createApi(device, listeners, launch) {
    const { values, traits } = device;
    const fails = (value: unknown): number => (device.full ? 12 : `${value}`.length > MAX_VALUE ? 14 : 0);
    const show = listen(listeners, 'show');
    const hide = listen(listeners, 'hide');
    const network = listen(listeners, 'network');
    const words: Record<number, string> = { 12: '存储总大小达到上限', 14: 'data长度超限' };
    return {
      SDKVersion: '2.8.9',
      getStorageInfoSync: () => ({ keys: [...values.keys()], currentSize: 1, limitSize: 10240 }),
      // https://opendocs.alipay.com/mini/api/ox0wna; `APDataStorage` on old libraries (Taro's runtime reads it).
      getStorageSync: ({ key }: Call) => ({ [traits.legacyStorage ? 'APDataStorage' : 'data']: values.get(key) ?? null }),
      setStorageSync({ key, data }: Call) {
        const error = fails(data);
        // The general document says that synchronous calls throw, this one's that they answer.
        // https://opendocs.alipay.com/mini/api/cog0du
        if (error && traits.storageThrows) throw new Error(words[error]);
        if (error) return { success: false, error, errorMessage: words[error] };
        values.set(key, data);
        return { success: true };
      },
      getStorage: (call: Call) => settle(call, 0, { data: values.get(call.key) ?? null }),
      setStorage(call: Call) {
        const error = fails(call.data);
        if (!error) values.set(call.key, call.data);
        return settle(call, error, error ? { error, errorMessage: words[error] } : { success: true });
      },
      removeStorage(call: Call) {
        values.delete(call.key);
        return settle(call, 0, { success: true });
      },
      request({ url, method, headers, data, dataType = 'json', success, fail }: Options) {
        const call = { success, fail } as Call;
        return new Promise<object>((resolve, reject) => {
          const failed = (error: object): void => {
            call.fail?.(error);
            reject(error);
          };
          send(device, { url, method, headers, body: data } as never, (answer) => {
            // Codes: the table of my.request as of 2022, github.com/AlipayDocs/open-docs 69366ef9^.
            if (answer === 'offline') return failed({ error: 12, errorMessage: '网络出错' });
            if (answer === 'left') return failed({ error: 1, errorMessage: '请求没有结束，就跳转到了另一个页面' });
            if (answer === 'refused') return failed({ error: 4, errorMessage: '无权调用该接口' });
            const { status, headers: heads = {}, body = '' } = answer;
            // Documents differ: to `success` whatever the status (https://opendocs.alipay.com/mini/api/network), or to
            // `fail` as error 19 (https://opendocs.alipay.com/support/01rb31), with the status beside it or without.
            if (status >= 400 && traits.error19) {
              const beside = traits.error19 === 'bare' ? {} : { status, headers: heads, data: body };
              return failed({ error: 19, errorMessage: 'http status error', ...beside });
            }
            let read: unknown = body;
            try {
              if (dataType === 'json') read = JSON.parse(body);
            } catch {
              return failed({ error: 14, errorMessage: 'JSON parse data error' });
            }
            const result = { status, headers: heads, data: read };
            call.success?.(result);
            resolve(result);
          });
        });
      },
      getLaunchOptionsSync: launch,
      onAppShow: show.on,
      offAppShow: show.off,
      onAppHide: hide.on,
      offAppHide: hide.off,
      getNetworkType: (call: Call) =>
        settle(call, 0, { networkAvailable: device.networkType !== 'NOTREACHABLE', networkType: device.networkType }),
      onNetworkStatusChange: network.on,
      offNetworkStatusChange: network.off,
      // Base library 2.7.17; not in the developer tool. https://opendocs.alipay.com/mini/api/my.getAccountInfoSync
      getAccountInfoSync: () => ({ miniProgram: { appId: '2021000000000001', version: '1.2.3', envVersion: 'release' } }),
      getAppIdSync: () => ({ appId: '2021000000000001' }),
      // `undefined` when it times out. https://opendocs.alipay.com/mini/api/gawhvz
      getSystemInfoSync: () =>
        traits.slow
          ? undefined
          : {
              app: 'alipay',
              language: 'zh-Hans',
              pixelRatio: 3,
              platform: 'iOS',
              screenWidth: 390,
              screenHeight: 844,
              windowWidth: 390,
              windowHeight: 753,
              version: '10.5.0',
              brand: 'Maker',
              model: 'M1',
              system: '17.0',
            },
    };
  },
  dress(instance, path) {
    // Read-only, and no query. https://opendocs.alipay.com/mini/framework/page-detail
    Object.defineProperty(instance, 'route', { value: path });
  },
  // `null` for the pages of a plugin. https://opendocs.alipay.com/mini/framework/getcurrentpages
  stackEntry: (page) => (/^plugin/.test(page.path) ? null : page.instance),
  functions({ options }, name) {
    // https://opendocs.alipay.com/mini/05bchn: a mixin's `rootEvents` run with those of the page, before them.
    const shared = (options.mixins as Options[]).map(({ rootEvents }) => ((rootEvents || {}) as Options)[name]);
    return [...shared, options[name] || methodsOf(options)[name], ((options.events || {}) as Options)[name]];
  },
  members({ options, kind }) {
    const { data } = options;
    const own = kind === 'Page' ? { ...options, data: typeof data === 'function' ? data() : data } : {};
    return Object.assign({}, methodsOf(options), own);
  },
  // https://opendocs.alipay.com/mini/framework/event-object
  event: (type, element, target) => ({
    type,
    timeStamp: Date.now(),
    target: { tagName: 'view', ...target, dataset: element.dataset || {}, targetDataset: target.dataset || {} },
    currentTarget: { tagName: 'view', dataset: {}, ...element },
    detail: {},
  }),
  shareArgument: (from) => ({ from, target: from === 'button' ? { id: 'share', dataset: {} } : undefined }),
  // https://opendocs.alipay.com/mini/framework/app-detail
  appShares: true,
};
