/** Whose code is running now; in Node several hosts share one process, and one glass-easel. */
let running = null;

/**
 * The app's JavaScript thread: everything the host calls in the app goes through here, so that one place can
 * catch its errors, hold it back while the app is suspended, and forget it when the app is killed.
 *
 * @param {object} options
 * @param {typeof globalThis} options.clock where timers are looked up at call time, so that a test's fake ones are used
 * @param {(error: unknown) => void} options.onError an error that the app did not catch
 */
export const createJsThread = ({ clock, onError }) => {
  let alive = true;
  let suspended = false;
  /** @type {(() => void)[]} */
  let waiting = [];
  /** Timers of the app and of the host on the app's behalf: id → how to clear it. */
  const timers = new Map();
  let nextId = 1;

  const me = {};
  const enter = (work) => {
    const outer = running;
    running = me;
    try {
      return work();
    } finally {
      running = outer;
    }
  };

  const run = (fn, self, args = []) => {
    if (!alive || typeof fn !== 'function') return undefined;
    try {
      return enter(() => fn.apply(self, args));
    } catch (error) {
      onError(error);
      return undefined;
    }
  };

  const runOrWait = (task) => {
    if (!alive) return;
    // WeChat: events and callbacks of a suspended app are delivered when it comes back.
    // https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/operating-mechanism.html
    if (suspended) waiting.push(task);
    else task();
  };

  const addTimer =
    (set, clear, once) =>
    (fn, ms, ...args) => {
      if (!alive) return 0;
      const id = nextId++;
      let queued = false;
      const handle = clock[set](() => {
        if (queued) return; // a suspended interval fires once on return, not once per missed period
        queued = true;
        runOrWait(() => {
          queued = false;
          if (!timers.has(id)) return;
          if (once) timers.delete(id);
          run(fn, undefined, args);
        });
      }, ms);
      timers.set(id, () => clock[clear](handle));
      return id;
    };

  const clearTimer = (id) => {
    timers.get(id)?.();
    timers.delete(id);
  };

  return {
    /** Calls into the app now. An error goes to `onError`, never to the host. */
    run,

    /** Marks what the framework does meanwhile as this app's. Errors pass through. */
    enter,
    /** Whether an error that surfaces now may be this app's. */
    mayBeRunning: () => alive && (running === me || running === null),

    /** Calls into the app soon, as the host's own callbacks do: never before the running code has ended. */
    post: (fn, ...args) => void Promise.resolve().then(() => runOrWait(() => run(fn, undefined, args))),

    /** A timer of the host itself: runs also while the app is suspended, dies with the app. */
    after(ms, fn) {
      const id = nextId++;
      const handle = clock.setTimeout(() => {
        timers.delete(id);
        if (alive) fn();
      }, ms);
      timers.set(id, () => clock.clearTimeout(handle));
      return () => clearTimer(id);
    },

    /** What the app sees as setTimeout and its kin. */
    globals: {
      setTimeout: addTimer('setTimeout', 'clearTimeout', true),
      setInterval: addTimer('setInterval', 'clearInterval', false),
      clearTimeout: clearTimer,
      clearInterval: clearTimer,
    },

    suspend() {
      suspended = true;
    },

    resume() {
      suspended = false;
      const due = waiting;
      waiting = [];
      for (const task of due) task();
    },

    kill() {
      alive = false;
      waiting = [];
      for (const id of [...timers.keys()]) clearTimer(id);
    },

    isAlive: () => alive,
    isSuspended: () => suspended,
    now: () => clock.Date.now(),
  };
};
