import type { Batch } from '../../types/format';
import type { Json, JsonObject } from '../../types/json';

/** An event as it is on the wire. `beforeSend` may have left out or changed all but the first three. */
export interface WireEvent {
  readonly id: string;
  readonly boot: number;
  readonly seq: number;
  readonly type: string;
  readonly name: string;
  readonly ts: number;
  readonly session_id: string;
  readonly properties: JsonObject;
}

/** What many events share, as the tracker and its plugins name it. */
export interface WireContext {
  readonly anonymous_id?: string;
  readonly user_id?: string;
  readonly sdk?: string;
  readonly device?: JsonObject;
  readonly [fact: string]: Json | undefined;
}

/**
 * Brings each event, with its context, into the shape of an engine. Engines that take rows have no place for what
 * belongs to the batch, so the drops ride on its first event; a retry carries them again, on the same id.
 */
export const readEvents = <T>(
  { events, drops }: Batch,
  map: (event: WireEvent, context: WireContext, drops: JsonObject | undefined) => T,
): T[] => {
  let text: string | undefined;
  let context: WireContext;
  return events.map((event, index) => {
    // Mostly the same string as before: parsed once.
    if (text !== event.context) context = parse((text = event.context)) as WireContext;
    const wire = Object.assign({ properties: {} }, parse(event.line)) as WireEvent;
    return map(wire, context, index || !Object.keys(drops).length ? undefined : drops);
  });
};

const parse = (text: string): object => {
  try {
    return JSON.parse(text);
  } catch {
    // Damaged in the storage of the host: the event goes with what is left of it.
    return {};
  }
};
