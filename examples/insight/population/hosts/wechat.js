import { createPositionalApi } from './createApi.js';

/** `wx`, as far as the package asks for it. */
export const createWechatApi = (phone, process) => {
  const { app, device, window, version } = phone.facts;
  return {
    ...createPositionalApi('wx', phone, process),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx5a10b2c3d4e5f607', version: app.version, envVersion: app.env } }),
    getAppBaseInfo: () => ({ version, SDKVersion: '3.5.5', language: 'zh_CN' }),
    getDeviceInfo: () => device,
    getWindowInfo: () => window,
  };
};
