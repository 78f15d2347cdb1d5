const HOUR_MS = 3_600_000;

/**
 * A clock that only runs forward: the time that has passed, however the device's clock was set meanwhile. Between two
 * looks an hour at the most is believed.
 */
export const createAge = (): (() => number) => {
  let last = Date.now();
  let age = 0;
  return () => {
    const now = Date.now();
    age += Math.min(Math.max(0, now - last), HOUR_MS);
    last = now;
    return age;
  };
};
