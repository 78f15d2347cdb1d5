import type { Json } from '../types/json';

/** What this installation remembers besides its events. Written in front of every record of the queue. */
export interface DeviceState {
  /** The launch counter. */
  boot: number;
  visitor: string;
  user?: string | undefined;
  /** Nothing is sent before `until`; `tries` counts the failures in a row that led here. */
  wait: { readonly until: number; readonly tries: number; readonly blocked?: boolean };
  /** Dropped events that no acknowledged batch has reported yet, by reason. */
  drops: Record<string, number>;
  /** Ids of dropped events, and keys of damaged records, that are counted in `drops` and may still be stored. */
  gone: readonly string[];
  /** What plugins remember, by their names. */
  plugins: Record<string, Json>;
}
