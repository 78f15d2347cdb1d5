import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCore } from '../helpers/bundleCore.mjs';
import { createDevice, createWorld } from '../helpers/device.mjs';
import { createServer } from '../helpers/modelServer.mjs';

let core;
beforeAll(async () => {
  core = await bundleCore();
});

/** A device with a tracker; `arrived()` is what the endpoint holds after a while. */
const start = (options, before) => {
  const world = createWorld(1);
  const server = createServer(world);
  const device = createDevice(world, core, server);
  if (before) before(device, server);
  const process = device.launch(options);
  return {
    world,
    server,
    device,
    process,
    tracker: process.tracker,
    logs: process.logs,
    arrived() {
      world.run(60_000);
      return [...server.events.values()].map(({ event }) => event);
    },
  };
};

describe('track', () => {
  const hostile = () => {
    const circular = { name: 'loop', list: [] };
    circular.self = circular;
    circular.list.push(circular);
    let deep = { level: 'last' };
    for (let i = 0; i < 50; i++) deep = { deep };
    return {
      kept: 1,
      circular,
      deep,
      big: 9007199254740993n,
      call: () => 1,
      symbol: Symbol('s'),
      nan: Number.NaN,
      infinite: Number.POSITIVE_INFINITY,
      when: new Date(0),
      never: new Date(Number.NaN),
      nothing: undefined,
      empty: null,
      long: 'x'.repeat(10_000),
      surrogate: '\ud800',
      get broken() {
        throw new Error('getter');
      },
      json: {
        toJSON() {
          throw new Error('toJSON');
        },
      },
      custom: { toJSON: () => ({ as: 'json' }) },
      proxy: new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('proxy');
          },
        },
      ),
      list: [undefined, () => 1, Number.NaN, 2n],
    };
  };

  it('keeps an event in its best form, whatever its properties hold, and says so once', () => {
    const { tracker, arrived, logs } = start();
    expect(() => tracker.track('hostile', hostile())).not.toThrow();
    tracker.track('hostile', hostile());
    const [{ properties }] = arrived();
    expect(properties).toMatchObject({
      kept: 1,
      circular: { name: 'loop' },
      big: '9007199254740993',
      nan: null,
      infinite: null,
      when: '1970-01-01T00:00:00.000Z',
      never: null,
      empty: null,
      custom: { as: 'json' },
      list: [null, null, null, '2'],
    });
    expect(properties.long).toHaveLength(8192);
    for (const gone of ['call', 'symbol', 'nothing', 'broken', 'json', 'proxy']) expect(properties).not.toHaveProperty(gone);
    expect(JSON.stringify(properties.deep)).not.toContain('last');
    expect(properties.circular).not.toHaveProperty('self');
    const about = logs.filter((line) => /E7 hostile/.test(line));
    expect(about.length).toBeGreaterThan(0);
    expect(new Set(about).size).toBe(about.length);
  });

  it('does not change or keep the objects it is given', () => {
    const { tracker, arrived } = start();
    const given = Object.freeze({ list: Object.freeze([1, { a: 1 }]) });
    const live = { count: 1 };
    tracker.track('frozen', given);
    tracker.track('live', live);
    live.count = 2;
    const [frozen, then] = arrived();
    expect(frozen.properties).toEqual(given);
    expect(then.properties).toEqual({ count: 1 });
  });

  it.each([
    [undefined],
    [null],
    [7],
    [''],
    [{}],
    [Symbol('name')],
    [() => 1],
    [
      {
        toString: () => {
          throw new Error('name');
        },
      },
    ],
  ])('drops and counts an event named %o', (name) => {
    const dropped = [];
    const { tracker, arrived } = start({ onDrop: (reason, count) => dropped.push([reason, count]) });
    expect(() => tracker.track(name, { a: 1 })).not.toThrow();
    tracker.track('good');
    expect(arrived()).toHaveLength(1);
    expect(dropped).toEqual([['nameless', 1]]);
    expect(tracker.stats()).toMatchObject({ accepted: 2, acknowledged: 1, dropped: { nameless: 1 } });
  });

  it.each([[null], ['text'], [7], [[1, 2]], [new Date(0)], [() => 1]])('takes %o for properties', (properties) => {
    const { tracker, arrived } = start();
    expect(() => tracker.track('odd', properties)).not.toThrow();
    expect(arrived()).toHaveLength(1);
  });

  it('drops what is over maxEventBytes, counted in bytes', () => {
    const { tracker, arrived } = start({ maxEventBytes: 1000 });
    tracker.track('short', { text: '内'.repeat(200) });
    tracker.track('long', { text: '内'.repeat(300) });
    expect(arrived().map(({ name }) => name)).toEqual(['short']);
    expect(tracker.stats().dropped).toEqual({ too_large: 1 });
  });

  it('drops and counts an event when beforeSend throws or answers null', () => {
    const { tracker, arrived } = start({
      beforeSend(event) {
        if (event.name === 'throws') throw new Error('redacting');
        return event.name === 'secret'
          ? null
          : Object.assign({}, event, { properties: { changed: true }, id: 'mine', seq: 99 });
      },
    });
    for (const name of ['throws', 'secret', 'good']) tracker.track(name, { a: 1 });
    const [event] = arrived();
    expect(event).toMatchObject({ name: 'good', seq: 2, properties: { changed: true } });
    expect(event.id).not.toBe('mine');
    expect(tracker.stats()).toMatchObject({ accepted: 3, acknowledged: 1, dropped: { filtered: 2 } });
  });

  it('survives callbacks that throw', () => {
    const boom = () => {
      throw new Error('callback');
    };
    const { tracker, arrived, server } = start({ onDrop: boom, onBlocked: boom });
    server.mode = 403;
    tracker.track('');
    tracker.track('good');
    arrived();
    server.mode = 200;
    expect(arrived().concat(arrived(), arrived())).not.toHaveLength(0);
  });
});

