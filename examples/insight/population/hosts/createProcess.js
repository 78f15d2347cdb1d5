import { createPages, fire, membersOf } from './createPages.js';

/** https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html */
const SUSPEND_MS = 5000;
const STORAGE_MS = 2;

/** Callbacks of an app: later while it sleeps, never once it is gone. */
const createCalls = (world) => {
  const timers = new Set();
  let deferred = [];
  let nextTimer = 1;
  let isAsleep = false;
  let isDead = false;
  const calls = {
    call(run) {
      if (isDead) return;
      if (isAsleep) deferred.push(run);
      else run();
    },
    setTimer(run, ms) {
      const id = nextTimer++;
      timers.add(id);
      world.after(ms || 0, () => timers.has(id) && calls.call(() => timers.delete(id) && run()));
      return id;
    },
    clearTimer: (id) => timers.delete(id),
    sleep() {
      isAsleep = true;
    },
    wake() {
      isAsleep = false;
      const waiting = deferred;
      deferred = [];
      for (const run of waiting) run();
    },
    end() {
      isDead = true;
      timers.clear();
    },
  };
  return calls;
};

/** One run of the app on a phone, from its launch until the host ends it. */
export const createProcess = ({ world, phone, send, lot }) => {
  const calls = createCalls(world);
  const listeners = { show: [], hide: [], network: [] };
  const requests = new Set();
  let app = {};
  let inSight = false;
  let hides = 0;
  const emit = (kind, event) => {
    for (const listener of listeners[kind]) listener(event);
  };

  const process = {
    entry: undefined,
    later: (run) => world.after(STORAGE_MS, () => calls.call(run)),
    on: (kind) => (listener) => listeners[kind].push(listener),
    off: (kind) => (listener) => {
      listeners[kind] = listeners[kind].filter((each) => each !== listener);
    },
    /** Carries a request; `done(ok, interrupted)` at most once. */
    request(body, done) {
      let isOver = false;
      const end = (ok, interrupted) => {
        if (isOver) return;
        isOver = true;
        requests.delete(interrupt);
        calls.call(() => done(ok, interrupted));
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
        setTimeout: calls.setTimer,
        clearTimeout: calls.clearTimer,
        Date: phone.HostDate,
        Math: phone.math,
        console: phone.console,
        [apiName]: api,
        App: (options) => {
          app = membersOf(options);
        },
        Page: process.pages.define,
        getCurrentPages: process.pages.all,
      });
    },
    begin() {
      const { entry } = process;
      inSight = true;
      emit('show', entry);
      fire(app, 'onLaunch', entry);
      fire(app, 'onShow', entry);
    },
    hide() {
      inSight = false;
      const mine = ++hides;
      process.pages.vanish();
      emit('hide', {});
      fire(app, 'onHide', {});
      world.after(SUSPEND_MS, () => {
        if (inSight || mine !== hides) return;
        for (const interrupt of [...requests]) interrupt();
        calls.sleep();
      });
    },
    /** Comes back to the foreground. `elsewhere`: to a page that is opened next, as by a card. */
    show(entry, elsewhere) {
      inSight = true;
      calls.wake();
      emit('show', entry);
      fire(app, 'onShow', entry);
      if (!elsewhere) process.pages.appear();
    },
    /** The host ends the process without a word. */
    kill() {
      calls.end();
      requests.clear();
    },
  };
  process.pages = createPages({ world, phone, process });
  return process;
};
