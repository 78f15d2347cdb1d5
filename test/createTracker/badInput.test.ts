import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { debug } from '../../src/debug';
import { limitsOf } from '../../src/options';
import { anonymousId } from '../../src/plugins/anonymousId';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { experiment } from '../../src/plugins/experiment';
import { manualPages } from '../../src/plugins/manualPages';
import { pageView } from '../../src/plugins/pageView';
import { persistentProperties } from '../../src/plugins/persistentProperties';
import { profile } from '../../src/plugins/profile';
import { share } from '../../src/plugins/share';
import { timers } from '../../src/plugins/timers';
import { webviewLink } from '../../src/plugins/webviewLink';
import type { Adapter } from '../../src/types/adapter';
import type { TrackerOptions } from '../../src/types/options';
import type { Plugin, PluginList } from '../../src/types/plugin';
import type { Tracker } from '../../src/types/tracker';
import { createLog } from '../../src/utils/log';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
});

/** What every tracker has, whatever its plugins bring: a key that is missing or too many does not compile. */
type Member = keyof { [Name in keyof Tracker as undefined extends Tracker[Name] ? never : Name]: true };
const MEMBERS: Record<Member, true> = {
  track: true,
  identify: true,
  setIds: true,
  reset: true,
  register: true,
  unregister: true,
  setConsent: true,
  flush: true,
  stats: true,
  destroy: true,
  wrapApp: true,
  wrapPage: true,
  wrapComponent: true,
};

// Not among the declarations of the library, which runs where it is missing.
const bigInt = (globalThis as unknown as { BigInt(value: number): unknown }).BigInt;

const balance = ({ stats }: Tracker) => {
  const { accepted, recovered, acknowledged, waiting, dropped } = stats();
  const lost = Object.values(dropped).reduce<number>((sum, count) => sum + (count || 0), 0);
  return accepted + recovered - acknowledged - waiting - lost;
};

describe('createTracker: limits', () => {
  it('names one that is no number or below its range, and keeps the default', () => {
    const { tracker } = startTracker([], {
      options: { maxEvents: Number.NaN, flushAt: -1, maxBytes: '1' as unknown as number },
    });
    expect(warnings().map((text) => text.replace('[minitrail] ', ''))).toEqual([
      'E4 flushAt -1',
      'E4 maxEvents NaN',
      'E4 maxBytes 1',
    ]);
    for (let i = 0; i < 2100; i++) tracker.track('x');
    expect(tracker.stats().waiting).toBe(2000);
  });

  // The ranges of docs/options.md.
  it.each([
    ['flushAt', 0, 30],
    ['flushAt', 1, 1],
    ['flushAt', 1001, 1000],
    ['flushIntervalMs', -1, 15_000],
    ['flushIntervalMs', 0, 0],
    ['flushIntervalMs', Infinity, 2_147_483_647],
    ['maxEvents', 9, 2000],
    ['maxEvents', 10, 10],
    ['maxEvents', 10_001, 10_000],
    ['maxBytes', 999, 1_048_576],
    ['maxBytes', 1000, 1000],
    ['maxBytes', '5000', 1_048_576],
    ['maxBytes', 4_194_305, 4_194_304],
    ['maxAgeMs', 999, 604_800_000],
    ['maxAgeMs', 1000, 1000],
    ['maxAgeMs', 2_592_000_001, 2_592_000_000],
    ['maxEventBytes', 99, 32_768],
    ['maxEventBytes', 100, 100],
    ['maxEventBytes', 49_153, 49_152],
  ] as const)('%s: %d is %d, and what was not taken as it is is named', (name, given, used) => {
    const limits = limitsOf({ [name]: given } as never, createLog());
    expect(limits[name]).toBe(used);
    expect(warnings().map((text) => text.replace('[minitrail] ', ''))).toEqual(given === used ? [] : [`E4 ${name} ${given}`]);
  });

  it('says nothing of one that is undefined', () => {
    startTracker([], { options: { maxEvents: undefined as unknown as number } });
    expect(warnings()).toEqual([]);
  });
});

