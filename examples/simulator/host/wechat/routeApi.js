const ROUTES = ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack'];

// `callApi` calls its work at once; on a phone the page changes after the app's running code has ended.
const afterRunningCode = (thread, work) => (options) =>
  Promise.resolve().then(() => {
    if (thread.isAlive()) return work(options);
    return new Promise(() => {});
  });

export const routeApi = ({ callApi, thread, router, settle }) =>
  Object.fromEntries(
    ROUTES.map((name) => {
      const later = afterRunningCode(thread, router[name]);
      return [name, callApi(name, (options) => settle.track(later(options)))];
    }),
  );
