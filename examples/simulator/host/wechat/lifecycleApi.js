import { listenerPairs } from '../listenerPairs.js';

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

export const lifecycleApi = ({ appEvents, routeEvents, lifecycle }) => ({
  ...listenerPairs(appEvents, APP_EVENTS),
  ...listenerPairs(routeEvents, ROUTE_EVENTS),
  getLaunchOptionsSync: lifecycle.launchOptions,
  getEnterOptionsSync: lifecycle.enterOptions,
});