describe('sample', () => {
  it('decides by visitor: always or never, also after a restart', () => {
    let sampled = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const world = createWorld(seed);
      const server = createServer(world);
      const device = createDevice(world, core, server);
      for (let launch = 0; launch < 3; launch++) {
        const { tracker } = device.launch(({ sample }) => ({ plugins: [sample(0.3)] }));
        for (let i = 0; i < 3; i++) tracker.track('event');
        world.run(30_000);
      }
      expect([0, 9]).toContain(server.events.size);
      if (server.events.size) sampled++;
    }
    expect(sampled).toBeGreaterThan(200 * 0.2);
    expect(sampled).toBeLessThan(200 * 0.4);
  });

  it('takes everyone with 1 and nobody with 0', () => {
    for (const [sampleRate, count] of [
      [1, 1],
      [0, 0],
    ]) {
      const { tracker, arrived } = start(({ sample }) => ({ plugins: [sample(sampleRate)] }));
      tracker.track('event');
      expect(arrived()).toHaveLength(count);
    }
  });
});

describe('two trackers in one app', () => {
  it('share the host, and mix neither queues nor visitors', () => {
    const { process, world, device, tracker } = start({ namespace: 'a', endpoint: 'https://a.example/e' });
    const urls = new Map();
    device.onRequest = ({ url, body }) => {
      for (const { name } of JSON.parse(body).batch) urls.set(name, url);
    };
    const listeners = [];
    const on = process.adapter.onAppShow;
    process.adapter.onAppShow = (listener) => {
      listeners.push(listener);
      return on(listener);
    };
    const other = process.core.createTracker({ adapter: process.adapter, namespace: 'b', endpoint: 'https://b.example/e' });
    expect(listeners).toHaveLength(0);
    tracker.track('for_a');
    world.run(1000);
    other.track('for_b');
    world.run(30_000);
    expect(Object.fromEntries(urls)).toEqual({ for_a: 'https://a.example/e', for_b: 'https://b.example/e' });
    for (const key of device.storage.keys()) expect(key).toMatch(/^[ab]:/);
    tracker.destroy();
    other.track('later');
    world.run(30_000);
    expect(urls.get('later')).toBe('https://b.example/e');
  });

  it('keep what the other one stored when one namespace begins with the other', () => {
    const world = createWorld(2);
    const server = createServer(world);
    server.mode = 'before';
    const device = createDevice(world, core, server);
    const launch = () => {
      const process = device.launch({ namespace: 'a' });
      return [
        process.tracker,
        process.core.createTracker({ adapter: process.adapter, namespace: 'a:b', endpoint: 'https://b.example/e' }),
      ];
    };
    const [first, second] = launch();
    for (let i = 0; i < 5; i++) first.track('one');
    for (let i = 0; i < 3; i++) second.track('two');
    world.run(5000);
    const [again, too] = launch();
    world.run(3000);
    expect([again.stats().recovered, too.stats().recovered]).toEqual([5, 3]);
  });

  it('are one when the module is evaluated twice on one API object', () => {
    const { process, world, tracker, arrived } = start();
    const copy = core(
      (run, ms) => world.at(ms, run),
      () => {},
      { now: () => world.now, parse: Date.parse },
      Math,
      { log() {}, warn: (...values) => process.logs.push(values.join(' ')) },
    );
    const second = copy.createTracker({ adapter: process.adapter, endpoint: 'https://collect.example/v1' });
    expect(second).toBe(tracker);
    second.track('from the subpackage');
    tracker.track('from the main package');
    expect(arrived().map(({ seq }) => seq)).toEqual([0, 1]);
  });
});

