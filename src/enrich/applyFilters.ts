import { type Fault, snapshot, tagOf } from '../capture/snapshot';
import { BAD_FILTER, NOT_JSON } from '../codes';
import type { TrackEvent } from '../types/event';
import type { Log } from '../utils/log';

export type Filter = (event: TrackEvent) => TrackEvent | null;

/** What no filter changes: what tells the event apart, and its place. */
const OWN = /^(id|boot|seq)$/;

/**
 * The line of the event as `enrich` of the plugins and `beforeSend` leave it; `undefined` when one of them drops it. What is
 * no event drops it as well: the function may have been about to redact.
 */
export const applyFilters = (line: string, filters: readonly Filter[], log: Log): string | undefined => {
  const given: TrackEvent = JSON.parse(line);
  const { name } = given;
  const original = Object.assign({} as Record<string, unknown>, given as object, { properties: {} });
  const fault: Fault = (what) => log.warn(NOT_JSON, `${name}: ${what}`);
  let event = given;
  for (const filter of filters) {
    const result: unknown = filter(event);
    if (typeof result !== 'object' || !result || 'then' in result) {
      if (result !== null) log.warn(BAD_FILTER, name, result);
      return undefined;
    }
    event = result as TrackEvent;
  }
  // In the order of the original: the properties come last and are cut where they are too many for one event.
  const whole = Object.assign({} as Record<string, unknown>, original, event as object);
  // It would decide on the whole line, without what is the event's own.
  delete whole.toJSON;
  for (const key of Object.keys(original)) {
    const value = whole[key];
    if (OWN.test(key) || !value || value === Infinity || tagOf(value) !== tagOf(original[key])) {
      if (value && value !== original[key]) fault(key);
      whole[key] = original[key];
    }
  }
  return snapshot(whole, fault);
};