describe('what a plugin remembers', () => {
  it('is refused when JSON cannot carry it, and the state is written all the same', async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const { tracker, device } = startTracker([
      {
        name: 'forgetful',
        setup({ memory }) {
          memory.set({ kept: 1 });
          memory.set(cycle as never);
        },
      },
    ]);
    tracker.track('x');
    await flushed(tracker);
    expect(warnings()[0]).toContain('memory of forgetful');
    expect([...device.values.values()].join()).toContain('"forgetful":{"kept":1}');
  });

  it('describes no event by what JSON cannot carry', async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const { tracker, device } = startTracker([
      {
        name: 'talkative',
        setup({ setContext }) {
          setContext({ kept: 1, cycle: cycle as never });
        },
      },
    ]);
    tracker.track('x');
    await flushed(tracker);
    expect(warnings()[0]).toContain('E14 talkative');
    expect(device.bodies()[0]).toMatchObject({ contexts: [{ kept: 1 }], batch: [{ name: 'x' }] });
  });
});

it('the facts of an adapter may hold what JSON cannot carry, and a name that every object has may be registered', async () => {
  const { tracker, device } = startTracker();
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  device.adapter.context = () => ({ app_id: 'wx1', big: bigInt(9), cycle, no: () => 1 }) as never;
  tracker.register({ constructor: 'own', toString: 1 });
  tracker.track('x');
  await flushed(tracker);
  expect(device.bodies()[0]).toMatchObject({
    contexts: [{ app_id: 'wx1', big: '9', cycle: {} }],
    batch: [{ name: 'x', properties: { constructor: 'own', toString: 1 } }],
  });
  tracker.unregister('constructor');
  tracker.unregister('toString');
  tracker.unregister('valueOf');
  tracker.track('y');
  await flushed(tracker);
  expect(device.bodies()[1].batch[0].properties).toEqual({});
});

describe('createTracker: no adapter', () => {
  it.each([
    ['no options', undefined],
    ['null', null],
    ['no adapter', { endpoint: ENDPOINT }],
    ['a function that was not called', { adapter: () => createFakeAdapter().adapter, endpoint: ENDPOINT }],
  ])('says what to do about %s and gives a tracker that does nothing', (_, options) => {
    const tracker = createTracker(options as unknown as TrackerOptions);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E2');
    tracker.track('x');
    tracker.identify('u');
    tracker.destroy();
    expect(tracker.stats().accepted).toBe(0);
    expect(warnings()).toHaveLength(1);
  });

  it('gives a tracker with every member', () => {
    const idle = createTracker(undefined as unknown as TrackerOptions);
    expect(Object.keys(idle).sort()).toEqual(Object.keys(MEMBERS).sort());
    for (const member of Object.values(idle)) expect(member).toBeTypeOf('function');
    const { tracker } = startTracker();
    expect(Object.keys(tracker).sort()).toEqual(Object.keys(MEMBERS).sort());
  });

  it('gives a tracker that hands options back, so that wrapped pages stay pages', () => {
    const idle = createTracker(undefined as unknown as TrackerOptions);
    const options = {};
    expect([idle.wrapApp(options), idle.wrapPage(options), idle.wrapComponent(options)]).toEqual([options, options, options]);
    expect(idle.wrapPage(options)).toBe(options);
  });

  it('gives a tracker whose flush and stats have the usual form', async () => {
    const idle = createTracker(undefined as unknown as TrackerOptions);
    const { tracker } = startTracker();
    expect(Object.keys(await flushed(idle)).sort()).toEqual(Object.keys(await flushed(tracker)).sort());
    expect(Object.keys(idle.stats()).sort()).toEqual(Object.keys(tracker.stats()).sort());
    expect(await flushed(idle)).toEqual({ state: 'stopped', sent: 0, waiting: 0 });
  });
});

