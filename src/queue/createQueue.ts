import type { DropReason } from '../types/stats';
import { byteLength } from '../utils/byteLength';
import { createAge } from './createAge';
import { createRecords, type Records, type RecordsOptions } from './createRecords';
import type { Entry } from './entry';
import { readRecords } from './readRecords';
import { freshState } from './state';

const MAX_SAMPLE = 10;

export interface QueueLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

export interface QueueOptions extends RecordsOptions {
  readonly limits: QueueLimits;
  /** The context of this moment: for stored events whose own one no longer reads. */
  readonly context: () => string;
  readonly onDrop: (reason: DropReason, count: number, sample: readonly string[]) => void;
}

export interface Queue extends Pick<Records, 'old' | 'putOnRecord' | 'soon' | 'touch' | 'save' | 'restore'> {
  /** What waits, oldest first. */
  readonly entries: readonly Entry[];
  /** Stores it soon: on the next tick after a quiet second, else within the lag. `durable` ones at once. */
  add(id: string, line: string, context: string, durable?: boolean): void;
  /** Takes events out, by identity: acknowledged, or dropped for `reason`. */
  settle(list: readonly Entry[], reason?: DropReason): void;
  /** Counts events that never become an entry, in `account` as well. */
  drop(reason: DropReason, count: number, sample: readonly string[], account?: 'accepted' | 'recovered'): void;
  expire(): void;
  /** The entries of the request on its way; the bounds leave them alone. */
  lock(list: readonly Entry[]): void;
  /** Reads what earlier launches left, unless that is done or the queue is held. */
  load(done: () => void): void;
  /** Drops all for want of consent, removes what is stored and forgets the state. */
  purge(keys: readonly string[]): void;
}

// No character of UTF-16 has more bytes in UTF-8.
const MAX_UNIT_BYTES = 3;

/** No fewer than its bytes. To count them is dear, and dearest on an iPhone, so it is done where a bound is near. */
export const mostBytesOf = ({ line, bytes }: Entry): number => bytes || line.length * MAX_UNIT_BYTES;

const lineOf = ({ line }: Entry): string => line;

/** The waiting events: in memory, bounded, each loss counted; what is stored is their shadow. */
export const createQueue = (options: QueueOptions): Queue => {
  const { adapter, state, limits, counts, context, onDrop, isHeld } = options;
  const entries: Entry[] = [];
  const loading: (() => void)[] = [];
  const age = createAge();
  const records = createRecords(options, entries);
  let locked: readonly Entry[] = [];
  let isLoaded = false;
  /** Of all entries, at the most. */
  let bytes = 0;

  const drop: Queue['drop'] = (reason, count, sample, account) => {
    for (const all of [state.drops, counts.dropped] as Record<string, number>[]) all[reason] = (all[reason] || 0) + count;
    if (account) counts[account] += count;
    records.touch();
    onDrop(reason, count, sample);
  };
  const settle: Queue['settle'] = (list, reason) => {
    const leaving: Entry[] = [];
    for (const entry of list) {
      if (entry.settled) continue;
      leaving.push(entry);
      entry.settled = true;
      bytes -= mostBytesOf(entry);
      entries.splice(entries.indexOf(entry), 1);
    }
    if (!leaving.length) return;
    if (reason) drop(reason, leaving.length, leaving.slice(0, MAX_SAMPLE).map(lineOf));
    else counts.acknowledged += leaving.length;
    records.free(leaving);
  };
  /** The oldest go first, durable ones only when nothing else is left. */
  const makeRoom = (): void => {
    if (bytes > limits.maxBytes)
      bytes = entries.reduce((sum, entry) => sum + (entry.bytes = entry.bytes || byteLength(entry.line)), 0);
    while (entries.length > limits.maxEvents || bytes > limits.maxBytes) {
      const free = entries.filter((entry) => !locked.includes(entry));
      const victim = free.find(({ durable }) => !durable) || free[0];
      if (!victim) return;
      settle([victim], 'overflow');
    }
  };
  /** Takes in what earlier launches left, before what came meanwhile. */
  const absorb = (read: readonly Entry[]): void => {
    // The visitor was forgotten meanwhile.
    if (isLoaded) return;
    isLoaded = true;
    const broken = records.old.filter(({ unread }) => unread > 0);
    for (const { unread, key } of broken) drop('corrupt', unread, [key], 'recovered');
    counts.recovered += read.length;
    for (const entry of read) bytes += mostBytesOf(entry);
    entries.unshift(...read);
    makeRoom();
    records.free(broken.map((record) => ({ record })));
    for (const done of loading.splice(0)) done();
  };

  return Object.assign(records, {
    entries,
    add(id: string, line: string, context: string, durable?: boolean) {
      const entry: Entry = { id, line, context, durable, age: age() };
      counts.accepted++;
      entries.push(entry);
      bytes += mostBytesOf(entry);
      makeRoom();
      if (durable) records.save();
      else records.soon();
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
    lock(list: readonly Entry[]) {
      locked = list;
      counts.inFlight = list.length;
    },
    load(done: () => void) {
      if (isLoaded || isHeld()) return done();
      if (loading.push(done) < 2)
        readRecords(adapter.storage, records.old, (ts) => age() - Math.max(0, Date.now() - ts), context, absorb);
    },
    purge(present: readonly string[]) {
      isLoaded = true;
      settle(entries.slice(), 'denied');
      records.forget(present);
      Object.assign(state, freshState());
    },
  });
};
