import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type MirrorOptions, mirror } from '../../src/plugins/mirror';
import type { HttpRequest } from '../../src/types/adapter';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const OWN = 'https://collect.example.com/v1/events';
const LAKE = 'https://lake.example.com/rows';

const start = (answer: (request: HttpRequest) => { status?: number }, values = new Map<string, string>()) =>
  startTracker([mirror({ endpoint: { url: LAKE } })], { values, answer, options: { endpoint: OWN } });
const namesAt = ({ device }: ReturnType<typeof start>, url: string) =>
  device.requests
    .filter((request) => request.url === url)
    .flatMap(({ body }) => JSON.parse(body).batch.map(({ name }: { name: string }) => name));

beforeEach(() => {
  vi.useFakeTimers();
});

describe('mirror', () => {
  it('gives every event to each, under the same id', async () => {
    const world = start(() => ({}));
    world.tracker.track('order_paid', { value: 1 });
    expect(await flushed(world.tracker)).toEqual({ state: 'idle', sent: 2, waiting: 0 });
    const ids = world.device.bodies().map(({ batch }) => batch[0].id);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(world.tracker.stats()).toMatchObject({ accepted: 1, acknowledged: 1, others: [{ accepted: 1, acknowledged: 1 }] });
  });

  it('does not hold up one while another is down, and sends there later', async () => {
    spyOnWarnings();
    let lake = 500;
    const world = start(({ url }) => ({ status: url === LAKE ? lake : 200 }));
    world.tracker.track('first');
    expect(await flushed(world.tracker)).toMatchObject({ state: 'waiting', sent: 1, waiting: 1 });
    world.tracker.track('second');
    await flushed(world.tracker);
    expect(namesAt(world, OWN)).toEqual(['first', 'second']);
    expect(world.tracker.stats()).toMatchObject({ state: 'idle', waiting: 0, others: [{ state: 'waiting', waiting: 2 }] });
    lake = 200;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(new Set(namesAt(world, LAKE))).toEqual(new Set(['first', 'second']));
    expect(world.tracker.stats().others).toMatchObject([{ acknowledged: 2, waiting: 0 }]);
  });

  it('tells that the first waits while the second is served', async () => {
    spyOnWarnings();
    const world = start(({ url }) => ({ status: url === OWN ? 500 : 200 }));
    world.tracker.track('x');
    expect(await flushed(world.tracker)).toEqual({ state: 'waiting', sent: 1, waiting: 1 });
  });

  it('keeps what each still has to get over a kill', async () => {
    const values = new Map<string, string>();
    const first = start(({ url }) => ({ status: url === LAKE ? 503 : 200 }), values);
    first.tracker.track('kept');
    await flushed(first.tracker);
    await vi.advanceTimersByTimeAsync(2000);
    vi.clearAllTimers();
    await vi.advanceTimersByTimeAsync(3_600_000);

    const next = start(() => ({}), values);
    await vi.advanceTimersByTimeAsync(2500);
    expect(namesAt(next, LAKE)).toEqual(['kept']);
    expect(namesAt(next, OWN)).toEqual([]);
    expect(next.tracker.stats()).toMatchObject({ recovered: 0, others: [{ recovered: 1, acknowledged: 1 }] });
    expect(first.tracker.stats().accepted).toBe(1);
  });

  it.each([
    [undefined, 'minitrail:1:'],
    ['a:b', 'minitrail:a%3Ab:'],
  ])('stores under the name %s what waits for it, beside what waits for the first', async (name, prefix) => {
    spyOnWarnings();
    const values = new Map<string, string>();
    const { tracker } = startTracker([mirror({ ...(name && { name }), endpoint: LAKE })], {
      values,
      answer: () => ({ status: 503 }),
      options: { endpoint: OWN },
    });
    tracker.track('kept', {}, { durable: true });
    await flushed(tracker);
    const keys = [...values.keys()].filter((key) => key.includes('minitrail'));
    expect(keys.some((key) => key.startsWith(prefix))).toBe(true);
    expect(keys.some((key) => !key.startsWith(prefix))).toBe(true);
  });

  it.each([['nowhere'], [undefined], [null]])('names a wrong one, %s, and serves the others', async (endpoint) => {
    const warnings = spyOnWarnings();
    const { device, tracker } = startTracker([mirror({ endpoint } as MirrorOptions)], { options: { endpoint: OWN } });
    tracker.track('a');
    await flushed(tracker);
    expect(device.requests.map(({ url }) => url)).toEqual([OWN]);
    expect(warnings().filter((text) => text.includes('E20'))).toEqual([`[minitrail] E20 ${endpoint ? ' nowhere' : ''}`.trim()]);
    expect(tracker.stats().others).toMatchObject([{ state: 'stopped', waiting: 1 }]);
  });

  it('counts the endpoints in their order, for those who are told of a drop', async () => {
    const dropped: number[] = [];
    const { tracker } = startTracker([mirror({ name: 'a', endpoint: LAKE }), mirror({ name: 'b', endpoint: `${LAKE}/b` })], {
      answer: () => ({ status: 400 }),
      options: { endpoint: OWN, onDrop: (_reason, _count, _sample, index) => dropped.push(index) },
    });
    tracker.track('x');
    await flushed(tracker);
    await vi.advanceTimersByTimeAsync(2000);
    expect(dropped.sort()).toEqual([0, 1, 2]);
  });
});
