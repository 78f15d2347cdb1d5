import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { experiment } from '../../src/plugins/experiment';
import { launchSource } from '../../src/plugins/launchSource';
import { pageLeave } from '../../src/plugins/pageLeave';
import { share } from '../../src/plugins/share';
import { webviewLink } from '../../src/plugins/webviewLink';
import type { TrackerOptions } from '../../src/types/options';
import type { DropReason } from '../../src/types/stats';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  warnings = spyOnWarnings();
});

const MINUTE_MS = 60_000;
const OTHERS_KEYS: readonly [string, string][] = [
  ['cart', '[]'],
  ['minitrail-of-somebody-else', 'x'],
];
const startWith = (consent: TrackerOptions['consent'], values = new Map(OTHERS_KEYS), options = {}) =>
  startTracker([appLifecycle(), launchSource(), pageLeave()], {
    values,
    options: { consent: consent as 'pending', ...options },
  });

type Started = ReturnType<typeof startWith>;

const visit = ({ host, tracker }: Started): void => {
  host.file('pages/home/index', () => (globalThis as unknown as { Page(options: object): void }).Page({}));
  host.launch({ scene: 1001 });
  host.open('pages/home/index');
  tracker.identify('u1');
  tracker.track('looked', { sku: 'A1' }, { durable: true });
  vi.advanceTimersByTime(MINUTE_MS);
};
const visitorsOf = ({ device }: Started): Set<string> =>
  new Set(device.bodies().flatMap(({ contexts }) => contexts.map((context: { anonymous_id: string }) => context.anonymous_id)));
const ownKeys = ({ device }: Started): string[] => [...device.values.keys()].filter((key) => key.startsWith('minitrail:'));

describe('consent: denied when the app starts', () => {
  it.each([
    ['launchSource', launchSource],
    ['share', share],
  ])('opens the tracker once, though %s asks for the visitor meanwhile', (_, plugin) => {
    const { tracker, device } = startTracker([], {
      options: { consent: 'denied', plugins: [plugin()], beforeSend: undefined as never },
    });
    const keys = vi.spyOn(device.adapter.storage, 'keys');
    tracker.track('looked');
    // Where pages are seen, it waits for the first one.
    vi.advanceTimersByTime(200);
    // One when it opens, one to clear away what is there.
    expect(keys).toHaveBeenCalledTimes(2);
    expect(warnings()).toEqual([]);
  });
});

describe('consent: pending', () => {
  it('sends nothing and stores nothing, whatever happens', async () => {
    const started = startWith('pending');
    visit(started);
    started.host.hide();
    vi.advanceTimersByTime(MINUTE_MS);
    started.host.show();
    expect(await flushed(started.tracker)).toMatchObject({ state: 'stopped', sent: 0 });
    started.tracker.destroy();
    expect(started.device.requests).toEqual([]);
    expect([...started.device.values]).toEqual(OTHERS_KEYS);
    expect(warnings()).toEqual([]);
  });

  it('sends what was held once consent is granted, with its original times and order', async () => {
    const started = startWith('pending');
    visit(started);
    const { accepted } = started.tracker.stats();
    vi.advanceTimersByTime(10 * MINUTE_MS);
    started.tracker.setConsent('granted');
    await vi.advanceTimersByTimeAsync(100);
    const batch = started.device.bodies().flatMap((body) => body.batch);
    expect(batch.map(({ seq }) => seq)).toEqual(Array.from({ length: accepted }, (_, seq) => seq));
    expect(batch.find(({ name }) => name === 'looked').ts).toBe(1_795_289_870_000);
    expect(visitorsOf(started).size).toBe(1);
    expect(started.tracker.stats()).toMatchObject({ acknowledged: accepted, waiting: 0, dropped: {} });
  });

  it('holds no more than maxEvents, the oldest going first, and counts them', () => {
    const dropped: [DropReason, number][] = [];
    const { tracker } = startWith('pending', undefined, {
      maxEvents: 100,
      onDrop: (reason: DropReason, count: number) => dropped.push([reason, count]),
    });
    for (let i = 0; i < 130; i++) tracker.track('x', { i });
    expect(tracker.stats()).toMatchObject({ accepted: 130, waiting: 100, stored: 0, dropped: { overflow: 30 } });
    vi.advanceTimersByTime(1000);
    expect(dropped).toEqual([['overflow', 30]]);
  });

  it('leaves alone what is stored for an endpoint that is no longer there', async () => {
    const old: readonly [string, string] = ['minitrail:lake:1000001.1.0', '\n{}\n{"id":"a","boot":1,"seq":0,"ts":1}'];
    const started = startWith('pending', new Map([old]));
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect([...started.device.values]).toEqual([old]);
    expect(started.tracker.stats().dropped).toEqual({});
  });

  it('leaves alone what a release without the question had stored, and sends it after consent', async () => {
    const before = startWith('granted');
    before.device.setNetwork('none');
    before.tracker.track('before');
    await vi.advanceTimersByTimeAsync(100);
    before.tracker.destroy();
    const stored = ownKeys(before);
    expect(stored).not.toEqual([]);

    const started = startWith('pending', before.device.values);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(started.device.requests).toEqual([]);
    expect(ownKeys(started)).toEqual(stored);
    started.tracker.track('after');
    started.tracker.setConsent('granted');
    await vi.advanceTimersByTimeAsync(100);
    expect(started.device.bodies().flatMap(({ batch }) => batch.map(({ name }: { name: string }) => name))).toEqual([
      'before',
      'after',
    ]);
    expect(visitorsOf(started).size).toBe(1);
  });
});