describe('createTracker: the endpoint', () => {
  it.each([
    undefined,
    null,
    '',
    'collect.example.com',
    '/v1/events',
    'ftp://collect.example.com',
    'collect.example.com/?to=https://example.com',
    'https://',
    42,
    {},
    { url: undefined },
    { url: '' },
  ])('%j is named once; events are kept and the app runs on', async (endpoint) => {
    const { tracker, device } = startTracker([], { options: { endpoint: endpoint as string } });
    tracker.track('kept');
    vi.advanceTimersByTime(60_000);
    expect(await flushed(tracker)).toMatchObject({ state: 'stopped', waiting: 1 });
    expect(device.requests).toEqual([]);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E20');
    expect(tracker.stats()).toMatchObject({ accepted: 1, waiting: 1, stored: 1 });
  });

  it('by http: is used, with a word of warning in development that devices refuse it', async () => {
    const { tracker, device } = startTracker([], {
      options: { endpoint: 'http://collect.example.com/v1', debug: debug({ note: () => {} }) },
    });
    tracker.track('sent');
    await flushed(tracker);
    expect(device.requests).toHaveLength(1);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('https:');
  });

  it.each(['http://localhost:8080/v1', 'http://127.0.0.1:8080'])('%s raises no warning', (endpoint) => {
    startTracker([], { options: { endpoint, debug: debug({ note: () => {} }) } });
    expect(warnings()).toEqual([]);
  });

  it.each([
    [undefined, 10_000],
    [1999, 2000],
    [2000, 2000],
    [60_001, 60_000],
    [Number.NaN, 10_000],
    ['soon', 10_000],
    [null, 10_000],
  ])('with timeoutMs %s waits %d ms for an answer', async (timeoutMs, used) => {
    const { tracker, device } = startTracker([], { options: { endpoint: { url: ENDPOINT, timeoutMs: timeoutMs as number } } });
    tracker.track('x');
    await flushed(tracker);
    expect(device.requests[0]?.timeoutMs).toBe(used);
    expect(tracker.stats().acknowledged).toBe(1);
  });

  it('takes an object with headers', async () => {
    const { tracker, device } = startTracker([], {
      options: { endpoint: { url: ENDPOINT, headers: { authorization: 'Bearer key' }, timeoutMs: 3000 } },
    });
    tracker.track('sent');
    await flushed(tracker);
    expect(device.requests[0]).toMatchObject({
      url: ENDPOINT,
      method: 'POST',
      timeoutMs: 3000,
      headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    });
  });
});

describe('createTracker: called twice', () => {
  it('gives the running tracker and says so once', () => {
    const { adapter } = createFakeAdapter();
    const first = createTracker({ adapter, endpoint: ENDPOINT });
    expect(warnings()).toEqual([]);
    const second = createTracker({ adapter, endpoint: 'https://other.example.com' });
    expect(second).toBe(first);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E3 minitrail');
  });

  it('leaves the tracker where another copy of the library finds it, as a subpackage may bring one', () => {
    const { adapter } = createFakeAdapter();
    const tracker = createTracker({ adapter, endpoint: ENDPOINT });
    expect(adapter.api).toMatchObject({ __minitrail: { trackers: { minitrail: tracker } } });
  });

  it('starts a second tracker under its own namespace, with its own visitor and queue', async () => {
    const device = createFakeAdapter();
    const [one, two] = ['one', 'two'].map((namespace) =>
      createTracker({ adapter: device.adapter, endpoint: ENDPOINT, namespace }),
    );
    one?.track('for_one');
    two?.track('for_two');
    await flushed(one as Tracker);
    await flushed(two as Tracker);
    const [first, second] = device.bodies();
    expect([first.batch[0].name, second.batch[0].name]).toEqual(['for_one', 'for_two']);
    expect(first.contexts[0].anonymous_id).not.toBe(second.contexts[0].anonymous_id);
    expect(warnings()).toEqual([]);
  });

  it('wraps a page once for both, and keeps it wrapped until the last one is destroyed', () => {
    const names: string[] = [];
    const beforeSend = (event: { name: string }) => {
      names.push(event.name);
      return null;
    };
    const world = startTracker([pageView()], { options: { namespace: 'one', beforeSend } });
    const { Page: wrapped } = globalThis as unknown as { Page: (options: object) => void };
    const second = createTracker({
      adapter: world.device.adapter,
      endpoint: ENDPOINT,
      namespace: 'two',
      plugins: [pageView()],
      beforeSend,
    });
    expect((globalThis as unknown as { Page: unknown }).Page).toBe(wrapped);
    world.host.file('a', () => wrapped({}));
    world.host.launch();
    world.host.open('a');
    expect(names).toEqual(['page_view', 'page_view']);
    world.tracker.destroy();
    world.host.open('a');
    expect(names).toHaveLength(3);
    second.destroy();
    expect((globalThis as unknown as { Page: unknown }).Page).not.toBe(wrapped);
    world.host.open('a');
    expect(names).toHaveLength(3);
  });

  it('starts anew after destroy', () => {
    const { adapter } = createFakeAdapter();
    const first = createTracker({ adapter, endpoint: ENDPOINT });
    first.destroy();
    const second = createTracker({ adapter, endpoint: ENDPOINT });
    expect(second).not.toBe(first);
    second.track('x');
    expect(second.stats().accepted).toBe(1);
    expect(warnings()).toEqual([]);
  });

  it('stands alone where an API object is frozen that has no function', () => {
    const { adapter } = createFakeAdapter();
    const frozen: Adapter = { ...adapter, api: Object.freeze({}) };
    const tracker = createTracker({ adapter: frozen, endpoint: ENDPOINT });
    tracker.track('x');
    expect(tracker.stats().accepted).toBe(1);
    expect(warnings()).toEqual([]);
  });

  it('is one tracker, and one launch a process, where the host froze its API object', () => {
    const api = Object.freeze({ request: () => undefined });
    const first = startTracker([appLifecycle()], { api });
    const { adapter } = first.device;
    expect(createTracker({ adapter, endpoint: ENDPOINT })).toBe(first.tracker);
    first.host.launch();
    first.tracker.destroy();
    const names: string[] = [];
    createTracker({
      adapter,
      endpoint: ENDPOINT,
      plugins: [appLifecycle()],
      beforeSend({ name }) {
        names.push(name);
        return null;
      },
    });
    first.host.hide();
    first.host.show();
    expect([...first.names(), ...names].filter((name) => name === 'app_launch')).toEqual(['app_launch']);
    expect(names).toContain('app_show');
    first.host.restore();
  });
});

