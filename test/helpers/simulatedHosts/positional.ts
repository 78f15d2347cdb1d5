import { type HostSpec, later, listen, type Options } from './createSimulatedHost';
import type { Device } from './device';
import { send } from './device';

// WeChat's and Douyin's APIs are of one family: keys and values by position, `statusCode` and `header`, `errMsg`.

const MAX_VALUE = 2 ** 20;

interface Call {
  readonly key: string;
  readonly data: unknown;
  readonly success?: (result: object) => void;
  readonly fail?: (error: object) => void;
  readonly complete?: (result: object) => void;
}

/** Settles as both hosts do: `success` or `fail`, then `complete`. */
const settle = ({ success, fail, complete }: Call, ok: boolean, result: object): void => {
  later(ok ? success : fail, result);
  later(complete, result);
};

export const createPositionalApi = (
  name: 'wx' | 'tt',
  device: Device,
  listeners: Parameters<HostSpec['createApi']>[1],
  launch: () => object,
): Options => {
  const { values } = device;
  // 1 MB a key, 10 MB in all.
  // https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorage.html
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/data-caching/tt-set-storage
  const put = (key: string, value: unknown): boolean => {
    if (device.full || `${value}`.length > MAX_VALUE) return false;
    values.set(key, value);
    return true;
  };
  const show = listen(listeners, 'show');
  const hide = listen(listeners, 'hide');
  const network = listen(listeners, 'network');
  return {
    getStorageInfoSync: () => ({ keys: [...values.keys()], currentSize: 1, limitSize: 10240 }),
    // An empty string for a key that is not there.
    getStorageSync: (key: string) => values.get(key) ?? '',
    setStorageSync(key: string, value: unknown) {
      if (typeof key !== 'string') throw new Error('setStorageSync:fail parameter error');
      if (!put(key, value)) throw new Error('setStorageSync:fail exceed storage max size 10Mb');
    },
    getStorage(call: Call) {
      const found = values.has(call.key);
      // WeChat fails for a key that is not there; Douyin hands over an empty string.
      // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/data-caching/tt-get-storage/
      if (found || name === 'tt') settle(call, true, { data: values.get(call.key) ?? '', errMsg: 'getStorage:ok' });
      else settle(call, false, { errMsg: 'getStorage:fail data not found' });
    },
    setStorage(call: Call) {
      if (put(call.key, call.data)) settle(call, true, { errMsg: 'setStorage:ok' });
      else settle(call, false, { errMsg: 'setStorage:fail exceed storage max size 10Mb' });
    },
    removeStorage(call: Call) {
      values.delete(call.key);
      settle(call, true, { errMsg: 'removeStorage:ok' });
    },
    request({ url, method, header, data, dataType, success, fail }: Options) {
      send(device, { url, method, headers: header, body: data } as never, (answer) => {
        if (typeof answer === 'string') {
          const reasons = {
            offline: 'request:fail',
            // What each says of a request that is cut 5 s after the app went to the background.
            // https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
            // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/network/network
            left: name === 'wx' ? 'request:fail interrupted' : 'request:fail app in background',
            refused: 'request:fail url not in domain list',
          };
          return (fail as Call['fail'])?.({ errMsg: reasons[answer] });
        }
        const { status, headers = {}, body = '' } = answer;
        let read: unknown = body;
        try {
          if (dataType === 'json' || dataType === undefined) read = JSON.parse(body);
        } catch {
          // Text that is no JSON stays text.
        }
        (success as Call['success'])?.({ statusCode: status, header: headers, data: read, errMsg: 'request:ok' });
      });
      return { abort() {} };
    },
    getLaunchOptionsSync: launch,
    onAppShow: show.on,
    offAppShow: show.off,
    onAppHide: hide.on,
    offAppHide: hide.off,
    getNetworkType: ({ success }: Call) => later(success, { networkType: device.networkType }),
    onNetworkStatusChange: network.on,
    offNetworkStatusChange: network.off,
  };
};

const sharedMethods = (options: Options): object[] => (options.mixins as Options[]).map(({ methods }) => methods as Options);

/** Pages of both hosts, made by `Page` or `Component`. */
export const positionalPages: Pick<HostSpec, 'functions' | 'members'> = {
  functions({ options, kind }, name) {
    // What a page does not have itself, its behaviors bring, the last first.
    // https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/behaviors.html
    const own = Object.assign({}, ...sharedMethods(options), kind === 'Page' ? options : options.methods) as Options;
    const pageLifetimes = (options.pageLifetimes || {}) as Options;
    const lifetimes = (options.lifetimes || options) as Options;
    // A behavior's lifetimes run beside those of the page or component.
    const mixed = (options.mixins as Options[]).map((each) => ({
      onShow: ((each.pageLifetimes || {}) as Options).show,
      onHide: ((each.pageLifetimes || {}) as Options).hide,
      onUnload: ((each.lifetimes || {}) as Options).detached,
    }));
    const beside = mixed.map((each: Options) => each[name]);
    const twin = { onShow: pageLifetimes.show, onHide: pageLifetimes.hide, onUnload: lifetimes.detached }[name];
    return kind === 'Page' ? [...beside, own[name]] : [...beside, twin, own[name]];
  },
  members({ options, kind }) {
    const own = (kind === 'Page' ? options : options.methods) as Options;
    return Object.assign({}, ...sharedMethods(options), own);
  },
};

/** https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html */
export const positionalEvent: HostSpec['event'] = (type, element, target, page) => ({
  type,
  // Since the page was opened.
  timeStamp: Date.now() - (page ? page.openedAt : 0),
  target: { id: '', dataset: {}, ...target },
  currentTarget: { id: '', dataset: {}, ...element },
  detail: { x: 10, y: 20 },
  touches: [],
  changedTouches: [],
});
