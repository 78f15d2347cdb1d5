import { createPositionalApi } from './createApi.js';

/** `tt`, as far as the package asks for it. */
export const createDouyinApi = (phone, process) => {
  const { app, device, window, version } = phone.facts;
  return {
    ...createPositionalApi('tt', phone, process),
    getEnvInfoSync: () => ({
      microapp: {
        mpVersion: app.version,
        envType: app.env === 'release' ? 'production' : app.env,
        appId: 'tt5a10b2c3d4e5f607',
      },
    }),
    getSystemInfoSync: () => ({ ...device, ...window, version, appName: 'Douyin', SDKVersion: '3.19.0', language: 'zh_CN' }),
  };
};
