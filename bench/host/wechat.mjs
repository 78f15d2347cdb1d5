import { createClock } from './clock.mjs';

const REQUEST_MS = 30;
const FAILURE_MS = 5;
const STORAGE_MS = 3;
// WeChat's own limit when a request names none.
const REQUEST_TIMEOUT_MS = 60_000;
const SERIALISED = '\u0000';

const SYSTEM = {
  brand: 'HUAWEI',
  model: 'ALN-AL80',
  system: 'Android 12',
  platform: 'android',
  benchmarkLevel: 32,
  pixelRatio: 3,
  screenWidth: 412,
  screenHeight: 892,
  windowWidth: 412,
  windowHeight: 804,
  statusBarHeight: 38,
  safeArea: { top: 38, left: 0, right: 412, bottom: 892, width: 412, height: 854 },
  version: '8.0.50',
  SDKVersion: '3.5.5',
  language: 'zh_CN',
  theme: 'light',
  fontSizeSetting: 16,
  host: { env: 'WeChat' },
};
const LAUNCH = { path: 'pages/home/index', query: { id: '7' }, scene: 1047, shareTicket: '', referrerInfo: {} };

/**
 * A WeChat mini-program host without a view, the same for every SDK: `wx`, `App`, `Page`, `Component`, storage, network
 * and timers on a virtual clock. It counts what is asked of it.
 *
 * `answer` says what becomes of requests from now on: `ok` (200 after 30 ms), `http500`, `offline`, `lost` (taken, but
 * the answer is not heard), `timeout` (the host's own timeout ends it), `silent` (no callback ever comes).
 *
 * `body` is what the server answers: each SDK knows its own by it.
 *
 * With `lean` it keeps no bodies and counts no bytes, with `offHeap` it holds what is stored outside of the JavaScript
 * heap: so that little of what is measured is its own.
 */
