import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from '../../src/queue/createPace';

describe('createPace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const started = () => {
    const run = vi.fn();
    const pace = createPace(() => false, run);
    return { run, pace };
  };

  it('runs on the next tick after a quiet second, and not again within one', () => {
    const { run, pace } = started();
    pace.soon();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
    pace.wait();
    pace.soon();
    vi.advanceTimersByTime(900);
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('waits twice as long after each refusal, until a write lands', () => {
    const { run, pace } = started();
    const waits = [];
    for (const ok of [false, false, false, true]) {
      pace.wait();
      pace.landed(ok);
      const from = Date.now();
      vi.advanceTimersToNextTimer();
      waits.push(Date.now() - from);
    }
    expect(waits).toEqual([970, 1940, 3880, 970]);
    expect(run).toHaveBeenCalledTimes(4);
  });

  it('runs within a second after a write without an answer, also when the one before was refused', () => {
    const { run, pace } = started();
    for (let i = 0; i < 5; i++) pace.landed(false);
    vi.advanceTimersToNextTimer();
    pace.wait();
    run.mockClear();
    pace.soon();
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
