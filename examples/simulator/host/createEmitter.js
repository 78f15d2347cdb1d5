/** @returns a minimal event emitter; `on` returns how to stop */
export const createEmitter = () => {
  /** @type {Map<string, Set<Function>>} */
  const listeners = new Map();
  const of = (name) => listeners.get(name) ?? listeners.set(name, new Set()).get(name);
  return {
    on(name, fn) {
      of(name).add(fn);
      return () => of(name).delete(fn);
    },
    /** WeChat: without a function, every listener of that name goes. */
    off: (name, fn) => void (fn ? of(name).delete(fn) : of(name).clear()),
    emit(name, ...args) {
      for (const fn of [...of(name)]) fn(...args);
    },
    list: (name) => [...of(name)],
  };
};
