/**
 * `auto`: collected by a plugin. `track`: by `track()`. `identify`: a visitor became known. `profile`: an operation
 * on the visitor's profile.
 */
export type EventType = 'auto' | 'track' | 'identify' | 'profile';

/**
 * What a caller may pass. Values that JSON cannot carry are brought into their nearest form (a `Date` becomes an
 * ISO string, a `BigInt` its digits), with one console warning.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** An event as `beforeSend` and `enrich` see it. */
export interface TrackEvent {
  /** A UUID, fixed for the life of the event: a second delivery carries the same one. */
  readonly id: string;
  /** The launch counter of this installation, from 1. */
  readonly boot: number;
  /** Counts the events of one launch, from 0. `(boot, seq)` is the order of capture. */
  readonly seq: number;
  /** Who made it: see `EventType`. */
  readonly type: EventType;
  /** `snake_case` for those of plugins; your own as you named them. */
  readonly name: string;
  /** Milliseconds since 1970 on the device's clock when the event was captured. Never rewritten. */
  readonly ts: number;
  /** One for each launch, and a new one after `reset()`. */
  readonly session_id: string;
  /** With those of `register()`. `enrich` and `beforeSend` return a copy to change them. */
  readonly properties: Properties;
}