describe('createTracker: plugins', () => {
  it('runs the others when one throws in setup, and says which', () => {
    const broken: Plugin = {
      name: 'broken',
      setup() {
        throw new Error('no such element');
      },
    };
    const after: Plugin = { name: 'after', setup: ({ track }) => track('after_setup') };
    const { names } = startTracker([broken, after]);
    expect(names()).toEqual(['after_setup']);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E1 plugin broken');
    expect(warnings()[0]).toContain('no such element');
  });

  it('takes falsy entries and nested lists', () => {
    const named = (name: string): Plugin => ({ name, setup: ({ track }) => track(name) });
    const plugins: PluginList = [false, null, undefined, 0, '', [named('a'), [named('b'), false]], named('c')];
    expect(startTracker(plugins).names()).toEqual(['a', 'b', 'c']);
  });

  it('drops the event, and only that one, when enrich throws or returns null', () => {
    const { tracker } = startTracker([
      {
        name: 'picky',
        enrich(event) {
          if (event.name === 'bad') throw new Error('cannot enrich');
          return event.name === 'unwanted' ? null : event;
        },
      },
    ]);
    for (const name of ['bad', 'unwanted', 'good']) tracker.track(name);
    expect(tracker.stats()).toMatchObject({ accepted: 3, waiting: 1, dropped: { filtered: 2 } });
    expect(balance(tracker)).toBe(0);
  });

  it('enriches in the order of the plugins, then asks beforeSend', () => {
    const add = (name: string): Plugin => ({
      name,
      enrich: (event) => ({ ...event, properties: { ...event.properties, order: `${event.properties.order ?? ''}${name}` } }),
    });
    const { tracker, last } = startTracker([add('a'), add('b')]);
    tracker.track('x');
    expect(last('x')).toEqual({ order: 'ab' });
  });

  it('does not let a plugin or beforeSend change what identifies an event', async () => {
    const { tracker, device } = startTracker([], {
      options: { beforeSend: (event) => ({ ...event, id: 'same', boot: 99, seq: 99, name: 'renamed' }) },
    });
    tracker.track('x');
    await flushed(tracker);
    const [event] = device.bodies()[0].batch;
    expect(event).toMatchObject({ name: 'renamed', boot: 1, seq: 0 });
    expect(event.id).not.toBe('same');
  });
});

