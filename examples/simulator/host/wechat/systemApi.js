const pick = (source, names) => Object.fromEntries(names.map((name) => [name, source[name]]));

const DEVICE = ['brand', 'model', 'system', 'platform', 'memorySize', 'benchmarkLevel'];
const APP_BASE = ['SDKVersion', 'version', 'language', 'theme', 'fontSizeSetting'];
const WINDOW = ['pixelRatio', 'screenWidth', 'screenHeight', 'windowWidth', 'windowHeight', 'statusBarHeight'];

export const systemApi = ({ callApi, device, extConfig, realm, toApp }) => {
  const { info } = device;
  const window = () => ({
    ...pick(info, WINDOW),
    screenTop: info.screenHeight - info.windowHeight,
    safeArea: {
      left: 0,
      right: info.screenWidth,
      top: info.statusBarHeight,
      bottom: info.screenHeight,
      width: info.screenWidth,
      height: info.screenHeight - info.statusBarHeight,
    },
  });
  const base = () => ({ ...pick(info, APP_BASE), enableDebug: false, host: { env: 'WeChat' } });
  const setting = { bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' };
  const system = () => ({ ...pick(info, DEVICE), ...base(), ...window(), ...setting });
  const account = () => ({
    miniProgram: {
      appId: info.appId,
      envVersion: info.envVersion,
      // The version is that of the online package: empty in the tools and in trial versions.
      // https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
      version: info.envVersion === 'release' ? info.appVersion : '',
    },
  });
  const sync = (read) => () => toApp(read());
  const async = (name, read) => callApi(name, () => toApp(read()));

  return {
    env: { USER_DATA_PATH: 'http://usr' },
    getDeviceInfo: sync(() => pick(info, DEVICE)),
    getWindowInfo: sync(window),
    getAppBaseInfo: sync(base),
    getSystemSetting: sync(() => setting),
    getAppAuthorizeSetting: sync(() => ({
      locationAuthorized: 'not determined',
      notificationAuthorized: 'authorized',
    })),
    getSystemInfoSync: sync(system),
    getSystemInfo: async('getSystemInfo', system),
    getSystemInfoAsync: async('getSystemInfoAsync', system),
    getAccountInfoSync: sync(account),
    getExtConfigSync: sync(extConfig),
    getExtConfig: async('getExtConfig', () => ({ extConfig: extConfig() })),
    getPrivacySetting: async('getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '' })),
    getMenuButtonBoundingClientRect: sync(() => ({
      left: 281,
      right: 368,
      top: 24,
      bottom: 56,
      width: 87,
      height: 32,
    })),
    login: async('login', () => ({ code: `code-${Math.random().toString(36).slice(2)}` })),
    checkSession: async('checkSession', () => ({})),
    getUserCryptoManager: () => ({
      getRandomValues: callApi('getRandomValues', ({ length }) => {
        const randomValues = new realm.ArrayBuffer(length);
        globalThis.crypto.getRandomValues(new realm.Uint8Array(randomValues));
        return { randomValues };
      }),
    }),
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    reportEvent() {},
    vibrateShort: async('vibrateShort', () => ({})),
  };
};
