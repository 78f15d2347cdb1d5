import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { json } from '../../src/formats/json';
import { mirror } from '../../src/plugins/mirror';
import type { DropReason } from '../../src/types/stats';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  warnings = spyOnWarnings();
});

type Device = ReturnType<typeof createFakeAdapter>;

const namesIn = ({ bodies }: Pick<Device, 'bodies'>): string[] =>
  bodies().flatMap(({ batch }) => batch.map(({ name }: { name: string }) => name));
const recordsOf = ({ values }: Pick<Device, 'values'>): [string, string][] =>
  [...values].filter(([key]) => /:\d+\.\d+\.-?\d+s?$/.test(key));

describe('a payment', () => {
  it('is dropped last, also by a launch that finds it in storage', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values, options: { maxEvents: 10 } });
    first.device.setNetwork('none');
    first.tracker.track('paid', {}, { durable: true });
    first.tracker.track('looked');
    await vi.advanceTimersByTimeAsync(2000);
    first.tracker.destroy();

    const second = startTracker([], { values, options: { maxEvents: 10 } });
    second.device.setNetwork('none');
    second.tracker.track('first');
    await vi.advanceTimersByTimeAsync(3000);
    for (let i = 0; i < 20; i++) second.tracker.track('later');
    second.device.setNetwork('wifi');
    await flushed(second.tracker);
    expect(namesIn(second.device)).toContain('paid');
    expect(namesIn(second.device)).not.toContain('looked');
  });
});

describe('a wait', () => {
  const blocked = async (url: string, headers = {}) => {
    const values = new Map<string, string>();
    const first = startTracker([], { values, answer: () => ({ status: 404 }), options: { endpoint: { url, headers } } });
    first.tracker.track('kept');
    await flushed(first.tracker);
    first.tracker.destroy();
    return values;
  };

  it('belongs to the address: a release that mends it sends at once', async () => {
    const values = await blocked('https://collect.example.com/wrong');
    const { device, tracker } = startTracker([], { values });
    expect(await flushed(tracker)).toMatchObject({ state: 'idle', sent: 1 });
    expect(namesIn(device)).toEqual(['kept']);
  });

  it('belongs to the key in the headers, too', async () => {
    const values = await blocked(ENDPOINT, { authorization: 'old' });
    const endpoint = { url: ENDPOINT, headers: { authorization: 'new' } };
    const { tracker } = startTracker([], { values, options: { endpoint } });
    expect(await flushed(tracker)).toMatchObject({ state: 'idle', sent: 1 });
  });

  it('goes on at the next launch with the same address, and the console says how long and why', async () => {
    const values = await blocked(ENDPOINT);
    const { tracker, device } = startTracker([], { values });
    await vi.advanceTimersByTimeAsync(5000);
    expect(tracker.stats()).toMatchObject({ state: 'blocked', waiting: 1 });
    expect(device.requests).toEqual([]);
    expect(warnings().join()).toMatch(/E25 404 \d+ s/);
    expect([...values.values()].join()).not.toContain('collect.example.com');
  });
});

describe('a format that throws on one event', () => {
  it('costs that event alone, which is counted', async () => {
    const format = Object.assign({}, json(), {
      encode(batch: Parameters<ReturnType<typeof json>['encode']>[0]) {
        if (batch.events.some(({ line }) => line.includes('"bad"'))) throw new Error('no column for it');
        return json().encode(batch);
      },
    });
    const { tracker, device } = startTracker([], { options: { endpoint: { url: ENDPOINT, format } } });
    for (let i = 0; i < 50; i++) tracker.track(i === 20 ? 'bad' : 'good');
    await flushed(tracker);
    expect(tracker.stats()).toMatchObject({ acknowledged: 49, waiting: 0, dropped: { unserializable: 1 } });
    expect(namesIn(device)).not.toContain('bad');
  });

  it('ends with a format that throws on all', async () => {
    const format = Object.assign({}, json(), {
      encode() {
        throw new Error('always');
      },
    });
    const { tracker } = startTracker([], { options: { endpoint: { url: ENDPOINT, format } } });
    for (let i = 0; i < 2000; i++) tracker.track('x');
    await flushed(tracker);
    expect(tracker.stats()).toMatchObject({ waiting: 0, dropped: { unserializable: 2000 } });
  });
});

describe('undefined over a default', () => {
  it('is the default, for each option and each member of the endpoint', async () => {
    const endpoint = { url: ENDPOINT, format: undefined, headers: undefined, timeoutMs: undefined };
    const none = undefined as never;
    const { tracker, device } = startTracker([], {
      options: { endpoint, consent: none, namespace: none, onDrop: none, onBlocked: none, debug: none, flushIntervalMs: none },
    });
    tracker.track('x');
    expect(await flushed(tracker)).toMatchObject({ state: 'idle', sent: 1 });
    expect(device.requests[0]).toMatchObject({ url: ENDPOINT, timeoutMs: 10_000 });
    expect(warnings()).toEqual([]);
  });
});