describe('what lies under our keys', () => {
  it.each([
    ['minitrail:1', 'no number of events'],
    ['minitrail:5.1', 'another layout'],
    ['minitrail:m0', '00000000|{"boot":3}'],
    ['minitrail:', ''],
    ['minitrail', { visitor: 'x' }],
  ])('leaves %s alone', (key, value) => {
    const { device, tracker, arrived } = start({}, ({ storage }) => storage.set(key, value));
    tracker.track('event');
    expect(arrived()).toHaveLength(1);
    expect(device.storage.get(key)).toBe(value);
  });

  it.each([
    ['null'],
    ['{}'],
    ['{"visitor":1}'],
    ['{"visitor":"v","wait":null,"drops":null,"plugins":null}'],
    ['{"visitor":"v","wait":{},"drops":{}}\n{}\n{"id":1}\n[]\n"x"\n'],
    ['\n\n\n'],
    ['[object Object]'],
    [42],
    [undefined],
    [{ boot: 1 }],
  ])('starts and counts when a record reads %j', (value) => {
    const { device, tracker, arrived, logs } = start({}, ({ storage }) => storage.set('minitrail:3000001.2.0s', value));
    tracker.track('event');
    world(device);
    expect(arrived().filter(({ name }) => name === 'event')).toHaveLength(1);
    expect(device.faults).toEqual([]);
    expect(logs.filter((line) => line.includes('] E1 '))).toEqual([]);
    expect(device.storage.has('minitrail:3000001.2.0s')).toBe(false);
  });
  const world = (device) => expect(device.process.dead).toBe(false);

  it('goes on when the host will not name its keys or hand out a value', () => {
    for (const name of ['keys', 'get']) {
      const world = createWorld(3);
      const server = createServer(world);
      const device = createDevice(world, core, server);
      device.storage.set('minitrail:1000001.1', 'x');
      device.launch({ namespace: 'unused' });
      const { process } = device;
      process.adapter.storage[name] = () => {
        throw new Error('storage');
      };
      const tracker = process.core.createTracker({ adapter: process.adapter, endpoint: 'https://collect.example/v1' });
      tracker.track('event');
      world.run(30_000);
      expect(server.events.size).toBe(1);
    }
  });
});

