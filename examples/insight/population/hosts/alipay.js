import { createPositionalApi } from './createApi.js';
import { createObserver } from './createObserver.js';

/** `my`, as far as the package asks for it: storage takes objects, answers have other names. */
export const createAlipayApi = (phone, process) => {
  const { app, device, window, version } = phone.facts;
  const { storage } = phone;
  const answer = (call, result) =>
    process.later(() => {
      for (const each of [call.success, call.complete]) if (each) each(result);
    });
  return {
    ...createPositionalApi('my', phone, process),
    SDKVersion: '2.8.9',
    getStorageSync: ({ key }) => ({ data: storage.has(key) ? storage.get(key) : null }),
    setStorageSync({ key, data }) {
      storage.set(key, data);
      return { success: true };
    },
    getStorage: (call) => answer(call, { data: storage.has(call.key) ? storage.get(call.key) : null }),
    request({ data, success, fail }) {
      process.request(data, (ok, interrupted) => {
        if (ok) success({ status: 200, headers: {}, data: '{}' });
        else fail({ error: interrupted ? 1 : 12, errorMessage: interrupted ? 'the page is gone' : 'no network' });
      });
    },
    getAccountInfoSync: () => ({ miniProgram: { appId: '2021005a10b2c3d4', version: app.version, envVersion: app.env } }),
    getSystemInfoSync: () => ({ ...device, ...window, version, app: 'alipay', language: 'zh-Hans' }),
    createIntersectionObserver: createObserver(process),
    requestSubscribeMessage(call) {
      const accepted = phone.acceptsMessages;
      answer(call, {
        behavior: accepted ? 'subscribe' : 'cancel',
        result: { subscribedEntityIds: accepted ? call.entityIds : [], unsubscribedEntityIds: accepted ? [] : call.entityIds },
      });
    },
  };
};
