import type { HostSpec } from './createSimulatedHost';
import { createPositionalApi, positionalEvent, positionalPages } from './positional';

export const douyinHost: HostSpec = {
  name: 'douyin',
  apiName: 'tt',
  // No access to `window`, `document` or the global object.
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/tutorial/miniapp-framework/miniapp-runtime
  // https://github.com/zyrong/miniprogram-polyfill/issues/1
  hidden: ['Proxy', 'WebAssembly', 'globalThis'],
  constructors: ['App', 'Page', 'Component', 'Behavior'],
  createApi: (device, listeners, launch) => ({
    ...createPositionalApi('tt', device, listeners, launch),
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/env/get-env-info-sync
    getEnvInfoSync: () => ({
      microapp: { mpVersion: '1.2.3', envType: 'production', appId: 'tt1234' },
      common: { USER_DATA_PATH: 'ttfile://user' },
    }),
    // The one source of device facts: @douyin-microapp/typings, api/system-info.d.ts.
    getSystemInfoSync: () => ({
      system: '17.0',
      platform: 'ios',
      brand: 'Maker',
      model: 'M1',
      version: '30.1.0',
      appName: 'Douyin',
      SDKVersion: '3.19.0',
      pixelRatio: 3,
      screenWidth: 390,
      screenHeight: 844,
      windowWidth: 390,
      windowHeight: 753,
    }),
  }),
  dress(instance, path, query) {
    // Old hosts know `__route__` only (ThinkingDataAnalytics/mp-sdk rewrites `route` to it for Douyin).
    Object.assign(instance, { __route__: path, is: path, options: query });
  },
  ...positionalPages,
  event: positionalEvent,
  // `channel` is '' for an ordinary share: @douyin-microapp/typings, types/page.d.ts.
  shareArgument: (from) => ({ from, channel: '', target: from === 'button' ? { id: 'share', dataset: {} } : null }),
};
