import type { HostSpec } from './createSimulatedHost';
import { createPositionalApi, positionalEvent, positionalPages } from './positional';

const size = { pixelRatio: 3, screenWidth: 390, screenHeight: 844, windowWidth: 390, windowHeight: 753 };

export const wechatHost: HostSpec = {
  name: 'wechat',
  apiName: 'wx',
  // https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html: no DOM, no BOM; `Proxy` cannot be
  // filled in where an old client lacks it.
  hidden: ['Proxy', 'WebAssembly'],
  constructors: ['App', 'Page', 'Component', 'Behavior'],
  createApi: (device, listeners, launch) => ({
    ...createPositionalApi('wx', device, listeners, launch),
    // https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx1234', version: '1.2.3', envVersion: 'release' } }),
    getAppBaseInfo: () => ({ version: '8.0.50', SDKVersion: '3.5.5', language: 'zh_CN' }),
    getDeviceInfo: () => ({ brand: 'Maker', model: 'M1', system: 'iOS 17', platform: 'ios' }),
    getWindowInfo: () => size,
    getSystemInfoSync: () => ({
      ...size,
      brand: 'Maker',
      model: 'M1',
      system: 'iOS 17',
      platform: 'ios',
      version: '8.0.50',
      SDKVersion: '3.5.5',
    }),
  }),
  dress(instance, path, query) {
    Object.assign(instance, { route: path, __route__: path, is: path, options: query });
  },
  ...positionalPages,
  event: positionalEvent,
  shareArgument: (from) => ({ from, target: from === 'button' ? { id: 'share', dataset: {} } : undefined }),
};
