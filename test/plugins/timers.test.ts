import { beforeEach, describe, expect, it, vi } from 'vitest';
import { timers } from '../../src/plugins/timers';
import { startTracker } from '../helpers/fakeHostTracker';

beforeEach(() => {
  vi.useFakeTimers();
});

const start = () => {
  const world = startTracker([timers()]);
  world.host.launch();
  world.tracker.startTimer('watched');
  vi.advanceTimersByTime(1000);
  return world;
};

describe('timers', () => {
  it('adds the time to the next event of that name only', () => {
    const { tracker, sent } = start();
    tracker.track('other');
    expect(sent('other')).toEqual({});
    tracker.track('watched', { id: 7 });
    expect(sent('watched')).toEqual({ id: 7, duration_ms: 1000 });
    tracker.track('watched');
    expect(sent('watched')).toEqual({});
  });

  it('forgets a timer that is dropped, and begins anew one that is started again', () => {
    const { tracker, sent } = start();
    tracker.startTimer('watched');
    vi.advanceTimersByTime(200);
    tracker.track('watched');
    expect(sent('watched')).toEqual({ duration_ms: 200 });
    tracker.startTimer('watched');
    (tracker as unknown as { dropTimer(name: string): void }).dropTimer('watched');
    tracker.track('watched');
    expect(sent('watched')).toEqual({});
  });

  it('leaves events alone that are no events of the app', () => {
    const { tracker, sent } = start();
    tracker.startTimer('identify');
    tracker.identify('u1');
    expect(sent('identify')).not.toHaveProperty('duration_ms');
  });

  it('counts no time in the background', () => {
    const { host, tracker, sent } = start();
    host.hide();
    vi.advanceTimersByTime(60_000);
    host.show();
    vi.advanceTimersByTime(500);
    tracker.track('watched');
    expect(sent('watched')).toEqual({ duration_ms: 1500 });
  });

  it('begins in the background with no time of it', () => {
    const { host, tracker, sent } = start();
    host.hide();
    tracker.startTimer('watched');
    vi.advanceTimersByTime(60_000);
    host.show();
    vi.advanceTimersByTime(500);
    tracker.track('watched');
    expect(sent('watched')).toEqual({ duration_ms: 500 });
  });

  it('goes on over the show of the launch, and a second one', () => {
    const { host, tracker, sent } = startTracker([timers()]);
    tracker.startTimer('watched');
    vi.advanceTimersByTime(300);
    host.launch();
    vi.advanceTimersByTime(300);
    host.show();
    vi.advanceTimersByTime(300);
    tracker.track('watched');
    expect((sent('watched') as { duration_ms: number }).duration_ms).toBe(900);
  });

  it.each([86_400_000, -86_400_000])('has no day in it when the clock is set by %d', (by) => {
    const { tracker, sent } = start();
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(1000);
    tracker.track('watched');
    const { duration_ms } = sent('watched') as { duration_ms: number };
    expect(duration_ms).toBeGreaterThanOrEqual(0);
    expect(duration_ms).toBeLessThanOrEqual(10_000);
  });

  it('leaves no timer in the background, after reset() and after destroy()', () => {
    const { host, tracker } = start();
    tracker.startTimer('second');
    host.hide();
    vi.advanceTimersByTime(20_000);
    const atRest = vi.getTimerCount();
    host.show();
    expect(vi.getTimerCount()).toBeGreaterThan(atRest);
    tracker.destroy();
    tracker.startTimer('late');
    vi.advanceTimersByTime(20_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('forgets all at reset', () => {
    const { tracker, sent } = start();
    tracker.reset();
    tracker.track('watched');
    expect(sent('watched')).toEqual({});
  });
});
