// Looks grow rarer: what a kill can take of a time is at most half of it, for four looks in the first minute.
const FIRST_LOOK_MS = 5000;
const MAX_LOOK_MS = 60_000;

export interface Stopwatch {
  /** Begins at 0, also when it runs. */
  start(): void;
  /** The time since `start`; 0 when it does not run. */
  stop(): number;
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
  const stop = (): number => {
    if (timer === undefined) return 0;
    clearTimeout(timer);
    timer = undefined;
    count();
    return total;
  };
  return {
    start() {
      stop();
      total = gap = 0;
      beat();
    },
    stop,
    runs: () => timer !== undefined,
  };
};
