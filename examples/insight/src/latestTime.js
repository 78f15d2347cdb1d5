/**
 * The latest time of a clock that is taken, in the year 2191: reports order events by t · 1,000,000 + seq, a whole number
 * of 64 bits, and a clock that is corrected may move what it told by half a century more.
 */
export const LATEST_MS = 7e12;
