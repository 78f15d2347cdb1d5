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

  it.each([0, -1])('has one event where the format says that it takes %i', async (events) => {
    const { tracker, batches } = start({ events });
    for (let i = 0; i < 20; i++) tracker.track('a');
    await flushed(tracker);
    expect(batches).toEqual(Array(20).fill('a'));
  });

  it('has no more than that after many of them, either', async () => {
    const { tracker, batches } = start({ events: 2 });
    for (let i = 0; i < 40; i++) tracker.track('a');
    await flushed(tracker);
    expect(batches).toEqual(Array(20).fill('a a'));
  });

  it('has what waited when it was decided to send; what comes meanwhile has its own time', async () => {
    const { tracker, batches } = start({ events: 1 }, () => {
      if (batches.length < 3) tracker.track('meanwhile');
      return {};
    });
    tracker.track('a');
    expect(await flushed(tracker)).toEqual({ state: 'idle', sent: 1, waiting: 1 });
    expect(batches).toEqual(['a']);
  });

  it('is as large as before after one in which an event was bad', async () => {
    const { tracker, batches } = start({ events: 4 }, (names) => ({ status: names.includes('bad') ? 400 : 200 }));
    for (const name of ['a', 'bad', 'c', 'd', 'e', 'f', 'g', 'h']) tracker.track(name);
    await flushed(tracker);
    expect(batches).toEqual(['a bad c d', 'a bad', 'a', 'bad', 'c d', 'e f g h']);
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
  const refusing = (name: string) => start({}, (names) => ({ status: names.includes(name) ? 500 : 200 }));

  it('goes first three times, then lets the others pass, and is dropped when they have passed five times more', async () => {
    const { tracker, batches } = refusing('bad');
    tracker.track('bad');
    for (let i = 0; i < 12; i++) {
      await flushed(tracker);
      tracker.track(`${i}`);
    }
    const passing = ['0 1 2', '3', '4', '5', '6'].flatMap((others) => [others, 'bad']);
    expect(batches).toEqual(['bad', 'bad', 'bad', ...passing, '7', '8', '9', '10']);
    expect(tracker.stats()).toMatchObject({ acknowledged: 11, waiting: 1, dropped: { rejected: 1 } });
  });

  it('is not to blame as long as nothing else has passed since', async () => {
    const { tracker, batches } = refusing('bad');
    tracker.track('bad');
    for (let i = 0; i < 12; i++) await flushed(tracker);
    tracker.track('other');
    for (let i = 0; i < 12; i++) await flushed(tracker);
    expect(batches.slice(12, 14)).toEqual(['other', 'bad']);
    expect(tracker.stats()).toMatchObject({ acknowledged: 1, waiting: 1, dropped: {} });
  });

  it('is found among others by halves, once one has passed beside them', async () => {
    const { tracker, batches } = refusing('bad');
    for (const name of ['a', 'b', 'c', 'bad']) tracker.track(name);
    for (let i = 0; i < 6; i++) {
      await flushed(tracker);
      tracker.track(`${i}`);
    }
    const whole = 'a b c bad';
    expect(batches).toEqual([whole, whole, whole, '0 1 2', whole, '3', 'a b', 'c bad', '4', 'c', 'bad']);
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
