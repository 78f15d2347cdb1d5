// Looks grow rarer: what a kill can take of a time is at most half of it, for four looks in the first minute.
const FIRST_LOOK_MS = 5000;
const MAX_LOOK_MS = 60_000;

export interface Stopwatch {
  /** Begins at 0, also when it runs. */
  start(): void;
  /** Begins at 0 if it runs. */
  restart(): void;
  /** The time since `start`; undefined when it does not run. */
  stop(): number | undefined;
  runs(): boolean;
}

/**
 * A time in milliseconds, by a clock that may be set meanwhile: it is looked at now and then, and what passed between two
 * looks is never more than twice what should have. `look` is told of each one.
 */
export const createStopwatch = (look?: (total: number, at: number) => void): Stopwatch => {
  let timer: number | undefined;
  let gap = 0;
  let at = 0;
  let total = 0;
  const count = (): void => {
    const now = Date.now();
    total += Math.min(Math.max(0, now - at), gap * 2);
    at = now;
  };
  const beat = (): void => {
    count();
    if (look) look(total, at);
    gap = Math.min(gap * 2 || FIRST_LOOK_MS, MAX_LOOK_MS);
    timer = setTimeout(beat, gap);
  };
  const runs = (): boolean => timer !== undefined;
  const stop = (): number | undefined => {
    if (timer === undefined) return timer;
    clearTimeout(timer);
    timer = undefined;
    count();
    return total;
  };
  const start = (): void => {
    stop();
    total = gap = 0;
    beat();
  };
  return {
    start,
    restart() {
      if (runs()) start();
    },
    stop,
    runs,
  };
};
