import { BAD_FILTER } from '../codes';
import type { TrackEvent } from '../types/event';
import type { Log } from '../utils/log';

export type Filter = (event: TrackEvent) => TrackEvent | null;

const KEPT = ['type', 'name', 'ts', 'session_id'] as const;

/**
 * The event as `enrich` of the plugins and `beforeSend` leave it; `undefined` when one of them drops it. What is no event
 * drops it as well: the function may have been about to redact.
 */
export const applyFilters = (line: string, filters: readonly Filter[], log: Log): object | undefined => {
  const original: TrackEvent = JSON.parse(line);
  const { id, boot, seq, name } = original;
  let event = Object.assign({}, original);
  for (const filter of filters) {
    const result: unknown = log.guard('beforeSend or enrich', () => filter(event));
    if (!result || typeof result !== 'object' || 'then' in result) {
      if (result !== null) log.warn(BAD_FILTER, name, result);
      return undefined;
    }
    event = result as TrackEvent;
  }
  const whole: Record<string, unknown> = Object.assign({ properties: {} }, event as object, { id, boot, seq });
  for (const key of KEPT) if (!whole[key] || typeof whole[key] !== typeof original[key]) whole[key] = original[key];
  return whole;
};
