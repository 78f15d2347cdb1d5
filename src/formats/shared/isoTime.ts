// https://tc39.es/ecma262/#sec-time-values-and-time-range
const MAX_TIME = 8.64e15;

/** ISO 8601. A time that is none, after a `beforeSend` that changed it, is the epoch: a throw would stop the queue. */
export const isoTime = (ms: number): string => new Date(Math.abs(ms) <= MAX_TIME ? +ms : 0).toISOString();
