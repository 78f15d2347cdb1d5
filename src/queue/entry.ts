/**
 * A stored value: the state, a context, and events of that context, a line each. Written once and never changed;
 * removed when none of its events waits and a newer one holds the state.
 */
export interface StoredRecord {
  readonly key: string;
  readonly number: number;
  /** How many events it was written with. */
  readonly count: number;
  bytes: number;
  /** Waiting events, one more while it is the newest, one more while it is read or written. */
  live: number;
  removed?: boolean;
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
  /** Acknowledged, or dropped and counted. */
  settled?: boolean;
}