describe('createTracker: beforeSend', () => {
  it('drops the event by null', () => {
    const onDrop = vi.fn();
    const { tracker } = startTracker([], { options: { beforeSend: () => null, onDrop } });
    tracker.track('secret');
    expect(tracker.stats().dropped).toEqual({ filtered: 1 });
    expect(onDrop).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(onDrop).toHaveBeenCalledWith('filtered', 1, ['secret'], 0);
  });

  it('may not take name, type and time of an event away, also not in place', async () => {
    const { tracker, device } = startTracker([], {
      options: {
        beforeSend(event) {
          for (const key of ['type', 'name', 'ts', 'session_id'] as const) delete (event as Partial<typeof event>)[key];
          return event;
        },
      },
    });
    tracker.track('x');
    await flushed(tracker);
    const [event] = device.bodies()[0].batch;
    expect(event).toMatchObject({ type: 'track', name: 'x', ts: expect.any(Number), session_id: expect.any(String) });
  });

  it('leaves id, name and time to an event of too many values', async () => {
    const { tracker, device } = startTracker();
    tracker.track('large', { list: Array.from({ length: 3000 }, (_, index) => index) });
    await flushed(tracker);
    expect(device.bodies()[0].batch).toEqual([
      expect.objectContaining({ id: expect.any(String), boot: 1, seq: 0, name: 'large', ts: expect.any(Number) }),
    ]);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'secret'],
    ['a function', () => 1],
  ])('may leave %s for properties: that is none', async (_, properties) => {
    const { tracker, device } = startTracker([], { options: { beforeSend: (event) => ({ ...event, properties }) as never } });
    tracker.track('x', { a: 1 });
    await flushed(tracker);
    expect(device.bodies()[0].batch[0]).toMatchObject({ name: 'x', properties: {} });
  });

  it('may not leave a time that JSON has no number for', async () => {
    const { tracker, device } = startTracker([], { options: { beforeSend: (event) => ({ ...event, ts: Infinity }) } });
    tracker.track('x');
    await flushed(tracker);
    expect(device.bodies()[0].batch[0].ts).toEqual(expect.any(Number));
  });

  const no = (): never => {
    throw new Error('not now');
  };
  it.each<[string, object]>([
    [
      'a getter',
      {
        get properties() {
          return no();
        },
      },
    ],
    ['traps', new Proxy({}, { has: no })],
  ])('counts an event as filtered whose answer has %s that throws', (_, answer) => {
    const { tracker } = startTracker([], { options: { beforeSend: () => answer as never } });
    tracker.track('x');
    expect(tracker.stats().dropped).toEqual({ filtered: 1 });
    expect(balance(tracker)).toBe(0);
    expect(warnings()).toEqual([expect.stringContaining('not now'), expect.stringContaining('E22 filtered')]);
  });

  it('drops the event when it throws: it may have been about to redact', async () => {
    const { tracker, device } = startTracker([], {
      options: {
        beforeSend() {
          throw new Error('redact failed');
        },
      },
    });
    tracker.track('secret');
    await flushed(tracker);
    expect(device.requests).toEqual([]);
    expect(tracker.stats().dropped).toEqual({ filtered: 1 });
    expect(warnings()[0]).toMatch(/E1 beforeSend or enrich .*redact failed/);
  });

  it('may throw in onDrop without harm, which is named', () => {
    const { tracker } = startTracker([], {
      options: {
        beforeSend: () => null,
        onDrop() {
          throw new Error('no');
        },
      },
    });
    expect(() => tracker.track('x')).not.toThrow();
    vi.advanceTimersByTime(1000);
    expect(warnings().pop()).toMatch(/E1 onDrop .*no/);
  });
});

