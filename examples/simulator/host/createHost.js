import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { dispatchAppEvent, isDisabled, tapDefault, touchFields } from './appEvent.js';
import { createAppLifecycle } from './createAppLifecycle.js';
import { createComponents } from './createComponents.js';
import { createEmitter } from './createEmitter.js';
import { reportIntersection } from './createIntersectionObserver.js';
import { createJsThread } from './createJsThread.js';
import { createModuleLoader } from './createModuleLoader.js';
import { createNetwork } from './createNetwork.js';
import { createPages } from './createPages.js';
import { createRequest } from './createRequest.js';
import { createRouter } from './createRouter.js';
import { createSettle } from './createSettle.js';
import { createSharing } from './createSharing.js';
import { createStorage } from './createStorage.js';
import { describeError } from './describeError.js';
import { guardListeners } from './guardListeners.js';
import { parseUrl } from './parseUrl.js';
import { platforms } from './platforms.js';
import { reportingConsole } from './reportingConsole.js';
import { componentsWithin, findElement, isWithin, surfaceOf, textOf } from './walkTree.js';

/**
 * Runs one mini-program process: from launch to kill. A cold start is a new host with the same device.
 *
 * @typedef {object} Realm where the app's code runs
 * @property {any} global its properties App, Page, Component, Behavior, getApp, getCurrentPages and wx are what the
 *   app's modules see by free name, and may replace for each other (`wx` is `my` on Alipay, `tt` on Douyin)
 * @property {(source: string, filename: string) => any} evaluate runs a script there and returns its value
 * @property {any} console the console behind the app's
 *
 * @typedef {object} Renderer what draws; see host/headlessRenderer.js for the smallest
 * @property {any} backend a glass-easel backend context
 * @property {(page: any) => void} attach
 * @property {(page: any) => void} show
 * @property {(page: any) => void} hide
 * @property {(page: any) => void} detach
 * @property {(page: any) => void} refresh the title changed
 * @property {(tab: { index: number, text?: string, iconPath?: string, selectedIconPath?: string, badge?: string }) => void} setTab
 * @property {(listener: (page: any, at: { scrollTop: number, reachedBottom: boolean }) => void) => void} onPageScroll
 * @property {(page: any, top: number) => void} scrollTo
 * @property {(toast: object | null) => void} toast
 * @property {(options: object) => Promise<boolean>} modal
 * @property {(options: object) => Promise<number>} actionSheet
 *
 * @param {object} options
 * @param {import('../compileProject.mjs').Project} options.project
 * @param {import('./createDevice.js').Device} options.device
 * @param {Renderer} options.renderer
 * @param {Realm} options.realm
 * @param {typeof fetch} options.fetch
 * @param {object} [options.extConfig] what getExtConfigSync() answers
 * @param {boolean} [options.strictBackground] refuse requests as soon as the app is hidden, not five seconds later
 * @param {readonly string[]} [options.absent] names the app's modules must not see; default: ABSENT of createModuleLoader.js
 * @param {typeof globalThis} [options.clock] where timers and Date are looked up
 * @param {import('./platforms.js').Platform} [options.platform] by default the one that the project was compiled for
 */
