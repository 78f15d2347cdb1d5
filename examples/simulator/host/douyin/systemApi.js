const pick = (source, names) => Object.fromEntries(names.map((name) => [name, source[name]]));

// @douyin-microapp/typings, api/system-info.d.ts
const SYSTEM = [
  'system',
  'platform',
  'brand',
  'model',
  'version',
  'appName',
  'SDKVersion',
  'screenWidth',
  'screenHeight',
  'windowWidth',
  'windowHeight',
  'pixelRatio',
  'statusBarHeight',
];

const ENVIRONMENTS = { release: 'production', develop: 'development', trial: 'preview' };

export const systemApi = ({ callApi, device, extConfig, toApp }) => {
  const { info } = device;
  const system = () => pick(info, SYSTEM);
  return {
    getSystemInfoSync: () => toApp(system()),
    getSystemInfo: callApi('getSystemInfo', () => toApp(system())),
    // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/env/get-env-info-sync
    getEnvInfoSync: () =>
      toApp({
        microapp: { mpVersion: info.appVersion, envType: ENVIRONMENTS[info.envVersion] ?? 'production', appId: info.appId },
        common: { USER_DATA_PATH: 'ttfile://user' },
      }),
    getExtConfigSync: () => toApp(extConfig()),
    getExtConfig: callApi('getExtConfig', () => toApp({ extConfig: extConfig() })),
    login: callApi('login', () =>
      toApp({
        code: `code-${Math.random().toString(36).slice(2)}`,
        anonymousCode: `anonymous-${Math.random().toString(36).slice(2)}`,
        isLogin: true,
      }),
    ),
    checkSession: callApi('checkSession', () => ({})),
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    reportAnalytics() {},
    vibrateShort: callApi('vibrateShort', () => ({})),
  };
};