describe('createTracker: track', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty string', ''],
    ['a number', 5],
    ['an object', { name: 'x' }],
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('x')],
    ['a function', () => {}],
  ])('drops an event named by %s, says so and goes on', (_, name) => {
    const { tracker } = startTracker();
    expect(() => tracker.track(name as string)).not.toThrow();
    tracker.track('good');
    expect(tracker.stats()).toMatchObject({ accepted: 2, waiting: 1, dropped: { nameless: 1 } });
    expect(warnings().some((text) => text.includes('E10'))).toBe(true);
    expect(balance(tracker)).toBe(0);
  });

  it.each([
    ['undefined', undefined, {}],
    ['null', null, {}],
    ['a number', 7, { value: 7 }],
    ['a string', 'text', { value: 'text' }],
    ['a list', ['a', 'b'], { value: ['a', 'b'] }],
    ['a Map', new Map([['a', 1]]), { value: [['a', 1]] }],
    ['a Date', new Date(0), { value: '1970-01-01T00:00:00.000Z' }],
    ['an error', new TypeError('no'), { name: 'TypeError', message: 'no' }],
    ['what says by itself what it is as JSON', { secret: 1, toJSON: () => ({ id: 7 }) }, { id: 7 }],
    ['a promise', Promise.resolve(), {}],
  ])('takes %s for properties', async (_, properties, sent) => {
    const { tracker, device } = startTracker();
    tracker.track('x', properties as never);
    await flushed(tracker);
    expect(device.bodies()[0].batch[0].properties).toEqual(sent);
  });

  it.each([
    ['a promise', Promise.resolve()],
    ['bytes', new Uint8Array(8)],
  ])('says so when %s is given for properties', (_, properties) => {
    const { tracker } = startTracker();
    tracker.track('x', properties as never);
    expect(warnings()).toEqual([expect.stringContaining('E7 x')]);
  });

  const many = Array.from({ length: 3000 }, (_, index) => index);
  const sparse: unknown[] = [];
  sparse.length = 2 ** 32 - 1;
  it.each([
    ['a list', many, 1999],
    ['a list of empty places', sparse, 1999],
    ['a Set', new Set(many), 1999],
    // Each of its places is a list of two.
    ['a Map', new Map(many.map((each) => [each, 1])), 667],
    ['an object', Object.fromEntries(many.map((each) => [`k${each}`, each])), 1999],
  ])('takes the first values of %s that is too long, and says so', (_, value, kept) => {
    const { tracker, last } = startTracker();
    tracker.track('x', { value });
    const taken = Object.values((last('x') as { value: object }).value).filter((each) => each !== null && each[1] !== null);
    expect(taken.length).toBe(value === sparse ? 0 : kept);
    expect(warnings()).toEqual([expect.stringContaining('E7 x: too much for one event')]);
  });

  it('takes the first 2,000 properties, and says that there are more', () => {
    const { tracker, last } = startTracker();
    tracker.track('x', Object.fromEntries(many.map((each) => [`k${each}`, each])));
    expect(Object.keys(last('x') as object)).toEqual(many.slice(0, 2000).map((each) => `k${each}`));
    expect(warnings()).toEqual([expect.stringContaining('E7 x: too much for one event')]);
  });

  it('keeps what JSON can carry and says what it cannot', async () => {
    const circular: Record<string, unknown> = { ok: 1 };
    circular.self = circular;
    const { tracker, device } = startTracker();
    tracker.track('x', { circular, big: bigInt(9), no: () => {}, at: new Date(0), nan: Number.NaN, text: 'kept' });
    await flushed(tracker);
    expect(device.bodies()[0].batch[0].properties).toEqual({
      circular: { ok: 1 },
      big: '9',
      at: '1970-01-01T00:00:00.000Z',
      nan: null,
      text: 'kept',
    });
    expect(warnings().length).toBeGreaterThan(0);
  });

  it('goes without a property that throws when read, and says so', () => {
    const { tracker, sent } = startTracker();
    const properties = {
      sku: 'A1',
      get price() {
        throw new Error('not loaded');
      },
    };
    expect(() => tracker.track('x', properties)).not.toThrow();
    expect(sent('x')).toEqual({ sku: 'A1' });
    expect(warnings()).toHaveLength(1);
  });

  it('goes without a member far inside that throws when read, and keeps those beside it', () => {
    const { tracker, sent } = startTracker();
    const item = {
      id: 7,
      get price() {
        throw new Error('not loaded');
      },
    };
    tracker.track('x', { cart: { items: [item, { id: 8 }] } });
    expect(sent('x')).toEqual({ cart: { items: [{ id: 7 }, { id: 8 }] } });
    expect(warnings()).toEqual([expect.stringContaining('E7 x: price')]);
  });

  it('drops an event whose list of properties cannot be read', () => {
    const { tracker } = startTracker();
    const properties = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('revoked');
        },
      },
    );
    expect(() => tracker.track('x', properties)).not.toThrow();
    expect(tracker.stats().dropped).toEqual({ unserializable: 1 });
    expect(balance(tracker)).toBe(0);
  });

  it('does not hold on to the properties: a later change does not reach the event', async () => {
    const { tracker, device } = startTracker();
    const properties = { list: [1] };
    tracker.track('x', properties);
    properties.list.push(2);
    await flushed(tracker);
    expect(device.bodies()[0].batch[0].properties).toEqual({ list: [1] });
  });

  it('takes frozen properties and changes none', () => {
    const { tracker, last } = startTracker();
    tracker.register({ shop: 's1' });
    const properties = Object.freeze({ sku: 'A1' });
    tracker.track('x', properties);
    expect(last('x')).toEqual({ shop: 's1', sku: 'A1' });
    expect(properties).toEqual({ sku: 'A1' });
  });

  it('leaves what is registered where a property is undefined', () => {
    const { tracker, last } = startTracker();
    tracker.register({ shop: 's1' });
    tracker.track('x', { shop: undefined, sku: 'A1' });
    expect(last('x')).toEqual({ shop: 's1', sku: 'A1' });
  });

  it('refuses after destroy, and says so', () => {
    const { tracker } = startTracker();
    tracker.destroy();
    tracker.track('late');
    expect(tracker.stats().accepted).toBe(0);
    expect(warnings()).toEqual([expect.stringContaining('E6 late')]);
  });
});

