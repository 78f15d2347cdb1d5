import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clockOffset } from '../../src/formats/clockOffset';
import { json } from '../../src/formats/json';
import { ndjson } from '../../src/formats/ndjson';
import { answer, batchOf, IDS } from './sampleBatch';

// A `Date` header has whole seconds.
const TS = 1795289870000;

beforeEach(() => {
  vi.useFakeTimers({ now: TS });
});

/** What the next batch says after an answer that took 10 s, by a server whose clock is so far ahead. */
const offsetAfter = (aheadMs: number | undefined): number => {
  const format = clockOffset(json());
  const offsetOf = (): number => JSON.parse(format.encode(batchOf(undefined, { sentAt: Date.now() })).body).clock_offset_ms;
  offsetOf();
  vi.advanceTimersByTime(10_000);
  const date = aheadMs === undefined ? {} : { Date: new Date(TS + 5000 + aheadMs).toUTCString() };
  format.interpret?.(answer(200, '', date), IDS);
  return offsetOf();
};

describe('clockOffset', () => {
  it.each([
    [3_600_000, 3_600_000],
    [-3_600_000, -3_600_000],
    [121_000, 121_000],
    [120_000, 0],
    [-120_000, 0],
    [-121_000, -121_000],
    [-60_000, 0],
    [undefined, 0],
  ])('says of a server that is %s ms ahead in the middle of the request: %i', (ahead, expected) => {
    expect(offsetAfter(ahead)).toBe(expected);
  });

  it('leaves the verdict to its format, or to the status where that has none', () => {
    const body = '{"accepted":[]}';
    const verdict = { type: 'ack', rejected: [], retry: IDS };
    const interpret = () => verdict as never;
    expect(clockOffset(Object.assign(json(), { interpret })).interpret?.(answer(200, body), IDS)).toEqual(verdict);
    const { interpret: _, ...bare } = ndjson();
    expect(clockOffset(bare).interpret?.(answer(200, body), IDS)).toBeUndefined();
  });
});
