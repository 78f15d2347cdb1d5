const APP_EVENTS = ['AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection', 'ThemeChange', 'MemoryWarning'];
const ROUTE_EVENTS = [
  'BeforeAppRoute',
  'AppRoute',
  'AppRouteDone',
  'BeforePageLoad',
  'AfterPageLoad',
  'BeforePageUnload',
  'AfterPageUnload',
];

const listenerPairs = (emitter, names) =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`on${name}`, (fn) => void emitter.on(name, fn)],
      [`off${name}`, (fn) => emitter.off(name, fn)],
    ]),
  );

export const lifecycleApi = ({ appEvents, routeEvents, lifecycle }) => ({
  ...listenerPairs(appEvents, APP_EVENTS),
  ...listenerPairs(routeEvents, ROUTE_EVENTS),
  getLaunchOptionsSync: lifecycle.launchOptions,
  getEnterOptionsSync: lifecycle.enterOptions,
});
