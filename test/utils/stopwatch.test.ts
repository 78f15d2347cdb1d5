import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createStopwatch } from '../../src/utils/stopwatch';

const DAY = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});

describe('createStopwatch', () => {
  it('measures', () => {
    const watch = createStopwatch();
    watch.start();
    vi.advanceTimersByTime(123_456);
    expect(watch.runs()).toBe(true);
    expect(watch.stop()).toBe(123_456);
    expect(watch.runs()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['ahead', DAY],
    ['back', -DAY],
  ])('counts no day when the clock is set one %s', (_, by) => {
    const watch = createStopwatch();
    watch.start();
    vi.advanceTimersByTime(20_000);
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(20_000);
    const total = watch.stop();
    expect(total).toBeGreaterThanOrEqual(20_000);
    expect(total).toBeLessThanOrEqual(60_000);
  });

  it('begins at 0 each time, with one timer', () => {
    const watch = createStopwatch();
    watch.start();
    vi.advanceTimersByTime(4000);
    watch.start();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(watch.stop()).toBe(1000);
  });

  it('restarts at 0 where it runs, and only there', () => {
    const watch = createStopwatch();
    watch.restart();
    expect(watch.runs()).toBe(false);
    watch.start();
    vi.advanceTimersByTime(4000);
    watch.restart();
    vi.advanceTimersByTime(1000);
    expect(watch.stop()).toBe(1000);
    watch.restart();
    expect(watch.runs()).toBe(false);
  });

  it('is 0 when it does not run', () => {
    expect(createStopwatch().stop()).toBeUndefined();
  });
});
