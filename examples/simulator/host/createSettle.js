/** Lets a test wait until the navigations that the app asked for have happened. */
export const createSettle = () => {
  const pending = new Set();
  const track = (promise) => {
    const settled = promise
      .then(
        () => {},
        () => {},
      )
      .finally(() => pending.delete(settled));
    pending.add(settled);
    return promise;
  };
  const done = async () => {
    // A macrotask would never come under fake timers; a few microtask rounds reach what the app chained to its calls.
    for (let round = 0; round < 10; round++) {
      await Promise.all(pending);
      await Promise.resolve();
    }
  };
  return { track, done };
};
