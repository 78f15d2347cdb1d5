import type { DeviceStorage } from '../types/adapter';
import { ANSWER_MS, answerOnce } from '../utils/answerOnce';
import { attempt } from '../utils/attempt';
import type { Counts } from './counts';
import { createPace } from './createPace';
import type { Entry, StoredRecord } from './entry';
import { MAX_SIZE, pack, readState, recordsOf } from './recordText';
import type { DeviceState } from './state';

/** Records are numbered within their launch. */
const LAUNCH = 1_000_000;
// More small records than these are copied together, so that a week offline does not end in thousands of keys.
const MAX_SMALL = 64;
// Plugins change in place what they remember: what is stored of it is not older.
const STATE_MS = 60_000;

export interface RecordsOptions {
  readonly adapter: { readonly storage: DeviceStorage };
  readonly prefix: string;
  readonly keys: readonly string[];
  readonly state: DeviceState;
  readonly counts: Counts;
  /** Nothing is written meanwhile. */
  readonly isHeld: () => boolean;
}

export interface Records {
  /** What earlier launches left. */
  readonly old: readonly StoredRecord[];
  /** Leaves a key of this launch behind, unless there is one or the host refuses it. */
  putOnRecord(): void;
  /** Stores what is new soon: on the next tick after a quiet second, else within the lag. */
  soon(): void;
  /** The state has changed: it is written soon, or at once if it is `urgent`. */
  touch(urgent?: boolean): void;
  /** Stores all that is not stored, at once; `later` leaves it to the host's asynchronous call. */
  save(later?: boolean): void;
  /** Of the record of each of these one event is settled, or lost. */
  free(list: readonly Pick<Entry, 'record'>[]): void;
  /** Stores all, at once; what is not among these keys again: the app may have cleared the storage away. */
  restore(keys: readonly string[]): void;
  /** Forgets and removes all. */
  forget(keys: readonly string[]): void;
}

export const isStored = ({ size }: StoredRecord): boolean => size !== undefined;
const nothing = (): void => undefined;
const isSmall = ({ size }: StoredRecord): boolean => (size as number) < MAX_SIZE / 2;

/** The one rule: what is in no record (`fresh`), in one that has lost something, or in one of too many small ones. */
const unsaved = (entries: readonly Entry[], records: readonly StoredRecord[]): readonly (readonly Entry[])[] => {
  const isMany = records.length > MAX_SMALL && records.filter(isSmall).length > MAX_SMALL;
  const fresh: Entry[] = [];
  const copies: Entry[] = [];
  for (const entry of entries) {
    const { record } = entry;
    if (!record) fresh.push(entry);
    else if ((record.isLoose || (isMany && isSmall(record))) && isStored(record)) copies.push(entry);
  }
  // Never together: a copy that is cut short is no loss, a new event in it would be.
  return [copies, fresh];
};

/** The record that these events are on their way to. Copies span as far back as the oldest that they are made of. */
const claim = (prefix: string, number: number, group: readonly Entry[], full: boolean): StoredRecord => {
  let span = 0;
  for (const { record } of group) if (record) span = Math.min(span, record.number - number);
  const key = `${prefix}${number}.${group.length}.${span}${full ? 's' : ''}`;
  const claimed: StoredRecord = { key, number, span, unread: 0, left: group.length, pin: 0 };
  for (const entry of group) {
    entry.source = entry.record;
    entry.record = claimed;
  }
  return claimed;
};

/** One of its events is gone. `pin`: the change of the state that counts it, if it was dropped. */
const loosen = (record: StoredRecord | undefined, pin: number): void => {
  if (!record) return;
  record.left--;
  record.isLoose = true;
  record.pin = Math.max(record.pin, pin);
};

/** Stores a value, or says that the host refuses: then all stays in memory and is tried again. */
const store = (
  { adapter: { storage }, counts }: RecordsOptions,
  key: string,
  text: string,
  later: boolean | undefined,
  isOurs: () => boolean,
  landed: (ok: boolean) => void,
): void => {
  const start = (answer: (ok: boolean) => void): void =>
    storage.write(key, text, (ok) => {
      answer(ok);
      // Forgotten or given up meanwhile, what lands late is nobody's.
      if (ok && !isOurs()) storage.remove(key, nothing);
    });
  counts.writes++;
  counts.written += text.length;
  // For a host that forgot its callback. Where it will not say, the events are stored once more.
  if (later) answerOnce(ANSWER_MS, start, () => attempt(() => storage.get(key)) === text, landed);
  else
    landed(
      !!attempt(() => {
        storage.set(key, text);
        return true;
      }),
    );
};

