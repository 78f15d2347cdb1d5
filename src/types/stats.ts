/** Why an event was given up. Each one is counted. */
export type DropReason =
  /** The queue was over `maxEvents` or `maxBytes`; the oldest went first, `durable` ones last. */
  | 'overflow'
  /** Older than `maxAgeMs`. */
  | 'expired'
  /** The endpoint refused this event for good. */
  | 'rejected'
  /** Over `maxEventBytes`, or the endpoint refused it alone as too large. */
  | 'too_large'
  /** Properties that cannot be brought into JSON, or a format that cannot write it. */
  | 'unserializable'
  /** `beforeSend` or an `enrich` returned `null` or threw. */
  | 'filtered'
  /** A stored value no longer reads as the events that its key names. */
  | 'corrupt'
  /** It waited when the visitor denied consent. */
  | 'denied'
  /** `track()` was given no name. */
  | 'nameless'
  /** It waited for an endpoint that is no longer there. */
  | 'unclaimed';

/**
 * Where delivery stands: `waiting` is a backoff, `blocked` one that the endpoint's owner must end. `stopped`: there is no
 * consent or no valid endpoint, or after `destroy()`.
 */
export type DeliveryState = 'idle' | 'sending' | 'waiting' | 'blocked' | 'offline' | 'background' | 'stopped';

/**
 * The account of every event since launch:
 * `accepted + recovered = acknowledged + waiting + the sum of dropped`.
 */
export interface Stats {
  /** Events taken in since launch, those among them that were dropped later. */
  readonly accepted: number;
  /** Stored by an earlier launch and taken over by this one. */
  readonly recovered: number;
  /** Events that the endpoint has taken. */
  readonly acknowledged: number;
  /** Accepted and neither acknowledged nor dropped; includes `stored` and `inFlight`. */
  readonly waiting: number;
  /** Waiting, and safe from a kill. */
  readonly stored: number;
  /** Waiting, and in the request that is under way. */
  readonly inFlight: number;
  /** Events that were given up, by reason; a reason that never occurred is missing. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Requests made since launch, repeated ones included. */
  readonly requests: number;
  /** Writes to the host's storage since launch. */
  readonly writes: number;
  /** What they wrote, in UTF-16 code units. */
  readonly written: number;
  /** Where delivery stands now. */
  readonly state: DeliveryState;
  /** Milliseconds since 1970 before which nothing is sent; 0 when free to send. */
  readonly notBefore: number;
  /** The accounts of the second endpoint and the following, with `mirror()`. */
  readonly others?: readonly Stats[];
}

/** What `flush()` came to. */
export interface FlushResult {
  /** `idle`: all that waited at the call was settled. Otherwise what stands in the way; the events are kept. */
  readonly state: DeliveryState;
  /** Events acknowledged since the call. */
  readonly sent: number;
  /** Events still waiting. */
  readonly waiting: number;
}
