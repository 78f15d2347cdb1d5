/**
 * What `wx` and `tt` have alike: keys and values by position, `statusCode` and `header`, `errMsg`.
 *
 * @param {string} name
 * @param {object} phone
 * @param {object} process
 */
export const createPositionalApi = (name, phone, process) => {
  const { storage } = phone;
  const answer = (result, ...callbacks) =>
    process.later(() => {
      for (const each of callbacks) if (each) each(result);
    });
  return {
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10240 }),
    getStorageSync: (key) => storage.get(key) || '',
    setStorageSync: (key, value) => void storage.set(key, value),
    getStorage({ key, success, fail }) {
      if (storage.has(key) || name === 'tt') answer({ data: storage.get(key) || '', errMsg: 'getStorage:ok' }, success);
      else answer({ errMsg: 'getStorage:fail data not found' }, fail);
    },
    setStorage({ key, data, success }) {
      storage.set(key, data);
      answer({ errMsg: 'setStorage:ok' }, success);
    },
    removeStorage({ key, success }) {
      storage.delete(key);
      answer({ errMsg: 'removeStorage:ok' }, success);
    },
    request({ data, success, fail }) {
      process.request(data, (ok, interrupted) => {
        if (ok) success({ statusCode: 200, header: {}, data: '{}', errMsg: 'request:ok' });
        else
          fail({
            errMsg: interrupted
              ? name === 'tt'
                ? 'request:fail app in background'
                : 'request:fail interrupted'
              : 'request:fail',
          });
      });
    },
    getLaunchOptionsSync: () => process.entry,
    onAppShow: process.on('show'),
    offAppShow: process.off('show'),
    onAppHide: process.on('hide'),
    offAppHide: process.off('hide'),
    getNetworkType: ({ success }) => process.later(() => success({ networkType: phone.network })),
    onNetworkStatusChange: process.on('network'),
    offNetworkStatusChange: process.off('network'),
    requestSubscribeMessage({ tmplIds, complete, success }) {
      const result = { errMsg: 'requestSubscribeMessage:ok' };
      for (const id of tmplIds) result[id] = phone.acceptsMessages ? 'accept' : 'reject';
      answer(result, success, complete);
    },
  };
};
