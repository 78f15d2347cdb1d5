import TinyQueue from 'tinyqueue';

/**
 * Virtual time, in milliseconds since 1970. Nothing in it looks at the clock of this machine.
 *
 * @param {number} start
 */
export const createWorld = (start) => {
  /** What is planned, by time, then by the order in which it was planned. */
  const agenda = new TinyQueue([], (a, b) => a.time - b.time || a.order - b.order);
  let order = 0;
  const world = {
    now: start,
    /** Plans `run` for `delay` milliseconds from now. */
    after(delay, run) {
      agenda.push({ time: world.now + Math.max(0, Math.round(delay)), order: order++, run });
    },
    at: (time, run) => world.after(time - world.now, run),
    /** Follows a script: a generator that yields how long it waits until it goes on. */
    follow(script) {
      const { value, done } = script.next();
      if (!done) world.after(value, () => world.follow(script));
    },
    /** Lets time pass until `end`. */
    async runTo(end) {
      for (let item = agenda.peek(); item && item.time <= end; item = agenda.peek()) {
        agenda.pop();
        world.now = item.time;
        item.run();
        // What an app left to a promise is done before time goes on.
        await undefined;
      }
      world.now = Math.max(world.now, end);
    },
  };
  return world;
};