describe('createTracker: what throws when it is looked at', () => {
  const refuse = (): never => {
    throw new Error('none of yours');
  };
  const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'];
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const VALUES: readonly unknown[] = [
    new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, refuse]))),
    revoked.proxy,
    Object.create(null),
    Symbol('s'),
    bigInt(1),
    null,
    Number.NaN,
    { a: 1, [Symbol.toPrimitive]: refuse },
  ];
  const PLUGINS = [
    anonymousId(),
    experiment({ experiments: { a: { x: 1 } } }),
    manualPages([pageView()]),
    persistentProperties(),
    profile(),
    share(),
    timers(),
    webviewLink(),
  ];

  it('reaches no app, by whatever call and in whatever place', () => {
    const { tracker, host } = startTracker(PLUGINS);
    const { profile: own, destroy: _, ...members } = tracker;
    const calls = Object.entries({ ...members, ...own }) as [string, (...given: unknown[]) => unknown][];
    expect(calls.length).toBeGreaterThan(25);
    for (const [name, call] of calls)
      for (const value of VALUES) {
        for (const given of [[value], ['a', value], ['a', {}, value]]) expect(() => call(...given), name).not.toThrow();
      }
    tracker.track('after');
    expect(tracker.stats().waiting).toBeGreaterThan(0);
    tracker.destroy();
    host.restore();
  });

  it('is named by the call', () => {
    const { tracker } = startTracker();
    tracker.register(revoked.proxy);
    expect(warnings()).toEqual([expect.stringContaining('E1 register')]);
  });
});

describe('createTracker: plugins after destroy()', () => {
  it('take nothing and give no id away', async () => {
    const { tracker, device, host } = startTracker([profile(), experiment({ experiments: { a: { x: 1 } } }), anonymousId()]);
    tracker.track('before');
    const { accepted } = tracker.stats();
    tracker.destroy();
    const stored = new Map(device.values);
    tracker.profile.set({ level: 'gold' });
    tracker.variant('a');
    tracker.setIds({ openid: 'o1' });
    tracker.identify('u1');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tracker.stats().accepted).toBe(accepted);
    expect(tracker.anonymousId()).toBeUndefined();
    expect(device.values).toEqual(stored);
    host.restore();
  });
});

describe('createTracker: a list of plugins with a comma too many', () => {
  it('is the list without it', () => {
    // biome-ignore lint/suspicious/noSparseArray: what is tried
    const { tracker, names } = startTracker([, profile(), [, , false]] as never);
    tracker.profile.set({ level: 'gold' });
    expect(names()).toEqual(['profile_set']);
  });
});

describe('createTracker: options that are present and undefined', () => {
  it('leave the defaults in place, as callers without exactOptionalPropertyTypes write them', async () => {
    const options = { flushAt: undefined, flushIntervalMs: undefined, maxEvents: undefined, namespace: undefined };
    const { tracker, device } = startTracker([], { options: options as object });
    tracker.track('x');
    await vi.advanceTimersByTimeAsync(14_000);
    expect(device.requests).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(device.requests).toHaveLength(1);
    for (let i = 0; i < 30; i++) tracker.track('y');
    await vi.advanceTimersByTimeAsync(0);
    expect(device.requests).toHaveLength(2);
  });
});

describe('createTracker: a plugin that was not called', () => {
  it('is named once with what to do, and the others run', async () => {
    const { tracker, names } = startTracker([pageView as unknown as Plugin]);
    tracker.track('a');
    expect(warnings()).toEqual([expect.stringContaining('E8 pageView')]);
    expect(names()).toEqual(['a']);
  });
});