describe('consent: granted', () => {
  it('stays so after a restart when it was denied before', async () => {
    const first = startWith('pending');
    first.tracker.setConsent('denied');
    first.tracker.setConsent('granted');
    first.tracker.destroy();
    const second = startWith('pending', first.device.values);
    second.tracker.track('x');
    await flushed(second.tracker);
    expect(second.device.requests).toHaveLength(1);
  });

  it('is not written again, however often the app grants it and hides', () => {
    const { tracker, host, device } = startWith('pending');
    const set = vi.spyOn(device.adapter.storage, 'set');
    const writes = () => set.mock.calls.filter(([key]) => key === 'minitrail:granted').length;
    tracker.setConsent('granted');
    vi.advanceTimersByTime(1000);
    const before = writes();
    for (let i = 0; i < 3; i++) {
      tracker.setConsent('granted');
      host.hide();
      host.show();
    }
    expect(before).toBeGreaterThan(0);
    expect(writes()).toBe(before);
  });

  it('stays so after a restart of an app that starts with pending', async () => {
    const first = startWith('pending');
    first.tracker.setConsent('granted');
    await vi.advanceTimersByTimeAsync(100);
    first.tracker.destroy();
    const second = startWith('pending', first.device.values);
    second.tracker.track('x');
    await flushed(second.tracker);
    expect(second.device.requests).toHaveLength(1);
  });
});

