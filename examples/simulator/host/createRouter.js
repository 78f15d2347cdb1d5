import { ApiError } from './callApi.js';
import { createEventChannel } from './createEventChannel.js';
import { parseUrl } from './parseUrl.js';

// https://developers.weixin.qq.com/miniprogram/dev/api/route/wx.navigateTo.html
const MAX_PAGES = 10;

/**
 * The page stack. Which lifecycle runs on which navigation is WeChat's table:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/route.html
 *
 * @param {object} options
 * @param {import('../compileProject.mjs').Project} options.project
 * @param {ReturnType<import('./createPages.js').createPages>} options.pages
 * @param {ReturnType<import('./createJsThread.js').createJsThread>} options.thread
 * @param {ReturnType<import('./createEmitter.js').createEmitter>} options.routeEvents what wx.onAppRoute and its kin hear
 * @param {(route: object) => void} options.onRoute
 */
export const createRouter = ({ project, pages, thread, routeEvents, onRoute }) => {
  /** @type {import('./createPages.js').HostPage[]} */
  let stack = [];
  /** Tab pages that were opened and are kept, shown or not. */
  const tabs = new Map();
  const tabPaths = (project.appJson.tabBar?.list ?? []).map((tab) => tab.pagePath);
  let nextRouteId = 1;

  const top = () => stack.at(-1);
  const isTab = (path) => tabPaths.includes(path);

  const resolve = (api, url) => {
    if (typeof url !== 'string') throw new ApiError('parameter error: parameter.url should be String', 'parameter');
    const target = parseUrl(url, top()?.path);
    if (!project.pages.includes(target.path)) throw new ApiError(`page "${target.path}" is not found`);
    if (isTab(target.path) && (api === 'navigateTo' || api === 'redirectTo')) {
      throw new ApiError(`can not ${api} a tabbar page`);
    }
    return target;
  };

  const describe = () => stack.map(({ path, query }) => ({ path, query }));

  /** Runs one navigation, with WeChat's global route listeners around it. */
  const route = (openType, target, work) => {
    const event = { ...target, openType, routeEventId: `route_${nextRouteId++}`, timeStamp: Date.now() };
    routeEvents.emit('BeforeAppRoute', event);
    const page = thread.enter(() => work(event));
    routeEvents.emit('AppRoute', { ...event, page: page?.caller });
    onRoute({ openType, path: target.path, query: target.query, pages: describe() });
    routeEvents.emit('AppRouteDone', { ...event, page: page?.caller });
    pages.call(page, 'onRouteDone');
    page.component.triggerPageLifetime('routeDone', []);
    return page;
  };

  const unload = (page, event) => {
    routeEvents.emit('BeforePageUnload', { ...event, page: page.caller });
    stack = stack.filter((other) => other !== page);
    if (tabs.get(page.path) === page) tabs.delete(page.path);
    pages.unload(page);
    routeEvents.emit('AfterPageUnload', { ...event, page: page.caller });
  };

  const open = ({ path, query }, event, openerChannel) => {
    routeEvents.emit('BeforePageLoad', event);
    const onCreated = (created) => {
      stack.push(created);
      if (isTab(path)) tabs.set(path, created);
    };
    const page = pages.open(path, query, { openerChannel, onCreated });
    routeEvents.emit('AfterPageLoad', { ...event, page: page.caller });
    return page;
  };

  const everyPage = () => [...new Set([...stack, ...tabs.values()])].reverse();

  const restart = (openType, target) =>
    route(openType, target, (event) => {
      for (const page of everyPage()) unload(page, event);
      return open(target, event);
    });

  return {
    top,
    stack: () => stack,
    everyPage,
    isTab,
    tabPaths,
    describe,
    start: (target) => route('appLaunch', target, (event) => open(target, event)),
    /** A warm app was opened again with a path: WeChat reloads everything but keeps the app. */
    restart: (target) => restart('autoReLaunch', target),

    navigateTo({ url, events = {} }) {
      const target = resolve('navigateTo', url);
      if (stack.length >= MAX_PAGES) throw new ApiError('webview count limit exceed');
      const [mine, theirs] = createEventChannel();
      for (const [name, fn] of Object.entries(events)) mine.on(name, fn);
      route('navigateTo', target, (event) => {
        if (top()?.visible) pages.hide(top());
        return open(target, event, theirs);
      });
      return { eventChannel: mine };
    },

    redirectTo({ url }) {
      const target = resolve('redirectTo', url);
      route('redirectTo', target, (event) => {
        if (top()) unload(top(), event);
        return open(target, event);
      });
    },

    reLaunch({ url }) {
      restart('reLaunch', resolve('reLaunch', url));
    },

    switchTab({ url }) {
      const target = { path: resolve('switchTab', url).path, query: {} };
      if (!isTab(target.path)) throw new ApiError('can not switch to no-tabBar page');
      const kept = tabs.get(target.path);
      if (kept && kept === top()) return;
      route('switchTab', kept ? { path: kept.path, query: kept.query } : target, (event) => {
        // Pages above a tab are closed, the tab below them is only hidden, and already is.
        for (const page of [...stack].reverse()) if (!isTab(page.path)) unload(page, event);
        if (top()?.visible && top() !== kept) pages.hide(top());
        stack = [];
        if (!kept) return open(target, event);
        stack = [kept];
        pages.show(kept);
        return kept;
      });
    },

    navigateBack({ delta = 1 } = {}) {
      if (stack.length < 2) throw new ApiError('cannot navigate back at first page.');
      const goal = stack[Math.max(0, stack.length - 1 - Math.max(1, delta))];
      route('navigateBack', { path: goal.path, query: goal.query }, (event) => {
        while (top() !== goal) unload(top(), event);
        pages.show(goal);
        return goal;
      });
    },
  };
};
