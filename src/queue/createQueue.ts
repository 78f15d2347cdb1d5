import type { DeviceStorage } from '../types/adapter';
import type { DropReason, Stats } from '../types/tracker';
import { byteLength } from '../utils/byteLength';
import type { Entry, StoredRecord } from './entry';
import type { DeviceState } from './state';

// A quarter of the smallest limit for one key (Alipay, 200 KB), also when a host counts UTF-16.
// https://opendocs.alipay.com/mini/api/eocm6v
const MAX_RECORD_BYTES = 48 * 1024;
// More records than these are joined, so that a week offline does not end in thousands of keys.
const MAX_RECORDS = 64;
// The kill window is one second, the time of the write included.
const PERSIST_LAG_MS = 900;
const MAX_RETRY_MS = 60_000;

export interface QueueLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

type Count = Exclude<keyof Stats, 'waiting' | 'stored' | 'state' | 'notBefore' | 'dropped'>;

export type Counts = Record<Count, number> & { readonly dropped: Partial<Record<DropReason, number>> };

export interface QueueOptions {
  readonly storage: DeviceStorage;
  readonly prefix: string;
  readonly keys: readonly string[];
  readonly state: DeviceState;
  readonly limits: QueueLimits;
  readonly counts: Counts;
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
  /** Marks the state as changed; it is written soon. */
  touch(): void;
  /** Stores all that is not stored, at once. */
  saveNow(): void;
  /** Calls back when what earlier launches left is read and this launch is on record. */
  ready(done: () => void): void;
}

interface StoredEvent {
  readonly id: string;
  readonly boot: number;
  readonly seq: number;
  readonly ts: number;
}

/**
 * The waiting events: in memory, bounded, each loss counted; storage is their shadow.
 *
 * A key-value store cannot append. Rewriting one value would cost its whole length each second, and a kill in the
 * middle would take the old value along. So each write goes to a new key, the state in front, and harms nothing else;
 * the newest key that reads is the state. A key ends in its number of events, so that a value that no longer reads is
 * accounted for.
 */