describe('consent: denied', () => {
  it('deletes what is held and stored, and collects nothing more', async () => {
    const dropped: [DropReason, number][] = [];
    const started = startWith('granted', undefined, {
      onDrop: (reason: DropReason, count: number) => dropped.push([reason, count]),
    });
    started.device.setNetwork('none');
    visit(started);
    expect(ownKeys(started)).not.toEqual([]);
    const { waiting } = started.tracker.stats();
    started.tracker.setConsent('denied');
    started.tracker.track('after');
    started.tracker.setIds({ openid: 'o1' });
    started.host.hide();
    started.device.setNetwork('wifi');
    await vi.advanceTimersByTimeAsync(MINUTE_MS);

    expect(started.device.requests).toEqual([]);
    expect([...started.device.values].filter(([key]) => key.startsWith('minitrail:'))).toEqual([['minitrail:denied', '1']]);
    expect(OTHERS_KEYS.every(([key, value]) => started.device.values.get(key) === value)).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(dropped).toEqual([['denied', waiting]]);
    expect(started.tracker.stats()).toMatchObject({ accepted: waiting, waiting: 0, dropped: { denied: waiting } });
  });

  it('stays so after a restart, whatever the app starts with', async () => {
    const first = startWith('pending');
    first.tracker.setConsent('denied');
    first.tracker.destroy();
    for (const consent of ['granted', 'pending', undefined] as const) {
      const next = startWith(consent, first.device.values);
      visit(next);
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
      expect(next.device.requests).toEqual([]);
      expect(ownKeys(next)).toEqual(['minitrail:denied']);
      next.tracker.destroy();
    }
  });

  it('deletes what a kill kept from being deleted', async () => {
    const first = startWith('granted');
    first.device.setNetwork('none');
    first.tracker.track('x');
    await vi.advanceTimersByTimeAsync(100);
    first.device.adapter.storage.remove = () => undefined;
    first.tracker.setConsent('denied');
    expect(ownKeys(first).length).toBeGreaterThan(1);
    const next = startWith('granted', first.device.values);
    expect(ownKeys(next)).toEqual(['minitrail:denied']);
  });

  it('deletes what was on its way to storage', async () => {
    const started = startWith('granted');
    const { storage } = started.device.adapter;
    const write = storage.write;
    const landing: (() => void)[] = [];
    storage.write = (...args) => void landing.push(() => write(...args));
    started.device.setNetwork('none');
    started.tracker.track('x');
    await vi.advanceTimersByTimeAsync(100);
    expect(landing).not.toEqual([]);
    started.tracker.setConsent('denied');
    for (const land of landing) land();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(ownKeys(started)).toEqual(['minitrail:denied']);
  });

  it('makes somebody new of a visitor who grants it later', async () => {
    const started = startWith('granted');
    visit(started);
    await flushed(started.tracker);
    const [before] = visitorsOf(started);
    const sessions = new Set(started.events.map(({ session_id }) => session_id));
    started.tracker.setConsent('denied');
    started.tracker.setConsent('granted');
    started.device.requests.length = 0;
    started.tracker.track('back');
    await flushed(started.tracker);
    const [body] = started.device.bodies();
    expect(body.batch.map(({ name }: { name: string }) => name)).toEqual(['back']);
    expect(body.contexts[0].anonymous_id).not.toBe(before);
    expect(body.contexts[0].user_id).toBeUndefined();
    expect(sessions).not.toContain(body.batch[0].session_id);
    expect(ownKeys(started)).toContain('minitrail:granted');
  });

  it('lets no plugin remember the visitor for the one who comes after', async () => {
    const started = startWith('granted');
    const { host, tracker, device } = started;
    host.launch({ scene: 1001, query: { utm_source: 'before' } });
    tracker.flush();
    vi.advanceTimersByTime(0);
    expect([...device.values.values()].join()).toContain('before');
    host.hide();
    vi.advanceTimersByTime(60 * MINUTE_MS);
    host.show({ scene: 1007, query: {} });
    tracker.track('x');
    await flushed(tracker);
    const contexts = () => device.bodies().flatMap((body) => body.contexts);
    expect(contexts().pop()).toMatchObject({ session_index: 3 });

    tracker.setConsent('denied');
    tracker.track('y');
    host.hide();
    host.show({ scene: 1011, query: { utm_source: 'after' } });
    device.requests.length = 0;
    tracker.setConsent('granted');
    tracker.track('z');
    await flushed(tracker);
    expect(contexts()).toMatchObject([{ session_index: 1, is_first_visit: true, source: { utm_source: 'after' } }]);
    expect(JSON.stringify(contexts())).not.toContain('before');
    vi.advanceTimersByTime(2 * MINUTE_MS);
    tracker.track('later');
    await flushed(tracker);
    expect([...device.values.values()].join()).not.toContain('before');
  });

  it('leaves the tracker of another namespace alone', async () => {
    const values = new Map<string, string>([['minitrail:shop:1000001.1', 'x']]);
    const started = startWith('granted', values);
    started.tracker.setConsent('denied');
    expect(ownKeys(started)).toEqual(['minitrail:shop:1000001.1', 'minitrail:denied']);
  });

  it('keeps nothing of the time in between for the visitor who grants it later', async () => {
    const { tracker, device, events, names } = startTracker([experiment({ experiments: { coupon: { none: 1 } } })], {
      options: { consent: 'denied' },
    });
    tracker.identify('user-between');
    tracker.setIds({ openid: 'o1' });
    tracker.variant('coupon');
    tracker.setConsent('granted');
    tracker.track('x');
    tracker.setIds({ openid: 'o1' });
    tracker.variant('coupon');
    expect(names()).toEqual(['x', 'alias', 'experiment_exposure']);
    expect(events.map(({ boot, seq }) => [boot, seq])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    await flushed(tracker);
    const sent = JSON.stringify(device.bodies());
    expect(sent).toContain('"openid":"o1"');
    expect(sent).not.toContain('user-between');
  });

  it('counts the events of each visitor from 0, so that the server misses none', async () => {
    const { tracker, device, events } = startTracker();
    tracker.track('x');
    tracker.track('x');
    tracker.setConsent('denied');
    tracker.setConsent('granted');
    tracker.track('y');
    await flushed(tracker);
    expect(events.map(({ seq }) => seq)).toEqual([0, 1, 0]);
    expect(tracker.stats()).toMatchObject({ accepted: 3, acknowledged: 1, dropped: { denied: 2 } });
    expect(device.bodies()).toHaveLength(1);
  });

  it('tells where the visitor who grants it later has come from', async () => {
    const { host, tracker, device } = startWith('denied');
    host.launch({ scene: 1011, query: { utm_source: 'poster' } });
    tracker.setConsent('granted');
    tracker.track('x');
    await flushed(tracker);
    expect(device.bodies().pop().contexts).toMatchObject([{ session_index: 1, source: { utm_source: 'poster' } }]);
    expect([...device.values.values()].join()).toContain('"launchSource":{');
  });

  it('leaves cards as they are, and gives no token', () => {
    const { host, tracker } = startTracker([share()], { options: { consent: 'denied' } });
    const card = { path: '/pages/home/index?id=1' };
    host.file('pages/home/index', () =>
      (globalThis as unknown as { Page(options: object): void }).Page({ onShareAppMessage: () => card }),
    );
    host.launch();
    const page = host.open('pages/home/index') as unknown as { onShareAppMessage(asked: object): object };
    expect(page.onShareAppMessage({ from: 'menu' })).toBe(card);
    expect(tracker.shareToken()).toBe('');
    tracker.setConsent('granted');
    expect(page.onShareAppMessage({ from: 'menu' })).not.toEqual(card);
    expect(tracker.shareToken()).not.toBe('');
  });

  it('waits for the network that was lost meanwhile', async () => {
    const { tracker, device } = startTracker([], { options: { consent: 'denied' } });
    device.setNetwork('none');
    tracker.setConsent('granted');
    tracker.track('x');
    expect(await flushed(tracker)).toMatchObject({ state: 'offline', waiting: 1 });
    expect(device.requests).toEqual([]);
  });

  it('ends a flush that was waiting', async () => {
    const { tracker } = startTracker();
    tracker.track('x');
    const result = tracker.flush();
    tracker.setConsent('denied');
    expect(await result).toEqual({ state: 'stopped', sent: 0, waiting: 0 });
  });

  it('gives URLs back as they were', () => {
    const { tracker } = startTracker([webviewLink()]);
    tracker.setConsent('denied');
    expect(tracker.decorateUrl('https://m.example.com/?a=1')).toBe('https://m.example.com/?a=1');
  });
});

describe('consent: something else', () => {
  it('is named and held like pending', async () => {
    const { tracker, device } = startWith('yes' as 'pending', new Map());
    tracker.track('x');
    await flushed(tracker);
    expect(warnings()).toEqual(['[minitrail] E5 consent yes']);
    expect(device.requests).toEqual([]);
    expect([...device.values]).toEqual([]);
    tracker.setConsent('granted');
    await vi.advanceTimersByTimeAsync(100);
    expect(device.requests).toHaveLength(1);
  });
});

describe('setConsent', () => {
  /** A host that takes its time to remove what it was told to. */
  const startSlow = () => {
    const device = createFakeAdapter();
    const { storage } = device.adapter;
    const { remove } = storage;
    storage.remove = (key, done) => void setTimeout(() => remove(key, done), 50);
    return { ...startTracker([], { options: { adapter: device.adapter } }), device };
  };

  it('keeps the last decision when the first is removed late', async () => {
    const { tracker, device } = startSlow();
    tracker.setConsent('granted');
    tracker.setConsent('denied');
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect([...device.values.keys()]).toEqual(['minitrail:denied']);
  });

  it('keeps what is stored after it when what was before is removed late', async () => {
    const { tracker, device } = startSlow();
    device.setNetwork('none');
    tracker.track('before', {}, { durable: true });
    tracker.setConsent('denied');
    tracker.setConsent('granted');
    tracker.track('after', {}, { durable: true });
    await vi.advanceTimersByTimeAsync(100);
    const stored = [...device.values.values()].join();
    expect(stored).toContain('"name":"after"');
    expect(stored).not.toContain('"name":"before"');
  });

  it('starts nothing again after destroy()', async () => {
    const { tracker, device } = startTracker([], { options: { consent: 'pending' } });
    tracker.track('x');
    tracker.destroy();
    tracker.setConsent('granted');
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(device.requests).toEqual([]);
    expect(tracker.stats().state).toBe('stopped');
  });

  it('names a wrong decision once and changes nothing', async () => {
    const { tracker, device } = startTracker([], {});
    tracker.setConsent('yes' as 'granted');
    tracker.setConsent('yes' as 'granted');
    expect(warnings()).toEqual(['[minitrail] E5 setConsent yes']);
    tracker.track('x');
    await flushed(tracker);
    expect(device.requests).toHaveLength(1);
  });

  it('holds for this launch when the host refuses to store it', () => {
    const { adapter } = createFakeAdapter();
    adapter.storage.set = () => {
      throw new Error('full');
    };
    const { tracker, device } = startTracker([], { options: { adapter } });
    tracker.setConsent('denied');
    tracker.track('x');
    expect(tracker.stats().accepted).toBe(0);
    expect(device.requests).toEqual([]);
    expect(warnings()[0]).toContain('setConsent');
  });
});
