/** An event that waits. */
export interface Entry {
  readonly id: string;
  /** The event as JSON text; serialised once. */
  readonly line: string;
  /** What it shares with many others, as JSON text. */
  readonly context: string;
  /** On the queue's own clock, which only runs forward. */
  readonly age: number;
  /** Dropped last. */
  readonly durable?: boolean | undefined;
  /** Bytes of UTF-8, once somebody had to know. */
  bytes?: number;
  /** Where it is stored, or on its way to. */
  record?: StoredRecord | undefined;
  /** While that is on its way: the record that holds it until then. */
  source?: StoredRecord | undefined;
  /** With whom it is sent, and sent again. */
  group?: Group | undefined;
  /** It waited at the last trigger. */
  due?: boolean;
  /** Acknowledged, or dropped and counted. */
  settled?: boolean;
}

/**
 * A stored value: the state as JSON if it had changed, then events, a line each, and before the first one of each context
 * the context itself. Written once and never changed. It is removed when none of its events waits, unless it holds the
 * newest state.
 *
 * Its key is `<number>.<count>.<span>`, and `s` with the state. The number is `boot × 1,000,000` and a running one: a
 * launch that left any key behind is never counted twice, even when no value reads. The count tells how many events are
 * lost when the value no longer reads. Events that were copied from older records have a span below 0: how far back the
 * oldest of those is.
 */
export interface StoredRecord {
  readonly key: string;
  readonly number: number;
  readonly span: number;
  /** In UTF-16 code units. Nothing until it is stored, or read if it is of an earlier launch. */
  size?: number;
  /** Events in it that were not read; of an earlier launch, those that no longer read once the others have been. */
  unread: number;
  /** Events in it that are unsettled and stored nowhere newer. */
  left: number;
  /** It holds something that is gone: the rest of it is to be written anew, and then it goes. */
  isLoose?: boolean;
  /** It stays until this change of the state is stored: the one that counts what was dropped of it. */
  pin: number;
}

/** Events that are sent, and if need be sent again, as one body. */
export interface Group {
  /** Answers that took nothing; beyond three only those count that came after another batch had passed. */
  errors: number;
  /** How many batches had passed at the last one. */
  passed: number;
}
