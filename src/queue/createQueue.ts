import type { DeviceStorage } from '../types/adapter';
import type { DropReason, Stats } from '../types/tracker';
import { byteLength } from '../utils/byteLength';
import type { Entry, StoredRecord } from './entry';
import type { DeviceState } from './state';

// A quarter of the smallest limit for one key (Alipay, 200 KB), also when a host counts UTF-16.
// https://opendocs.alipay.com/mini/api/eocm6v
const MAX_RECORD_BYTES = 48 * 1024;
const MAX_JOINED_BYTES = MAX_RECORD_BYTES / 2;
// More small records than these are joined, so that a week offline does not end in thousands of keys.
const MAX_RECORDS = 64;
// The kill window is one second, the time of the write included.
const PERSIST_LAG_MS = 970;
const MAX_RETRY_MS = 60_000;
// Plugins change in place what they remember, such as the last sign of life: what is stored of it is not older.
const STATE_MS = 60_000;
/** In place of the positions of a record that is gone but for the contexts that others name. */
const CONTEXTS_ONLY = 1;
// Records are numbered within their launch, and the launch by its first million: a launch that left any key behind is
// never counted twice, even when the value no longer reads.
const LAUNCH = 1_000_000;

export interface QueueLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

type Count = Exclude<keyof Stats, 'others' | 'waiting' | 'stored' | 'state' | 'notBefore' | 'dropped'>;

export type Counts = Record<Count, number> & { readonly dropped: Partial<Record<DropReason, number>> };

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

export interface Queue {
  /** What waits, oldest first. */
  entries: Entry[];
  /** The entries of the request on its way; the bounds leave them alone. */
  locked: readonly Entry[];
  /** Stores the entry soon: on the next tick after a quiet second, else within the lag. `durable` ones at once. */
  add(entry: Entry): void;
  /** Takes events out, by identity: acknowledged, or dropped for `reason`. */
  settle(list: readonly Entry[], reason?: DropReason): void;
  /** Counts events that never became an entry. */
  drop(reason: DropReason, count: number, sample: readonly string[]): void;
  readonly hasStored: boolean;
  dropExpired(): void;
  /** Marks the state as changed; it is written soon, or at once if it is `urgent`. */
  touch(urgent?: boolean): void;
  /** Stores all that is not stored, at once. */
  saveNow(): void;
  /** Calls back when what earlier launches left is read and this launch is on record. */
  ready(done: () => void): void;
  /** Writes nothing while it is held. */
  hold(on: boolean): void;
  /** Drops all for want of consent. The owner removes what is stored; what is on its way to storage goes by itself. */
  purge(): void;
}

interface StoredEvent extends Entry {
  readonly boot: number;
  readonly seq: number;
  context: string;
  stored: StoredRecord;
}

/** Where a context is written out. */
interface Home {
  readonly record: StoredRecord;
  /** What other records say in its place. */
  readonly ref: string;
  readonly context: string;
}

/**
 * The waiting events: in memory, bounded, each loss counted; storage is their shadow.
 *
 * A key-value store cannot append. Rewriting one value would cost its whole length each second, and a kill in the
 * middle would take the old value along. So each write goes to a new key and harms nothing else. One that finds the state
 * changed carries it in front: the newest of those that reads is the state. A context is written out once and named by
 * the records after it, which keeps the one that has it. A key names its number of events, so that a value that no longer
 * reads is accounted for.
 */
