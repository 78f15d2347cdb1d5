/**
 * A stored value: the state if it had changed, then events, a line each, before the first one of each context the context
 * itself or where it is written out: the number of a record, and which of its contexts. Written once and never changed;
 * removed when none of its events waits, none of its contexts is named, and a newer one holds the state.
 */
export interface StoredRecord {
  readonly key: string;
  readonly number: number;
  /** How many events it was written with; below 0 when they were copied together from older records. */
  readonly count: number;
  /** It carries the state. */
  readonly full: boolean;
  /** Those whose contexts it names. */
  readonly needs: Set<StoredRecord>;
  bytes: number;
  /** Its events by their position, those that did not read or had been settled left out; unset until it is read. */
  group?: readonly (Entry | undefined)[];
  /** Stored, and not on its way out. */
  landed?: boolean;
}

/** An event in the queue. */
export interface Entry {
  readonly id: string;
  /** The event as JSON text; serialised once. */
  readonly line: string;
  readonly bytes: number;
  readonly ts: number;
  /** What it shares with many others, as JSON text. */
  readonly context: string;
  readonly durable?: boolean | undefined;
  /** Where it is stored, and where it is being stored. */
  stored?: StoredRecord | undefined;
  saving?: StoredRecord | undefined;
  /** Part of a group of the sender. */
  grouped?: boolean;
  /** Acknowledged, or dropped and counted. */
  settled?: boolean;
}
