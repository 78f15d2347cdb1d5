const RealDate = Date;

/**
 * Timers and `Date` on a virtual clock: a thousand events at two a second take milliseconds, and every SDK sees the
 * same times. Small on purpose, as what it costs is part of what is measured.
 */
export const createClock = (startAt) => {
  let now = startAt;
  let ids = 0;
  /** Sorted by time, the next one last. */
  const timers = [];
  const clock = {
    exceptions: [],
    /** Milliseconds of real time that the longest callback took; measured when `timeTurns` is set. */
    longestTurn: 0,
    timeTurns: false,
    now: () => now,
    at(delay, callback) {
      return add(callback, delay);
    },
    /** Runs what is due within `ms`, in order. */
    advance(ms) {
      const end = now + ms;
      while (timers.length && timers[timers.length - 1].at <= end) {
        const timer = timers.pop();
        now = Math.max(now, timer.at);
        if (timer.every !== undefined) insert(Object.assign(timer, { at: now + timer.every }));
        const begin = clock.timeTurns ? performance.now() : 0;
        try {
          timer.callback(...timer.args);
        } catch (error) {
          clock.exceptions.push(String(error));
        }
        if (clock.timeTurns) clock.longestTurn = Math.max(clock.longestTurn, performance.now() - begin);
      }
      now = end;
    },
  };
  const insert = (timer) => {
    let index = timers.length;
    while (index && timers[index - 1].at <= timer.at) index--;
    timers.splice(index, 0, timer);
  };
  const add = (callback, delay, every, args = []) => {
    const timer = { id: ++ids, at: now + Math.max(0, +delay || 0), callback, every, args };
    insert(timer);
    return timer.id;
  };
  const clear = (id) => {
    const index = timers.findIndex((timer) => timer.id === id);
    if (index >= 0) timers.splice(index, 1);
  };
  clock.globals = {
    setTimeout: (callback, delay, ...args) => add(callback, delay, undefined, args),
    setInterval: (callback, delay, ...args) => add(callback, delay, Math.max(1, +delay || 0), args),
    clearTimeout: clear,
    clearInterval: clear,
    Date: class extends RealDate {
      constructor(...args) {
        if (args.length) super(...args);
        else super(now);
      }
      static now() {
        return now;
      }
    },
  };
  return clock;
};
