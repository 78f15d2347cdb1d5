/** `onX` and `offX` for each name, as all three hosts have them. */
export const listenerPairs = (emitter, names) =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`on${name}`, (fn) => void emitter.on(name, fn)],
      [`off${name}`, (fn) => emitter.off(name, fn)],
    ]),
  );
