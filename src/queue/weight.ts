import { byteLength } from '../utils/byteLength';
import type { Entry } from './entry';

// No character of UTF-16 has more bytes in UTF-8.
const MAX_UNIT_BYTES = 3;

/** The bytes of an entry. To count them is dear, and dearest on an iPhone, so it is done where a bound is near. */
export const bytesOf = (entry: Entry): number => (entry.bytes = entry.bytes || byteLength(entry.line));

export interface Weight {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** By how many bytes all entries together are over `max`; below 1 when they are not. */
  excess(max: number, entries: readonly Entry[]): number;
}

/** How much all entries weigh: at most so much, or exactly, from when that may be too much until all have left. */
export const createWeight = (): Weight => {
  let bytes = 0;
  let isExact = false;
  const weigh = (entry: Entry): number => (isExact ? bytesOf(entry) : entry.line.length * MAX_UNIT_BYTES);
  return {
    add(entry) {
      bytes += weigh(entry);
    },
    remove(entry) {
      bytes -= weigh(entry);
    },
    excess(max, entries) {
      if (!entries.length) isExact = false;
      else if (bytes > max && !isExact) {
        isExact = true;
        bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
      }
      return bytes - max;
    },
  };
};
