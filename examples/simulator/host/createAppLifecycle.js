// WeChat suspends the JavaScript thread about five seconds after the app went to the background.
// https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/operating-mechanism.html
const SUSPEND_AFTER_MS = 5_000;

/**
 * The app object and its way through launch, background and foreground.
 *
 * @param {object} options
 * @param {any} options.thread
 * @param {any} options.router
 * @param {any} options.pages
 * @param {any} options.request
 * @param {import('../compileProject.mjs').Project} options.project
 * @param {ReturnType<import('./createEmitter.js').createEmitter>} options.appEvents what wx.onAppShow and its kin hear
 * @param {(value: any) => any} options.toApp
 * @param {(name: string, options: object) => void} options.onLifecycle
 */
export const createAppLifecycle = ({ thread, router, pages, request, project, appEvents, toApp, onLifecycle }) => {
  let app = null;
  let launchOptions = null;
  let enterOptions = null;
  let state = 'new';
  let stopSuspending = () => {};

  const callApp = (name, ...args) => thread.run(app?.[name], app, args);

  const tell = (name, options) => {
    callApp(`on${name}`, toApp(options));
    appEvents.emit(`App${name}`, options);
    onLifecycle(name.toLowerCase(), options);
  };

  const optionsFor = ({ path, query, scene, referrerInfo, shareTicket }) => ({
    path,
    query,
    scene,
    referrerInfo: referrerInfo ?? {},
    ...(shareTicket ? { shareTicket } : {}),
    apiCategory: 'default',
    mode: 'default',
  });

  /** The app is told once, and may answer by opening another page. */
  const pageNotFound = (target) => {
    const result = { ...target, isEntryPage: true };
    callApp('onPageNotFound', toApp(result));
    appEvents.emit('PageNotFound', result);
  };

  const enter = (start, target) => (project.pages.includes(target.path) ? start(target) : pageNotFound(target));

  return {
    App(options = {}) {
      if (app) throw new Error('App() can only be called once');
      app = Object.assign(Object.create(Object.getPrototypeOf(options)), options);
    },
    getApp: () => app ?? undefined,
    launchOptions: () => toApp(launchOptions),
    enterOptions: () => toApp(enterOptions),
    state: () => state,
    callApp,

    /** Must come before the app's code runs: its top level may ask for the launch options. */
    prepare(options) {
      if (state !== 'new') throw new Error('launch: the app is already running; kill it first');
      state = 'foreground';
      launchOptions = enterOptions = optionsFor(options);
    },

    start() {
      callApp('onLaunch', toApp(launchOptions));
      onLifecycle('launch', launchOptions);
      tell('Show', enterOptions);
      // onLaunch or onShow may have navigated already, as an app that asks for a login first does.
      if (!router.top()) enter(router.start, { path: launchOptions.path, query: launchOptions.query });
    },

    hide({ reason = 0 } = {}) {
      if (state !== 'foreground') return;
      if (router.top()) pages.hide(router.top());
      callApp('onHide', toApp({ reason }));
      appEvents.emit('AppHide', { reason });
      onLifecycle('hide', { reason });
      // After the handlers: what they send in onHide still leaves.
      state = 'background';
      request.enterBackground();
      stopSuspending = thread.after(SUSPEND_AFTER_MS, () => {
        request.interrupt();
        // One step later, so that the app still hears that its requests were interrupted.
        Promise.resolve().then(() => state === 'background' && thread.suspend());
      });
    },

    show(entry = {}) {
      if (state !== 'background') return;
      state = 'foreground';
      stopSuspending();
      request.enterForeground();
      const page = router.top();
      enterOptions = optionsFor({
        path: entry.path ?? page?.path ?? enterOptions.path,
        query: entry.path ? (entry.query ?? {}) : (page?.query ?? {}),
        // Coming back without a new entry keeps the scene (documented for Android's home key).
        scene: entry.scene ?? enterOptions.scene,
        referrerInfo: entry.referrerInfo,
        shareTicket: entry.shareTicket,
      });
      thread.resume();
      tell('Show', enterOptions);
      if (entry.path) enter(router.restart, { path: enterOptions.path, query: enterOptions.query });
      else if (page && router.top() === page) pages.show(page);
    },
  };
};
