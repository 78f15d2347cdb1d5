import { describe, expect, it, vi } from 'vitest';
import { sample } from '../../src/plugins/sample';
import type { Plugin } from '../../src/types/plugin';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

/** Whether a visitor of this id is tracked. */
const isTracked = (rate: number, visitor: string): boolean => {
  let decide: (visitor: string) => boolean = () => false;
  const gate = (given: (visitor: string) => boolean): void => {
    decide = given;
  };
  (sample(rate) as Plugin).setup?.({ gate, host: { log: { warn: () => {} } } } as never);
  return decide(visitor);
};
const VISITORS = Array.from({ length: 2000 }, (_, i) => ((i * 2654435761) >>> 0).toString(16).padStart(8, '0').padEnd(32, '0'));
const trackedAt = (rate: number): string[] => VISITORS.filter((visitor) => isTracked(rate, visitor));

describe('sample', () => {
  it('tracks nobody at 0 and everybody at 1', () => {
    expect([trackedAt(0).length, trackedAt(1).length]).toEqual([0, VISITORS.length]);
  });

  it.each([0.1, 0.5, 0.9])('tracks a share of %d, always the same visitors', (rate) => {
    const tracked = trackedAt(rate);
    expect(Math.abs(tracked.length / VISITORS.length - rate)).toBeLessThan(0.05);
    expect(trackedAt(rate)).toEqual(tracked);
  });

  it('keeps who is tracked as the rate grows', () => {
    const more = new Set(trackedAt(0.6));
    expect(trackedAt(0.3).filter((visitor) => !more.has(visitor))).toEqual([]);
  });

  it.each([-0.1, 1.1, 10, Number.NaN, '50%' as never, undefined as never, null as never, [] as never, '' as never])(
    'tracks all with the rate %s, and names it',
    (rate) => {
      expect(trackedAt(rate)).toEqual(VISITORS);
      const warnings = spyOnWarnings();
      startTracker([sample(rate)]);
      expect(warnings()).toEqual([expect.stringContaining('sample')]);
    },
  );

  it.each([0, 0.5, 1])('says nothing about the rate %d', (rate) => {
    const warnings = spyOnWarnings();
    startTracker([sample(rate)]);
    expect(warnings()).toEqual([]);
    vi.restoreAllMocks();
  });
});
