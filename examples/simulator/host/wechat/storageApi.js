import { ApiError, callApi } from '../callApi.js';

export const storageApi = ({ thread, storage, realm }) => {
  const sync =
    (name, work) =>
    (...args) => {
      try {
        return work(...args);
      } catch (error) {
        if (error instanceof ApiError) throw new realm.Error(`${name}:fail ${error.message}`);
        throw error;
      }
    };
  const async = (name, work) => callApi(thread, name, work);
  return {
    setStorageSync: sync('setStorageSync', storage.set),
    getStorageSync: sync('getStorageSync', storage.get),
    removeStorageSync: sync('removeStorageSync', storage.remove),
    clearStorageSync: sync('clearStorageSync', storage.clear),
    getStorageInfoSync: sync('getStorageInfoSync', storage.info),
    batchSetStorageSync: sync('batchSetStorageSync', (list) => {
      for (const { key, value } of list) storage.set(key, value);
    }),
    batchGetStorageSync: sync('batchGetStorageSync', (keys) => keys.map(storage.get)),
    setStorage: async('setStorage', ({ key, data }) => storage.set(key, data)),
    getStorage: async('getStorage', ({ key }) => {
      if (!storage.has(key)) throw new ApiError('data not found');
      return { data: storage.get(key) };
    }),
    removeStorage: async('removeStorage', ({ key }) => storage.remove(key)),
    clearStorage: async('clearStorage', () => storage.clear()),
    getStorageInfo: async('getStorageInfo', () => storage.info()),
  };
};
