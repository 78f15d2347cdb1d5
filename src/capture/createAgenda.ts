import type { Filter } from '../enrich/applyFilters';
import type { Log } from '../utils/log';

export interface Agenda {
  /**
   * Runs `run` in a later turn of the loop, in order; `urgent`, and anything where a filter looks on, now and after all that
   * was put off before.
   */
  later(run: () => void, urgent?: boolean): void;
  /** Runs all that was put off so far, now. */
  run(): void;
  isRunning(): boolean;
  /** The next turn comes `ms` from now, and those after it at once again. */
  delay(ms: number): void;
}

/**
 * What is put off, in order. A hook or a call of the app notes the fact, its time and its values; all that follows from it
 * (storage, context, queue) waits for a turn of its own, so that it holds up no page.
 */
export const createAgenda = (log: Log, filters: readonly Filter[]): Agenda => {
  let list: (() => void)[] = [];
  let running = false;
  let timer = 0;
  let delayMs = 0;
  const wake = (): void => {
    if (list.length) timer = timer || setTimeout(fire, delayMs);
  };
  const stop = (): void => {
    if (timer) clearTimeout(timer);
    timer = 0;
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
  const fire = (): void => {
    timer = 0;
    run();
  };
  return {
    later(each, urgent) {
      list.push(each);
      if (urgent || filters.length) run();
      else wake();
    },
    run,
    isRunning: () => running,
    delay(ms) {
      delayMs = ms;
      stop();
      wake();
    },
  };
};
