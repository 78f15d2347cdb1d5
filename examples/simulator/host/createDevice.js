/**
 * What outlives a mini-program that was killed: the storage and the network. Give the same device to the next host.
 *
 * @typedef {object} Device
 * @property {StorageArea} storage
 * @property {{ isConnected: boolean, networkType: string, latencyMs: number }} network
 * @property {Record<string, any>} info answers to getDeviceInfo, getWindowInfo, getAppBaseInfo, getAccountInfoSync; what
 *   depends on the host app (SDKVersion, version, appId) is added by the host unless it is given
 *
 * @typedef {object} StorageArea strings only; a Map will do
 * @property {(key: string) => string | undefined} get
 * @property {(key: string, value: string) => void} set may throw when the medium is full
 * @property {(key: string) => void} delete
 * @property {() => Iterable<string>} keys
 */

const INFO = {
  brand: 'Apple',
  model: 'iPhone 15',
  system: 'iOS 17.5',
  platform: 'ios',
  language: 'zh_CN',
  theme: 'light',
  fontSizeSetting: 16,
  pixelRatio: 2,
  windowWidth: 375,
  windowHeight: 603,
  screenWidth: 375,
  screenHeight: 667,
  statusBarHeight: 20,
  memorySize: 6144,
  benchmarkLevel: 45,
  appVersion: '1.0.0',
  envVersion: 'release',
};

/**
 * @param {object} [options]
 * @param {StorageArea} [options.storage]
 * @param {boolean} [options.isConnected]
 * @param {string} [options.networkType] what the phone uses while connected
 * @param {number} [options.latencyMs]
 * @param {Record<string, any>} [options.info] merged over a plain iPhone
 * @returns {Device}
 */
export const createDevice = ({
  storage = new Map(),
  isConnected = true,
  networkType = 'wifi',
  latencyMs = 0,
  info = {},
} = {}) => ({
  storage,
  network: { isConnected, networkType, latencyMs },
  info: { ...INFO, ...info },
});
