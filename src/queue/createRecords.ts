import type { DeviceStorage } from '../types/adapter';
import { answerOnce } from '../utils/answerOnce';
import type { Counts } from './counts';
import type { Entry, StoredRecord } from './entry';
import { recordOf, textOf } from './recordText';
import { dropMissing, giveUp, isPartlyGone, LAUNCH, moveIn, nothing, openShelf, type Shelf, tidy } from './shelf';
import type { DeviceState } from './state';

// A quarter of the smallest limit for one key (Alipay, 200 KB), also when a host counts UTF-16.
// https://opendocs.alipay.com/mini/api/eocm6v
const MAX_SIZE = 48 * 1024;
const SMALL_SIZE = MAX_SIZE / 2;
// More small records than these are copied together, so that a week offline does not end in thousands of keys.
const MAX_SMALL = 64;
// The kill window is one second, the time of the write included.
const LAG_MS = 970;
const MAX_LAG_MS = 60_000;
// Plugins change in place what they remember: what is stored of it is not older.
const STATE_MS = 60_000;
const ANSWER_MS = 5000;

export interface RecordsOptions {
  readonly storage: DeviceStorage;
  readonly prefix: string;
  readonly keys: readonly string[];
  readonly state: DeviceState;
  readonly counts: Counts;
  /** What waits, oldest first. */
  readonly waiting: () => readonly Entry[];
}

export interface Records {
  /** What earlier launches left. */
  readonly old: readonly StoredRecord[];
  /** Whether this launch has left a key, or the host refused it. */
  onRecord(): boolean;
  /** Stores what is new soon: on the next tick after a quiet second, else within the lag. */
  schedule(): void;
  /** The state has changed. */
  touch(): void;
  /** Stores all that is not stored, at once; `later` leaves it to the host's asynchronous call. */
  save(later?: boolean): void;
  /** This record stays until the state as it is now is stored. */
  pin(record: StoredRecord): void;
  /** These are settled. What was `dropped` stays stored until the state that counts it is. */
  leave(list: readonly Entry[], dropped: boolean): void;
  /** Writes nothing while it is held. */
  hold(on: boolean): void;
  /** The app may have cleared the storage away: what is not among these keys is stored again. */
  restore(keys: readonly string[], entries: readonly Entry[]): void;
  /** Forgets and removes all. */
  purge(keys: readonly string[]): void;
}

/** The one rule: what is in no record, in one that has lost something, or in one of too many small ones. */
const unsaved = ({ records }: Shelf, waiting: readonly Entry[]): readonly Entry[] => {
  const isMany =
    records.length > MAX_SMALL && records.filter(({ landed, size }) => landed && size < SMALL_SIZE).length > MAX_SMALL;
  const isDue = (record: StoredRecord): boolean => isPartlyGone(record) || (isMany && record.size < SMALL_SIZE);
  return waiting.filter(({ saving, record }) => !saving && (!record || isDue(record)));
};

/** The record that these events are about to be in. */
const newRecord = (prefix: string, number: number, group: readonly Entry[], full: boolean): StoredRecord => {
  const count = group.length;
  let span = 0;
  for (const { record } of group) if (record) span = Math.min(span, record.number - number);
  const key = `${prefix}${number}.${count}.${span}${full ? 's' : ''}`;
  const record = { key, number, count, span, full, size: 0, total: 0, left: 0, pin: 0 };
  for (const entry of group) entry.saving = record;
  return record;
};

/** Events that go into one value each, in order: copies, or new ones. A context is counted where it is written out. */
const groupsOf = (list: readonly Entry[], isCopy: boolean): readonly Entry[][] => {
  const groups: Entry[][] = [];
  let size = MAX_SIZE;
  let last: string | undefined;
  for (const entry of list) {
    const { line, context, record } = entry;
    if (!record === isCopy) continue;
    if (size + line.length + context.length > MAX_SIZE) {
      groups.push([]);
      size = 0;
      last = undefined;
    }
    (groups[groups.length - 1] as Entry[]).push(entry);
    size += line.length + (context === last ? 0 : context.length);
    last = context;
  }
  return groups;
};

/** For a host that forgot its callback. */
const isStored = (storage: DeviceStorage, key: string, text: string): boolean => {
  try {
    return storage.get(key) === text;
  } catch {
    // The host will not say: then it is stored once more.
    return false;
  }
};

