import type { DropReason, Stats } from '../types/stats';

type Count = Exclude<keyof Stats, 'others' | 'waiting' | 'stored' | 'state' | 'notBefore' | 'dropped'>;

/** What `stats()` counts up. */
export type Counts = Record<Count, number> & { readonly dropped: Partial<Record<DropReason, number>> };

export const createCounts = (): Counts => ({
  accepted: 0,
  recovered: 0,
  acknowledged: 0,
  inFlight: 0,
  requests: 0,
  writes: 0,
  written: 0,
  dropped: {},
});
