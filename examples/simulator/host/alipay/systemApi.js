const pick = (source, names) => Object.fromEntries(names.map((name) => [name, source[name]]));

const SYSTEM = [
  'brand',
  'model',
  'version',
  'app',
  'pixelRatio',
  'screenWidth',
  'screenHeight',
  'windowWidth',
  'windowHeight',
  'statusBarHeight',
  'fontSizeSetting',
];

export const systemApi = ({ callApi, device, extConfig, toApp }) => {
  const { info } = device;
  const platform = { ios: 'iOS', android: 'Android' }[info.platform] ?? info.platform;
  const language = () => (info.language.startsWith('zh') ? 'zh-Hans' : info.language);
  // https://opendocs.alipay.com/mini/api/system-info
  const system = () => ({
    ...pick(info, SYSTEM),
    platform,
    language: language(),
    system: info.system.replace(/^\D+/, ''), // the bare number
  });
  // https://opendocs.alipay.com/mini/api/my.getAccountInfoSync
  const account = () => ({ miniProgram: { appId: info.appId, envVersion: info.envVersion, version: info.appVersion } });

  return {
    SDKVersion: info.SDKVersion,
    env: { clientName: 'ap', clientVersion: info.version, language: language(), platform },
    getSystemInfoSync: () => toApp(system()),
    getSystemInfo: callApi('getSystemInfo', () => toApp(system())),
    getWindowInfo: () => toApp(pick(info, ['pixelRatio', 'screenWidth', 'screenHeight', 'windowWidth', 'windowHeight'])),
    getAppBaseInfo: () => toApp({ SDKVersion: info.SDKVersion, version: info.version, language: language() }),
    getSystemSetting: () => toApp({ bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true }),
    getAppIdSync: () => toApp({ appId: info.appId }),
    getAccountInfoSync: () => toApp(account()),
    // The content of `ext` itself. https://opendocs.alipay.com/mini/api/getExtConfigSync
    getExtConfigSync: () => toApp(extConfig()),
    getExtConfig: callApi('getExtConfig', () => toApp({ data: extConfig() })),
    getAuthCode: callApi('getAuthCode', () => toApp({ authCode: `code-${Math.random().toString(36).slice(2)}` })),
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    vibrateShort: callApi('vibrateShort', () => ({})),
  };
};
