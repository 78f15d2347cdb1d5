import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrackerOptions } from '../../src/types/options';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const DAY_MS = 86_400_000;
const NOW = 1_795_289_870_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOW);
  spyOnWarnings();
});

/** A launch of an app whose device is offline unless told otherwise. */
const launch = (values = new Map<string, string>(), network = 'none', options: Partial<TrackerOptions> = {}) => {
  const { tracker, device } = startTracker([], { values, options });
  device.setNetwork(network);
  const arrived = () => device.bodies().flatMap(({ batch }) => batch.map(({ name }: { name: string }) => name));
  return { tracker, device, values, arrived, stored: () => [...values.values()].join() };
};
/** The same storage after a kill. */
const killed = ({ values }: { values: Map<string, string> }) => new Map(values);

describe('an event', () => {
  it('is stored on the next tick after a quiet second, and within a second otherwise', () => {
    const { tracker, stored } = launch();
    tracker.track('first');
    vi.advanceTimersByTime(0);
    expect(stored()).toContain('"first"');
    tracker.track('second');
    vi.advanceTimersByTime(900);
    expect(stored()).not.toContain('"second"');
    vi.advanceTimersByTime(100);
    expect(stored()).toContain('"second"');
  });

  it('is stored at once where it is durable', () => {
    const { tracker, stored } = launch();
    for (const name of ['first', 'second', 'third']) {
      tracker.track(name, {}, { durable: true });
      expect(stored()).toContain(`"${name}"`);
    }
  });

  it('costs no more than one write a second, however many there are', () => {
    const { tracker } = launch();
    for (let i = 0; i < 100; i++) {
      tracker.track('x');
      vi.advanceTimersByTime(100);
    }
    expect(tracker.stats()).toMatchObject({ waiting: 100 });
    expect(tracker.stats().writes).toBeLessThanOrEqual(12);
    expect(tracker.stats().writes).toBeGreaterThanOrEqual(9);
  });

  it('stays in memory while the host refuses to store it, which is tried ever more rarely, and is stored later', () => {
    const device = createFakeAdapter();
    const { storage } = device.adapter;
    const { write } = storage;
    let isFull = true;
    storage.write = (key, value, done) => (isFull ? done(false) : write(key, value, done));
    const { tracker } = startTracker([], { options: { adapter: device.adapter } });
    device.setNetwork('none');
    tracker.track('kept');
    // Not so long that a batch is tried: five minutes.
    vi.advanceTimersByTime(3 * 60_000);
    const { writes } = tracker.stats();
    expect(tracker.stats()).toMatchObject({ waiting: 1, stored: 0, dropped: {} });
    expect(writes).toBeGreaterThan(5);
    expect(writes).toBeLessThan(15);
    isFull = false;
    vi.advanceTimersByTime(61_000);
    expect(tracker.stats()).toMatchObject({ waiting: 1, stored: 1, writes: writes + 1 });
    expect([...device.values.values()].join()).toContain('"kept"');
  });

  it('leaves storage when it was taken, and does not come again', async () => {
    const first = launch(undefined, 'wifi');
    for (const name of ['a', 'b']) first.tracker.track(name, {}, { durable: true });
    await flushed(first.tracker);
    await vi.advanceTimersByTimeAsync(2000);
    expect(first.stored()).not.toMatch(/"name":"[ab]"/);
    const next = launch(killed(first), 'wifi');
    await vi.advanceTimersByTimeAsync(5000);
    expect(next.arrived()).toEqual([]);
    expect(next.tracker.stats()).toMatchObject({ recovered: 0 });
  });
});

describe('what earlier launches left', () => {
  it('is sent in the order of capture, before what came since', async () => {
    let values = new Map<string, string>();
    for (const name of ['1', '2', '3']) {
      const { tracker, values: left } = launch(values);
      for (const part of ['a', 'b']) tracker.track(name + part, {}, { durable: true });
      values = killed({ values: left });
    }
    const { tracker, arrived } = launch(values, 'wifi');
    tracker.track('4a');
    await flushed(tracker);
    expect(arrived()).toEqual(['1a', '1b', '2a', '2b', '3a', '3b', '4a']);
    expect(tracker.stats()).toMatchObject({ accepted: 1, recovered: 6, acknowledged: 7 });
  });

  it('is counted where it no longer reads, and the rest is sent', async () => {
    const first = launch();
    for (const name of ['a', 'b', 'c']) first.tracker.track(name, {}, { durable: true });
    const values = killed(first);
    const [key, value] = [...values].find(([, text]) => text.includes('"b"')) as [string, string];
    values.set(key, value.slice(0, value.length / 2));
    const next = launch(values, 'wifi');
    await flushed(next.tracker);
    expect(next.arrived()).toEqual(['a', 'c']);
    expect(next.tracker.stats()).toMatchObject({ recovered: 3, acknowledged: 2, dropped: { corrupt: 1 } });
    await vi.advanceTimersByTimeAsync(2000);
    const third = launch(killed(next), 'wifi');
    await flushed(third.tracker);
    expect(third.tracker.stats()).toMatchObject({ recovered: 0, dropped: {} });
  });

  it('is dropped when it is too old, and counted', async () => {
    const first = launch();
    first.tracker.track('old', {}, { durable: true });
    vi.setSystemTime(NOW + 3 * DAY_MS);
    const second = launch(killed(first));
    second.tracker.track('newer', {}, { durable: true });
    vi.setSystemTime(NOW + 7 * DAY_MS + 1000);
    const { tracker, arrived } = launch(killed(second), 'wifi');
    await flushed(tracker);
    expect(arrived()).toEqual(['newer']);
    expect(tracker.stats().dropped).toEqual({ expired: 1 });
  });

  it('is found where the host forgets its callback', async () => {
    const first = launch();
    first.tracker.track('a', {}, { durable: true });
    const device = createFakeAdapter({ values: killed(first) });
    device.adapter.storage.read = () => undefined;
    const { tracker } = startTracker([], { options: { adapter: device.adapter } });
    tracker.track('b');
    void tracker.flush();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(device.bodies().flatMap(({ batch }) => batch.map(({ name }: { name: string }) => name))).toEqual(['a', 'b']);
  });

  it('takes few keys, however many launches it is of', async () => {
    let values = new Map<string, string>();
    for (let i = 0; i < 100; i++) {
      const each = launch(values);
      each.tracker.track(`${i}`);
      await vi.advanceTimersByTimeAsync(3000);
      values = killed(each);
    }
    expect(values.size).toBeLessThan(80);
    const { tracker, arrived } = launch(values, 'wifi');
    await flushed(tracker);
    expect(arrived()).toEqual(Array.from({ length: 100 }, (_, i) => `${i}`));
  });
});
