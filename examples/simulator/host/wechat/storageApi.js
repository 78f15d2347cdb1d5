import { ApiError } from '../callApi.js';

export const storageApi = ({ callApi, storage, realm }) => {
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
    setStorage: callApi('setStorage', ({ key, data }) => storage.set(key, data)),
    getStorage: callApi('getStorage', ({ key }) => {
      if (!storage.has(key)) throw new ApiError('data not found', 'notFound');
      return { data: storage.get(key) };
    }),
    removeStorage: callApi('removeStorage', ({ key }) => storage.remove(key)),
    clearStorage: callApi('clearStorage', () => storage.clear()),
    getStorageInfo: callApi('getStorageInfo', () => storage.info()),
  };
};
