import { beforeEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json';
import { createTracker } from '../../src/createTracker';
import { debug } from '../../src/debug';
import { json } from '../../src/formats/json';
import { jsonAnswers } from '../../src/formats/jsonAnswers';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { launchSource } from '../../src/plugins/launchSource';
import { pageLeave } from '../../src/plugins/pageLeave';
import { pageView } from '../../src/plugins/pageView';
import { sample } from '../../src/plugins/sample';
import { share } from '../../src/plugins/share';
import { tap } from '../../src/plugins/tap';
import { webviewLink } from '../../src/plugins/webviewLink';
import { SDK } from '../../src/semantic';
import type { TrackEvent } from '../../src/types/event';
import type { Plugin } from '../../src/types/plugin';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

beforeEach(() => {
  vi.useFakeTimers();
});

/** The events and their contexts as the endpoint reads them. */
const arrived = (device: ReturnType<typeof createFakeAdapter>) =>
  device
    .bodies()
    .flatMap(({ batch, contexts }) =>
      batch.map((event: { context: number }) => ({ ...event, context: contexts[event.context] })),
    );

describe('createTracker: events', () => {
  it('carry a UUID, the launch, their order, time, type and session', async () => {
    const { tracker, device } = startTracker();
    tracker.track('one', { a: 1 });
    vi.advanceTimersByTime(5);
    tracker.track('two');
    await flushed(tracker);
    const [one, two] = arrived(device);
    expect(one).toMatchObject({ boot: 1, seq: 0, type: 'track', name: 'one', properties: { a: 1 } });
    expect(two).toMatchObject({ boot: 1, seq: 1, ts: one.ts + 5, session_id: one.session_id });
    expect(one.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one.id).not.toBe(two.id);
  });

  it('of plugins are of type auto', () => {
    const { host, events } = startTracker([appLifecycle()]);
    host.launch();
    expect(events.map(({ type }) => type)).toEqual(['auto', 'auto']);
  });

  it('share a context with visitor, SDK, platform, network and the facts of the adapter', async () => {
    const { tracker, device } = startTracker();
    tracker.track('x');
    await flushed(tracker);
    expect(arrived(device)[0].context).toEqual({
      anonymous_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      platform: 'fake',
      sdk: SDK,
      network_type: 'wifi',
      app_id: 'wx1234',
      app_version: '1.2.3',
      device: { brand: 'Maker', model: 'M1' },
    });
  });

  it('keep what is known of visitor and host, whatever plugins say in its place', async () => {
    const loud: Plugin = {
      name: 'loud',
      setup: ({ setContext }) =>
        setContext({ anonymous_id: 'own', user_id: 'own', platform: 'own', sdk: 'own', app_id: 'own', level: 'gold' }),
    };
    const { tracker, device } = startTracker([loud]);
    tracker.track('x');
    tracker.identify('u1');
    await flushed(tracker);
    const [before, after] = device.bodies()[0].contexts;
    expect(before).toMatchObject({ platform: 'fake', app_id: 'wx1234', level: 'gold' });
    expect(before.anonymous_id).toMatch(/^\w{32}$/);
    expect(before).not.toHaveProperty('user_id');
    expect(after.user_id).toBe('u1');
  });

  it('carry the network as it was when they were captured', async () => {
    const { tracker, device } = startTracker();
    tracker.track('at_home');
    device.setNetwork('4g');
    tracker.track('on_the_way');
    await flushed(tracker);
    expect(arrived(device).map(({ name, context }) => `${name} ${context.network_type}`)).toEqual([
      'at_home wifi',
      'on_the_way 4g',
    ]);
  });

  it('are still sent when the adapter cannot tell its facts', async () => {
    spyOnWarnings();
    const device = createFakeAdapter();
    const context = () => {
      throw new Error('timed out');
    };
    const tracker = createTracker({ adapter: { ...device.adapter, context }, endpoint: ENDPOINT });
    tracker.track('x');
    await flushed(tracker);
    expect(arrived(device)[0].context).toMatchObject({ platform: 'fake' });
  });

  it('keep the visitor and count the launches over restarts', async () => {
    const values = new Map<string, string>();
    const seen: unknown[] = [];
    for (let launch = 0; launch < 3; launch++) {
      const { tracker, device } = startTracker([], { values });
      tracker.track('x');
      await flushed(tracker);
      const event = arrived(device).pop();
      seen.push([event.boot, event.seq, event.context.anonymous_id]);
      vi.unstubAllGlobals();
    }
    const [, , visitor] = seen[0] as unknown[];
    expect(seen).toEqual([
      [1, 0, visitor],
      [2, 0, visitor],
      [3, 0, visitor],
    ]);
  });
});

describe('createTracker: the session', () => {
  it('is one for all events of a launch, until a plugin gives it another id', () => {
    const { tracker, host, events } = startTracker([
      appLifecycle(),
      {
        name: 'renewer',
        setup: ({ host: source, session }) => source.on('appHide', () => void session(`${session()}-2`)),
      },
    ]);
    host.launch();
    tracker.track('x');
    host.hide();
    tracker.track('y');
    const [first, second] = new Set(events.map(({ session_id }) => session_id));
    expect(events.map(({ session_id }) => session_id)).toEqual([first, first, first, first, second]);
    expect(second).toBe(`${first}-2`);
  });
});

describe('createTracker: identify and reset', () => {
  it('joins later events to the user and keeps the anonymous id', async () => {
    const { tracker, device } = startTracker();
    tracker.track('before');
    tracker.identify('u_1024', { level: 'gold' });
    tracker.track('after');
    await flushed(tracker);
    const [before, identify, after] = arrived(device);
    expect(before.context.user_id).toBeUndefined();
    expect(identify).toMatchObject({ type: 'identify', properties: { level: 'gold' } });
    expect(identify.context.user_id).toBe('u_1024');
    expect(after.context).toMatchObject({ user_id: 'u_1024', anonymous_id: before.context.anonymous_id });
  });

  it('remembers the user over a restart', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values });
    first.tracker.identify('u_1024');
    first.tracker.destroy();
    vi.unstubAllGlobals();
    const { tracker, device } = startTracker([], { values });
    tracker.track('x');
    await flushed(tracker);
    expect(arrived(device).pop().context.user_id).toBe('u_1024');
  });

  it('takes traits of any form', () => {
    const { tracker, last } = startTracker();
    tracker.identify('u', null as never);
    expect(last('identify')).toEqual({});
  });

  it.each([undefined, null, '', Number.NaN, {}])('refuses %j for a user id, says so and tracks nothing', (id) => {
    const warnings = spyOnWarnings();
    const { tracker, events } = startTracker();
    tracker.identify(id as string);
    expect(events).toEqual([]);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E9 identify');
  });

  it('forgets the user and starts a new visitor on reset', async () => {
    const { tracker, device } = startTracker();
    tracker.identify('u_1024');
    tracker.reset();
    tracker.track('after');
    await flushed(tracker);
    const [identify, after] = arrived(device);
    expect(after.context.user_id).toBeUndefined();
    expect(after.context.anonymous_id).toMatch(/^[0-9a-f]{32}$/);
    expect(after.context.anonymous_id).not.toBe(identify.context.anonymous_id);
  });
});

