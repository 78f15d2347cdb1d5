import type { Json } from '../types/json';

/** What this installation remembers besides its events. Written in front of a record of the queue when it has changed. */
export interface DeviceState {
  /** The launch counter. */
  boot: number;
  visitor: string;
  /** When the last event happened in the foreground. */
  seen?: number;
  user?: string | undefined;
  /** Ids of other systems for this visitor, by their names. */
  ids?: Readonly<Record<string, string>> | undefined;
  /** Nothing is sent before `until`; `tries` counts the failures in a row that led here. */
  wait: { readonly until: number; readonly tries: number; readonly blocked?: boolean };
  /** Dropped events that no acknowledged batch has reported yet, by reason. */
  drops: Record<string, number>;
  /**
   * What may still be stored and is not to be read again: positions in a record, by its number; 0 for all, 1 for all but
   * its contexts. Settled events, and those that did not read, so that none is counted twice.
   */
  gone: Record<number, readonly number[] | 0 | 1>;
  /** What plugins remember, by their names. */
  plugins: Record<string, Json>;
}
