import type { DeviceStorage } from '../types/adapter';
import type { DropReason } from '../types/tracker';
import type { Counts } from './counts';
import { createAge } from './createAge';
import { createRecords } from './createRecords';
import type { Entry } from './entry';
import { entriesOf, type ReadRecord, readRecords } from './readRecords';
import type { DeviceState } from './state';
import { bytesOf, createWeight } from './weight';

const MAX_SAMPLE = 10;

export interface QueueLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

export interface QueueOptions {
  readonly storage: DeviceStorage;
  readonly prefix: string;
  readonly keys: readonly string[];
  readonly state: DeviceState;
  readonly limits: QueueLimits;
  readonly counts: Counts;
  /** The context of this moment: for stored events whose own one no longer reads. */
  readonly context: () => string;
  readonly onDrop: (reason: DropReason, count: number, sample: readonly string[]) => void;
}

/** An event that comes in. */
export type NewEntry = Pick<Entry, 'id' | 'line' | 'context' | 'durable'>;

export interface Queue {
  /** What waits, oldest first. */
  waiting(): readonly Entry[];
  /** Stores it soon: on the next tick after a quiet second, else within the lag. `durable` ones at once. */
  add(entry: NewEntry): void;
  /** Takes events out, by identity: acknowledged, or dropped for `reason`. */
  settle(list: readonly Entry[], reason?: DropReason): void;
  /** Counts events that never became an entry. */
  drop(reason: DropReason, count: number, sample: readonly string[]): void;
  expire(): void;
  /** The entries of the request on its way; the bounds leave them alone. */
  lock(list: readonly Entry[]): void;
  /** Reads what earlier launches left. */
  load(done: () => void): void;
  isLoaded(): boolean;
  /** Marks the state as changed: it is written soon, or at once if it is `urgent`. */
  touch(urgent?: boolean): void;
  saveNow(): void;
  onRecord(): boolean;
  hold(on: boolean): void;
  readonly hasStored: boolean;
  /** The app may have cleared the storage away: what is not among these keys is stored again. */
  restore(keys: readonly string[]): void;
  /** Drops all for want of consent, and removes what is stored. */
  purge(keys: readonly string[]): void;
}

/** Who makes room for `many` events and `much` bytes: the oldest, durable ones only when nothing else is left. */
const victimsOf = (entries: readonly Entry[], locked: readonly Entry[], many: number, much: number): readonly Entry[] => {
  const victims: Entry[] = [];
  for (const durable of [false, true]) {
    for (const entry of entries) {
      if (many <= 0 && much <= 0) break;
      if (!entry.durable === durable || locked.includes(entry)) continue;
      victims.push(entry);
      many--;
      much -= bytesOf(entry);
    }
  }
  return victims;
};

/** The waiting events: in memory, bounded, each loss counted; what is stored is their shadow. */
export const createQueue = (options: QueueOptions): Queue => {
  const { storage, state, limits, counts, context: contextNow, onDrop } = options;
  let entries: Entry[] = [];
  let locked: readonly Entry[] = [];
  let isLoaded = false;
  const loading: (() => void)[] = [];
  const weight = createWeight();
  const age = createAge();
  const records = createRecords(Object.assign({ waiting: () => entries }, options));

  const drop: Queue['drop'] = (reason, count, sample) => {
    state.drops[reason] = (state.drops[reason] || 0) + count;
    counts.dropped[reason] = (counts.dropped[reason] || 0) + count;
    records.touch();
    onDrop(reason, count, sample);
  };
  const settle: Queue['settle'] = (list, reason) => {
    const leaving = list.filter(({ settled }) => !settled);
    if (!leaving.length) return;
    for (const entry of leaving) {
      entry.settled = true;
      weight.remove(entry);
    }
    // A full queue drops one event for each that comes: no new list for that.
    if (leaving.length < 2) entries.splice(entries.indexOf(leaving[0] as Entry), 1);
    else entries = entries.filter(({ settled }) => !settled);
    const sample = leaving.slice(0, MAX_SAMPLE).map(({ line }) => line);
    if (reason) drop(reason, leaving.length, sample);
    else counts.acknowledged += leaving.length;
    records.leave(leaving, !!reason);
  };
  const makeRoom = (): void => {
    const many = entries.length - limits.maxEvents;
    const much = weight.excess(limits.maxBytes, entries);
    if (many > 0 || much > 0) settle(victimsOf(entries, locked, many, much), 'overflow');
  };
  /** Takes in what earlier launches left, each event once, before what came meanwhile. */
  const absorb = (read: readonly ReadRecord[]): void => {
    // The visitor was forgotten meanwhile.
    if (isLoaded) return;
    const all = entriesOf(read, (ts) => age() - Math.max(0, Date.now() - ts), contextNow);
    for (const { record, missing } of read) {
      if (!missing) continue;
      counts.recovered += missing;
      drop('corrupt', missing, [record.key]);
      records.pin(record);
    }
    for (const entry of all) weight.add(entry);
    counts.recovered += all.length;
    entries = [...all, ...entries];
    isLoaded = true;
    makeRoom();
    records.leave([], false);
    for (const done of loading.splice(0)) done();
  };

  return {
    waiting: () => entries,
    isLoaded: () => isLoaded,
    add(given) {
      const entry = Object.assign({ age: age() }, given);
      entries.push(entry);
      weight.add(entry);
      makeRoom();
      if (entry.durable) records.save();
      else records.schedule();
    },
    settle,
    drop,
    expire() {
      const oldest = age() - limits.maxAgeMs;
      settle(
        entries.filter((entry) => entry.age < oldest),
        'expired',
      );
    },
    lock(list) {
      locked = list;
      counts.inFlight = list.length;
    },
    load(done) {
      loading.push(done);
      if (loading.length < 2) readRecords(storage, records.old, absorb);
    },
    touch(urgent) {
      records.touch();
      if (urgent) records.save(true);
    },
    saveNow: () => records.save(),
    onRecord: records.onRecord,
    hold: records.hold,
    hasStored: records.old.length > 0,
    restore: (keys) => records.restore(keys, entries),
    purge(keys) {
      isLoaded = true;
      settle(entries, 'denied');
      records.purge(keys);
    },
  };
};
