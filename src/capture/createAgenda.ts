import type { Log } from '../utils/log';

export interface Agenda {
  /** Runs `run` in a later turn of the loop, in order. */
  later(run: () => void): void;
  /** Runs all that was put off so far, now. */
  run(): void;
  isRunning(): boolean;
  /** The next turn comes `ms` from now, and those after it at once again. */
  delay(ms: number): void;
  stop(): void;
}

/**
 * What is put off, in order. A hook or a call of the app notes the fact, its time and its values; all that follows from it
 * (storage, context, queue) waits for a turn of its own, so that it holds up no page.
 */
export const createAgenda = (log: Log): Agenda => {
  let list: (() => void)[] = [];
  let running = false;
  let timer: number | undefined;
  let delayMs = 0;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const wake = (): void => {
    if (timer === undefined && list.length) timer = setTimeout(run, delayMs);
  };
  const run = (): void => {
    if (running) return;
    const now = list;
    list = [];
    delayMs = 0;
    stop();
    running = true;
    for (const each of now) log.guard('later', each);
    running = false;
    wake();
  };
  return {
    later(each) {
      list.push(each);
      wake();
    },
    run,
    isRunning: () => running,
    delay(ms) {
      if (ms === delayMs) return;
      delayMs = ms;
      stop();
      wake();
    },
    stop,
  };
};
