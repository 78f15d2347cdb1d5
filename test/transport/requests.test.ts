import { beforeEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../src/formats/json';
import type { Adapter, HttpResponse } from '../../src/types/adapter';
import type { Endpoint } from '../../src/types/options';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  warnings = spyOnWarnings();
});

const OK: HttpResponse = { status: 200, headers: {}, body: '' };

/** An app on a host that does with requests what the test says. */
const startOn = (request: Adapter['request'], timeoutMs = 10_000) => {
  const { adapter } = createFakeAdapter();
  return startTracker([], { options: { adapter: { ...adapter, request }, endpoint: { url: ENDPOINT, timeoutMs } } }).tracker;
};

describe('a request', () => {
  it('that the host forgets is given up, shortly after the time that the host has for it', async () => {
    const request = vi.fn();
    const tracker = startOn(request, 10_000);
    tracker.track('a');
    void tracker.flush();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(tracker.stats()).toMatchObject({ state: 'sending', inFlight: 1, waiting: 1 });
    await vi.advanceTimersByTimeAsync(500);
    expect(tracker.stats()).toMatchObject({ state: 'waiting', inFlight: 0, waiting: 1, dropped: {} });
    await vi.advanceTimersByTimeAsync(1000);
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('that the host answers too late, or twice, counts once', async () => {
    const answers: ((response: HttpResponse) => void)[] = [];
    const tracker = startOn((_, done) => void answers.push(done), 10_000);
    tracker.track('a');
    void tracker.flush();
    await vi.advanceTimersByTimeAsync(13_000);
    expect(answers).toHaveLength(2);
    answers[0]?.(OK);
    expect(tracker.stats()).toMatchObject({ acknowledged: 0, inFlight: 1, waiting: 1 });
    answers[1]?.(OK);
    answers[1]?.({ ...OK, status: 401 });
    expect(tracker.stats()).toMatchObject({ state: 'idle', acknowledged: 1, inFlight: 0, waiting: 0 });
  });

  it('that the host refuses by a throw is tried again, and named', async () => {
    let left = 1;
    const tracker = startOn((_, done) => {
      if (left--) throw new Error('no network stack');
      done(OK);
    });
    tracker.track('a');
    expect(await flushed(tracker)).toMatchObject({ state: 'waiting', waiting: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(tracker.stats()).toMatchObject({ acknowledged: 1, waiting: 0 });
    expect(warnings()).toEqual([expect.stringMatching(/E1 request .*no network stack/)]);
  });

  it.each([
    ['https://e.com/in', 'https://e.com/in?key=1'],
    ['https://e.com/in?a=b', 'https://e.com/in?a=b&key=1'],
  ])('to %s has the query of the format behind it', async (url, sent) => {
    const own = json();
    const format = { ...own, encode: (batch: Parameters<typeof own.encode>[0]) => ({ ...own.encode(batch), query: 'key=1' }) };
    const { tracker, device } = startTracker([], { options: { endpoint: { url, format } as Endpoint } });
    tracker.track('a');
    await flushed(tracker);
    expect(device.requests.map((request) => request.url)).toEqual([sent]);
  });

  it('is a POST of JSON, unless the endpoint says otherwise in whatever case', async () => {
    const headersOf = async (headers: Record<string, string>) => {
      const { tracker, device } = startTracker([], { options: { endpoint: { url: ENDPOINT, headers } } });
      tracker.track('a');
      await flushed(tracker);
      expect(device.requests[0]?.method).toBe('POST');
      return device.requests[0]?.headers;
    };
    expect(await headersOf({})).toEqual({ 'content-type': 'application/json' });
    expect(await headersOf({ 'Content-Type': 'text/plain', 'X-Key': 'k' })).toEqual({
      'content-type': 'text/plain',
      'x-key': 'k',
    });
  });
});

describe('an app that hides', () => {
  it('has its last request done before the host cuts it, and the next ones wait for its return', async () => {
    const { tracker, host, device } = startTracker();
    host.launch();
    tracker.track('a');
    host.hide();
    await vi.advanceTimersByTimeAsync(100);
    expect(device.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([4000]);
    tracker.track('b');
    expect(await flushed(tracker)).toMatchObject({ state: 'background', waiting: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(device.requests).toHaveLength(1);
    host.show();
    await vi.advanceTimersByTimeAsync(100);
    expect(device.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([4000, 10_000]);
    expect(tracker.stats()).toMatchObject({ acknowledged: 2, waiting: 0 });
  });
});

describe('a device that was offline', () => {
  it('sends what waits as soon as the network is back', async () => {
    const { tracker, device } = startTracker();
    device.setNetwork('none');
    tracker.track('a');
    expect(await flushed(tracker)).toMatchObject({ state: 'offline', waiting: 1 });
    device.setNetwork('4g');
    await vi.advanceTimersByTimeAsync(0);
    expect(tracker.stats()).toMatchObject({ acknowledged: 1, waiting: 0 });
  });

  it('sends nothing early because the network changes', async () => {
    const { tracker, device } = startTracker();
    tracker.track('a');
    device.setNetwork('4g');
    device.setNetwork('wifi');
    await vi.advanceTimersByTimeAsync(1000);
    expect(device.requests).toEqual([]);
  });
});
