import type { DeviceStorage } from '../types/adapter';
import type { Entry, StoredRecord } from './entry';
import type { DeviceState } from './state';

/** In front of the line of an event that is to be dropped last. */
const DURABLE = '!';

/** An event as it was stored. */
export interface ReadEvent {
  readonly id: string;
  readonly boot: number;
  readonly seq: number;
  readonly ts: number;
  readonly line: string;
  readonly durable: boolean;
  /** Empty where it no longer reads. */
  readonly context: string;
}

/** The record of a key; none if the key is somebody else's. */
export const recordOf = (prefix: string, key: string): StoredRecord | undefined => {
  const [, number, count, span, full] =
    (key.startsWith(prefix) && /^(\d+)\.(\d+)\.(-?\d+)(s?)$/.exec(key.slice(prefix.length))) || [];
  return number
    ? {
        key,
        number: +number,
        count: +(count as string),
        span: +(span as string),
        full: !!full,
        size: 0,
        total: 0,
        left: 0,
        pin: 0,
      }
    : undefined;
};

export const textOf = (state: DeviceState | undefined, group: readonly Entry[]): string => {
  const lines = [state ? JSON.stringify(state) : ''];
  let last: string | undefined;
  for (const { line, context, durable } of group) {
    if (context !== last) lines.push((last = context));
    lines.push(durable ? DURABLE + line : line);
  }
  return lines.join('\n');
};

/** The events of a stored text, those left out that no longer read. */
export const eventsOf = (text: string): ReadEvent[] => {
  const events: ReadEvent[] = [];
  let context = '';
  for (const stored of text.split('\n').slice(1)) {
    const durable = stored[0] === DURABLE;
    const line = durable ? stored.slice(1) : stored;
    const value = parse(line) as ReadEvent | undefined;
    if (value && value.seq >= 0) {
      const { id, boot, seq, ts } = value;
      events.push({ id, boot, seq, ts, line, durable, context });
    }
    // A damaged line was perhaps a context: what follows it must not get the one before.
    else context = value && typeof value === 'object' ? line : '';
  }
  return events;
};

/** Takes over the state in front of a stored value, if it reads. */
export const readState = (storage: DeviceStorage, key: string, state: DeviceState): boolean => {
  const stored = parse(() => `${storage.get(key)}`.split('\n')[0]) as DeviceState | undefined;
  const reads = !!stored && !!stored.visitor && !!stored.wait && !!stored.drops;
  if (reads) Object.assign(state, stored);
  return reads;
};

const parse = (text: string | (() => string | undefined)): unknown => {
  try {
    return JSON.parse(`${typeof text === 'string' ? text : text()}`);
  } catch {
    // Cut short by a kill, not ours, or the host will not hand it out.
    return undefined;
  }
};
