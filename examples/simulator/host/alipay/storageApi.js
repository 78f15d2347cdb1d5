import { ApiError } from '../callApi.js';

const ERRORS = { parameter: 2, keyFull: 14, storageFull: 12 };

/**
 * Object-shaped: `my.setStorageSync({ key, data })` answers whether it worked, and does not throw.
 * https://opendocs.alipay.com/mini/api/cog0du
 * https://opendocs.alipay.com/mini/api/ox0wna
 */
export const storageApi = ({ callApi, storage, toApp }) => {
  const read = ({ key }) => ({ data: storage.has(key) ? storage.get(key) : null });
  const answer = (work) => (options) => {
    try {
      work(options);
      return toApp({ success: true });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return toApp({ success: false, error: ERRORS[error.kind] ?? 2, errorMessage: error.message });
    }
  };
  const set = ({ key, data }) => storage.set(key, data);
  const remove = ({ key }) => storage.remove(key);
  return {
    setStorageSync: answer(set),
    getStorageSync: (options) => ({ ...toApp({ success: true }), ...read(options) }),
    removeStorageSync: answer(remove),
    clearStorageSync: answer(() => storage.clear()),
    getStorageInfoSync: () => ({ ...storage.info(), success: true }),
    setStorage: callApi('setStorage', set),
    getStorage: callApi('getStorage', read),
    removeStorage: callApi('removeStorage', remove),
    clearStorage: callApi('clearStorage', () => storage.clear()),
    getStorageInfo: callApi('getStorageInfo', () => storage.info()),
  };
};