export const createWechat = ({
  startAt,
  stored = {},
  refuseStorage = false,
  answer = 'ok',
  body: answerBody = '{}',
  lean = false,
  offHeap = false,
}) => {
  const clock = createClock(startAt);
  const counters = {
    hostCalls: 0,
    syncReads: 0,
    asyncReads: 0,
    syncWrites: 0,
    asyncWrites: 0,
    syncRemoves: 0,
    asyncRemoves: 0,
    bytesWritten: 0,
    largestValue: 0,
    storedBytes: 0,
    peakBytes: 0,
    keys: 0,
    requests: 0,
  };
  const storage = new Map();
  const requests = [];
  const listeners = {
    AppShow: [],
    AppHide: [],
    NetworkStatusChange: [],
    Error: [],
    PageNotFound: [],
    UnhandledRejection: [],
    MemoryWarning: [],
    LazyLoadError: [],
  };
  const stack = [];
  const given = { App: undefined, Page: undefined, Component: undefined };
  let app;

  // --- storage: texts; what is no string is serialised here, as on the device
  const serialisedOf = (value) => (typeof value === 'string' ? value : `${SERIALISED}${JSON.stringify(value)}`);
  const parsedOf = (kept) => {
    const text = String(kept);
    return text[0] === SERIALISED ? JSON.parse(text.slice(1)) : text;
  };
  const sizes = new Map();
  const change = (key, text) => {
    if (text === undefined) storage.delete(key);
    else storage.set(key, offHeap ? Buffer.from(text) : text);
    counters.keys = storage.size;
    if (lean) return;
    const before = sizes.get(key) || 0;
    const after = text === undefined ? 0 : Buffer.byteLength(key) + Buffer.byteLength(text);
    sizes.set(key, after);
    if (text !== undefined) counters.bytesWritten += after;
    counters.largestValue = Math.max(counters.largestValue, after);
    counters.storedBytes += after - before;
    counters.peakBytes = Math.max(counters.peakBytes, counters.storedBytes);
  };
  for (const key of Object.keys(stored)) change(key, stored[key]);
  counters.bytesWritten = 0;
  counters.largestValue = 0;

  const later = (ms, options, run) =>
    clock.at(ms, () => {
      const result = run();
      const ok = !/:fail/.test(result.errMsg);
      const callback = ok ? options.success : options.fail;
      if (callback) callback(result);
      if (options.complete) options.complete(result);
    });
  const found = (name, key) =>
    storage.has(key) ? { data: parsedOf(storage.get(key)), errMsg: `${name}:ok` } : { errMsg: `${name}:fail data not found` };
  const readNow =
    (info) =>
    (options = {}) => {
      const result = Object.assign({ errMsg: 'ok' }, info());
      if (options.success) options.success(result);
      if (options.complete) options.complete(result);
    };

  const on = (name) => (listener) => listeners[name].push(listener);
  const off = (name) => (listener) => {
    listeners[name] = listeners[name].filter((each) => each !== listener);
  };
  const network = () => ({ networkType: host.answer === 'offline' ? 'none' : 'wifi', isConnected: host.answer !== 'offline' });

  const api = {
    getStorageInfoSync() {
      counters.syncReads++;
      return { keys: [...storage.keys()], currentSize: 1, limitSize: 10240 };
    },
    getStorageInfo(options) {
      counters.asyncReads++;
      later(STORAGE_MS, options, () => ({
        keys: [...storage.keys()],
        currentSize: 1,
        limitSize: 10240,
        errMsg: 'getStorageInfo:ok',
      }));
    },
    getStorageSync(key) {
      counters.syncReads++;
      return storage.has(key) ? parsedOf(storage.get(key)) : '';
    },
    setStorageSync(key, value) {
      counters.syncWrites++;
      if (host.refuseStorage) throw new Error('setStorageSync:fail exceed storage max size');
      change(key, serialisedOf(value));
    },
    removeStorageSync(key) {
      counters.syncRemoves++;
      change(key);
    },
    getStorage(options) {
      counters.asyncReads++;
      later(STORAGE_MS, options, () => found('getStorage', options.key));
    },
    setStorage(options) {
      counters.asyncWrites++;
      const text = serialisedOf(options.data);
      later(STORAGE_MS, options, () => {
        if (host.refuseStorage) return { errMsg: 'setStorage:fail exceed storage max size' };
        change(options.key, text);
        return { errMsg: 'setStorage:ok' };
      });
    },
    removeStorage(options) {
      counters.asyncRemoves++;
      later(STORAGE_MS, options, () => {
        change(options.key);
        return { errMsg: 'removeStorage:ok' };
      });
    },
    request(options) {
      counters.requests++;
      const { url, method = 'GET', data } = options;
      const body = typeof data === 'string' ? data : data === undefined ? '' : JSON.stringify(data);
      const request = { url, method, taken: false, body };
      if (!lean) requests.push(request);
      const mode = host.answer;
      if (mode === 'silent') return { abort() {} };
      const delay = mode === 'timeout' ? options.timeout || REQUEST_TIMEOUT_MS : mode === 'offline' ? FAILURE_MS : REQUEST_MS;
      later(delay, options, () => {
        if (mode === 'timeout') return { errMsg: 'request:fail timeout' };
        if (mode === 'offline') return { errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED' };
        request.taken = mode !== 'http500';
        if (mode === 'lost') return { errMsg: 'request:fail net::ERR_CONNECTION_RESET' };
        return {
          statusCode: mode === 'http500' ? 500 : 200,
          header: { 'Content-Type': 'application/json', Date: new Date(clock.now()).toUTCString() },
          data: options.dataType === undefined || options.dataType === 'json' ? JSON.parse(answerBody) : answerBody,
          errMsg: 'request:ok',
        };
      });
      return { abort() {} };
    },
    getSystemInfoSync: () => SYSTEM,
    getSystemInfo: readNow(() => SYSTEM),
    getDeviceInfo: () => SYSTEM,
    getWindowInfo: () => SYSTEM,
    getAppBaseInfo: () => SYSTEM,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0123456789abcdef', envVersion: 'release', version: '2.4.1' } }),
    getNetworkType: readNow(network),
    getLaunchOptionsSync: () => LAUNCH,
    getEnterOptionsSync: () => LAUNCH,
    login: (options) => later(FAILURE_MS, options, () => ({ code: 'c0de', errMsg: 'login:ok' })),
    setNavigationBarTitle() {},
    canIUse: () => true,
  };
  for (const name of Object.keys(listeners)) {
    api[`on${name}`] = on(name);
    api[`off${name}`] = off(name);
  }
  const wx = {};
  for (const name of Object.keys(api)) {
    wx[name] = (a) => {
      counters.hostCalls++;
      return api[name](a);
    };
  }
  wx.setStorageSync = (key, value) => {
    counters.hostCalls++;
    return api.setStorageSync(key, value);
  };

  /** The app's own life: what throws in it is an exception into the app. */
  const run = (self, name, ...args) => {
    try {
      return typeof self[name] === 'function' ? self[name](...args) : undefined;
    } catch (error) {
      clock.exceptions.push(String(error));
    }
  };
  const tell = (name, event) => {
    for (const listener of listeners[name]) run({ listener }, 'listener', event);
  };
  const host = {
    clock,
    counters,
    requests,
    answer,
    refuseStorage,
    install() {
      Object.assign(globalThis, clock.globals, {
        wx,
        App: (options) => {
          given.App = options;
        },
        Page: (options) => {
          given.Page = options;
        },
        Component: (options) => {
          given.Component = options;
        },
        getApp: () => app,
        getCurrentPages: () => stack.slice(),
      });
    },
    setAnswer(mode) {
      const before = network().isConnected;
      host.answer = mode;
      if (network().isConnected !== before) tell('NetworkStatusChange', network());
    },
    launch() {
      app = membersOf(given.App);
      run(app, 'onLaunch', LAUNCH);
      host.show();
    },
    show() {
      tell('AppShow', LAUNCH);
      run(app, 'onShow', LAUNCH);
      if (stack.length) run(stack[stack.length - 1], 'onShow');
    },
    hide() {
      if (stack.length) run(stack[stack.length - 1], 'onHide');
      tell('AppHide', {});
      run(app, 'onHide', {});
    },
    open() {
      const query = { id: '7' };
      const page = Object.assign(membersOf(given.Page), { route: LAUNCH.path, options: query, setData() {} });
      stack.push(page);
      run(page, 'onLoad', query);
      run(page, 'onShow');
      run(page, 'onReady');
      return page;
    },
    stored: () => Object.fromEntries([...storage].map(([key, kept]) => [key, String(kept)])),
  };
  return host;
};

/** An instance: what the host makes of the options of `App` and `Page`. */
const membersOf = (options) => {
  const all = {};
  for (const name in options) all[name] = options[name];
  return all;
};

/**
 * Uses all of a host once. V8 compiles a function at its first call: without this, the first SDK to store or send would
 * pay for the host's own code.
 */
export const warmUp = (options) => {
  const host = createWechat({ startAt: 0, ...options });
  host.install();
  for (const Own of [App, Page, Component]) Own({});
  host.launch();
  host.open();
  for (let round = 0; round < 3; round++) {
    for (const answer of ['ok', 'http500', 'offline', 'lost', 'timeout']) {
      host.setAnswer(answer);
      wx.request({ url: '', method: 'POST', data: { a: 1 }, success() {}, fail() {} });
      wx.request({ url: '', method: 'POST', data: 'a', dataType: 'text', timeout: 10, complete() {} });
    }
    host.setAnswer('ok');
    for (const data of ['text', ['a', { b: 1 }]]) {
      wx.setStorageSync('key', data);
      wx.getStorageSync('key');
      wx.getStorageSync('none');
      wx.setStorage({ key: 'key', data, success() {} });
      wx.getStorage({ key: 'key', success() {}, fail() {} });
      wx.getStorage({ key: 'none', success() {}, complete() {} });
      host.clock.advance(10);
      wx.removeStorage({ key: 'key', complete() {} });
    }
    wx.removeStorageSync('key');
    wx.getStorageInfoSync();
    wx.getStorageInfo({ success() {} });
    for (const name of ['getSystemInfo', 'getNetworkType', 'login']) wx[name]({ success() {}, complete() {} });
    for (const name of Object.keys(wx)) if (/^get.*(Sync|Info)$|^canIUse$/.test(name)) wx[name]({});
    for (const name of ['AppShow', 'AppHide', 'NetworkStatusChange']) {
      const listener = () => {};
      wx[`on${name}`](listener);
      host.hide();
      host.show();
      wx[`off${name}`](listener);
    }
    getApp();
    getCurrentPages();
    clearTimeout(setTimeout(() => {}, 5));
    clearInterval(setInterval(() => {}, 5));
    new Date().getHours();
    new Date(0).getTime();
    Date.now();
    host.clock.advance(70_000);
  }
};