describe('createTracker: register', () => {
  it("puts properties on every later event; the event's own win", () => {
    const { tracker, last, host } = startTracker([appLifecycle()]);
    tracker.register({ shop: 's1', lane: 2 });
    tracker.track('x', { lane: 7 });
    expect(last('x')).toEqual({ shop: 's1', lane: 7 });
    host.launch();
    expect(last('app_show')).toMatchObject({ shop: 's1' });
  });

  it('calls a function for each event', () => {
    const cart: string[] = [];
    const { tracker, last } = startTracker();
    tracker.register({ cart_size: () => cart.length });
    tracker.track('x');
    expect(last('x')).toEqual({ cart_size: 0 });
    cart.push('A1');
    tracker.track('x');
    expect(last('x')).toEqual({ cart_size: 1 });
  });

  it('goes without the value of a function that throws, and says so', () => {
    const warnings = spyOnWarnings();
    const { tracker, sent } = startTracker();
    tracker.register({
      shop: 's1',
      broken() {
        throw new Error('no store');
      },
    });
    tracker.track('x', { a: 1 });
    tracker.track('x', { a: 1 });
    expect(sent('x')).toEqual({ shop: 's1', a: 1 });
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('no store');
  });

  it('is undone by unregister', () => {
    const { tracker, last } = startTracker();
    tracker.register({ a: 1, b: 2 });
    tracker.unregister('a');
    tracker.unregister('never');
    tracker.track('x');
    expect(last('x')).toEqual({ b: 2 });
  });

  it.each([undefined, null, 'text', 5])('takes %j without a throw', (properties) => {
    const { tracker } = startTracker();
    expect(() => tracker.register(properties as never)).not.toThrow();
  });
});