export const createQueue = ({
  storage,
  prefix,
  keys,
  state,
  limits,
  counts,
  context: contextNow,
  onDrop,
}: QueueOptions): Queue => {
  let records: StoredRecord[] = [];
  /** The record of the state as it is stored. It outlives its events, should the next one not read. */
  let current: StoredRecord | undefined;
  const homes = new Map<string, Home>();
  for (const key of keys) {
    const [, number, count, full] = (key.startsWith(prefix) && /^(\d+)\.(-?\d+)(s?)$/.exec(key.slice(prefix.length))) || [];
    if (number && count) records.push(recordOf(key, +number, +count, !!full));
  }
  records.sort((a, b) => b.number - a.number);
  for (const record of records) {
    const { key, full } = record;
    const stored = (full && parse(() => `${storage.get(key)}`.split('\n')[0])) as DeviceState | undefined;
    if (!stored || !stored.visitor || !stored.wait || !stored.drops || !stored.gone) continue;
    Object.assign(state, stored);
    current = record;
    break;
  }
  state.boot = Math.floor((records[0] || { number: 0 }).number / LAUNCH) + 1;
  for (const record of records) {
    record.landed = true;
    if (!record.count || state.gone[record.number] === 0) record.group = [];
  }
  let unread: readonly StoredRecord[] | undefined = records.filter(({ group }) => !group);

  // Behind what this launch wrote before a denial: a late removal of that must not meet a new record.
  let number = state.boot * LAUNCH + counts.writes;
  let bytes = 0;
  let changes = 1;
  let saved = 0;
  let savedAt = 0;
  let timer: number | undefined;
  let lag = PERSIST_LAG_MS;
  let loaded = false;
  let onRecord = false;
  let held = false;
  const waiting: (() => void)[] = [];

  const schedule = (delayMs: number): void => {
    if (timer === undefined && !held) timer = setTimeout(persist, delayMs);
  };
  const touch: Queue['touch'] = (urgent) => {
    changes++;
    if (urgent && !held) {
      clearTimeout(timer);
      persist();
    } else schedule(0);
  };
  /** Answers the records that this state replaces, and notes in it what is not to be read again. */
  const replace = (): readonly StoredRecord[] => {
    const needed = new Set<StoredRecord>();
    const settled = records.map((record) => {
      const { group = [], needs } = record;
      const left: number[] = [];
      group.forEach((entry, position) => {
        if (!entry || entry.settled || (entry.stored !== record && entry.saving !== record)) left.push(position);
      });
      if (left.length < group.length) for (const each of needs) needed.add(each);
      return left;
    });
    const { gone } = state;
    state.gone = {};
    return records.filter((record, i) => {
      const { group, number, landed } = record;
      const left = settled[i] as number[];
      const all = group && left.length === group.length;
      const note = group ? (all ? (needed.has(record) ? CONTEXTS_ONLY : 0) : left) : gone[number];
      if (note === 0 || (note && note !== left) || left.length) state.gone[number] = note as DeviceState['gone'][number];
      return all && !note && landed && record !== current;
    });
  };
  const write = (group: readonly Entry[], size: number, now: unknown, join: unknown): void => {
    const begun = Date.now();
    const full = saved < changes || Math.abs(begun - savedAt) > STATE_MS;
    const replaced = full ? replace() : [];
    const count = join ? -group.length : group.length;
    const record = recordOf(`${prefix}${++number}.${count}${full ? 's' : ''}`, number, count, full);
    const lines = [full ? JSON.stringify(state) : ''];
    const defined: Home[] = [];
    let context: string | undefined;
    for (const [each, home] of homes) if (state.gone[home.record.number] === 0) homes.delete(each);
    record.bytes = size;
    record.group = group;
    for (const entry of group) {
      if (context !== entry.context) {
        context = entry.context;
        // Copies name nothing that is older, or it would have to stay.
        const home = join ? undefined : homes.get(context);
        if (home) {
          record.needs.add(home.record);
          lines.push(home.ref);
        } else {
          defined.push({ record, ref: `${number}.${defined.length}`, context });
          lines.push(context);
        }
      }
      lines.push(entry.line);
      entry.saving = record;
    }
    records.push(record);
    const text = lines.join('\n');
    const at = changes;
    counts.writes++;
    counts.written += text.length;
    const landed = (ok: boolean): void => {
      if (!records.includes(record)) return storage.remove(record.key, () => undefined);
      onRecord = true;
      if (ok && lag > PERSIST_LAG_MS) {
        clearTimeout(timer);
        timer = undefined;
        schedule(PERSIST_LAG_MS);
      }
      lag = ok ? PERSIST_LAG_MS : Math.min(lag * 2, MAX_RETRY_MS);
      for (const entry of group) {
        entry.saving = undefined;
        if (ok) entry.stored = record;
      }
      if (ok) {
        record.landed = true;
        for (const home of defined) homes.set(home.context, home);
        if (full && at >= saved) {
          saved = at;
          savedAt = begun;
          current = record;
        }
        for (const each of replaced) {
          each.landed = false;
          storage.remove(each.key, () => {
            records = records.filter((other) => other !== each);
          });
        }
        if (join) touch();
      } else {
        records = records.filter((other) => other !== record);
        schedule(lag);
      }
      proceed();
    };
    if (!now) return storage.write(record.key, text, landed);
    let ok = true;
    try {
      storage.set(record.key, text);
    } catch {
      // The host refuses to store: all stays in memory and is tried again.
      ok = false;
    }
    landed(ok);
  };
  /** Stores these events and the state, in as many records as their size needs. */
  const writeAll = (list: readonly Entry[], now?: unknown, join?: unknown): void => {
    let group: Entry[] = [];
    let size = 0;
    for (const entry of list) {
      if (group.length && size + entry.bytes > MAX_RECORD_BYTES) {
        write(group, size, now, join);
        group = [];
        size = 0;
      }
      group.push(entry);
      size += entry.bytes;
    }
    if (group.length || saved < changes) write(group, size, now, join);
  };
  const unsaved = (): readonly Entry[] => queue.entries.filter(({ stored, saving }) => !stored && !saving);
  const persist = (): void => {
    timer = undefined;
    const list = unsaved();
    if (!list.length && saved === changes) return;
    // First, and with nothing on its way: what is small and older than a record of copies is what was copied.
    const small =
      records.length > MAX_RECORDS ? queue.entries.filter(({ stored }) => stored && stored.bytes < MAX_JOINED_BYTES) : [];
    const many = new Set(small.map(({ stored }) => stored)).size > MAX_RECORDS;
    if (many && !queue.entries.some(({ saving }) => saving)) writeAll(small, 0, 1);
    writeAll(list);
    schedule(lag);
  };

  const drop: Queue['drop'] = (reason, count, sample) => {
    state.drops[reason] = (state.drops[reason] || 0) + count;
    counts.dropped[reason] = (counts.dropped[reason] || 0) + count;
    touch();
    onDrop(reason, count, sample);
  };
  const settle: Queue['settle'] = (list, reason) => {
    const leaving = list.filter(({ settled }) => !settled);
    for (const entry of leaving) {
      entry.settled = true;
      bytes -= entry.bytes;
    }
    if (!leaving.length) return;
    // A full queue drops one event for each that comes: no new list for that.
    if (leaving.length < 2) queue.entries.splice(queue.entries.indexOf(leaving[0] as Entry), 1);
    else queue.entries = queue.entries.filter(({ settled }) => !settled);
    if (reason) {
      const sample = leaving.slice(0, 10).map(({ line }) => line);
      return drop(reason, leaving.length, sample);
    }
    counts.acknowledged += leaving.length;
    touch();
  };
  /** Makes room: the oldest go first, durable ones only when nothing else is left. */
  const makeRoom = (): void => {
    const victims: Entry[] = [];
    let left = queue.entries.length;
    let size = bytes;
    for (const durable of [false, true]) {
      for (const entry of queue.entries) {
        if (left <= limits.maxEvents && size <= limits.maxBytes) break;
        if (!entry.durable === durable || queue.locked.includes(entry)) continue;
        victims.push(entry);
        left--;
        size -= entry.bytes;
      }
    }
    settle(victims, 'overflow');
  };

  const load = (): void => {
    const list = unread;
    if (!list) return;
    unread = undefined;
    const all: StoredEvent[] = [];
    const known = new Set<string>();
    const named: Record<string, Home | undefined> = {};
    const read: { readonly record: StoredRecord; readonly group: (Entry | undefined)[]; readonly missing: number }[] = [];
    let left = list.length;
    const finish = (): void => {
      if (left-- || held) return;
      loaded = true;
      for (const { record, group, missing } of read) {
        const { key, number, count } = record;
        // Copies cut short by a kill are no loss: what they were copied from is still there.
        const originals =
          count < 0 ? all.filter(({ stored }) => stored.number < number && stored.bytes < MAX_JOINED_BYTES).length : 0;
        const lost = missing - originals;
        // From here on the state says what of the record is gone: not before it counts what is missing.
        record.group = group;
        if (lost > 0) {
          counts.recovered += lost;
          drop('corrupt', lost, [key]);
        }
      }
      all.sort((a, b) => a.boot - b.boot || a.seq - b.seq);
      for (const entry of all) {
        const { stored, context } = entry;
        const home = named[context];
        bytes += entry.bytes;
        entry.context = home ? home.context : contextNow();
        if (home && home.record !== stored) stored.needs.add(home.record);
      }
      counts.recovered += all.length;
      queue.entries = [...all, ...queue.entries];
      makeRoom();
      touch();
      proceed();
    };
    for (const record of list) {
      storage.read(record.key, (value) => {
        const text = `${value}`;
        const size = Math.abs(record.count);
        const gone = state.gone[record.number] || [];
        let missing = gone === CONTEXTS_ONLY ? 0 : size - gone.length;
        const group: (Entry | undefined)[] = [];
        let context = '';
        let defined = 0;
        for (const line of text.split('\n').slice(1)) {
          const event = parse(() => line) as StoredEvent | undefined;
          const { id, boot, seq, ts } = event || ({} as StoredEvent);
          if (event && seq === undefined) {
            context = line;
            if (typeof event === 'object') {
              context = `${record.number}.${defined++}`;
              homes.set(line, (named[context] = { record, ref: context, context: line }));
            }
            continue;
          }
          const position = group.push(undefined) - 1;
          if (!event || gone === CONTEXTS_ONLY || gone.includes(position)) continue;
          missing--;
          if (known.has(id)) continue;
          known.add(id);
          const entry = { id, boot, seq, ts, line, bytes: byteLength(line), context, stored: record };
          group[position] = entry;
          all.push(entry);
        }
        while (group.length < size) group.push(undefined);
        record.bytes = text.length;
        read.push({ record, group, missing });
        finish();
      });
    }
    finish();
  };
  const proceed = (): void => {
    if (loaded && onRecord) for (const done of waiting.splice(0)) done();
  };

  const queue: Queue = {
    entries: [],
    locked: [],
    hasStored: unread.length > 0,
    add(entry) {
      queue.entries.push(entry);
      bytes += entry.bytes;
      if (queue.entries.length > limits.maxEvents || bytes > limits.maxBytes) makeRoom();
      if (entry.durable) queue.saveNow();
      else schedule(0);
    },
    settle,
    drop,
    touch,
    dropExpired() {
      const oldest = Date.now() - limits.maxAgeMs;
      settle(
        queue.entries.filter(({ ts }) => ts < oldest),
        'expired',
      );
    },
    saveNow() {
      if (!held) writeAll(unsaved(), 1);
    },
    ready(done) {
      waiting.push(done);
      load();
      proceed();
    },
    hold(on) {
      held = on;
      clearTimeout(timer);
      timer = undefined;
      schedule(0);
    },
    purge() {
      queue.hold(true);
      records = [];
      settle(queue.entries, 'denied');
    },
  };
  return queue;
};

const recordOf = (key: string, number: number, count: number, full: boolean): StoredRecord => ({
  key,
  number,
  count,
  full,
  bytes: 0,
  needs: new Set(),
});

const parse = (read: () => string | undefined): unknown => {
  try {
    return JSON.parse(`${read()}`);
  } catch {
    // Cut short by a kill, not ours, or the host will not hand it out.
    return undefined;
  }
};
