import type { DeviceStorage } from '../types/adapter';
import { ANSWER_MS, answerOnce } from '../utils/answerOnce';
import { attempt } from '../utils/attempt';
import type { Entry, StoredRecord } from './entry';
import { type ReadEvent, unpack } from './recordText';

/**
 * Reads what earlier launches left, by the host's asynchronous call; by the other where that does not answer. Hands over
 * the events, each once, in the order of capture. A record's `unread` is then how many are lost.
 */
export const readRecords = (
  storage: DeviceStorage,
  records: readonly StoredRecord[],
  ageOf: (ts: number) => number,
  contextNow: () => string,
  done: (entries: readonly Entry[]) => void,
): void => {
  const known = new Set<string>();
  const all: (Entry & ReadEvent)[] = [];
  let open = records.length;
  const take = (record: StoredRecord, text: string): void => {
    record.size = text.length;
    record.left = 0;
    unpack(text, (event) => {
      record.unread--;
      if (known.has(event.id)) record.isLoose = true;
      else {
        known.add(event.id);
        record.left++;
        all.push(Object.assign(event, { record, age: ageOf(event.ts), context: event.context || contextNow() }));
      }
    });
    // Copies that a kill cut short are no loss: what they were copied from is removed only after they are stored. But then
    // they must go first, or the next launch would miss the rest.
    const { number, span } = record;
    if (record.unread > 0 && span < 0 && records.some((other) => other.number === number + span)) {
      record.unread = 0;
      record.isLoose = true;
    }
    // It stays until what is lost has been counted.
    if (record.unread > 0) record.left++;
  };
  const next = (): void => {
    if (!open--) done(all.sort((a, b) => a.boot - b.boot || a.seq - b.seq));
  };
  for (const record of records) {
    const { key } = record;
    answerOnce<unknown>(
      ANSWER_MS,
      (answer) => storage.read(key, answer),
      () => undefined,
      (value) => {
        take(record, `${value || attempt(() => storage.get(key))}`);
        next();
      },
    );
  }
  next();
};