export const createHost = ({
  project,
  device,
  renderer,
  realm,
  fetch,
  extConfig = {},
  strictBackground = false,
  absent,
  clock = globalThis,
  platform = platforms[project.platform ?? 'wechat'],
}) => {
  const hooks = createEmitter();
  const appEvents = createEmitter();
  const routeEvents = createEmitter();
  const networkEvents = createEmitter();
  const emit = hooks.emit;
  Object.assign(device.info, { ...platform.client, ...device.info });

  // --- the app's realm
  const inRealm = Object.fromEntries(
    ['JSON', 'Date', 'Error', 'ArrayBuffer', 'Uint8Array', 'String', 'Number', 'Boolean', 'Object', 'Array', 'Function'].map(
      (name) => [name, realm.evaluate(name, 'realm')],
    ),
  );
  /** Plain data must be the app's own: `[] instanceof Array` and `{}.constructor === Object` hold for it there. */
  const toApp = (value) => (value === undefined ? undefined : inRealm.JSON.parse(JSON.stringify(value)));

  let isReporting = false;
  const onError = (error) => {
    const described = describeError(error);
    emit('error', { message: described.text, error });
    if (isReporting) return; // an error handler that throws is not told about itself
    isReporting = true;
    lifecycle.callApp('onError', ...platform.appErrorArguments(described));
    appEvents.emit('Error', ...platform.errorListenerArguments(described));
    isReporting = false;
  };
  const thread = createJsThread({ clock, onError });
  // A listener of an app is app code: one that throws must not keep the next from running.
  for (const emitter of [appEvents, routeEvents, networkEvents]) guardListeners(emitter, thread, toApp);

  // --- the device
  const network = createNetwork(device.network);
  network.onChange((status) => {
    emit('network', status);
    thread.post(() => networkEvents.emit('change', status));
  });
  const storage = createStorage({
    area: device.storage,
    maxKeyBytes: platform.maxKeyBytes,
    realm: inRealm,
    onChange: (change) => emit('storage', change),
  });
  const request = createRequest({
    rules: platform.request,
    fetch,
    thread,
    network,
    realm: inRealm,
    timeoutMs: project.appJson.networkTimeout?.request,
    strictBackground,
    emit,
  });

  // --- the app
  const loader = createModuleLoader({
    modules: project.modules,
    packages: project.packages,
    evaluate: realm.evaluate,
    globals: { ...thread.globals, console: reportingConsole(realm.console, emit) },
    absent,
  });
  const { backend } = renderer;
  // setData's callback: after the frame, in the app's thread.
  const render = backend.render.bind(backend);
  backend.render = (done) => render((error) => thread.post(done, error));
  const components = createComponents({
    project,
    backend,
    templates: realm.evaluate(`(${project.templates})`, 'templates'),
    types: inRealm,
    loadScript: (path) => void thread.run(() => loader.load(`${path}.js`)),
    onMissing: (path) =>
      onError(new Error(`"${path}" has not been registered: ${path}.js called neither Page() nor Component()`)),
    onAttached: (component) => pageOf(component)?.ready && pages.readyLater(component),
  });
  const pages = createPages({ platform, thread, components, renderer, project, toApp });
  const router = createRouter({ project, pages, thread, routeEvents, onRoute: (route) => emit('route', route) });
  const lifecycle = createAppLifecycle({
    platform,
    thread,
    router,
    pages,
    request,
    project,
    appEvents,
    toApp,
    onLifecycle: (name, options) => emit('lifecycle', { name, options }),
  });
  const home = project.appJson.entryPagePath ?? project.pages[0];
  const sharing = createSharing({
    rules: platform.sharing,
    thread,
    router,
    pages,
    getApp: lifecycle.getApp,
    home,
    appName: project.appJson.window?.navigationBarTitleText ?? '',
    toApp,
    onShare: (share) => emit('share', share),
  });
  const settle = createSettle();

  let ext = extConfig;
  const api = platform.createApi({
    thread,
    device,
    network,
    networkEvents,
    storage,
    request,
    router,
    lifecycle,
    renderer,
    appEvents,
    routeEvents,
    extConfig: () => ext,
    realm: inRealm,
    settle,
    emit,
    toApp,
  });
  Object.assign(
    realm.global,
    platform.constructors(components.constructors, { pageOf: (component) => pageOf(component), thread, toApp }),
    {
      App: lifecycle.App,
      getApp: lifecycle.getApp,
      getCurrentPages: () => inRealm.Array.from(router.stack(), (page) => page.caller),
      [platform.apiName]: api,
    },
  );

  // --- events from the screen
  const pageOf = (component) => router.everyPage().find((page) => isWithin(component, page.component));

  let touchedAt = 0;
  const onScreenEvent = (target, type, detail, options = {}) => {
    // Nobody touches an app that is not on the screen.
    if (!thread.isAlive() || lifecycle.state() !== 'foreground') return undefined;
    if (type === 'tap' && isDisabled(target)) return undefined;
    // Nobody touches twice in a millisecond, but a test does.
    touchedAt = Math.max(thread.now(), touchedAt + 1);
    const timeStamp = platform.eventTimeStamp({ now: touchedAt, openedAt: router.top()?.openedAt ?? 0 });
    const extraFields = { timeStamp, ...options.extraFields };
    const shape = platform.shapeEvent;
    const status = thread.enter(() => dispatchAppEvent(target, type, detail, { ...options, extraFields, shape }));
    if (type === 'tap')
      tapDefault(target, { share: (element) => void sharing.share({ from: 'button', target: element }), navigate });
    return status;
  };
  backend.onEvent(onScreenEvent);
  renderer.onPageScroll((page, { scrollTop, reachedBottom }) => {
    pages.call(page, 'onPageScroll', toApp({ scrollTop }));
    if (reachedBottom) pages.call(page, 'onReachBottom');
  });

  const OPEN_TYPES = {
    navigate: 'navigateTo',
    redirect: 'redirectTo',
    navigateBack: 'navigateBack',
    switchTab: 'switchTab',
    reLaunch: 'reLaunch',
  };
  const navigate = (openType, options) =>
    void api[OPEN_TYPES[openType] ?? 'navigateTo']({ ...options, fail: (e) => onError(new Error(e.errMsg ?? e.errorMessage)) });

  // Both answer `false` for handled: glass-easel need not print it.
  const onFrameworkError = (error) => {
    if (!thread.mayBeRunning()) return undefined;
    onError(error);
    return false;
  };
  const onFrameworkWarning = (message) => {
    if (!thread.mayBeRunning()) return undefined;
    emit('console', { level: 'warn', args: [message] });
    return false;
  };
  glassEasel.addGlobalErrorListener(onFrameworkError);
  glassEasel.addGlobalWarningListener(onFrameworkWarning);

  const entryOf = ({ path, query = {}, ...rest } = {}) => {
    if (path === undefined) return { ...rest, query };
    const parsed = parseUrl(path.startsWith('/') ? path : `/${path}`);
    return { ...rest, path: parsed.path, query: { ...parsed.query, ...query } };
  };

  const findOnPage = (selector) => router.top() && findElement(router.top().component, selector);

  return {
    /**
     * Starts the app: its code, onLaunch, onShow, the first page. Everything up to the page's onReady has run when
     * it returns; await it for what the app did in microtasks.
     *
     * @param {{ path?: string, query?: object, scene?: number | string, referrerInfo?: object, shareTicket?: string }} [options]
     */
    launch(options) {
      const entry = entryOf(options);
      lifecycle.prepare({
        ...entry,
        scene: entry.scene ?? platform.firstScene,
        path: entry.path ?? home,
      });
      thread.run(() => loader.load('app.js'));
      // With lazy code loading a page's code runs when the page is first opened.
      // https://developers.weixin.qq.com/miniprogram/dev/framework/ability/lazyload.html
      if (project.appJson.lazyCodeLoading !== 'requiredComponents') project.pages.forEach(components.register);
      lifecycle.start();
      return settle.done();
    },
    hide(options) {
      lifecycle.hide(options);
      return settle.done();
    },
    /** Back to the foreground; with a `path` a hot start: every page is unloaded and this one opened. */
    show(options) {
      lifecycle.show(options && entryOf(options));
      return settle.done();
    },
    /** The process dies without a word to the app: no more timers, no more callbacks. The device keeps its storage. */
    kill() {
      request.kill();
      thread.kill();
      glassEasel.removeGlobalErrorListener(onFrameworkError);
      glassEasel.removeGlobalWarningListener(onFrameworkWarning);
      renderer.destroy?.();
      emit('killed', {});
    },
    state: () => (thread.isAlive() ? (thread.isSuspended() ? 'suspended' : lifecycle.state()) : 'killed'),

    /** What getExtConfigSync() answers from now on. */
    setExtConfig(value) {
      ext = value;
    },

    setOnline: network.setOnline,
    setLatency(ms) {
      device.network.latencyMs = ms;
    },

    /** The stack, top last. */
    pages: router.describe,
    /** The current page as the app sees it. */
    page: () => router.top()?.caller,
    app: lifecycle.getApp,
    /** Calls a function of the app object by its path, such as `tracker.stats`. */
    async call(path, ...args) {
      const names = path.split('.');
      const name = names.pop();
      const owner = names.reduce((object, key) => object?.[key], lifecycle.getApp());
      if (typeof owner?.[name] !== 'function') throw new Error(`call: the app has no function "${path}"`);
      return thread.enter(() => owner[name](...toApp(args)));
    },
    title: () => router.top()?.title ?? '',
    menu: sharing.menu,

    /** The first element of the current page, or of a component on it, that matches. */
    find: findOnPage,
    /** A tap with one finger, dispatched through capture and bubble. Await it for what follows, such as navigation. */
    tap(selector, point = { x: 5, y: 5 }) {
      const element = typeof selector === 'string' ? findOnPage(selector) : selector;
      if (!element) throw new Error(`tap: nothing matches "${selector}" on ${router.top()?.path}`);
      onScreenEvent(
        surfaceOf(element),
        'tap',
        { ...point },
        {
          bubbles: true,
          composed: true,
          capturePhase: true,
          extraFields: touchFields(point),
        },
      );
      return settle.done();
    },
    /** Any other event, such as `input` with `{ value: 'x' }`. */
    trigger(selector, type, detail = {}, options = {}) {
      const element = findOnPage(selector);
      if (!element) throw new Error(`trigger: nothing matches "${selector}" on ${router.top()?.path}`);
      onScreenEvent(element, type, toApp(detail), options);
      return settle.done();
    },
    /** Without a screen: tells the app's intersection observers how much of an element is visible. */
    intersect(selector, ratio) {
      const element = findOnPage(selector);
      if (!element) throw new Error(`intersect: nothing matches "${selector}" on ${router.top()?.path}`);
      thread.enter(() => reportIntersection(element, ratio));
      return settle.done();
    },
    /** The back gesture. On the first page it leaves the app, as on a phone. */
    back() {
      if (router.stack().length > 1) router.navigateBack();
      else lifecycle.hide();
      return settle.done();
    },
    /** The home button of a first page that is not the home page. */
    home() {
      router.reLaunch({ url: `/${home}` });
      return settle.done();
    },
    /** A tap on the tab bar. */
    switchTab(path) {
      const pagePath = parseUrl(path).path;
      router.switchTab({ url: `/${pagePath}` });
      const index = router.tabPaths.indexOf(pagePath);
      const { text } = project.appJson.tabBar.list[index];
      pages.call(router.top(), 'onTabItemTap', toApp(platform.tabItem({ index, pagePath, text })));
      return settle.done();
    },

    share: sharing.share,
    shareTimeline: sharing.shareTimeline,
    addToFavorites: sharing.addToFavorites,

    /** Pulls the page down, as a person does. */
    pullDown: () => {
      pages.call(router.top(), 'onPullDownRefresh', ...platform.pullDownArguments().map(toApp));
      return settle.done();
    },
    /** What the engine reports when nobody handled a rejection. */
    unhandledRejection(reason, promise) {
      lifecycle.callApp('onUnhandledRejection', { reason, promise });
      appEvents.emit('UnhandledRejection', { reason, promise });
    },

    /** The text on the current page. */
    text: () => (router.top() ? textOf(router.top().component) : ''),
    /** How many components the current page has, itself included. */
    componentCount: () => (router.top() ? componentsWithin(router.top().component).length : 0),

    /**
     * Watches the phone from outside: 'request', 'response', 'console', 'error', 'route', 'lifecycle', 'share',
     * 'storage', 'toast', 'network', 'killed'. The fields are in PROTOCOL.md. Returns how to stop.
     */
    on: hooks.on,
    /** The app's global `wx`, `my` or `tt`, for a test that looks behind it. */
    api,
    global: realm.global,
  };
};
