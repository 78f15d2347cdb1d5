/**
 * Decisions by lot: the same seed decides the same.
 *
 * @typedef {object} Lot
 * @property {() => number} next In [0, 1).
 * @property {(chance: number) => boolean} hits
 * @property {(low: number, high: number) => number} between A whole number, both ends included.
 * @property {<T>(list: readonly T[]) => T} pick
 * @property {<T extends { weight: number }>(list: readonly T[]) => T} weighted
 * @property {(mean: number) => number} count How often something of this mean happens (Poisson).
 */

/** mulberry32, in the public domain. */
const generator = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A seed from several parts, so that each phone and each person has a stream of its own. */
export const seedOf = (...parts) => {
  let hash = 0x811c9dc5;
  for (const letter of parts.join('\n')) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/** @returns {Lot} */
export const createLot = (...seed) => {
  const next = generator(seedOf(...seed));
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    hits: (chance) => next() < chance,
    pick: (list) => list[between(0, list.length - 1)],
    weighted(list) {
      let rest = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      return list.find(({ weight }) => (rest -= weight) < 0) || list[list.length - 1];
    },
    count(mean) {
      const limit = Math.exp(-mean);
      let product = next();
      let count = 0;
      for (; product > limit; count++) product *= next();
      return count;
    },
  };
};