describe('createTracker: flush and stats', () => {
  const balance = ({ stats }: ReturnType<typeof startTracker>['tracker']) => {
    const { accepted, recovered, acknowledged, waiting, dropped } = stats();
    return accepted + recovered - acknowledged - waiting - Object.values(dropped).reduce<number>((a, b) => a + (b || 0), 0);
  };

  it('tells what was sent', async () => {
    const { tracker } = startTracker();
    tracker.track('x');
    tracker.track('y');
    expect(await flushed(tracker)).toEqual({ state: 'idle', sent: 2, waiting: 0 });
    expect(await flushed(tracker)).toEqual({ state: 'idle', sent: 0, waiting: 0 });
  });

  it.each([
    [503, 'waiting'],
    [401, 'blocked'],
  ] as const)('tells what stands in the way of events answered by %i', async (status, state) => {
    spyOnWarnings();
    const { tracker } = startTracker([], { answer: () => ({ status }) });
    tracker.track('x');
    expect(await flushed(tracker)).toEqual({ state, sent: 0, waiting: 1 });
    expect(tracker.stats().notBefore).toBeGreaterThan(Date.now());
    expect(balance(tracker)).toBe(0);
  });

  it.each([503, 401])('tries once although %i led to a delay, also after a restart', async (status) => {
    spyOnWarnings();
    let now = status;
    const answer = () => ({ status: now });
    const { tracker, device } = startTracker([], { answer });
    tracker.track('x');
    await flushed(tracker);
    expect(await flushed(tracker)).toMatchObject({ sent: 0, waiting: 1 });
    expect(device.requests).toHaveLength(2);
    tracker.destroy();

    const again = startTracker([], { answer, values: device.values });
    now = 200;
    expect(await flushed(again.tracker)).toMatchObject({ state: 'idle', sent: 1, waiting: 0 });
    expect(again.tracker.stats().notBefore).toBe(0);
  });

  it('keeps a delay that the endpoint asked for, also when the clock is set forward', async () => {
    spyOnWarnings();
    const { tracker, device } = startTracker([], { answer: () => ({ status: 503, headers: { 'Retry-After': '60' } }) });
    tracker.track('x');
    expect(await flushed(tracker)).toMatchObject({ state: 'waiting' });
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(await flushed(tracker)).toMatchObject({ state: 'waiting', waiting: 1 });
    expect(device.requests).toHaveLength(1);
  });

  it('tells that the device is offline', async () => {
    const { tracker, device } = startTracker();
    device.setNetwork('none');
    tracker.track('x');
    expect(await flushed(tracker)).toEqual({ state: 'offline', sent: 0, waiting: 1 });
    expect(device.requests).toEqual([]);
  });

  it('keeps the account in balance whatever happens to events', async () => {
    spyOnWarnings();
    const { tracker } = startTracker([], {
      options: {
        beforeSend: (event) => (event.name === 'unwanted' ? null : event),
        maxEventBytes: 1000,
        endpoint: { url: ENDPOINT, format: json({ answers: jsonAnswers }) },
      },
      answer: ({ body }) => {
        const ids = JSON.parse(body).batch.map(({ id }: { id: string }) => id);
        return { body: JSON.stringify({ accepted: ids.slice(1), rejected: ids.slice(0, 1) }) };
      },
    });
    for (const name of ['a', 'unwanted', 'b', 5, 'c']) tracker.track(name as string);
    tracker.track('large', { text: 'x'.repeat(2000) });
    expect(balance(tracker)).toBe(0);
    await flushed(tracker);
    expect(tracker.stats()).toMatchObject({
      accepted: 6,
      acknowledged: 2,
      waiting: 0,
      dropped: { filtered: 1, nameless: 1, too_large: 1, rejected: 1 },
    });
    expect(balance(tracker)).toBe(0);
  });

  it('gives an account that later events do not change', () => {
    const { tracker } = startTracker([], { options: { beforeSend: () => null } });
    spyOnWarnings();
    const before = tracker.stats();
    tracker.track('x');
    expect(before.accepted).toBe(0);
    expect(before.dropped).toEqual({});
  });

  it('sends when enough events wait', async () => {
    const { tracker, device } = startTracker([], { options: { flushAt: 3 } });
    tracker.track('1');
    tracker.track('2');
    await vi.advanceTimersByTimeAsync(100);
    expect(device.requests).toHaveLength(0);
    tracker.track('3');
    await vi.advanceTimersByTimeAsync(100);
    expect(device.bodies()[0].batch).toHaveLength(3);
  });

  it('counts anew after a batch: the next one is as large', async () => {
    const { tracker, device } = startTracker([], { options: { flushAt: 3 } });
    for (let i = 0; i < 8; i++) {
      tracker.track(`${i}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(device.bodies().map(({ batch }) => batch.length)).toEqual([3, 3]);
  });

  it('waits anew after a batch that was sent by time', async () => {
    const { tracker, device } = startTracker([], { options: { flushIntervalMs: 5000 } });
    for (let i = 0; i < 6; i++) {
      tracker.track(`${i}`);
      await vi.advanceTimersByTimeAsync(3000);
    }
    // At 5, 11 and 17 seconds.
    expect(device.bodies().map(({ batch }) => batch.length)).toEqual([2, 2, 2]);
  });

  it('sends what an earlier launch left at a random moment within two seconds', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values });
    first.device.setNetwork('none');
    first.tracker.track('x');
    await vi.advanceTimersByTimeAsync(1000);
    first.tracker.destroy();
    const sentAfter = async (random: number): Promise<number> => {
      vi.spyOn(Math, 'random').mockReturnValue(random);
      const { device, tracker } = startTracker([], { values: new Map(values) });
      const start = Date.now();
      while (!device.requests.length) await vi.advanceTimersByTimeAsync(10);
      tracker.destroy();
      return Date.now() - start;
    };
    const [soon, middle, late] = [await sentAfter(0), await sentAfter(0.5), await sentAfter(0.95)] as [number, number, number];
    // To a tenth: the first waits for storage as well.
    expect([middle - soon, late - soon].map((ms) => Math.round(ms / 100))).toEqual([10, 19]);
  });

  it('asks the adapter for its facts once', async () => {
    const { device, tracker } = startTracker();
    const context = vi.spyOn(device.adapter, 'context');
    for (const type of ['wifi', '4g']) {
      device.setNetwork(type);
      tracker.track('x');
      tracker.setIds({ openid: type });
      await flushed(tracker);
    }
    expect(context).toHaveBeenCalledTimes(1);
    expect(device.bodies().length).toBeGreaterThan(1);
  });

  it('sends when the app goes to the background, the last page included', async () => {
    const { host, device } = startTracker([appLifecycle(), pageView(), pageLeave()]);
    const { Page } = globalThis as unknown as { Page(options: object): void };
    host.file('a', () => Page({}));
    host.launch();
    host.open('a');
    host.hide();
    await vi.advanceTimersByTimeAsync(0);
    expect(arrived(device).map(({ name }) => name)).toEqual(['app_launch', 'app_show', 'page_view', 'page_leave', 'app_hide']);
  });

  it('leaves no trace of those outside of the sample on cards and pages', () => {
    const { tracker, host } = startTracker([share(), launchSource(), webviewLink(), sample(0)]);
    host.file('pages/home/index', () =>
      (globalThis as unknown as { Page(options: object): void }).Page({
        onShareAppMessage: () => ({ path: '/pages/home/index' }),
      }),
    );
    host.launch({ scene: 1007 });
    host.open('pages/home/index');
    const { onShareAppMessage } = host.given('pages/home/index') as { onShareAppMessage(asked: object): { path: string } };
    expect(onShareAppMessage({ from: 'menu' })).toEqual({ path: '/pages/home/index' });
    expect(tracker.shareToken()).toBe('');
    expect(tracker.decorateUrl('https://m.example.com')).toBe('https://m.example.com');
  });

  it('tracks a share of the visitors by sample(), all or nothing', () => {
    const { tracker } = startTracker([sample(0)]);
    tracker.track('x');
    expect(tracker.stats()).toMatchObject({ accepted: 0, waiting: 0 });
    vi.unstubAllGlobals();
    let sampled = 0;
    for (let i = 0; i < 400; i++) {
      const { adapter } = createFakeAdapter();
      const each = createTracker({ adapter, endpoint: ENDPOINT, plugins: [sample(0.5)] });
      each.track('x');
      each.track('y');
      expect([0, 2]).toContain(each.stats().accepted);
      sampled += each.stats().accepted / 2;
    }
    // 200 in the mean, 10 the standard deviation.
    expect(sampled).toBeGreaterThan(130);
    expect(sampled).toBeLessThan(270);
  });
});

describe('createTracker: sessions', () => {
  it('go on after a kill by the last event, offline and with no plugin that keeps time', async () => {
    const start = (values: Map<string, string>) => startTracker([launchSource()], { values });
    const first = start(new Map());
    first.device.setNetwork('none');
    first.host.launch({ scene: 1001 });
    for (let i = 0; i < 50; i++) {
      first.tracker.track('x');
      await vi.advanceTimersByTimeAsync(50_000);
    }
    const { session_id } = first.events[0] as { session_id: string };
    const second = start(new Map(first.device.values));
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    second.host.launch({ scene: 1001 });
    second.tracker.track('y');
    expect(second.events.pop()?.session_id).toBe(session_id);
  });

  it('end by the time in the background, whatever is tracked meanwhile', async () => {
    const { host, tracker, events } = startTracker([launchSource()]);
    host.launch({ scene: 1001 });
    tracker.track('before');
    host.hide();
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    tracker.track('pushed');
    await vi.advanceTimersByTimeAsync(15 * 60_000);
    host.show({ scene: 1001 });
    tracker.track('after');
    const [before, , after] = events.map(({ session_id }) => session_id);
    expect(after).not.toBe(before);
  });
});

describe('createTracker: debug', () => {
  it('is told the event as it leaves and each drop', () => {
    spyOnWarnings();
    const notes: [string, unknown][] = [];
    const beforeSend = (event: TrackEvent) => (event.name === 'unwanted' ? null : { ...event, properties: { phone: '***' } });
    const { tracker } = startTracker([], {
      options: { beforeSend, debug: { explain: () => '', note: (what, value) => void notes.push([what, value]) } },
    });
    tracker.track('looked', { phone: '13800000000' });
    tracker.track('unwanted');
    expect(notes.filter(([what]) => what === 'event')).toEqual([
      ['event', expect.stringMatching(/^\{"id":.*"name":"looked",.*"properties":\{"phone":"\*\*\*"\}\}$/)],
    ]);
    expect(notes.filter(([what]) => what === 'drop')).toEqual([
      ['drop', { reason: 'filtered', count: 1, sample: ['unwanted'] }],
    ]);
  });

  it('writes every event to the console', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    startTracker([], { options: { debug: debug() } }).tracker.track('x', { a: 1 });
    expect(log.mock.calls.some((call) => call.join(' ').includes('x'))).toBe(true);
  });

  it('is silent by default', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const warnings = spyOnWarnings();
    const { tracker } = startTracker();
    tracker.track('x', { a: 1 });
    await flushed(tracker);
    expect(log).not.toHaveBeenCalled();
    expect(warnings()).toEqual([]);
  });
});

describe('createTracker: the first page', () => {
  const open = () => {
    // With `beforeSend` each event is taken in at once.
    const { host, device, tracker } = startTracker([appLifecycle(), pageView()], {
      options: { beforeSend: undefined as never },
    });
    host.file('a', () => (globalThis as unknown as { Page(options: object): void }).Page({}));
    host.launch();
    tracker.track('early');
    vi.advanceTimersByTime(50);
    return { host, stored: () => [...device.values.values()].join() };
  };

  it('is not held up by what is to be stored, and lets it be stored right after', () => {
    const { host, stored } = open();
    expect(stored()).toBe('');
    host.open('a');
    expect(stored()).toBe('');
    vi.advanceTimersByTime(10);
    expect(stored()).toMatch(/app_launch.*early.*page_view/s);
  });

  it('is not waited for where none comes', () => {
    const { stored } = open();
    vi.advanceTimersByTime(200);
    expect(stored()).toMatch(/app_launch.*early/s);
  });

  it('holds up no event once it is there', () => {
    const { host, stored } = open();
    host.open('a');
    vi.advanceTimersByTime(5000);
    host.open('a');
    vi.advanceTimersByTime(10);
    expect(stored().match(/page_view/g)).toHaveLength(2);
  });
});

describe('createTracker: destroy', () => {
  const names = ['App', 'Page', 'Component'] as const;
  const constructors = () => names.map((name) => (globalThis as unknown as Record<string, unknown>)[name]);

  it('restores the host, stops its timers and sends nothing more', async () => {
    const { host, device, tracker } = startTracker([]);
    const before = constructors();
    const second = createTracker({
      adapter: device.adapter,
      endpoint: ENDPOINT,
      namespace: 'second',
      plugins: [appLifecycle(), pageView(), pageLeave(), tap()],
    });
    tracker.track('kept');
    tracker.destroy();
    second.destroy();
    expect(constructors().every((each, i) => each === before[i])).toBe(true);
    expect(host.listeners).toEqual({ show: undefined, hide: undefined });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(device.requests).toEqual([]);
  });

  it('keeps what waits for the next launch', async () => {
    const values = new Map<string, string>();
    const first = startTracker([], { values });
    first.tracker.track('kept');
    first.tracker.destroy();
    vi.unstubAllGlobals();
    const { device, tracker } = startTracker([], { values });
    await vi.advanceTimersByTimeAsync(5000);
    expect(arrived(device)).toMatchObject([{ name: 'kept', boot: 1 }]);
    expect(tracker.stats()).toMatchObject({ recovered: 1, acknowledged: 1 });
  });

  it('keeps it with the context of its time, whatever the facts are called', async () => {
    const values = new Map<string, string>();
    const shop = (id: string): Plugin => ({ name: 'shop', setup: ({ setContext }) => setContext({ id }) });
    const first = startTracker([shop('before')], { values });
    first.tracker.track('kept');
    first.tracker.destroy();
    vi.unstubAllGlobals();
    const { device } = startTracker([shop('after')], { values });
    await vi.advanceTimersByTimeAsync(5000);
    expect(device.bodies()).toMatchObject([{ contexts: [{ id: 'before' }], batch: [{ name: 'kept' }] }]);
  });

  it('keeps what a plugin tracks as it stops', () => {
    const values = new Map<string, string>();
    const last: Plugin = {
      name: 'last',
      setup:
        ({ track }) =>
        () =>
          track('stopped'),
    };
    const { tracker, device } = startTracker([last], { values, options: { beforeSend: undefined as never } });
    tracker.destroy();
    expect(tracker.stats()).toMatchObject({ accepted: 1, stored: 1 });
    expect([...device.values.values()].join()).toContain('"name":"stopped"');
  });

  it('settles a flush that is under way and may be called twice, without a word', async () => {
    const warnings = spyOnWarnings();
    const { tracker, device } = startTracker([{ name: 'endless', setup: () => undefined }]);
    device.setNetwork('none');
    tracker.track('x');
    const result = tracker.flush();
    tracker.destroy();
    tracker.destroy();
    await expect(result).resolves.toMatchObject({ waiting: 1 });
    expect((await flushed(tracker)).state).toBe('stopped');
    expect(warnings()).toEqual([]);
  });

  it('runs every stop, also after one that throws, which is named', () => {
    const warnings = spyOnWarnings();
    const stop = vi.fn();
    const { tracker } = startTracker([
      {
        name: 'broken',
        setup: () => () => {
          throw new Error('no');
        },
      },
      { name: 'good', setup: () => stop },
    ]);
    tracker.destroy();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(warnings()).toEqual([expect.stringMatching(/E1 destroy .*no$/)]);
  });

  it('goes on where the host does not take a listener back, which is named', () => {
    const warnings = spyOnWarnings();
    const { adapter } = createFakeAdapter();
    const onAppShow = () => () => {
      throw new Error('not here');
    };
    const onAppHide = vi.fn(() => stop);
    const stop = vi.fn();
    createTracker({ adapter: { ...adapter, onAppShow, onAppHide }, endpoint: ENDPOINT }).destroy();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(warnings()).toEqual([expect.stringMatching(/E1 destroy .*not here/)]);
  });
});

describe('createTracker: wrapPage', () => {
  it('hands options back as they are when no plugin looks at pages', () => {
    const { tracker } = startTracker([appLifecycle()]);
    const options = {};
    expect(tracker.wrapApp(options)).toBe(options);
    expect(tracker.wrapPage(options)).toBe(options);
    expect(tracker.wrapComponent(options)).toBe(options);
  });

  it('makes a page seen that the constructor would not show', () => {
    spyOnWarnings();
    const { host, tracker, steps } = startTracker([pageView()], { readOnly: ['Page'] });
    const { Page } = globalThis as unknown as { Page(options: object): void };
    host.file('a', () => Page(tracker.wrapPage({ data: {} })));
    host.launch();
    host.open('a');
    expect(steps()).toEqual(['page_view a']);
  });
});

describe('createTracker: wrapApp and wrapComponent', () => {
  it('make an app and a page seen whose constructors would not show them', () => {
    spyOnWarnings();
    const { host, tracker, names } = startTracker([appLifecycle(), pageView()], {
      listens: false,
      readOnly: ['App', 'Component'],
    });
    const { App, Component } = globalThis as unknown as Record<'App' | 'Component', (options: object) => void>;
    App(tracker.wrapApp({}));
    host.file('a', () => Component(tracker.wrapComponent({ methods: {} })));
    host.launch();
    host.open('a');
    expect(names()).toEqual(['app_launch', 'app_show', 'page_view']);
  });
});

describe('SDK', () => {
  it('names the version of the package', () => {
    expect(SDK).toBe(`${packageJson.name}/${packageJson.version}`);
  });
});
