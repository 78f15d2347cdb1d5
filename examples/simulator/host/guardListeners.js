/** Makes an emitter of app listeners safe: each runs in the app's thread, with its own copy of plain data. */
export const guardListeners = (emitter, thread, toApp) => {
  const plain = (event) => {
    if (typeof event !== 'object' || event === null || 'page' in event || 'reason' in event) return event;
    return toApp(event);
  };
  emitter.emit = (name, ...args) => {
    for (const fn of emitter.list(name)) thread.run(fn, undefined, args.map(plain));
  };
};