describe('onDrop', () => {
  it('is told later and never within itself, however much it tracks', async () => {
    let depth = 0;
    let deepest = 0;
    let calls = 0;
    const told: [DropReason, number, number][] = [];
    const { tracker } = startTracker([], {
      options: {
        maxEvents: 10,
        flushAt: 1000,
        onDrop(reason, count, _, endpoint) {
          deepest = Math.max(deepest, ++depth);
          calls++;
          told.push([reason, count, endpoint]);
          tracker.track('dropped', { reason });
          depth--;
        },
      },
    });
    for (let i = 0; i < 30; i++) tracker.track('x');
    expect(calls).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told[0]).toEqual(['overflow', 20, 0]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(deepest).toBe(1);
    expect(calls).toBeLessThan(13);
  });

  it('says which endpoint dropped', async () => {
    const told: number[] = [];
    const { tracker } = startTracker([mirror({ endpoint: 'https://lake.example.com' })], {
      answer: ({ url }) => ({ status: url.includes('lake') ? 400 : 200 }),
      options: { onDrop: (_, __, ___, endpoint) => void told.push(endpoint) },
    });
    tracker.track('x');
    await flushed(tracker);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([1]);
  });
});

describe('stored values', () => {
  it('stay below 64 KB with contexts as large as they may be', async () => {
    let n = 0;
    const big = { name: 'big', setup: ({ setContext }: { setContext(facts: object): void }) => void (set = setContext) };
    let set: (facts: object) => void = () => undefined;
    const { tracker, device } = startTracker([big as never], { options: { flushAt: 1000, beforeSend: (event) => event } });
    device.setNetwork('none');
    for (let i = 0; i < 40; i++) {
      set({ fact: `${n++}`.padEnd(7000, '人') });
      tracker.track('x', { text: 'y'.repeat(2000) });
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect(tracker.stats()).toMatchObject({ waiting: 40, stored: 40 });
    for (const [, value] of recordsOf(device)) expect(value.length).toBeLessThanOrEqual(65_536);
  });
});

describe('what is stored', () => {
  const visitor = '0123456789abcdef'.repeat(2);
  const id = '01234567-89ab-4cde-a012-000000000000';
  const own = { anonymous_id: visitor, platform: 'fake', sdk: 'minitrail/0.0.1', network_type: 'wifi', app_version: '1.0' };
  const state = { boot: 1, visitor, seen: 0, wait: { until: 0, tries: 0 }, drops: {}, plugins: {} };
  const event = { id, boot: 1, seq: 0, type: 'track', name: 'looked', ts: 1_795_289_860_000, session_id: 's1', properties: {} };
  const launch = async (context: string) => {
    const text = [JSON.stringify(state), context, JSON.stringify(event)].join('\n');
    const { device } = startTracker([], { values: new Map([['minitrail:1000001.1.0s', text]]) });
    await vi.advanceTimersByTimeAsync(5000);
    return device.bodies();
  };

  it('is found by later releases: keys and values keep their form', async () => {
    expect(await launch(JSON.stringify(own))).toMatchObject([{ contexts: [own], batch: [event] }]);
  });

  it('goes with the context of this launch where its own is damaged', async () => {
    const now = { anonymous_id: visitor, app_version: '1.2.3' };
    expect(await launch('{"anonymous_id":"0')).toMatchObject([{ contexts: [now], batch: [event] }]);
  });
});

describe('a host that cannot list its storage', () => {
  it('is named, and events are sent', async () => {
    const device = createFakeAdapter();
    device.adapter.storage.keys = () => {
      throw new Error('no storage');
    };
    const { tracker } = startTracker([], { options: { adapter: device.adapter } });
    tracker.track('looked');
    await flushed(tracker);
    expect(namesIn(device)).toEqual(['looked']);
    expect(warnings()).toEqual([expect.stringMatching(/E1 storage .*no storage/)]);
  });
});

describe('a host that does not list its storage at one launch', () => {
  it('keeps what earlier launches stored: no new value takes the key of an old one', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values });
    first.device.setNetwork('none');
    first.tracker.track('first');
    await vi.advanceTimersByTimeAsync(2000);
    first.tracker.destroy();

    const device = createFakeAdapter({ values });
    device.adapter.storage.keys = () => {
      throw new Error('no storage');
    };
    device.setNetwork('none');
    const second = createTracker({ adapter: device.adapter, endpoint: ENDPOINT });
    second.track('second');
    await vi.advanceTimersByTimeAsync(2000);
    second.destroy();

    const third = startTracker([], { values });
    await flushed(third.tracker);
    expect(namesIn(third.device).sort()).toEqual(['first', 'second']);
  });
});

