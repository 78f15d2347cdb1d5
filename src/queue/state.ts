import type { Json } from '../types/json';

/** How many events were dropped, by reason. */
export type Drops = Record<string, number>;

/** What this installation remembers besides its events. Written in front of every record of the queue. */
export interface DeviceState {
  /** The launch counter. */
  boot: number;
  visitor: string;
  user?: string | undefined;
  /** Nothing is sent before `until`; `tries` counts the failures in a row that led here. */
  wait: { readonly until: number; readonly tries: number; readonly blocked?: boolean };
  /** Dropped events that no acknowledged batch has reported yet, by reason. */
  drops: Drops;
  /** Numbers of the records that this state replaces. They may still be stored, and are not read again. */
  gone: readonly number[];
  /** What plugins remember, by their names. */
  plugins: Record<string, Json>;
}
