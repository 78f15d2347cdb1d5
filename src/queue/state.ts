import type { Json } from '../types/json';
import { randomHex } from '../utils/randomHex';

/** What this installation remembers besides its events. Written in front of a record when it has changed. */
export interface DeviceState {
  /** The launch counter. */
  boot: number;
  visitor: string;
  /** When the last event happened in the foreground. */
  seen: number;
  user?: string | undefined;
  /** Ids of other systems for this visitor, by their names. */
  ids?: Readonly<Record<string, string>> | undefined;
  wait: Wait;
  /** Dropped events that no acknowledged batch has reported yet, by reason. */
  drops: Record<string, number>;
  /** What plugins remember, by their names. */
  plugins: Record<string, Json>;
}

/** Nothing is sent before `until`; `tries` counts the failures in a row that led here. */
export interface Wait {
  readonly until: number;
  readonly tries: number;
  /** The status that only the endpoint's owner can mend. */
  readonly blocked?: number | undefined;
  /** What the endpoint asked for by `Retry-After`; without it the delay is of our own making. */
  readonly asked?: string;
  /** The endpoint that it is about: another address or key does not wait. */
  readonly of?: number;
}

export const NO_WAIT: Wait = { until: 0, tries: 0 };

export const freshState = (): DeviceState => ({
  boot: 1,
  visitor: randomHex(32),
  seen: 0,
  user: undefined,
  ids: undefined,
  wait: NO_WAIT,
  drops: {},
  plugins: {},
});
