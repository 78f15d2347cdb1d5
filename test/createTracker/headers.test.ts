import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withHeaders } from '../../src/headers';
import type { HttpRequest } from '../../src/types/adapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

type Ask = Parameters<typeof withHeaders>[1];

beforeEach(() => {
  vi.useFakeTimers();
  spyOnWarnings();
});

const start = (ask: Ask, answer: (request: HttpRequest) => { status?: number } = () => ({})) =>
  startTracker([], {
    answer,
    options: {
      endpoint: withHeaders({ url: ENDPOINT, headers: { 'x-site': 'shop', Authorization: 'old' }, timeoutMs: 3000 }, ask),
    },
  });
const tokens = ({ device }: ReturnType<typeof start>) => device.requests.map(({ headers }) => headers.authorization);
const send = async ({ tracker }: ReturnType<typeof start>, name: string) => {
  tracker.track(name);
  return flushed(tracker);
};

describe('withHeaders', () => {
  it('asks once, and puts the answer over the headers of the endpoint', async () => {
    const ask = vi.fn(() => ({ AUTHORIZATION: 'Bearer 1' }));
    const world = start(ask);
    await send(world, 'x');
    await send(world, 'y');
    expect(world.device.requests.map(({ headers }) => headers)).toMatchObject([
      { authorization: 'Bearer 1', 'x-site': 'shop' },
      { authorization: 'Bearer 1', 'x-site': 'shop' },
    ]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a value', (token: string) => ({ authorization: token })],
    ['a promise', (token: string) => Promise.resolve({ authorization: token })],
  ])('asks again after a 401, and sends the batch once more at once: %s', async (_, give) => {
    let valid = 'a';
    const world = start(
      () => give(valid),
      ({ headers }) => ({ status: headers.authorization === valid ? 200 : 401 }),
    );
    await send(world, 'x');
    valid = 'b';
    expect(await send(world, 'y')).toEqual({ state: 'idle', sent: 1, waiting: 0 });
    expect(tokens(world)).toEqual(['a', 'a', 'b']);
  });

  it('takes an endpoint that is a text', async () => {
    const world = startTracker([], { options: { endpoint: withHeaders(ENDPOINT, () => ({ authorization: 'a' })) } });
    await send(world, 'x');
    expect(world.device.requests).toMatchObject([{ url: ENDPOINT, headers: { authorization: 'a' } }]);
  });

  describe('request', () => {
    const ASKED = { method: 'POST' as const, url: ENDPOINT, headers: {}, body: '{}', timeoutMs: 3000 };

    it('goes the way of the endpoint, which may still ask the host', () => {
      const way = vi.fn();
      const [done, byHost] = [vi.fn(), vi.fn()];
      withHeaders({ url: ENDPOINT, request: way }, () => ({ authorization: 'a' })).request?.(ASKED, done, byHost);
      expect(way.mock.calls).toEqual([[{ ...ASKED, headers: { authorization: 'a' } }, expect.any(Function), byHost]]);
      expect(byHost).not.toHaveBeenCalled();
    });

    it('says in its answer why there were no headers', () => {
      const done = vi.fn();
      const ask = () => {
        throw new Error('no session');
      };
      withHeaders(ENDPOINT, ask).request?.(ASKED, done, vi.fn());
      expect(done.mock.calls).toEqual([[{ status: 0, headers: {}, body: '', message: 'headers: Error: no session' }]]);
    });

    it('takes what is answered in the last millisecond of its time', async () => {
      const byHost = vi.fn();
      const late = new Promise<Record<string, string>>((resolve) => setTimeout(() => resolve({}), ASKED.timeoutMs));
      withHeaders(ENDPOINT, () => late).request?.(ASKED, vi.fn(), byHost);
      await vi.advanceTimersByTimeAsync(ASKED.timeoutMs);
      expect(byHost).toHaveBeenCalledTimes(1);
    });
  });

  it('does not go round in circles: headers that are new and refused block the endpoint, and nothing is lost', async () => {
    const ask = vi.fn(() => ({ authorization: 'bad' }));
    const world = start(ask, () => ({ status: 401 }));
    expect(await send(world, 'x')).toEqual({ state: 'blocked', sent: 0, waiting: 1 });
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Ask]>([
    [
      'throws',
      () => {
        throw new Error('no session');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no session'))],
    ['answers nothing', () => undefined as unknown as Record<string, string>],
    ['answers a text', () => 'Bearer 1' as unknown as Record<string, string>],
  ])('keeps the events while asking %s, and sends them later', async (_, failing) => {
    let isUp = false;
    const world = start(() => (isUp ? { authorization: 'a' } : failing()));
    expect(await send(world, 'x')).toEqual({ state: 'waiting', sent: 0, waiting: 1 });
    expect(world.device.requests).toEqual([]);
    isUp = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(world.tracker.stats()).toMatchObject({ acknowledged: 1, waiting: 0 });
  });

  it.each<[string, (tracker: ReturnType<typeof start>['tracker']) => void]>([
    ['after consent was denied', (tracker) => tracker.setConsent('denied')],
    ['after destroy()', (tracker) => tracker.destroy()],
  ])('sends nothing when the headers come %s', async (_, end) => {
    let answer: ((headers: Record<string, string>) => void) | undefined;
    const { tracker, device } = start(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    tracker.track('x');
    void tracker.flush();
    await vi.advanceTimersByTimeAsync(1000);
    end(tracker);
    answer?.({ authorization: 'a' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(device.requests).toEqual([]);
  });

  it('sends nothing twice when the answer comes after the attempt was given up', async () => {
    const answers: ((headers: Record<string, string>) => void)[] = [];
    const world = start(() => new Promise((resolve) => answers.push(resolve)));
    world.tracker.track('x');
    void world.tracker.flush();
    await vi.advanceTimersByTimeAsync(4600);
    expect(world.tracker.stats()).toMatchObject({ waiting: 1, inFlight: 0 });
    answers[0]?.({ authorization: 'late' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(tokens(world)).toEqual(['late']);
    expect(world.tracker.stats()).toMatchObject({ acknowledged: 1, requests: 2 });
  });
});
