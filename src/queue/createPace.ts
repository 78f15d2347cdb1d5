// The kill window is one second, the time of the write included.
const LAG_MS = 970;
const MAX_LAG_MS = 60_000;

export interface Pace {
  /** Runs soon: on the next tick after a quiet second, else within the lag of the last write. Not while held. */
  soon(): void;
  /** A write begins: the next one has to wait. */
  wait(): void;
  /** It has landed, or the host refused it: then the lag doubles, until one lands. */
  landed(ok: boolean): void;
}

/** When storage is written: at most once in a second, as long as it takes what is written. */
export const createPace = (isHeld: () => boolean, run: () => void): Pace => {
  let lag = LAG_MS;
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
  const wait = (): void => start(lag);
  return {
    soon: () => start(0),
    wait,
    landed(ok) {
      if (ok && lag > LAG_MS) stop();
      lag = ok ? LAG_MS : Math.min(lag * 2, MAX_LAG_MS);
      wait();
    },
  };
};
