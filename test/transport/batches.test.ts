import { beforeEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../src/formats/json';
import type { HttpResponse } from '../../src/types/adapter';
import type { FormatLimits } from '../../src/types/format';
import type { Plugin, PluginContext } from '../../src/types/plugin';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  spyOnWarnings();
});

/** An app whose endpoint takes so much at once. `batches`: the names that each request had; `sizes`: its bytes. */
const start = (
  limits: Partial<FormatLimits> = {},
  answer: (names: readonly string[]) => Partial<HttpResponse> = () => ({}),
  plugins: readonly Plugin[] = [],
) => {
  const batches: string[] = [];
  const format = json();
  const { tracker, device } = startTracker(plugins, {
    options: { endpoint: { url: ENDPOINT, format: { ...format, limits: { ...format.limits, ...limits } } }, flushAt: 1000 },
    answer({ body }) {
      const names = JSON.parse(body).batch.map(({ name }: { name: string }) => name);
      batches.push(names.join(' '));
      return answer(names);
    },
  });
  const sizes = () => device.requests.map(({ body }) => encodeURIComponent(body).replace(/%../g, '.').length);
  return { tracker, device, batches, sizes };
};

describe('a request', () => {
  it('has no more events than the format takes, and no fewer', async () => {
    const { tracker, batches } = start({ events: 3 });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) tracker.track(name);
    await flushed(tracker);
    expect(batches).toEqual(['a b c', 'd e f', 'g']);
  });

  it.each([
    ['of one byte a character', 'x', 3000],
    ['of three bytes a character', '品', 1000],
  ])('has no more bytes than the format takes, and as many events as fit: texts %s', async (_, character, length) => {
    const { tracker, batches, sizes } = start({ bytes: 16_384 });
    for (let i = 0; i < 10; i++) tracker.track('a', { text: character.repeat(length) });
    await flushed(tracker);
    // Of some 3,200 bytes each, 4 fit beside the envelope.
    expect(batches.map((names) => names.split(' ').length)).toEqual([4, 4, 2]);
    expect(Math.max(...sizes())).toBeLessThanOrEqual(16_384);
  });

  it('counts what the events are in, where it changes with each', async () => {
    let set: PluginContext['setContext'] = () => undefined;
    const plugin: Plugin = { name: 'cart', setup: ({ setContext }) => void (set = setContext) };
    const { tracker, batches, sizes } = start({ bytes: 16_384 }, () => ({}), [plugin]);
    for (let i = 0; i < 20; i++) {
      set({ cart: `${i}`.padEnd(3000, '.') });
      tracker.track('a');
    }
    await flushed(tracker);
    expect(batches.length).toBeGreaterThan(4);
    expect(batches.length).toBeLessThanOrEqual(10);
    expect(Math.max(...sizes())).toBeLessThanOrEqual(16_384);
  });

  it('has one event where that alone is more than the format takes', async () => {
    const { tracker, batches } = start({ bytes: 2000 });
    for (const name of ['a', 'b']) tracker.track(name, { text: 'x'.repeat(3000) });
    await flushed(tracker);
    expect(batches).toEqual(['a', 'b']);
  });

  it('that failed is sent again as it was: what came meanwhile goes in the next', async () => {
    let status = 503;
    const { tracker, device, batches } = start({}, () => ({ status }));
    tracker.track('a');
    tracker.track('b');
    await flushed(tracker);
    tracker.track('c');
    status = 200;
    await flushed(tracker);
    expect(batches).toEqual(['a b', 'a b', 'c']);
    const [first, again] = device.bodies();
    expect(again.batch_id).toBe(first.batch_id);
  });
});

describe('an event that takes the endpoint down', () => {
  it('lets the others pass, and goes once they have passed and it alone is left to blame', async () => {
    const { tracker, batches } = start({ events: 4 }, (names) => ({ status: names.includes('bad') ? 500 : 200 }));
    for (const name of ['a', 'bad', 'b', 'c']) tracker.track(name);
    for (let i = 0; i < 40; i++) {
      tracker.track('later');
      await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    }
    expect(tracker.stats()).toMatchObject({ acknowledged: 43, waiting: 0, dropped: { rejected: 1 } });
    const withBad = batches.filter((names) => names.includes('bad'));
    expect([...new Set(withBad)]).toEqual(['a bad b c', 'a bad', 'bad']);
    // The others do not wait for it: most have passed by the time it is alone.
    expect(batches.indexOf('later')).toBeLessThan(batches.indexOf('bad'));
  });

  it('costs no event while nothing passes: then it is the endpoint', async () => {
    let status = 500;
    const { tracker } = start({}, () => ({ status }));
    for (const name of ['a', 'b']) tracker.track(name);
    await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE_MS);
    expect(tracker.stats()).toMatchObject({ waiting: 2, dropped: {} });
    status = 200;
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(tracker.stats()).toMatchObject({ acknowledged: 2, dropped: {} });
  });
});

describe('an endpoint that takes less than the format says', () => {
  it('gets half as much from then on, and is asked for more after eight batches', async () => {
    const { tracker, batches } = start({ events: 8 }, ({ length }) => ({
      status: length > 4 && batches.length < 10 ? 413 : 200,
    }));
    for (let i = 0; i < 56; i++) tracker.track('a');
    await flushed(tracker);
    expect(batches.map((names) => names.split(' ').length)).toEqual([8, 4, 4, 4, 4, 4, 4, 4, 4, 8, 8, 8]);
    expect(tracker.stats()).toMatchObject({ acknowledged: 56, dropped: {} });
  });
});
