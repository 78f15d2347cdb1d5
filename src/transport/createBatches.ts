import type { Entry, Group } from '../queue/entry';
import { bytesOf } from '../queue/weight';
import type { FormatLimits } from '../types/format';

// A batch that took nothing so often lets the others pass first; a single event that fails so often more, while others
// pass, is what breaks the endpoint.
const MAX_ERRORS = 3;
const MAX_STRIKES = 5;
// After a batch was too large, every so many acknowledged ones a larger one is tried.
const GROW_AFTER = 8;
const ENVELOPE_BYTES = 1024;
const REFERENCE_BYTES = 16;

export interface Batches {
  /** Of what waits and is due, the events to send together; none when nothing is. */
  next(waiting: readonly Entry[]): readonly Entry[];
  /** One was acknowledged. */
  passed(): void;
  /** It was too large: later ones are half of it. */
  shrink(count: number): void;
  /** Sends the halves in its place. `false` for a single event, which cannot be parted. */
  part(batch: readonly Entry[]): boolean;
  /** It took the endpoint down, or nothing of it was taken. Says whether it is to blame: others passed meanwhile. */
  suspect(batch: readonly Entry[]): boolean;
}

/** Which events go together. What went together once is sent again as the same body, or in halves of it. */
export const createBatches = ({ events, bytes: maxBytes }: FormatLimits): Batches => {
  let size = events;
  let passed = 0;
  const groupOf = ([first]: readonly Entry[]): Group => (first as Entry).group as Group;
  const rank = ({ group }: Entry): number => Math.max(MAX_ERRORS - 1, group ? group.errors : 0);

  const gather = (due: readonly Entry[]): readonly Entry[] => {
    const list: Entry[] = [];
    const contexts: string[] = [];
    let bytes = ENVELOPE_BYTES;
    for (const entry of due) {
      if (entry.group) continue;
      const { context } = entry;
      bytes += bytesOf(entry) + (contexts.includes(context) ? REFERENCE_BYTES : context.length * 2);
      if (list.length && (list.length >= size || bytes > maxBytes)) break;
      contexts.push(context);
      list.push(entry);
    }
    const group = { errors: 0, passed };
    for (const entry of list) entry.group = group;
    return list;
  };
  return {
    next(waiting) {
      const due = waiting.filter(({ due }) => due);
      let first: Entry | undefined;
      for (const entry of due) if (!first || rank(entry) < rank(first)) first = entry;
      if (!first) return [];
      const { group } = first;
      return group ? due.filter((entry) => entry.group === group) : gather(due);
    },
    passed() {
      if (!(++passed % GROW_AFTER)) size = Math.min(events, size * 2);
    },
    shrink(count) {
      size = Math.max(1, count >> 1);
    },
    part(batch) {
      const middle = batch.length >> 1;
      const halves = [Object.assign({}, groupOf(batch)), Object.assign({}, groupOf(batch))];
      for (let i = batch.length; i--; ) (batch[i] as Entry).group = halves[+(i < middle)];
      return middle > 0;
    },
    suspect(batch) {
      const group = groupOf(batch);
      const isSingle = batch.length < 2;
      const others = group.passed !== passed;
      group.passed = passed;
      if (group.errors < MAX_ERRORS || (others && isSingle)) group.errors++;
      return others && group.errors >= (isSingle ? MAX_ERRORS + MAX_STRIKES : MAX_ERRORS);
    },
  };
};
