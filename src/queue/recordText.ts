import type { DeviceStorage } from '../types/adapter';
import { attempt } from '../utils/attempt';
import type { Entry, StoredRecord } from './entry';
import type { DeviceState } from './state';

// A quarter of the smallest limit for one key (Alipay, 200 KB), also when a host counts UTF-16.
// https://opendocs.alipay.com/mini/api/eocm6v
export const MAX_SIZE = 48 * 1024;
/** In front of the line of an event that is to be dropped last. */
const DURABLE = '!';

/** What of an event's line says where it belongs. */
export interface Place {
  readonly id: string;
  readonly boot: number;
  readonly seq: number;
  readonly ts: number;
}
/** An event as it was stored. The context is empty where it no longer reads. */
export type ReadEvent = Pick<Entry, 'line' | 'context' | 'durable'> & Place;

/** The records of those keys that are keys of records. */
export const recordsOf = (prefix: string, keys: readonly string[]): StoredRecord[] => {
  const records: StoredRecord[] = [];
  for (const key of keys) {
    const [, number, count, span] =
      (key.startsWith(prefix) && /^(\d+)\.(\d+)\.(-?\d+)s?$/.exec(key.slice(prefix.length))) || [];
    const left = +(count as string);
    if (number) records.push({ key, number: +number, span: +(span as string), unread: left, left, pin: 0 });
  }
  return records;
};

/** Puts events into texts that fit into one value each, in order. */
export const pack = (list: readonly Entry[], put: (text: string, group: readonly Entry[]) => void): void => {
  let text = '';
  let group: Entry[] = [];
  let last: string | undefined;
  for (const entry of list) {
    const { line, context, durable } = entry;
    if (text && text.length + line.length + context.length > MAX_SIZE) {
      put(text, group);
      text = '';
      group = [];
      last = undefined;
    }
    if (context !== last) text += `\n${context}`;
    text += `\n${durable ? DURABLE : ''}${line}`;
    last = context;
    group.push(entry);
  }
  if (text) put(text, group);
};

/** Hands over the events of a stored text, those left out that no longer read. */
export const unpack = (text: string, found: (event: ReadEvent) => void): void => {
  let context = '';
  for (const stored of text.split('\n').slice(1)) {
    const durable = stored[0] === DURABLE;
    const line = durable ? stored.slice(1) : stored;
    // Cut short by a kill, or not ours.
    const value = attempt(() => JSON.parse(line)) as Place | undefined;
    if (value && value.seq >= 0) {
      const { id, boot, seq, ts } = value;
      found({ id, boot, seq, ts, line, durable, context });
    }
    // A damaged line was perhaps a context: what follows it must not get the one before.
    else context = value ? line : '';
  }
};

/** Takes over the state in front of a stored value, if there is one and it reads. */
export const readState = (storage: DeviceStorage, key: string, state: DeviceState): unknown =>
  key.endsWith('s') &&
  attempt(() => {
    const stored = JSON.parse(`${storage.get(key)}`.split('\n')[0] as string) as DeviceState;
    return stored.visitor && stored.wait && stored.drops && Object.assign(state, stored);
  });
