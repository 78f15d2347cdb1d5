/**
 * Runs one task after the other, in the order they were given.
 *
 * @returns {<T>(task: () => Promise<T>) => Promise<T>}
 */
export const createLock = () => {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return (task) => {
    const run = last.then(task, task);
    // Whoever gave the task hears of its failure; the next one only waits for its end.
    last = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  };
};
