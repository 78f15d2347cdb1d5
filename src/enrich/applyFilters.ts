import { BAD_FILTER } from '../codes';
import type { TrackEvent } from '../types/event';
import type { Log } from '../utils/log';

export type Filter = (event: TrackEvent) => TrackEvent | null;

/**
 * The event as `enrich` of the plugins and `beforeSend` leave it; `undefined` when one of them drops it. What is no event
 * drops it as well: the function may have been about to redact.
 */
export const applyFilters = (line: string, filters: readonly Filter[], log: Log): TrackEvent | undefined => {
  const original = JSON.parse(line) as TrackEvent;
  const { id, boot, seq, type, name, ts, session_id } = original;
  let event = original;
  for (const filter of filters) {
    let result: unknown = null;
    log.guard('beforeSend or enrich', () => {
      result = filter(event);
    });
    const isEvent = !!result && typeof result === 'object' && !Array.isArray(result) && !('then' in result);
    if (!isEvent && result !== null) log.warn(BAD_FILTER, name, result);
    if (!isEvent) return undefined;
    event = result as TrackEvent;
  }
  return Object.assign({ properties: {} }, event, {
    id,
    boot,
    seq,
    type: typeof event.type === 'string' ? event.type : type,
    name: typeof event.name === 'string' && event.name ? event.name : name,
    ts: Number.isFinite(event.ts) ? event.ts : ts,
    session_id: typeof event.session_id === 'string' ? event.session_id : session_id,
  });
};
