import { createLot } from '../random.js';
import { createObserver } from './createObserver.js';

const ZONE_MS = 8 * 3_600_000;
/** https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html */
const SUSPEND_MS = 5000;
const STORAGE_MS = 2;

/** `Date` on a phone's clock, which may be wrong, in the zone of the phone and not of this machine. */
const dateOf = (now) =>
  class extends Date {
    constructor(...given) {
      if (given.length) super(...given);
      else super(now());
    }
    static now() {
      return now();
    }
    toDateString() {
      return new Date(this.getTime() + ZONE_MS).toUTCString().slice(0, 16);
    }
  };

/** What an instance has of the options of `App` and `Page`. */
const membersOf = (options) => {
  const all = {};
  for (const name in options) all[name] = options[name];
  return all;
};

/**
 * A phone with one mini-program on it. Storage outlives the processes; `launch` starts one.
 *
 * @param {object} given
 * @param {ReturnType<import('../world.js').createWorld>} given.world
 * @param {(phone: object, process: object) => object} given.createApi The host's API object.
 * @param {string} given.apiName
 * @param {string|number} given.seed
 * @param {number} given.clockOffset How far the phone's clock is ahead.
 * @param {(body: string, reply: (ok: boolean) => void) => void} given.send Carries a request to the collector.
 * @param {object} given.facts What the host says of app and device.
 */
export const createPhone = ({ world, createApi, apiName, seed, clockOffset, send, facts }) => {
  const lot = createLot(seed);
  const now = () => world.now + clockOffset;
  const warnings = [];
  const phone = {
    storage: new Map(),
    network: 'wifi',
    facts,
    now,
    math: Object.assign(Object.create(Math), { random: lot.next }),
    HostDate: dateOf(now),
    /** What the package warned of. */
    warnings,
    console: { log() {}, warn: (text) => warnings.push(text) },
    process: undefined,
    launch(run, entry) {
      const process = createProcess({ world, phone, send, lot });
      phone.process = process;
      process.load(run, entry, apiName, createApi(phone, process));
      return process;
    },
  };
  return phone;
};

const createProcess = ({ world, phone, send, lot }) => {
  const listeners = { show: [], hide: [], network: [] };
  const pages = {};
  const timers = new Set();
  const requests = new Set();
  let stack = [];
  let app = {};
  let deferred = [];
  let nextTimer = 1;
  let dead = false;
  let hides = 0;

  const top = () => stack[stack.length - 1];
  const fire = (instance, name, ...given) => instance && instance[name] && instance[name](...given);
  const emit = (kind, event) => {
    for (const listener of listeners[kind]) listener(event);
  };
  /** Runs a callback of the app, later if the app sleeps, never if it is gone. */
  const call = (run) => {
    if (dead) return;
    if (process.asleep) deferred.push(run);
    else run();
  };
  const setTimer = (run, ms) => {
    const id = nextTimer++;
    timers.add(id);
    world.after(ms || 0, () => timers.has(id) && call(() => timers.delete(id) && run()));
    return id;
  };

  const process = {
    entry: undefined,
    asleep: false,
    inSight: false,
    later: (run) => world.after(STORAGE_MS, () => call(run)),
    on: (kind) => (listener) => listeners[kind].push(listener),
    off: (kind) => (listener) => {
      listeners[kind] = listeners[kind].filter((each) => each !== listener);
    },
    /** Carries a request; `done(ok, interrupted)` at most once. */
    request(body, done) {
      let over = false;
      const end = (ok, interrupted) => {
        if (over) return;
        over = true;
        requests.delete(interrupt);
        call(() => done(ok, interrupted));
      };
      const interrupt = () => end(false, true);
      requests.add(interrupt);
      if (phone.network === 'none') world.after(5, () => end(false));
      else send(body, lot, end);
    },
    /** Runs the app's code, as the host does before it shows anything. */
    load(run, entry, apiName, api) {
      process.entry = entry;
      process.exported = run({
        setTimeout: setTimer,
        clearTimeout: (id) => timers.delete(id),
        Date: phone.HostDate,
        Math: phone.math,
        console: phone.console,
        [apiName]: api,
        App: (options) => {
          app = membersOf(options);
        },
        Page: (options) => {
          pages[options.route] = options;
        },
        getCurrentPages: () => stack.slice(),
      });
    },
    begin() {
      const { entry } = process;
      process.inSight = true;
      emit('show', entry);
      fire(app, 'onLaunch', entry);
      fire(app, 'onShow', entry);
    },
    get page() {
      return top();
    },
    /** Opens a page; `elements` are those that an observer would find in the window. */
    open(path, query = {}, elements = []) {
      process.vanish();
      const page = Object.assign(membersOf(pages[path]), {
        __route__: path,
        options: query,
        openedAt: world.now,
        elements,
        createIntersectionObserver: createObserver(process),
      });
      stack.push(page);
      fire(page, 'onLoad', query);
      process.appear();
      return page;
    },
    /** Leaves the page in sight for the one below. */
    back() {
      const page = top();
      stack = stack.slice(0, -1);
      page.shown = false;
      fire(page, 'onUnload');
      process.appear();
    },
    /** Closes all pages and opens one, as the host does for an entry by a card. */
    relaunch(path, query, elements) {
      for (const page of stack.slice().reverse()) {
        page.shown = false;
        fire(page, 'onUnload');
      }
      stack = [];
      return process.open(path, query, elements);
    },
    appear() {
      const page = top();
      if (!page || page.shown) return;
      page.shown = true;
      fire(page, 'onShow');
    },
    vanish() {
      const page = top();
      if (!page || !page.shown) return;
      page.shown = false;
      fire(page, 'onHide');
    },
    hide() {
      process.inSight = false;
      const mine = ++hides;
      process.vanish();
      emit('hide', {});
      fire(app, 'onHide', {});
      world.after(SUSPEND_MS, () => {
        if (dead || process.inSight || mine !== hides) return;
        for (const interrupt of [...requests]) interrupt();
        process.asleep = true;
      });
    },
    /** Comes back to the foreground. `elsewhere`: to a page that is opened next, as by a card. */
    show(entry, elsewhere) {
      process.asleep = false;
      process.inSight = true;
      const waiting = deferred;
      deferred = [];
      for (const run of waiting) run();
      emit('show', entry);
      fire(app, 'onShow', entry);
      if (!elsewhere) process.appear();
    },
    /** A finger on an element of the page in sight; `x` and `y` are parts of the window. */
    tap(handler, element, x, y) {
      const { windowWidth, windowHeight } = phone.facts.window;
      const target = Object.assign({ id: '', dataset: {}, offsetLeft: 0, offsetTop: 0 }, element);
      top()[handler]({
        type: 'tap',
        timeStamp: world.now - top().openedAt,
        target,
        currentTarget: target,
        detail: { x: x * windowWidth, y: y * windowHeight },
        changedTouches: [{ clientX: x * windowWidth, clientY: y * windowHeight }],
      });
    },
    setNetwork(type) {
      phone.network = type;
      emit('network', { networkType: type, isConnected: type !== 'none' });
    },
    /** The host ends the process without a word. */
    kill() {
      dead = true;
      timers.clear();
      requests.clear();
      phone.process = undefined;
    },
  };
  return process;
};
