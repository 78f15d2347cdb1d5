import type { DeviceStorage } from '../types/adapter';
import type { Entry, StoredRecord } from './entry';
import { readState, recordOf } from './recordText';
import type { DeviceState } from './state';

/** Records are numbered within their launch. */
export const LAUNCH = 1_000_000;

/** The records in storage, oldest first, and the state's place among them. */
export interface Shelf {
  records: StoredRecord[];
  /** Holds the newest state that is stored; it outlives its events. */
  current: StoredRecord | undefined;
  /** Of the state: how often it changed, and the change that is being written and that is stored. */
  changes: number;
  begun: number;
  saved: number;
}

export const nothing = (): void => undefined;
/** It holds something that is gone: the rest of it is to be written anew, and then it goes. */
export const isPartlyGone = ({ left, total }: StoredRecord): boolean => left < total;

/** Finds what earlier launches left, and reads the newest state that reads into `state`, whose launch begins. */
export const openShelf = (storage: DeviceStorage, prefix: string, keys: readonly string[], state: DeviceState): Shelf => {
  const all = keys.map((key) => recordOf(prefix, key)).filter(Boolean) as StoredRecord[];
  const records = all.sort((a, b) => a.number - b.number);
  const current = records
    .slice()
    .reverse()
    .find(({ full, key }) => full && readState(storage, key, state));
  state.boot = Math.floor((records.length ? (records[records.length - 1] as StoredRecord).number : 0) / LAUNCH) + 1;
  return { records, current, changes: 1, begun: 0, saved: 0 };
};

/** Removes the records that hold nothing. Answers whether one is to be written anew. */
export const tidy = (shelf: Shelf, storage: DeviceStorage): boolean => {
  const { current, saved } = shelf;
  let isDirty = false;
  // The state's record is read again at the next launch: what is gone must not come back with it.
  if (current && isPartlyGone(current) && saved === shelf.changes) {
    shelf.changes++;
    isDirty = true;
  }
  shelf.records = shelf.records.filter((record) => {
    const { landed, left, pin, key } = record;
    if (landed && left && isPartlyGone(record)) isDirty = true;
    const stays = !landed || left || record === current || pin > saved;
    if (!stays) storage.remove(key, nothing);
    return stays;
  });
  return isDirty;
};

/** The record is stored: its entries are in it from now on, and no longer in the one before. */
export const moveIn = (shelf: Shelf, record: StoredRecord, group: readonly Entry[], change: number): void => {
  record.landed = true;
  for (const entry of group) {
    entry.saving = undefined;
    record.total++;
    if (entry.settled) continue;
    if (entry.record) entry.record.left--;
    record.left++;
    entry.record = record;
  }
  if (change < shelf.saved) return;
  shelf.saved = change;
  shelf.current = record;
};

/** The host refused to store the record. */
export const giveUp = (shelf: Shelf, record: StoredRecord, group: readonly Entry[]): void => {
  for (const entry of group) entry.saving = undefined;
  shelf.records = shelf.records.filter((each) => each !== record);
  shelf.begun = shelf.saved;
};

/** Gives up the records whose keys are gone, with the entries in them. Answers whether the state was in one. */
export const dropMissing = (shelf: Shelf, keys: readonly string[], entries: readonly Entry[]): boolean => {
  const { current } = shelf;
  const isGone = (record: StoredRecord | undefined): boolean => !!record && !!record.landed && !keys.includes(record.key);
  for (const entry of entries) if (isGone(entry.record)) entry.record = undefined;
  shelf.records = shelf.records.filter((record) => !isGone(record));
  return !current || isGone(current);
};