describe('a host that fails to read a value', () => {
  it('is asked once more, by the other call', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values });
    first.device.setNetwork('none');
    first.tracker.track('kept');
    await vi.advanceTimersByTimeAsync(2000);
    first.tracker.destroy();

    const { tracker, device } = startTracker([], { values });
    device.adapter.storage.read = (_, done) => done(undefined);
    await flushed(tracker);
    expect(namesIn(device)).toEqual(['kept']);
    expect(tracker.stats()).toMatchObject({ recovered: 1, acknowledged: 1, dropped: {} });
  });
});

describe('an endpoint that is taken off the list', () => {
  it('is sent to by nobody; its events are counted and removed', async () => {
    const values = new Map<string, string>();
    const lake = mirror({ name: 'lake', endpoint: 'https://lake.example.com' });
    const first = startTracker([lake], { values, answer: ({ url }) => ({ status: url.includes('lake') ? 503 : 200 }) });
    for (let i = 0; i < 7; i++) first.tracker.track('x');
    await flushed(first.tracker);
    await vi.advanceTimersByTimeAsync(2000);
    first.tracker.destroy();
    expect([...values.keys()].some((key) => key.startsWith('minitrail:lake:'))).toBe(true);

    const { tracker, device } = startTracker([], { values });
    await vi.advanceTimersByTimeAsync(1000);
    tracker.track('y');
    await flushed(tracker);
    expect([...values.keys()].some((key) => key.startsWith('minitrail:lake:'))).toBe(false);
    expect(tracker.stats().dropped).toEqual({ unclaimed: 7 });
    tracker.track('z');
    await flushed(tracker);
    expect(device.bodies().some(({ drops }) => drops.unclaimed === 7)).toBe(true);
  });
});

describe('a device that says it is offline', () => {
  it('is asked again when the app is shown, and on flush()', async () => {
    const { tracker, device, host } = startTracker();
    host.launch();
    device.setNetwork('none');
    tracker.track('x');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(device.requests).toEqual([]);
    // The network comes back and the host does not tell.
    const { onNetwork } = device.adapter;
    device.adapter.onNetwork = (listener) => onNetwork((type) => listener(type === 'none' ? 'wifi' : type));
    expect(await flushed(tracker)).toMatchObject({ state: 'idle', sent: 1 });
  });

  it('is not believed for longer than five minutes', async () => {
    const { tracker, device } = startTracker();
    device.setNetwork('none');
    for (let i = 0; i < 20; i++) {
      tracker.track('x');
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(device.requests.length).toBeGreaterThan(0);
  });

  it('is tried again also where nothing more happens in the app', async () => {
    const { tracker, device } = startTracker();
    device.setNetwork('none');
    tracker.track('x');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(namesIn(device)).toEqual(['x']);
    expect(tracker.stats()).toMatchObject({ state: 'idle', waiting: 0 });
  });
});

describe('an interval beyond what a timer can wait', () => {
  it('is bounded, with a warning: not one request an event', async () => {
    const { tracker, device } = startTracker([], { options: { flushIntervalMs: 2 ** 31 } });
    for (let i = 0; i < 5; i++) {
      tracker.track('x');
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(device.requests).toEqual([]);
    expect(warnings()).toEqual([`[minitrail] E4 flushIntervalMs ${2 ** 31}`]);
  });
});

describe('headers', () => {
  it('are one for each name, whatever its case, and the caller’s counts', async () => {
    const endpoint = { url: ENDPOINT, headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Key': 'k' } };
    const { tracker, device } = startTracker([], { options: { endpoint } });
    tracker.track('x');
    await flushed(tracker);
    expect(device.requests[0]?.headers).toEqual({ 'content-type': 'application/json; charset=utf-8', 'x-key': 'k' });
  });
});

describe('namespaces', () => {
  it('share no key, whatever characters they have', async () => {
    const device = createFakeAdapter();
    const options = { adapter: device.adapter, endpoint: ENDPOINT };
    const one = createTracker({
      ...options,
      namespace: 'a',
      plugins: [mirror({ name: '1', endpoint: 'https://b.example.com' })],
    });
    const two = createTracker({ ...options, namespace: 'a:1' });
    device.setNetwork('none');
    one.track('one');
    two.track('two');
    await vi.advanceTimersByTimeAsync(1000);
    two.setConsent('denied');
    expect(one.stats()).toMatchObject({ waiting: 1, stored: 1, others: [{ waiting: 1, stored: 1 }] });
    expect([...device.values.values()].join()).not.toContain('"name":"two"');
    expect([...device.values.values()].join().match(/"name":"one"/g)).toHaveLength(2);
  });

  it('may be a name that every object has', () => {
    const { adapter } = createFakeAdapter();
    const tracker = createTracker({ adapter, endpoint: ENDPOINT, namespace: 'constructor' });
    tracker.track('x');
    expect(tracker.stats().accepted).toBe(1);
    expect(createTracker({ adapter, endpoint: ENDPOINT, namespace: '__proto__' }).stats().accepted).toBe(0);
  });
});

describe('consent', () => {
  it('that is denied and granted with a request on its way sends one at a time', async () => {
    const device = createFakeAdapter();
    let open = 0;
    let most = 0;
    const { request } = device.adapter;
    device.adapter.request = (given, done) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        request(given, done);
      }, 2000);
    };
    const tracker = createTracker({ adapter: device.adapter, endpoint: ENDPOINT });
    tracker.track('before');
    void tracker.flush();
    await vi.advanceTimersByTimeAsync(100);
    tracker.setConsent('denied');
    tracker.setConsent('granted');
    tracker.track('after');
    void tracker.flush();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(most).toBe(1);
    expect(tracker.stats()).toMatchObject({ waiting: 0, acknowledged: 1, dropped: { denied: 1 } });
  });

  it('that is granted anew at each launch changes nothing', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values, options: { consent: 'pending' } });
    first.tracker.setConsent('granted');
    first.device.setNetwork('none');
    first.tracker.track('x');
    await vi.advanceTimersByTimeAsync(1000);
    first.tracker.destroy();
    const second = startTracker([], { values, options: { consent: 'pending' } });
    second.tracker.setConsent('granted');
    await vi.advanceTimersByTimeAsync(150);
    // The random delay of what is stored stands.
    expect(second.device.requests).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(namesIn(second.device)).toEqual(['x']);
  });
});

