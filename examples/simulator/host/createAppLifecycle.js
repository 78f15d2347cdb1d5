/**
 * The app object and its way through launch, background and foreground.
 *
 * @param {object} options
 * @param {import('./platforms.js').Platform} options.platform
 * @param {any} options.thread
 * @param {any} options.router
 * @param {any} options.pages
 * @param {any} options.request
 * @param {import('../compileProject.mjs').Project} options.project
 * @param {ReturnType<import('./createEmitter.js').createEmitter>} options.appEvents what wx.onAppShow and its kin hear
 * @param {(value: any) => any} options.toApp
 * @param {(name: string, options: object) => void} options.onLifecycle
 */
export const createAppLifecycle = ({ platform, thread, router, pages, request, project, appEvents, toApp, onLifecycle }) => {
  let app = null;
  /** @type {import('./platforms.js').Entry} */
  let launched = null;
  /** @type {import('./platforms.js').Entry} */
  let entered = null;
  let state = 'new';
  let stopSuspending = () => {};

  const callApp = (name, ...args) => thread.run(app?.[name], app, args);

  const tellLaunch = () => {
    const options = platform.entryOptions(launched, 'launch');
    callApp('onLaunch', toApp(options));
    appEvents.emit('AppLaunch', options);
    onLifecycle('launch', launched);
  };

  const tellShow = (options) => {
    callApp('onShow', toApp(options));
    appEvents.emit('AppShow', options);
    onLifecycle('show', entered);
  };

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
    launchOptions: () => toApp(platform.entryOptions(launched, 'launch')),
    enterOptions: () => toApp(platform.entryOptions(entered, 'show')),
    state: () => state,
    callApp,

    /** Must come before the app's code runs: its top level may ask for the launch options. */
    prepare(options) {
      if (state !== 'new') throw new Error('launch: the app is already running; kill it first');
      state = 'foreground';
      launched = entered = { ...options };
    },

    start() {
      tellLaunch();
      tellShow(platform.entryOptions(entered, 'show'));
      // onLaunch or onShow may have navigated already, as an app that asks for a login first does.
      if (!router.top()) enter(router.start, { path: launched.path, query: launched.query });
    },

    hide({ reason = 0 } = {}) {
      if (state !== 'foreground') return;
      if (router.top()) pages.hide(router.top());
      const details = platform.hideArguments(reason);
      callApp('onHide', ...details.map(toApp));
      appEvents.emit('AppHide', ...details);
      onLifecycle('hide', { reason });
      // After the handlers: what they send in onHide still leaves.
      state = 'background';
      request.enterBackground();
      if (!platform.suspendsAfterMs) return;
      stopSuspending = thread.after(platform.suspendsAfterMs, () => {
        request.interrupt();
        // One step later, so that the app still hears that its requests were interrupted.
        Promise.resolve().then(() => state === 'background' && thread.suspend());
      });
    },

    // `launchesAgain`: opened by a scheme, Alipay may call onLaunch once more.
    // github.com/AlipayDocs/open-docs: support/支付宝小程序/案例分析/小程序scheme链接介绍.md
    show(entry = {}) {
      if (state !== 'background') return;
      state = 'foreground';
      stopSuspending();
      request.enterForeground();
      const page = router.top();
      const isReturn = !entry.path && entry.scene === undefined;
      entered = {
        path: entry.path ?? page?.path ?? entered.path,
        query: entry.path ? (entry.query ?? {}) : (page?.query ?? {}),
        scene: entry.scene ?? entered.scene,
        referrerInfo: entry.referrerInfo,
        shareTicket: entry.shareTicket,
      };
      thread.resume();
      if (entry.launchesAgain) {
        launched = entered;
        tellLaunch();
      }
      tellShow(isReturn ? platform.returnOptions(entered) : platform.entryOptions(entered, 'show'));
      if (entry.path) enter(router.restart, { path: entered.path, query: entered.query });
      else if (page && router.top() === page) pages.show(page);
    },
  };
};
