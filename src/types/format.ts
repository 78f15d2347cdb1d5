import type { HttpResponse } from './adapter';

/** One event of a batch, as it was stored. */
export interface BatchEvent {
  /** A UUID: what an endpoint recognises a second delivery by. */
  readonly id: string;
  /** The event as JSON text, without its context. */
  readonly line: string;
  /** The context as JSON text. Events of one context share the same string. */
  readonly context: string;
}

/** What is sent in one request: within the limits of the format, the oldest first. */
export interface Batch {
  /** The same for the same events, also after a restart. */
  readonly id: string;
  /** In the order of capture, one or more. */
  readonly events: readonly BatchEvent[];
  /** Milliseconds since 1970 when this attempt is made. */
  readonly sentAt: number;
  /** By `clockOffset()`: how far the endpoint's clock is ahead of the device's, in milliseconds. */
  readonly clockOffsetMs?: number;
  /** Whether the host can send `bytes`. */
  readonly isBinary: () => boolean;
  /** Events dropped since the last acknowledged batch, by reason. */
  readonly drops: Readonly<Record<string, number>>;
}

/**
 * What an answer means for the events of a batch.
 *
 * - `ack`: taken, but for the `rejected` (dropped and counted) and those to `retry`.
 * - `reject`: the `rejected` are bad and nothing was taken: the rest is sent again.
 * - `split`: too large as a whole. `invalid`: at least one event is bad, the endpoint does not say which.
 * - `retry`: not now. `blocked`: not until somebody mends the endpoint; all is kept. A `Retry-After` is honoured.
 * - `again`: at once, and the format sends it in another way.
 */
export interface Verdict {
  /** What to do with the batch: each is explained at `Verdict`. */
  readonly type: 'ack' | 'reject' | 'split' | 'invalid' | 'retry' | 'blocked' | 'again';
  /** Ids, with `ack` and `reject`. */
  readonly rejected?: readonly string[];
  /** Ids, with `ack`. */
  readonly retry?: readonly string[];
}

/** How much one request may carry. */
export interface FormatLimits {
  /** Events in one batch, at the most. */
  readonly events: number;
  /** Of the whole body, in bytes of UTF-8. */
  readonly bytes: number;
}

/** What is particular to the request of one batch. */
export interface EncodedBatch {
  /** As text, in the form that the endpoint reads. */
  readonly body: string;
  /** The body packed, to be sent in its place. */
  readonly bytes?: ArrayBuffer | undefined;
  /** Beside those of the endpoint, which win. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Appended to the URL of the endpoint, without the leading `?`. */
  readonly query?: string | undefined;
}

/** Turns a batch into a request and reads the answer. */
export interface Format {
  /** What the endpoint takes in one request. */
  readonly limits: FormatLimits;
  /** What is wrong with the format's options. Named on the console once; the events wait for the next release. */
  readonly error?: string | undefined;
  /** Called for each attempt, so that a second one of the same batch may differ in its time. */
  encode(batch: Batch): EncodedBatch;
  /** `undefined` where the HTTP status alone decides. */
  interpret?(response: HttpResponse, ids: readonly string[]): Verdict | undefined;
}
