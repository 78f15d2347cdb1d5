import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpResponse } from '../../src/types/adapter';
import type { TrackerOptions } from '../../src/types/options';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  spyOnWarnings();
});

type Answer = (names: readonly string[]) => Partial<HttpResponse>;

/** An app that has tracked these events, before an endpoint that answers so. */
const start = (names: readonly string[], answer: Answer, options: Partial<TrackerOptions> = {}) => {
  const sent: string[][] = [];
  const { tracker, device } = startTracker([], {
    options,
    answer({ body }) {
      const batch = JSON.parse(body).batch.map(({ name }: { name: string }) => name);
      sent.push(batch);
      return answer(batch);
    },
  });
  for (const name of names) tracker.track(name);
  return { tracker, device, sent };
};

describe('the status of an answer', () => {
  it.each([200, 201, 204, 299])('%i: the events were taken', async (status) => {
    const { tracker } = start(['a', 'b'], () => ({ status }));
    expect(await flushed(tracker)).toEqual({ state: 'idle', sent: 2, waiting: 0 });
  });

  it.each([0, 408, 425, 429, 500, 502, 503, 504, 520, 599])('%i: they wait and are sent again', async (status) => {
    let now = status;
    const { tracker, sent } = start(['a'], () => ({ status: now }));
    expect(await flushed(tracker)).toEqual({ state: 'waiting', sent: 0, waiting: 1 });
    now = 200;
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([['a'], ['a']]);
  });

  // 302, 402 and 412: a host that follows no redirect, and numbers with a 2 in them.
  it.each([301, 302, 401, 402, 403, 404, 405, 410, 412, 501, 505])('%i: they wait until the owner mends it', async (status) => {
    const { tracker } = start(['a'], () => ({ status }));
    expect(await flushed(tracker)).toEqual({ state: 'blocked', sent: 0, waiting: 1 });
    expect(tracker.stats().dropped).toEqual({});
  });

  it.each([
    [413, 'too_large'],
    [400, 'rejected'],
    [422, 'rejected'],
  ] as const)(
    '%i: they are sent in halves until the one is found that is to blame, and that is dropped',
    async (status, reason) => {
      const names = ['a', 'b', 'bad', 'c', 'd'];
      const { tracker, sent } = start(names, (batch) => ({ status: batch.includes('bad') ? status : 200 }));
      await flushed(tracker);
      expect(tracker.stats()).toMatchObject({ acknowledged: 4, waiting: 0, dropped: { [reason]: 1 } });
      expect(sent.map((batch) => batch.join(' '))).toEqual(['a b bad c d', 'a b', 'bad c d', 'bad', 'c d']);
    },
  );
});

describe('the wait after a failure', () => {
  const AT_MOST = 0.999_999;
  /** How long each of so many failures in a row leads to, in seconds. */
  const waits = async (times: number, answer: Partial<HttpResponse>, random = 0): Promise<number[]> => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const list: number[] = [];
    const { tracker } = start(['a'], () => answer);
    for (let i = 0; i < times; i++) {
      const at = Date.now();
      await flushed(tracker);
      list.push(Math.round((tracker.stats().notBefore - at) / 100) / 10);
    }
    return list;
  };

  it('doubles up to five minutes, half of it at random', async () => {
    expect(await waits(11, { status: 503 })).toEqual([0.5, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150]);
    expect(await waits(11, { status: 503 }, AT_MOST)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('doubles from one minute to an hour where only the owner can mend it', async () => {
    expect(await waits(8, { status: 401 }, AT_MOST)).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600]);
  });

  it.each([
    ['in seconds', '90', 90],
    ['by a date', new Date(1_795_289_870_000 + 90_000).toUTCString(), 90],
    ['of more than an hour', '7200', 3600],
    ['that says nothing', 'soon', 0.5],
    ['in the past', new Date(0).toUTCString(), 0.5],
  ])('is the Retry-After %s, and up to a fifth more', async (_, value, seconds) => {
    const answer = { status: 503, headers: { 'Content-Type': 'text/html', 'RETRY-after': value } };
    const most = seconds < 1 ? 1 : seconds * 1.2;
    expect([await waits(1, answer), await waits(1, answer, AT_MOST)]).toEqual([[seconds], [most]]);
  });

  it('counts anew where the failure is of another kind', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(AT_MOST);
    const list: number[] = [];
    const answers = [503, 503, 503, 401, 401, 503, 200, 503];
    const { tracker } = start(['a'], () => ({ status: answers.shift() as number }));
    while (answers.length) {
      const at = Date.now();
      tracker.track('b');
      await flushed(tracker);
      list.push(Math.round(Math.max(0, tracker.stats().notBefore - at) / 1000));
    }
    expect(list).toEqual([1, 2, 4, 60, 120, 1, 1]);
  });

  it('is known to the next launch, also when the app is killed at once', async () => {
    const answer = () => ({ status: 503, headers: { 'Retry-After': '60' } });
    const first = startTracker([], { answer });
    first.tracker.track('a');
    void first.tracker.flush();
    for (let i = 0; i < 10; i++) await Promise.resolve();
    expect(first.device.requests).toHaveLength(1);
    const { tracker, device } = startTracker([], { answer, values: new Map(first.device.values) });
    tracker.track('b');
    expect(await flushed(tracker)).toMatchObject({ state: 'waiting' });
    expect(device.requests).toEqual([]);
  });

  it('is told to debug, with how often it failed', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const note = vi.fn();
    const { tracker } = start(['a'], () => ({ status: 503, headers: { 'Retry-After': '60' } }), {
      debug: { explain: () => '', note },
    });
    await flushed(tracker);
    expect(note).toHaveBeenCalledWith('wait', { ms: 60_000, tries: 1 });
  });
});

describe('an endpoint that only its owner can mend', () => {
  it('is named once, by its status, each time that it begins', async () => {
    const warnings = spyOnWarnings();
    const blocked: number[] = [];
    const answers = [503, 401, 401, 403, 200, 401];
    const { tracker } = start(['a'], () => ({ status: answers.shift() as number }), {
      onBlocked: (status) => void blocked.push(status),
    });
    while (answers.length) {
      tracker.track('b');
      await flushed(tracker);
    }
    expect(blocked).toEqual([401, 401]);
    expect(warnings().filter((text) => text.includes('E23'))).toEqual([expect.stringContaining('E23 401 https://')]);
  });
});

describe('what was dropped', () => {
  it('is reported with each batch until one is taken, and then no more', async () => {
    const answers = [503, 200, 200, 200];
    const { tracker, device } = start(
      ['unwanted', 'a'],
      () => {
        // While a request is on its way: for the next one.
        if (answers.length === 3) tracker.track('unwanted');
        return { status: answers.shift() as number };
      },
      { beforeSend: (event) => (event.name === 'unwanted' ? null : event) },
    );
    for (const name of ['b', 'c']) {
      await flushed(tracker);
      await vi.advanceTimersByTimeAsync(1000);
      tracker.track(name);
    }
    await flushed(tracker);
    expect(device.bodies().map(({ drops }) => drops)).toEqual([{ filtered: 1 }, { filtered: 1 }, { filtered: 1 }, {}]);
  });
});
