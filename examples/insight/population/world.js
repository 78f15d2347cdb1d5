const before = (a, b) => a.time < b.time || (a.time === b.time && a.order < b.order);

/** A binary heap of what is planned, by time, then by the order in which it was planned. */
const createAgenda = () => {
  const heap = [];
  return {
    first: () => heap[0],
    push(item) {
      let i = heap.push(item) - 1;
      for (let up = (i - 1) >> 1; i && before(item, heap[up]); up = (i - 1) >> 1) {
        heap[i] = heap[up];
        i = up;
      }
      heap[i] = item;
    },
    pop() {
      const top = heap[0];
      const item = heap.pop();
      if (!heap.length) return top;
      let i = 0;
      for (let child = 1; child < heap.length; child = 2 * i + 1) {
        if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], item)) break;
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = item;
      return top;
    },
  };
};

/**
 * Virtual time, in milliseconds since 1970. Nothing in it looks at the clock of this machine.
 *
 * @param {number} start
 */
export const createWorld = (start) => {
  const agenda = createAgenda();
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
    runTo(end) {
      for (let item = agenda.first(); item && item.time <= end; item = agenda.first()) {
        agenda.pop();
        world.now = item.time;
        item.run();
      }
      world.now = Math.max(world.now, end);
    },
  };
  return world;
};
