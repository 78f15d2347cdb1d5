import type { DeviceStorage } from '../types/adapter';
import { answerOnce } from '../utils/answerOnce';
import type { Entry, StoredRecord } from './entry';
import { eventsOf, type ReadEvent } from './recordText';

const ANSWER_MS = 3000;

export interface ReadRecord {
  readonly record: StoredRecord;
  readonly events: readonly ReadEvent[];
  /** Events that no longer read and are nowhere else. */
  readonly missing: number;
}

/** Reads what earlier launches left, by the host's asynchronous call; by the other where that does not answer. */
export const readRecords = (
  storage: DeviceStorage,
  records: readonly StoredRecord[],
  done: (read: readonly ReadRecord[]) => void,
): void => {
  const read: ReadRecord[] = [];
  const missingOf = ({ number, count, span }: StoredRecord, events: readonly ReadEvent[]): number => {
    // Copies that a kill cut short are no loss: what they were copied from is removed only after they are stored.
    const isCopy = span < 0 && records.some((other) => other.number === number + span);
    return isCopy ? 0 : Math.max(0, count - events.length);
  };
  for (const record of records) {
    answerOnce<unknown>(
      ANSWER_MS,
      (answer) => storage.read(record.key, answer),
      () => storage.get(record.key),
      (value) => {
        const text = `${value}`;
        const events = eventsOf(text);
        record.size = text.length;
        read.push({ record, events, missing: missingOf(record, events) });
        if (read.length === records.length) done(read);
      },
    );
  }
  if (!records.length) done(read);
};

/** The events of all records as entries, each once, in the order of capture. */
export const entriesOf = (
  read: readonly ReadRecord[],
  ageOf: (ts: number) => number,
  contextNow: () => string,
): readonly Entry[] => {
  const known = new Set<string>();
  const all: (Entry & ReadEvent)[] = [];
  for (const { record, events, missing } of read) {
    record.landed = true;
    record.total = events.length + missing;
    for (const event of events) {
      if (known.has(event.id)) continue;
      known.add(event.id);
      record.left++;
      all.push(Object.assign(event, { record, age: ageOf(event.ts), context: event.context || contextNow() }));
    }
  }
  return all.sort((a, b) => a.boot - b.boot || a.seq - b.seq);
};
