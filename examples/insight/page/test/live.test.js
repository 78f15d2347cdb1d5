import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createThrottle } from '../src/createThrottle.js';
import { withNewest } from '../src/liveRows.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const event = (seq, t = seq) => ({ anonymous_id: 'a', boot: 1, seq, t });

it('adds what is new of the last events, the newest first, each once', () => {
  const rows = withNewest([event(2), event(1)], [event(4), event(3), event(2)]);
  expect(rows.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  // Two events of one moment are two.
  expect(withNewest([event(1, 5)], [event(2, 5)])).toHaveLength(2);
  expect(withNewest(Array.from({ length: 200 }, (_, i) => event(i)).reverse(), [event(200)]).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 200 }, (_, i) => 200 - i),
  );
});

it('asks at once, then after a pause for all that was wanted meanwhile', async () => {
  const run = vi.fn(async () => {});
  const { ask, stop } = createThrottle(run, 1000);
  ask();
  expect(run).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 5; i++) ask();
  await vi.advanceTimersByTimeAsync(999);
  expect(run).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(run).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(run).toHaveBeenCalledTimes(2);
  ask();
  ask();
  stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(run).toHaveBeenCalledTimes(3);
});
