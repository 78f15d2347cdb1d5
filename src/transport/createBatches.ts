import { mostBytesOf, type Queue } from '../queue/createQueue';
import type { Entry, Group } from '../queue/entry';
import type { FormatLimits } from '../types/format';
import type { DropReason } from '../types/stats';
import { byteLength } from '../utils/byteLength';

// A batch that took nothing so often lets the others pass first; a single event that fails so often more, while others
// pass, is what breaks the endpoint.
const MAX_ERRORS = 3;
const MAX_STRIKES = 5;
// After a batch was too large, every so many acknowledged ones a larger one is tried.
const GROW_AFTER = 8;
const ENVELOPE_BYTES = 1024;
const REFERENCE_BYTES = 16;

export interface Batches {
  /** Of what is due, the events to send together; none when nothing is. */
  next(): readonly Entry[];
  /** One was acknowledged. */
  passed(): void;
  /** Sends its halves in its place, and if it was `too_large` later ones are half of it. A single event is dropped. */
  part(batch: readonly Entry[], reason: DropReason): void;
  /** It took the endpoint down, or nothing of it was taken. It is parted when it is to blame: others passed meanwhile. */
  suspect(batch: readonly Entry[]): void;
}

/** Which events go together. What went together once is sent again as the same body, or in halves of it. */
export const createBatches = (queue: Pick<Queue, 'entries' | 'settle'>, limits: FormatLimits): Batches => {
  let size = limits.events;
  let passed = 0;
  const rank = ({ group }: Entry): number => (group ? group.errors : 0);
  const exactBytesOf = ({ line }: Entry): number => byteLength(line);

  /** As many as the limits allow, by this measure. Bytes are counted where the most that there can be are too many. */
  const gather = (due: readonly Entry[], measure = mostBytesOf): readonly Entry[] => {
    const list: Entry[] = [];
    let bytes = ENVELOPE_BYTES;
    let last: string | undefined;
    for (const entry of due) {
      const { context, group } = entry;
      if (group) continue;
      bytes += measure(entry) + (context === last ? REFERENCE_BYTES : context.length * 2);
      last = context;
      if (list.length && bytes > limits.bytes) return measure === exactBytesOf ? list : gather(due, exactBytesOf);
      // One goes in any case, whatever the format says of its limits.
      if (list.push(entry) >= size) break;
    }
    return list;
  };
  const part: Batches['part'] = (batch, reason) => {
    const middle = batch.length >> 1;
    if (!middle) return queue.settle(batch, reason);
    if (reason === 'too_large') size = middle;
    const half = Object.assign({}, (batch[0] as Entry).group as Group);
    for (const entry of batch.slice(middle)) entry.group = half;
  };
  return {
    next() {
      const due = queue.entries.filter(({ due }) => due);
      let [first] = due;
      for (const entry of due) {
        // Most often it is the first.
        if (rank(first as Entry) < MAX_ERRORS) break;
        if (rank(entry) < rank(first as Entry)) first = entry;
      }
      const group = first && first.group;
      if (group) return due.filter((entry) => entry.group === group);
      const list = gather(due);
      const added = { errors: 0, passed };
      for (const entry of list) entry.group = added;
      return list;
    },
    passed() {
      if (!(++passed % GROW_AFTER)) size = Math.min(limits.events, size * 2);
    },
    part,
    suspect(batch) {
      const group = (batch[0] as Entry).group as Group;
      const strikes = batch.length < 2 ? MAX_STRIKES : 0;
      const others = group.passed !== passed;
      group.passed = passed;
      if (group.errors < MAX_ERRORS || (others && strikes)) group.errors++;
      if (others && group.errors >= MAX_ERRORS + strikes) part(batch, 'rejected');
    },
  };
};