/** Stores a value by the host's asynchronous call. Purged or given up meanwhile, what lands late is nobody's. */
const storeLater = (
  storage: DeviceStorage,
  key: string,
  text: string,
  isOurs: () => boolean,
  landed: (ok: boolean) => void,
): void => {
  const start = (answer: (ok: boolean) => void): void =>
    storage.write(key, text, (ok) => {
      answer(ok);
      if (ok && !isOurs()) storage.remove(key, nothing);
    });
  answerOnce(ANSWER_MS, start, () => isStored(storage, key, text), landed);
};

/** Stores a value by the host's synchronous call. `false`: it refuses, and all stays in memory and is tried again. */
const storeNow = (storage: DeviceStorage, key: string, text: string): boolean => {
  try {
    storage.set(key, text);
    return true;
  } catch {
    return false;
  }
};

/**
 * The waiting events and the state as they are in storage.
 *
 * A key-value store cannot append, and to rewrite one value would cost its whole length each second, with the old value at
 * stake. So each write goes to a new key and harms nothing else. One rule says what is written: an event that is in no
 * record, or in one of which another event is gone. The copy frees the old record, which is then removed. So nothing ever
 * notes down what is gone: a record holds what waits, or is about to be replaced.
 */
export const createRecords = ({ storage, prefix, keys, state, counts, waiting }: RecordsOptions): Records => {
  const shelf: Shelf = openShelf(storage, prefix, keys, state);
  const old = shelf.records.slice();
  let number = state.boot * LAUNCH;
  let savedAt = 0;
  let lag = LAG_MS;
  let timer: number | undefined;
  let held = false;
  let onRecord = false;

  const schedule = (delayMs = 0): void => {
    if (timer === undefined && !held) timer = setTimeout(persist, delayMs);
  };
  const unschedule = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const persist = (): void => {
    const before = counts.writes;
    unschedule();
    save(true);
    if (counts.writes > before) schedule(lag);
  };
  const touch = (): void => {
    shelf.changes++;
    schedule();
  };
  const write = (group: readonly Entry[], later?: boolean): void => {
    const startedAt = Date.now();
    const at = shelf.changes;
    const full = shelf.begun < at || Math.abs(startedAt - savedAt) > STATE_MS;
    const text = textOf(full ? state : undefined, group);
    const record = newRecord(prefix, ++number, group, full);
    const { key } = record;
    record.size = text.length;
    shelf.records.push(record);
    if (full) shelf.begun = at;
    counts.writes++;
    counts.written += text.length;
    const landed = (ok: boolean): void => {
      if (!shelf.records.includes(record)) return;
      onRecord = true;
      if (ok) moveIn(shelf, record, group, full ? at : -1);
      else giveUp(shelf, record, group);
      if (shelf.current === record) savedAt = startedAt;
      const next = ok ? LAG_MS : Math.min(lag * 2, MAX_LAG_MS);
      if (next !== lag) unschedule();
      schedule((lag = next));
      if (tidy(shelf, storage)) schedule();
    };
    if (later) storeLater(storage, key, text, () => shelf.records.includes(record), landed);
    else landed(storeNow(storage, key, text));
  };
  const save = (later?: boolean): void => {
    if (held) return;
    const list = unsaved(shelf, waiting());
    // Never together: a copy that is cut short is no loss, a new event in it would be.
    for (const group of groupsOf(list, true).concat(groupsOf(list, false))) write(group, later);
    // A launch that is to leave something behind now does, whatever is on its way.
    if (shelf.begun < shelf.changes || (!later && !onRecord)) write([], later);
  };
  const pin = (record: StoredRecord): void => {
    record.pin = shelf.changes;
  };
  return {
    old,
    onRecord: () => onRecord,
    schedule: () => schedule(),
    touch,
    pin,
    save,
    hold(on) {
      held = on;
      unschedule();
      schedule();
    },
    leave(list, dropped) {
      shelf.isLoose = true;
      for (const { record, saving } of list) {
        if (record) record.left--;
        for (const each of [record, saving]) if (each && dropped) pin(each);
      }
      if (tidy(shelf, storage)) schedule();
    },
    restore(present, entries) {
      if (dropMissing(shelf, present, entries)) touch();
    },
    purge(present) {
      Object.assign(shelf, { records: [], current: undefined, begun: 0, saved: 0 });
      onRecord = false;
      // The running number goes on: a late removal must not meet a new record.
      number = LAUNCH + (number % LAUNCH);
      for (const key of present) if (recordOf(prefix, key)) storage.remove(key, nothing);
    },
  };
};
