import { createLock } from './store/createLock.js';

/**
 * Does something again and again, one at a time. Keeps no process alive.
 *
 * @param {number} everyMs
 * @param {() => Promise<void>} tick
 */
export const createTicker = (everyMs, tick) => {
  const lock = createLock();
  const stopping = new AbortController();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  return {
    /** Aborted by `stop`. */
    signal: stopping.signal,
    /** For what must not run beside a tick's work. */
    lock,
    start: (/** @type {(error: Error) => void} */ onError) => {
      timer = setInterval(() => tick().catch(onError), everyMs);
      timer.unref();
    },
    /** Resolves when what runs has ended. */
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await lock(async () => {});
    },
  };
};
