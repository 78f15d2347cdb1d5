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

  it('forgets all at reset', () => {
    const { tracker, sent } = start();
    tracker.reset();
    tracker.track('watched');
    expect(sent('watched')).toEqual({});
  });
});