describe('endpoint', () => {
  it.each([
    [undefined],
    [null],
    [''],
    ['collect.example'],
    ['/v1'],
    ['https://'],
    [{}],
    [{ url: 5 }],
    ['ftp://collect.example'],
    ['http://collect.example/v1'],
  ])('is named on the console when it is %j, and the events are kept', (endpoint) => {
    const { tracker, logs, device, arrived } = start({ endpoint });
    tracker.track('event');
    arrived();
    expect(logs.some((line) => /E20/.test(line))).toBe(!`${endpoint}`.startsWith('http://'));
    if (!`${endpoint}`.startsWith('http://')) expect(tracker.stats()).toMatchObject({ waiting: 1, stored: 1, requests: 0 });
    expect(device.faults).toEqual([]);
  });

  it('gets what waited, once it is right', () => {
    const { device, tracker, arrived } = start({ endpoint: 'collect.example' });
    tracker.track('event');
    arrived();
    device.launch({});
    expect(arrived()).toHaveLength(1);
  });
});

describe('destroy', () => {
  it('leaves no timer and writes no more, and a new tracker takes over what waited', () => {
    const { tracker, process, device, server, world } = start();
    server.mode = 'hang';
    for (let i = 0; i < 40; i++) tracker.track('event', { i });
    world.run(100);
    tracker.track('last');
    tracker.destroy();
    const writes = device.operations.set + device.operations.write;
    world.run(120_000);
    expect(device.operations.set + device.operations.write).toBe(writes);
    expect(process.timers).toBe(0);
    server.mode = 200;
    const next = process.core.createTracker({ adapter: process.adapter, endpoint: 'https://collect.example/v1' });
    next.track('next');
    world.run(60_000);
    expect(server.events.size).toBe(42);
    const places = [...server.events.values()].map(({ event }) => `${event.boot} ${event.seq}`);
    expect(new Set(places).size).toBe(42);
  });
});

describe('flush', () => {
  const flushed = async (tracker, world, ms = 5000) => {
    const results = [];
    tracker.flush().then((result) => results.push(result));
    world.run(ms);
    await Promise.resolve();
    await Promise.resolve();
    return results;
  };

  it('says what happened', async () => {
    const { tracker, world, server } = start();
    expect(await flushed(tracker, world)).toEqual([{ state: 'idle', sent: 0, waiting: 0 }]);
    for (let i = 0; i < 250; i++) tracker.track('event');
    expect(await flushed(tracker, world)).toEqual([{ state: 'idle', sent: 250, waiting: 0 }]);
    server.mode = 500;
    tracker.track('event');
    expect(await flushed(tracker, world, 300)).toEqual([{ state: 'waiting', sent: 0, waiting: 1 }]);
    server.mode = 200;
    expect(await flushed(tracker, world, 300)).toEqual([{ state: 'idle', sent: 1, waiting: 0 }]);
  });

  it('resolves offline, blocked, hidden and after destroy()', async () => {
    const { tracker, world, server, process } = start();
    process.setNetwork('none');
    tracker.track('event');
    expect(await flushed(tracker, world)).toMatchObject([{ state: 'offline', waiting: 1 }]);
    server.mode = 403;
    process.setNetwork('wifi');
    world.run(1000);
    expect(await flushed(tracker, world)).toMatchObject([{ state: 'blocked', waiting: 1 }]);
    process.hide();
    expect(await flushed(tracker, world, 100)).toMatchObject([{ waiting: 1 }]);
    process.show();
    tracker.destroy();
    expect(await flushed(tracker, world)).toMatchObject([{ state: 'stopped', waiting: 1 }]);
  });
});

describe('a quiet app', () => {
  it('writes nothing while nothing happens, and an event after a quiet second on the next tick', () => {
    const { tracker, world, device } = start();
    world.run(5000);
    expect(device.operations.write).toBe(0);
    tracker.track('event');
    world.run(25);
    expect([...device.storage.values()].join()).toContain('"name":"event"');
    world.run(60_000);
    const { write, remove } = device.operations;
    world.run(24 * 3_600_000);
    expect(device.operations).toMatchObject({ write, remove });
    // The state.
    expect(device.storage.size).toBe(1);
  });
});