/**
 * The waiting events and the state as they are in storage.
 *
 * A key-value store cannot append, and to rewrite one value would cost its whole length each second, with the old value at
 * stake. So each write goes to a new key and harms nothing else. One rule says what is written: an event that is in no
 * record, or in one of which another event is gone. The copy frees the old record, which is then removed. So nothing ever
 * notes down what is gone: a record holds what waits, or is about to be replaced.
 */
export const createRecords = (options: RecordsOptions, entries: readonly Entry[]): Records => {
  const { adapter, prefix, keys, state, isHeld } = options;
  const { storage } = adapter;
  const old = recordsOf(prefix, keys).sort((a, b) => b.number - a.number);
  let records: readonly StoredRecord[] = old;
  /** Holds the newest state that is stored; it outlives its events. */
  let current = old.find(({ key }) => readState(storage, key, state));
  // Of the state: how often it changed, and the change that is stored.
  let changes = 1;
  let saved = 0;
  let savedAt = 0;
  const pace = createPace(isHeld, () => save(true));
  state.boot = Math.floor(old[0] ? old[0].number / LAUNCH : 0) + 1;
  // Where the keys could not be listed, the counter begins anew: no record may meet one that is there.
  let number = state.boot * LAUNCH + ((Date.now() % LAUNCH) >> 1);

  /** Removes the records that hold nothing. */
  const sweep = (): void => {
    records = records.filter(
      (record) =>
        record.left ||
        !isStored(record) ||
        record === current ||
        record.pin > saved ||
        void storage.remove(record.key, nothing),
    );
  };
  const write = (text: string, group: readonly Entry[], full: boolean, later?: boolean): void => {
    const at = changes;
    const record = claim(prefix, ++number, group, full);
    const isOurs = (): boolean => records.includes(record);
    const landed = (ok: boolean): void => {
      if (!isOurs()) return;
      for (const entry of group) {
        if (ok || entry.settled) loosen(entry.source, ok ? 0 : record.pin);
        else entry.record = entry.source;
      }
      if (ok) record.size = text.length;
      else records = records.filter((each) => each !== record);
      if (ok && full && at >= saved) {
        saved = at;
        savedAt = Date.now();
        current = record;
      }
      pace.landed(ok);
      // A record of new events alone frees no other.
      if (full || record.span || !record.left) sweep();
    };
    records = records.concat(record);
    pace.wait();
    store(options, record.key, text, later, isOurs, landed);
  };
  const save = (later?: boolean): void => {
    if (isHeld()) return;
    let full = saved < changes || Math.abs(Date.now() - savedAt) > STATE_MS;
    const put = (events: string, group: readonly Entry[]): void => {
      const text = full ? JSON.stringify(state) + events : events;
      write(text, group, full, later);
      full = false;
    };
    for (const list of unsaved(entries, records)) pack(list, put);
    if (full && saved < changes) put('', []);
  };
  const touch = (urgent?: boolean): void => {
    changes++;
    if (urgent) save(true);
    else pace.soon();
  };
  return {
    old,
    soon: pace.soon,
    save,
    touch,
    putOnRecord: () => saved || save(),
    free(list) {
      for (const { record } of list) loosen(record, changes);
      // The state's record is read again at the next launch: what is gone must not come back with it.
      if (list.length) touch();
      sweep();
    },
    restore(present) {
      for (const record of records) {
        if (!isStored(record) || present.includes(record.key)) continue;
        record.isLoose = true;
        changes++;
      }
      save();
    },
    forget(present) {
      records = [];
      current = undefined;
      saved = 0;
      // The running number goes on: a late removal must not meet a new record.
      number = LAUNCH + (number % LAUNCH);
      for (const { key } of recordsOf(prefix, present)) storage.remove(key, nothing);
    },
  };
};
