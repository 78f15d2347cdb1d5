import type { DeviceStorage } from '../types/adapter';
import { answerOnce } from '../utils/answerOnce';
import type { Counts } from './counts';
import type { Entry, StoredRecord } from './entry';
import { readState, recordOf, textOf } from './recordText';
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
const LAUNCH = 1_000_000;

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
  /** Of these entries, those whose record is gone from the storage; the state is stored again if its own is. */
  restore(keys: readonly string[], entries: readonly Entry[]): readonly Entry[];
  /** Forgets and removes all. */
  purge(keys: readonly string[]): void;
}

const isPartlyGone = ({ left, total }: StoredRecord): boolean => left < total;
const nothing = (): void => undefined;

/**
 * The waiting events and the state as they are in storage.
 *
 * A key-value store cannot append, and to rewrite one value would cost its whole length each second, with the old value at
 * stake. So each write goes to a new key and harms nothing else. One rule says what is written: an event that is in no
 * record, or in one of which another event is gone. The copy frees the old record, which is then removed. So nothing ever
 * notes down what is gone: a record holds what waits, or is about to be replaced.
 */
export const createRecords = ({ storage, prefix, keys, state, counts, waiting }: RecordsOptions): Records => {
  let records = (keys.map((key) => recordOf(prefix, key)).filter(Boolean) as StoredRecord[]).sort(
    (a, b) => a.number - b.number,
  );
  const old = records.slice();
  /** Holds the newest state that is stored; it outlives its events. */
  let current = records
    .slice()
    .reverse()
    .find(({ full, key }) => full && readState(storage, key, state));
  // Of the state: how often it changed, and the change that is being written and that is stored.
  let changes = 1;
  let begun = 0;
  let saved = 0;
  let savedAt = 0;
  let lag = LAG_MS;
  let timer: number | undefined;
  let held = false;
  let onRecord = false;
  state.boot = Math.floor((old.length ? (old[old.length - 1] as StoredRecord).number : 0) / LAUNCH) + 1;
  let number = state.boot * LAUNCH;

  const schedule = (delayMs = 0): void => {
    if (timer === undefined && !held) timer = setTimeout(persist, delayMs);
  };
  const persist = (): void => {
    const before = counts.writes;
    timer = undefined;
    save(true);
    if (counts.writes > before) schedule(lag);
  };
  const pin = (record: StoredRecord): void => {
    record.pin = changes;
  };
  const touch = (): void => {
    changes++;
    schedule();
  };
  /** Removes what holds nothing, and sees to what holds something that is gone. */
  const tidy = (): void => {
    if (current && isPartlyGone(current) && saved === changes) touch();
    records = records.filter((record) => {
      const { landed, left, pin, key } = record;
      if (landed && left && isPartlyGone(record)) schedule();
      const stays = !landed || left || record === current || pin > saved;
      if (!stays) storage.remove(key, nothing);
      return stays;
    });
  };
  const moveTo = (record: StoredRecord, entry: Entry): void => {
    record.total++;
    if (entry.settled) return;
    if (entry.record) entry.record.left--;
    record.left++;
    entry.record = record;
  };
  const write = (group: readonly Entry[], later?: boolean): void => {
    const startedAt = Date.now();
    const at = changes;
    const full = begun < at || Math.abs(startedAt - savedAt) > STATE_MS;
    const span = group.reduce((least, { record }) => Math.min(least, record ? record.number - number - 1 : 0), 0);
    const text = textOf(full ? state : undefined, group);
    const record = recordOf(prefix, `${prefix}${++number}.${group.length}.${span}${full ? 's' : ''}`) as StoredRecord;
    record.size = text.length;
    records.push(record);
    for (const entry of group) entry.saving = record;
    if (full) begun = at;
    counts.writes++;
    counts.written += text.length;
    const landed = (ok: boolean): void => {
      if (!records.includes(record)) return;
      onRecord = true;
      for (const entry of group) {
        entry.saving = undefined;
        if (ok) moveTo(record, entry);
      }
      record.landed = ok;
      if (!ok) {
        records = records.filter((each) => each !== record);
        begun = saved;
      } else if (full && at >= saved) {
        saved = at;
        savedAt = startedAt;
        current = record;
      }
      const next = ok ? LAG_MS : Math.min(lag * 2, MAX_LAG_MS);
      if (next !== lag) {
        clearTimeout(timer);
        timer = undefined;
      }
      lag = next;
      schedule(lag);
      tidy();
    };
    const store = (answer: (ok: boolean) => void): void =>
      storage.write(record.key, text, (ok) => {
        answer(ok);
        // Purged meanwhile, or given up: what lands late is nobody's.
        if (ok && !records.includes(record)) storage.remove(record.key, nothing);
      });
    if (later) return answerOnce(ANSWER_MS, store, () => false, landed);
    let ok = true;
    try {
      storage.set(record.key, text);
    } catch {
      // The host refuses to store: all stays in memory and is tried again.
      ok = false;
    }
    landed(ok);
  };
  const writeAll = (list: readonly Entry[], later?: boolean): void => {
    let group: Entry[] = [];
    let size = 0;
    let last: string | undefined;
    for (const entry of list) {
      const { line, context } = entry;
      if (group.length && size + line.length + context.length > MAX_SIZE) {
        write(group, later);
        group = [];
        size = 0;
        last = undefined;
      }
      group.push(entry);
      size += line.length + (context === last ? 0 : context.length);
      last = context;
    }
    if (group.length) write(group, later);
  };
  const save = (later?: boolean): void => {
    if (held) return;
    const many = records.filter(({ landed, size }) => landed && size < SMALL_SIZE).length > MAX_SMALL;
    const list = waiting().filter(
      ({ saving, record }) => !saving && (!record || isPartlyGone(record) || (many && record.size < SMALL_SIZE)),
    );
    // Never together: a copy that a kill cut short is no loss, a new event in it would be.
    writeAll(
      list.filter(({ record }) => record),
      later,
    );
    writeAll(
      list.filter(({ record }) => !record),
      later,
    );
    if (begun < changes) write([], later);
  };
  return {
    old,
    onRecord: () => onRecord,
    schedule,
    touch,
    pin,
    save,
    leave(list, dropped) {
      for (const { record, saving } of list) {
        if (record) record.left--;
        for (const each of [record, saving]) if (each && dropped) pin(each);
      }
      tidy();
    },
    hold(on) {
      held = on;
      clearTimeout(timer);
      timer = undefined;
      schedule();
    },
    restore(keys, entries) {
      const isGone = ({ key, landed }: StoredRecord): boolean => !!landed && !keys.includes(key);
      if (!current || isGone(current)) touch();
      const lost = entries.filter(({ record }) => record && isGone(record));
      records = records.filter((record) => !isGone(record));
      return lost;
    },
    purge(keys) {
      records = [];
      current = undefined;
      begun = saved = 0;
      onRecord = false;
      // The running number goes on: a late removal must not meet a new record.
      number = LAUNCH + (number % LAUNCH);
      for (const key of keys) if (recordOf(prefix, key)) storage.remove(key, nothing);
    },
  };
};