export const createQueue = ({ storage, prefix, keys, state, limits, counts, onDrop }: QueueOptions): Queue => {
  const found: StoredRecord[] = [];
  for (const key of keys) {
    const [, number, count] = (key.startsWith(prefix) && /^(\d+)\.(\d+)$/.exec(key.slice(prefix.length))) || [];
    if (number && count) found.push({ key, number: +number, count: +count, bytes: 0, live: 1 });
  }
  found.sort((a, b) => b.number - a.number);
  let { number } = found[0] || { number: 0 };
  let newest: StoredRecord | undefined;
  for (const record of found) {
    const stored = parse(`${storage.get(record.key)}`.split('\n')[0]) as DeviceState | undefined;
    if (!stored || !stored.visitor) continue;
    Object.assign(state, stored);
    newest = record;
    newest.live++;
    break;
  }
  state.boot++;

  let bytes = 0;
  let trash: StoredRecord[] = [];
  let tombs: { readonly id: string; readonly record: Partial<StoredRecord> | undefined }[] = state.gone.map((id) => ({
    id,
    record: {},
  }));
  let records = found.length;
  let changes = 1;
  let saved = 0;
  let timer: number | undefined;
  let lag = PERSIST_LAG_MS;
  let loaded = false;
  let onRecord = false;
  let waiting: (() => void)[] | undefined;

  const leave = (record: StoredRecord | undefined): void => {
    if (record && !--record.live) trash.push(record);
  };
  const schedule = (delayMs: number): void => {
    if (timer === undefined) timer = setTimeout(persist, delayMs);
  };
  const touch = (): void => {
    changes++;
    schedule(0);
  };

  const write = (group: readonly Entry[], size: number, now: unknown): void => {
    tombs = tombs.filter(({ record }) => record && !record.removed);
    state.gone = tombs.map(({ id }) => id);
    const record: StoredRecord = {
      key: `${prefix}${++number}.${group.length}`,
      number,
      count: group.length,
      bytes: size,
      live: 1,
    };
    const text = [
      JSON.stringify(state),
      ...group.slice(0, 1).map(({ context }) => context),
      ...group.map(({ line }) => line),
    ].join('\n');
    // These may go once this state is stored: it accounts for all that was in them. What is left behind later has to
    // wait for the next one.
    let obsolete = trash;
    trash = [];
    const idle = newest && newest.live === 1 && newest;
    const at = changes;
    for (const entry of group) entry.saving = record;
    counts.writes++;
    counts.written += text.length;
    const landed = (ok: boolean): void => {
      onRecord = true;
      record.removed = !ok;
      lag = ok ? PERSIST_LAG_MS : Math.min(lag * 2, MAX_RETRY_MS);
      for (const entry of group) {
        if (entry.saving !== record) continue;
        entry.saving = undefined;
        if (!ok || entry.settled) continue;
        leave(entry.stored);
        entry.stored = record;
        record.live++;
      }
      if (ok) {
        records++;
        saved = Math.max(saved, at);
        const [older, newer] = newest && newest.number > record.number ? [record, newest] : [newest, record];
        newest = newer;
        if (older && older === idle && older.live === 1) obsolete = [...obsolete, older];
        else leave(older);
        for (const each of obsolete) {
          records--;
          storage.remove(each.key, () => {
            each.removed = true;
          });
        }
        if (trash.length) touch();
      } else {
        trash.push(...obsolete);
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
  /** Stores these events and the state, in as many records as their contexts and sizes need. */
  const writeAll = (list: readonly Entry[], now?: unknown): void => {
    let group: Entry[] = [];
    let size = 0;
    for (const entry of list) {
      const [first] = group;
      if (first && (first.context !== entry.context || size + entry.bytes > MAX_RECORD_BYTES)) {
        write(group, size, now);
        group = [];
        size = 0;
      }
      group.push(entry);
      size += entry.bytes;
    }
    if (group.length || saved < changes) write(group, size, now);
  };
  const persist = (): void => {
    timer = undefined;
    const list = queue.entries.filter((entry) => !entry.stored && !entry.saving);
    if (!list.length && saved === changes) return;
    writeAll(list);
    if (records > MAX_RECORDS) {
      const small = queue.entries.filter(({ stored, saving }) => stored && !saving && stored.bytes < MAX_RECORD_BYTES / 2);
      if (small.length) writeAll(small);
    }
    schedule(lag);
  };

  const drop: Queue['drop'] = (reason, count, sample) => {
    state.drops[reason] = (state.drops[reason] || 0) + count;
    counts.dropped[reason] = (counts.dropped[reason] || 0) + count;
    touch();
    onDrop(reason, count, sample);
  };
  const settle: Queue['settle'] = (list, reason) => {
    const leaving = list.filter((entry) => !entry.settled);
    for (const entry of leaving) {
      const { id, stored, saving } = entry;
      entry.settled = true;
      bytes -= entry.bytes;
      if (reason) tombs.push({ id, record: stored }, { id, record: saving });
      leave(stored);
      entry.stored = undefined;
    }
    queue.entries = queue.entries.filter((entry) => !entry.settled);
    if (!leaving.length) return;
    if (reason) {
      const sample = leaving.slice(0, 10).map(({ line }) => line);
      drop(reason, leaving.length, sample);
    } else {
      counts.acknowledged += leaving.length;
      touch();
    }
  };
  /** Makes room: what is too old, then the oldest, durable ones only when nothing else is left. */
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

  const known = new Set<string>();
  const read = (record: StoredRecord, text: string): readonly (Entry & StoredEvent)[] => {
    const [, context = '', ...lines] = text.split('\n');
    const list: (Entry & StoredEvent)[] = [];
    let missing = record.count;
    for (const line of lines) {
      const event = parse(line) as StoredEvent | undefined;
      if (!event || !event.id) continue;
      const { id, boot, seq, ts } = event;
      missing--;
      if (state.gone.includes(id)) tombs.push({ id, record });
      else if (!known.has(id)) {
        record.live++;
        list.push({ id, boot, seq, ts, line, bytes: byteLength(line), context, stored: record });
      }
      known.add(id);
    }
    record.bytes = text.length;
    if (missing > 0) {
      if (!state.gone.includes(record.key)) {
        counts.recovered += missing;
        drop('corrupt', missing, [record.key]);
      }
      tombs.push({ id: record.key, record });
    }
    leave(record);
    return list;
  };
  const load = (): void => {
    const all: (Entry & StoredEvent)[] = [];
    let left = found.length;
    const finish = (): void => {
      loaded = true;
      tombs = tombs.filter(({ record }) => record && record.key);
      all.sort((a, b) => a.boot - b.boot || a.seq - b.seq);
      for (const entry of all) bytes += entry.bytes;
      counts.recovered += all.length;
      queue.entries = [...all, ...queue.entries];
      makeRoom();
      if (trash.length || !onRecord) touch();
      proceed();
    };
    if (!left) return finish();
    for (const record of found) {
      storage.read(record.key, (value) => {
        all.push(...read(record, `${value}`));
        if (!--left) finish();
      });
    }
  };
  const proceed = (): void => {
    if (!loaded || !onRecord || !waiting) return;
    const list = waiting;
    waiting = [];
    for (const done of list) done();
  };

  const queue: Queue = {
    entries: [],
    locked: [],
    hasStored: found.some(({ count }) => count),
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
      // What is on its way by the asynchronous storage is written again: the host may never come to it.
      writeAll(
        queue.entries.filter(({ stored }) => !stored),
        1,
      );
    },
    ready(done) {
      if (loaded && onRecord) return done();
      if (waiting) return void waiting.push(done);
      waiting = [done];
      load();
    },
  };
  return queue;
};

const parse = (json: string | undefined): unknown => {
  try {
    return JSON.parse(`${json}`);
  } catch {
    // Cut short by a kill, or not ours.
    return undefined;
  }
};
