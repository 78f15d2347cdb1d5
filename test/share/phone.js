import { alipay } from '../../adapters/alipay.ts';
import { douyin } from '../../adapters/douyin.ts';
import { wechat } from '../../adapters/wechat.ts';
import { createTracker } from '../../src/createTracker.ts';
import { share } from '../../src/plugins/share.ts';

const HOSTS = {
  wechat: { adapter: wechat, api: 'wx' },
  alipay: { adapter: alipay, api: 'my' },
  douyin: { adapter: douyin, api: 'tt' },
};
const NAMES = ['App', 'Page', 'Component', 'Behavior', 'Mixin', 'getCurrentPages', 'wx', 'my', 'tt'];
const PROMISE_LIMIT_MS = 3000;

/** Puts the globals back as they were before any phone ran. */
export const withoutPhones = () => {
  for (const name of NAMES) delete globalThis[name];
};

/** What a host hands to an app of a link: WeChat the values as they stand, the others decoded. */
const parse = (platform, link) => {
  const [target, fragment = ''] = link.split('#');
  const [path, text = ''] = target.replace(/^\//, '').split(/\?(.*)/s);
  const query = {};
  for (const pair of text.split('&').filter(Boolean)) {
    const [, key, value] = /^([^=]*)=?(.*)$/s.exec(pair);
    query[key] = platform === 'wechat' ? value.replace(/[^ -~]+/g, encodeURIComponent) : decodeURIComponent(value);
  }
  return { path, query, text, fragment };
};

const isObject = (value) => typeof value === 'object' && value !== null;
const isThenable = (value) => isObject(value) && typeof value.then === 'function';
const settled = async (promise) => {
  const limit = new Promise((resolve) => setTimeout(resolve, PROMISE_LIMIT_MS));
  try {
    return await Promise.race([promise, limit]);
  } catch {
    return undefined; // the page's promise failed: the fields beside it are what the host has
  }
};

/**
 * One visitor's phone with one mini-program: the real tracker, adapter and plugin on a host that is reduced to what a
 * share passes through. A process ends without a word; the storage stays.
 *
 * @param {object} options
 * @param {'wechat' | 'alipay' | 'douyin'} [options.platform]
 * @param {Record<string, (tracker: any) => object>} options.pages what each file gives to `Page`, or to `Component` if
 *   it has `methods`; the first is the home page
 * @param {(tracker: any) => object | undefined} [options.app] `undefined` where the host has no app, as in a plugin
 * @param {(phone: any) => object[]} [options.trackers] options of the trackers that run
 * @param {object[]} [options.inbox] where received events go, with their context
 * @param {boolean} [options.isFull] the host refuses to store
 */
export const createPhone = ({
  platform = 'wechat',
  pages,
  app = () => ({}),
  trackers = () => [{}],
  inbox = [],
  isFull = false,
}) => {
  const { adapter, api } = HOSTS[platform];
  const storage = new Map();
  const files = Object.keys(pages);
  let process;
  /** The last entry of the host. */
  let entry;

  const write = (key, data) => {
    if (isFull) throw new Error('quota');
    storage.set(key, data);
  };

  const start = () => {
    const own = { app: {}, isAlive: true, stack: [], state: 'foreground', given: {} };
    const alive = (run) => {
      if (own.isAlive) run();
    };
    const attempt = (options, run) =>
      alive(() => {
        try {
          options.success?.(run());
        } catch (error) {
          options.fail?.({ errMsg: String(error), error: 12 });
        }
      });
    const isAlipay = platform === 'alipay';
    const hostApi = {
      getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
      getStorageSync: isAlipay ? ({ key }) => ({ data: storage.get(key) ?? null }) : (key) => storage.get(key) ?? '',
      setStorageSync: isAlipay
        ? ({ key, data }) => (isFull ? { success: false, error: 12, errorMessage: 'quota' } : write(key, data))
        : (key, data) => alive(() => write(key, data)),
      getStorage: (options) => attempt(options, () => ({ data: storage.get(options.key) })),
      setStorage: (options) => attempt(options, () => write(options.key, options.data)),
      removeStorage: (options) => attempt(options, () => storage.delete(options.key)),
      getLaunchOptionsSync: () => entry,
      getNetworkType: ({ success }) => success({ networkType: 'wifi' }),
      getAccountInfoSync: () => ({ miniProgram: { appId: `app-of-${platform}` } }),
      request: ({ data, success }) =>
        alive(() => {
          const { contexts, batch } = JSON.parse(data);
          inbox.push(...batch.map((event) => ({ ...event, context: contexts[event.context] })));
          Promise.resolve().then(() =>
            alive(() => success({ statusCode: 200, status: 200, header: {}, headers: {}, data: '' })),
          );
        }),
    };
    own.globals = {
      App: (options) => {
        own.app = options;
      },
      Page: (options) => {
        own.given[own.file] = options;
      },
      Component: (options) => {
        own.given[own.file] = options;
      },
      getCurrentPages: () => own.stack,
      [api]: hostApi,
    };
    process = own;
    use();
    own.trackers = trackers(phone).map((options, index) =>
      createTracker({
        adapter: adapter(),
        endpoint: 'https://collect.example.com/v1/events',
        plugins: [share()],
        namespace: `t${index}`,
        ...options,
      }),
    );
    const [tracker] = own.trackers;
    const ownApp = app(tracker);
    if (ownApp) globalThis.App(ownApp);
    for (const file of files) {
      own.file = file;
      const options = pages[file](tracker);
      globalThis[options.methods ? 'Component' : 'Page'](options);
    }
  };

  const use = () => {
    for (const name of NAMES) globalThis[name] = process.globals[name];
  };

  const call = (page, name, ...args) => page[name]?.apply(page, args);
  const top = () => process.stack.at(-1);
  const appear = (page) => {
    page.lifetimes?.show?.call(page);
    call(page, 'onShow');
  };
  const vanish = (page) => {
    page.lifetimes?.hide?.call(page);
    call(page, 'onHide');
  };
  const enterPage = ({ path, query, text }) => {
    const options = process.given[path];
    const page = { route: path, is: path, options: query, text };
    const members = options.methods ?? options;
    for (const name in members) page[name] = members[name];
    if (options.methods) page.lifetimes = options.pageLifetimes;
    process.stack.push(page);
    call(page, 'onLoad', query);
    appear(page);
  };
  const relaunch = (target) => {
    for (const page of [...process.stack].reverse()) {
      process.stack.pop();
      call(page, 'onUnload');
    }
    enterPage(target);
  };

  const phone = {
    platform,
    storage,
    inbox,
    get tracker() {
      return process.trackers[0];
    },
    get trackers() {
      return process.trackers;
    },
    get page() {
      return top();
    },
    get app() {
      return process.app;
    },
    get state() {
      return process?.isAlive ? process.state : 'dead';
    },

    /** The visitor enters by a link: a cold start, or a warm one that makes a new page of the same link too. */
    enter(link = files[0], options = {}) {
      const target = parse(platform, link);
      entry = { scene: platform === 'wechat' ? 1007 : '1007', ...options, path: target.path, query: target.query };
      if (platform === 'alipay' && !target.text) entry.query = undefined;
      if (phone.state === 'foreground') phone.hide();
      const isCold = phone.state === 'dead';
      if (isCold) start();
      use();
      process.state = 'foreground';
      if (isCold) process.app.onLaunch?.(entry);
      process.app.onShow?.(entry);
      relaunch(target);
    },
    hide() {
      use();
      process.state = 'background';
      vanish(top());
      process.app.onHide?.({});
    },
    /**
     * Back from the background, to where the visitor was. Alipay says nothing of an entry then; the others repeat the
     * last one, or tell of the page.
     */
    back(repeats = 'entry') {
      use();
      process.state = 'foreground';
      const options =
        platform === 'alipay' ? {} : { ...entry, ...(repeats === 'page' ? { path: top().route, query: top().options } : {}) };
      process.app.onShow?.(options);
      appear(top());
    },
    kill() {
      process.isAlive = false;
    },
    /** Navigation inside the app. */
    navigate(link) {
      use();
      vanish(top());
      enterPage(parse(platform, link));
    },
    leave() {
      use();
      if (process.stack.length < 2) return;
      call(process.stack.pop(), 'onUnload');
      appear(top());
    },

    /** What a handler of the page in sight hands to the host. */
    ask(handler, ...args) {
      use();
      return call(top(), handler, ...args);
    },
    /** What the host makes of it: the link that others get, or `null` when there is none. */
    async share({ kind = 'message', from = 'menu', target, channel, replaces = false } = {}) {
      use();
      const page = top();
      const handler = { message: 'onShareAppMessage', timeline: 'onShareTimeline', favorite: 'onAddToFavorites' }[kind];
      const asked = kind === 'message' ? [{ from, target, channel }] : [];
      const here = `${page.text && '?'}${page.text}`;
      const hasHandler = typeof page[handler] === 'function';
      if (!hasHandler && (platform !== 'alipay' || !process.app[handler])) return null;
      const returned = hasHandler ? call(page, handler, ...asked) : process.app[handler](...asked);
      const answer = isThenable(returned) ? await settled(returned) : returned;
      if (!isObject(answer) && platform === 'alipay') return null;
      const fields = isObject(answer) ? answer : {};
      const late = isThenable(fields.promise) ? await settled(fields.promise) : undefined;
      const result = isObject(late) ? (replaces ? late : { ...fields, ...late }) : fields;
      if (kind !== 'message') return `/${page.route}?${result.query ?? page.text}`;
      if (result.path) return result.path;
      return platform === 'wechat' ? `/${page.route}${here}` : `/${files[0]}`;
    },
  };
  return phone;
};
