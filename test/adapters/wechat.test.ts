import { beforeEach, describe, expect, it, vi } from 'vitest';
import { wechat } from '../../adapters/wechat';
import type { HttpResponse } from '../../src/types/adapter';

// What only WeChat does; what every adapter keeps is in contract.ts. Facts are from the documents, not from a device.

type Members = Record<string, unknown>;
interface Asked extends Members {
  success(result: object): void;
  fail(failure: { errMsg: string }): void;
}

/** The part of `wx` that the documents describe: https://developers.weixin.qq.com/miniprogram/dev/api/ */
const fakeWx = (more: Members = {}) => {
  const asked: Asked[] = [];
  const wx: Members = {
    request: (options: Asked) => void asked.push(options),
    getStorageInfoSync: () => ({ keys: ['a'], currentSize: 1, limitSize: 10240 }),
    getStorageSync: () => '',
    setStorageSync: () => {},
    getStorage: (options: Asked) => void asked.push(options),
    setStorage: (options: Asked) => void asked.push(options),
    removeStorage: (options: Asked) => void asked.push(options),
    getLaunchOptionsSync: () => ({ path: 'pages/home/home', query: {}, scene: 1001, referrerInfo: {} }),
    onAppShow: vi.fn(),
    offAppShow: vi.fn(),
    onAppHide: vi.fn(),
    offAppHide: vi.fn(),
    getNetworkType: ({ success }: Asked) => success({ networkType: 'wifi' }),
    onNetworkStatusChange: vi.fn(),
    offNetworkStatusChange: vi.fn(),
    getDeviceInfo: () => ({ brand: 'Apple', model: 'iPhone 15', system: 'iOS 17.4', platform: 'ios' }),
    getWindowInfo: () => ({ pixelRatio: 3, screenWidth: 393, screenHeight: 852, windowWidth: 393, windowHeight: 759 }),
    getAppBaseInfo: () => ({ SDKVersion: '3.5.8', version: '8.0.50', language: 'zh_CN' }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx1234', envVersion: 'release', version: '1.2.3' } }),
    ...more,
  };
  for (const name of Object.keys(wx)) if (wx[name] === undefined) delete wx[name];
  vi.stubGlobal('wx', wx);
  return { adapter: wechat(), wx: wx as Record<string, ReturnType<typeof vi.fn>>, asked };
};

const post = (world: ReturnType<typeof fakeWx>) => {
  const answers: HttpResponse[] = [];
  world.adapter.request(
    {
      url: 'https://x.example.com/v1',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      timeoutMs: 4000,
    },
    (answer) => answers.push(answer),
  );
  return { options: world.asked[0] as Asked, answers };
};

beforeEach(() => {
  vi.useFakeTimers();
});

describe('wechat: request', () => {
  // The member is `header`, `dataType: 'json'` is the default, `timeout` exists since 2.10.0.
  // https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
  it('asks in the words of wx.request, for text', () => {
    expect(post(fakeWx()).options).toMatchObject({
      url: 'https://x.example.com/v1',
      method: 'POST',
      header: { 'content-type': 'application/json' },
      data: '{}',
      dataType: 'text',
      timeout: 4000,
    });
  });

  // `data` may be an ArrayBuffer: https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
  it('sends bytes in the place of the text', () => {
    const { adapter, asked } = fakeWx();
    const bytes = new ArrayBuffer(3);
    adapter.request({ url: '', method: 'POST', headers: {}, body: '{}', bytes, timeoutMs: 1 }, () => {});
    expect(asked[0]?.data).toBe(bytes);
    expect(adapter.sendsBinary?.()).toBe(true);
  });

  // "只要成功接收到服务器返回，无论 statusCode 是多少，都会进入 success 回调"
  // https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
  it.each([200, 204, 301, 400, 404, 429, 500, 503])('reads the status %i from success', (statusCode) => {
    const { options, answers } = post(fakeWx());
    options.success({ statusCode, header: { 'Retry-After': '3' }, data: 'text' });
    expect(answers).toEqual([{ status: statusCode, headers: { 'Retry-After': '3' }, body: 'text' }]);
  });

  it('goes on with an answer that has no headers', () => {
    const { options, answers } = post(fakeWx());
    options.success({ statusCode: 204, data: '' });
    expect(answers).toEqual([{ status: 204, headers: {}, body: '' }]);
  });

  // "小程序进入后台运行后，如果 5s 内网络请求没有结束，会回调错误信息 fail interrupted"
  // https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
  it('tells a request that the background cut from one that failed', () => {
    const cut = post(fakeWx());
    cut.options.fail({ errMsg: 'request:fail interrupted' });
    expect(cut.answers).toMatchObject([{ status: 0, interrupted: true, message: 'request:fail interrupted' }]);
    const failed = post(fakeWx());
    failed.options.fail({ errMsg: 'request:fail timeout' });
    expect(failed.answers).toMatchObject([{ status: 0, interrupted: false, message: 'request:fail timeout' }]);
  });

  it('survives a failure without words', () => {
    const { options, answers } = post(fakeWx());
    options.fail({} as never);
    expect(answers).toMatchObject([{ status: 0, interrupted: false }]);
  });
});

describe('wechat: storage', () => {
  const refuse = (): never => {
    throw new Error('setStorageSync:fail exceed storage max size');
  };

  // `fail` when there is no such key: https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.getStorage.html
  it('reads a missing key as undefined', () => {
    const { adapter, asked } = fakeWx();
    const done = vi.fn();
    adapter.storage.read('none', done);
    asked[0]?.fail({ errMsg: 'getStorage:fail data not found' });
    expect(done.mock.calls).toEqual([[undefined]]);
  });

  it('answers false for a refused write', () => {
    const { adapter, asked } = fakeWx();
    const done = vi.fn();
    adapter.storage.write('a', '1', done);
    expect(asked[0]).toMatchObject({ key: 'a', data: '1' });
    asked[0]?.fail({ errMsg: 'setStorage:fail exceed storage max size' });
    expect(done.mock.calls).toEqual([[false]]);
  });

  it.each(['missing', 'throwing'])('answers once when a function is %s', (how) => {
    const broken = how === 'missing' ? undefined : refuse;
    const { adapter } = fakeWx({ getStorage: broken, setStorage: broken, removeStorage: broken });
    const done = vi.fn();
    adapter.storage.read('a', (value) => done('read', value));
    adapter.storage.write('a', '1', (ok) => done('write', ok));
    adapter.storage.remove('a', () => done('remove'));
    expect(done.mock.calls).toEqual([['read', undefined], ['write', false], ['remove']]);
  });

  it('throws in the synchronous half when the host does', () => {
    const { storage } = fakeWx({ setStorageSync: refuse }).adapter;
    expect(() => storage.set('a', '1')).toThrow('exceed');
  });
});

describe('wechat: context', () => {
  // https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/share-timeline.html
  it('marks the preview of a page in the timeline, whose storage is its own', () => {
    const launched = (scene: number) => fakeWx({ getLaunchOptionsSync: () => ({ scene }) }).adapter.context();
    expect(launched(1154)).toMatchObject({ single_page: true });
    expect(launched(1155)).not.toHaveProperty('single_page');
  });

  it('names what the documents name', () => {
    expect(fakeWx().adapter.context()).toEqual({
      app_id: 'wx1234',
      app_version: '1.2.3',
      app_env: 'release',
      host_version: '8.0.50',
      host_sdk_version: '3.5.8',
      language: 'zh_CN',
      device: {
        brand: 'Apple',
        model: 'iPhone 15',
        os: 'iOS 17.4',
        platform: 'ios',
        pixel_ratio: 3,
        screen_width: 393,
        screen_height: 852,
        window_width: 393,
        window_height: 759,
      },
    });
  });

  // Not maintained since 2.20.1, and it may ask for permissions.
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getSystemInfoSync.html
  it('does not ask getSystemInfoSync where its successors are', () => {
    const getSystemInfoSync = vi.fn();
    fakeWx({ getSystemInfoSync }).adapter.context();
    expect(getSystemInfoSync).not.toHaveBeenCalled();
  });

  // getDeviceInfo, getWindowInfo and getAppBaseInfo came with 2.20.1.
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html
  it('asks getSystemInfoSync on an older base library', () => {
    const old = { getDeviceInfo: undefined, getWindowInfo: undefined, getAppBaseInfo: undefined };
    const info = { brand: 'Apple', system: 'iOS 12', SDKVersion: '2.9.0', version: '7.0.9', pixelRatio: 2 };
    const context = fakeWx({ ...old, getSystemInfoSync: () => info }).adapter.context();
    expect(context).toMatchObject({
      app_id: 'wx1234',
      host_sdk_version: '2.9.0',
      host_version: '7.0.9',
      device: { brand: 'Apple', os: 'iOS 12', pixel_ratio: 2 },
    });
  });

  // `version` is that of the released app only; elsewhere it is empty.
  // https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
  it('leaves out an empty version', () => {
    const { adapter } = fakeWx({
      getAccountInfoSync: () => ({ miniProgram: { appId: 'wx1', envVersion: 'trial', version: '' } }),
    });
    const context = adapter.context();
    expect(context).toMatchObject({ app_id: 'wx1', app_env: 'trial' });
    expect('app_version' in context).toBe(false);
  });

  it('keeps the other facts when one function throws', () => {
    const { adapter } = fakeWx({
      getDeviceInfo() {
        throw new Error('no permission');
      },
      getAccountInfoSync: undefined,
    });
    expect(adapter.context()).toMatchObject({ language: 'zh_CN', device: { screen_width: 393 } });
  });

  it('does not write to the object that the host hands out', () => {
    const info = Object.freeze({ SDKVersion: '2.9.0' });
    const { adapter } = fakeWx({ getAppBaseInfo: undefined, getSystemInfoSync: () => info });
    expect(adapter.context()).toMatchObject({ host_sdk_version: '2.9.0' });
  });
});

describe('wechat: listeners', () => {
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.offAppShow.html: removed by identity.
  it.each(['AppShow', 'AppHide'] as const)('takes off of on%s the same function that it put on', (name) => {
    const { adapter, wx } = fakeWx();
    const listener = vi.fn();
    adapter[`on${name}`](listener)();
    expect(wx[`off${name}`]?.mock.calls[0]?.[0]).toBe(wx[`on${name}`]?.mock.calls[0]?.[0]);
  });

  it('takes off the network listener', () => {
    const { adapter, wx } = fakeWx();
    adapter.onNetwork(() => {})();
    expect(wx.offNetworkStatusChange?.mock.calls[0]?.[0]).toBe(wx.onNetworkStatusChange?.mock.calls[0]?.[0]);
  });

  // App-level listeners do not exist inside a plugin (插件).
  // https://developers.weixin.qq.com/miniprogram/dev/framework/plugin/api-limit.html
  it('does without them inside a plugin', () => {
    const names = ['onAppShow', 'offAppShow', 'onAppHide', 'offAppHide', 'onNetworkStatusChange', 'getNetworkType'];
    const { adapter } = fakeWx(Object.fromEntries(names.map((name) => [name, undefined])));
    for (const stop of [adapter.onAppShow(() => {}), adapter.onAppHide(() => {}), adapter.onNetwork(() => {})]) stop();
  });

  it('tells no network type when the host fails to', () => {
    const heard = vi.fn();
    fakeWx({ getNetworkType: ({ fail }: Partial<Asked>) => fail?.({ errMsg: 'getNetworkType:fail' }) }).adapter.onNetwork(
      heard,
    );
    expect(heard).not.toHaveBeenCalled();
  });

  // Missing before 2.1.2: https://developers.weixin.qq.com/miniprogram/dev/api/base/app/life-cycle/wx.getLaunchOptionsSync.html
  it('has empty launch options where the host has none', () => {
    expect(fakeWx({ getLaunchOptionsSync: undefined }).adapter.launchOptions()).toEqual({});
  });
});

describe('wechat: where there is no wx', () => {
  it('throws nothing at the app', () => {
    vi.stubGlobal('wx', undefined);
    const adapter = wechat();
    expect(adapter.platform).toBe('wechat');
    expect(adapter.context()).toEqual({ device: {} });
    expect(() => adapter.storage.keys()).toThrow();
  });
});