describe('an app that clears the storage', () => {
  it('keeps the visitor, the events and what was decided over a kill after the next hide', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values });
    first.host.launch();
    first.tracker.setConsent('granted');
    first.device.setNetwork('none');
    first.tracker.track('x');
    await vi.advanceTimersByTimeAsync(2000);
    const visitorIn = (): string | undefined => /"visitor":"(\w+)"/.exec([...values.values()].join())?.[1];
    const visitor = visitorIn();
    values.clear();
    first.host.hide();
    expect(visitorIn()).toBe(visitor);
    expect(values.has('minitrail:granted')).toBe(true);
    vi.clearAllTimers();

    const second = startTracker([], { values });
    await flushed(second.tracker);
    expect(namesIn(second.device)).toEqual(['x']);
    expect(second.device.bodies()[0].contexts[0].anonymous_id).toBe(visitor);
  });
});

describe('an app that hides while a request is under way', () => {
  const hidden = async (answer: () => { status: number; interrupted?: boolean }) => {
    const started = startTracker([], { answer });
    started.host.launch();
    started.tracker.track('before');
    const sent = started.tracker.flush();
    started.tracker.track('meanwhile');
    started.host.hide();
    await vi.advanceTimersByTimeAsync(60_000);
    await sent;
    return started;
  };

  it('sends what came meanwhile in one more request, and nothing more in the background', async () => {
    const { device, tracker } = await hidden(() => ({ status: 200 }));
    expect(namesIn(device)).toEqual(['before', 'meanwhile']);
    expect(device.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 4000]);
    tracker.track('later');
    tracker.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(device.requests).toHaveLength(2);
  });

  it('sends no more when the host cuts that request', async () => {
    const { device, host } = await hidden(() => ({ status: 0, interrupted: true }));
    expect(namesIn(device)).toEqual(['before']);
    host.show();
    await vi.advanceTimersByTimeAsync(100);
    expect(namesIn(device).slice(1)).toEqual(['before']);
  });

  it('leaves the rest to the wait that a failure brings', async () => {
    const { device } = await hidden(() => ({ status: 500 }));
    expect(namesIn(device)).toEqual(['before']);
  });
});

describe('a clock that is set', () => {
  it('lets no event of this process expire', async () => {
    const { tracker, device } = startTracker();
    tracker.track('x');
    await vi.advanceTimersByTimeAsync(100);
    vi.setSystemTime(Date.now() + 8 * 86_400_000);
    expect(await flushed(tracker)).toMatchObject({ sent: 1 });
    expect(tracker.stats().dropped).toEqual({});
    expect(namesIn(device)).toEqual(['x']);
  });
});
