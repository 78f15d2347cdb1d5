// The kill window is one second, the time of the write included.
const LAG_MS = 970;
const MAX_LAG_MS = 60_000;

export interface Pace {
  /** Runs soon: on the next tick after a quiet second, else within the lag of the last write. Not while held. */
  soon(): void;
  /** A write begins: the next one has to wait. */
  wait(): void;
  /** It has landed, or the host refused it: then the next one waits twice as long as before, until one lands. */
  landed(ok: boolean): void;
}

/** When storage is written: at most once in a second, as long as it takes what is written. */
export const createPace = (isHeld: () => boolean, run: () => void): Pace => {
  /** Doubled by each refusal; the first one is tried again within the kill window. */
  let refused = LAG_MS / 2;
  let timer = 0;
  const stop = (): void => {
    clearTimeout(timer);
    timer = 0;
  };
  const start = (delayMs: number): void => {
    if (isHeld()) stop();
    else if (!timer)
      timer = setTimeout(() => {
        timer = 0;
        run();
      }, delayMs);
  };
  return {
    soon: () => start(0),
    wait: () => start(LAG_MS),
    landed(ok) {
      if (!ok || refused >= LAG_MS) stop();
      refused = ok ? LAG_MS / 2 : Math.min(refused * 2, MAX_LAG_MS);
      start(Math.max(refused, LAG_MS));
    },
  };
};
