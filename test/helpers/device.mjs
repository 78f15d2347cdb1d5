import TinyQueue from 'tinyqueue';

/** A small seeded generator (mulberry32): the same seed gives the same run. */
export const createRandom = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Virtual time: what is planned runs in the order of its moment, then of its planning. */
export const createWorld = (seed = 1) => {
  const agenda = new TinyQueue([], (a, b) => a.time - b.time || a.order - b.order);
  let order = 0;
  const random = createRandom(seed);
  const world = {
    now: 0,
    random,
    between: (low, high) => low + Math.floor(random() * (high - low + 1)),
    at(delay, run) {
      agenda.push({ time: world.now + Math.max(0, delay), order: order++, run });
    },
    /** Lets `ms` of virtual time pass. */
    run(ms) {
      const end = world.now + ms;
      while (agenda.length && agenda.peek().time <= end) {
        const { time, run } = agenda.pop();
        world.now = time;
        run();
      }
      world.now = end;
    },
  };
  return world;
};

const START = Date.UTC(2026, 10, 21);
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const SUSPEND_MS = 5000;

/**
 * A phone with one mini-program: storage outlives its processes. `server.handle(request, reply)` is the other end.
 *
 * - `killAt(n)`: the process dies at its n-th storage operation from now.
 * - `refuse`: the chance that a write is refused. `capacity`: characters the storage holds at most.
 * - A kill leaves each pending write undone, done or cut short (`cuts`).
 * - `muted`, `twice`: the chance that a storage callback never comes, or comes twice.
 */
export const createDevice = (world, core, server, { latency = [1, 20], cuts = true, muted = 0, twice = 0 } = {}) => {
  const storage = new Map();
  const device = {
    storage,
    refuse: 0,
    capacity: Number.POSITIVE_INFINITY,
    clockOffset: 0,
    /** What a kill leaves of a write on its way: 'undone', 'done' or 'cut'; any of them if not given. */
    killAs: undefined,
    network: 'wifi',
    /** Operations, by kind, of all processes. */
    operations: { keys: 0, get: 0, set: 0, read: 0, write: 0, remove: 0 },
    total: 0,
    largest: 0,
    written: 0,
    /** Whether the last write was refused, so that what follows may be unwritten for as long as the SDK waits. */
    refused: false,
    /** When it last took a value after one that it refused. */
    takenAt: Number.NEGATIVE_INFINITY,
    process: undefined,
    faults: [],
    onRequest: undefined,
    onKill: undefined,
    onRefuse: undefined,
    onMute: undefined,
    now: () => START + world.now + device.clockOffset,
    launch,
    /** The characters under the keys of a prefix. */
    size: () => [...storage.values()].reduce((sum, value) => sum + value.length, 0),
  };

  function launch(options, before) {
    if (device.process) device.process.kill();
    const timers = new Set();
    const listeners = { show: [], hide: [], network: [] };
    const pending = new Set();
    let dead = false;
    let hidden = false;
    let suspended = false;
    let deferred = [];
    let killIn = 0;
    let hides = 0;
    let nextTimer = 1;
    let open = 0;

    const run = (callback) => {
      if (dead) return;
      try {
        callback();
      } catch (error) {
        device.faults.push(`threw: ${error && error.stack}`);
      }
    };
    const call = (callback) => {
      if (dead) return;
      if (suspended) deferred.push(callback);
      else run(callback);
    };

    const put = (key, value) => {
      storage.set(key, value);
      device.largest = Math.max(device.largest, value.length);
      device.written += value.length;
    };
    const refuses = (key, value) => {
      const full =
        device.capacity < Number.POSITIVE_INFINITY &&
        device.size() - (storage.get(key) || '').length + value.length > device.capacity;
      return full || (device.refuse > 0 && world.random() < device.refuse);
    };
    /** Stores, or is refused. */
    const store = (key, value) => {
      const isRefused = refuses(key, value);
      if (device.refused && !isRefused) device.takenAt = world.now;
      device.refused = isRefused;
      if (!device.refused) put(key, value);
      else if (device.onRefuse) device.onRefuse(value);
      return !device.refused;
    };
    /** What a kill leaves of an operation that was on its way. */
    const halfDone = ({ key, value }) => {
      const luck = device.killAs ? { undone: 0.99, done: 0, cut: 0.5 }[device.killAs] : world.random();
      if (value === undefined) {
        if (luck < 0.5) storage.delete(key);
      } else if (luck < 0.34) put(key, value);
      else if (luck < 0.67 && cuts) put(key, value.slice(0, Math.floor(world.random() * value.length)));
    };
    /** Counts an operation; `true` when the process died of it. */
    const operate = (kind, operation) => {
      if (dead) return true;
      device.operations[kind]++;
      device.total++;
      if (!killIn || --killIn) return false;
      if (operation && !refuses(operation.key, operation.value || '')) halfDone(operation);
      process.kill();
      return true;
    };
    const later = (operation, done) => {
      pending.add(operation);
      world.at(world.between(...latency), () => {
        if (!pending.delete(operation)) return;
        const result = done();
        if (!operation.done) return;
        // Hosts are known to forget a callback and, one of them, to call it twice.
        const luck = world.random();
        if (luck >= muted || result === false) call(() => operation.done(result));
        else if (device.onMute) device.onMute();
        if (luck > 1 - twice) call(() => operation.done(result));
      });
    };

    const adapter = {
      platform: 'wechat',
      api: {},
      storage: {
        keys: () => (operate('keys') ? [] : [...storage.keys()]),
        get: (key) => (operate('get') ? '' : storage.has(key) ? storage.get(key) : ''),
        set(key, value) {
          if (operate('set', { key, value })) return;
          if (!store(key, value)) throw new Error('setStorageSync:fail exceed storage max size');
        },
        read(key, done) {
          if (operate('read')) return;
          later({ key, done, read: true }, () => storage.get(key));
        },
        write(key, value, done) {
          if (operate('write', { key, value })) return;
          later({ key, value, done }, () => store(key, value));
        },
        remove(key, done) {
          if (operate('remove', { key })) return;
          later({ key, done }, () => void storage.delete(key));
        },
      },
      request(request, done) {
        if (dead) return;
        if (suspended) device.faults.push('a request while suspended');
        open++;
        if (open > 1) device.faults.push(`I6: ${open} requests in flight`);
        if (hidden && ++hides > 1) device.faults.push('a second request in the background');
        if (device.onRequest) device.onRequest(request);
        let over = false;
        const end = (response, lost) => {
          if (over) return;
          over = true;
          open--;
          process.interrupt.delete(interrupt);
          if (!dead && device.onAnswer) device.onAnswer(response, lost);
          if (!lost) call(() => done(response));
        };
        const fail = (message, extra) =>
          end(
            Object.assign({ status: 0, headers: {}, body: '', message: `request:fail ${message}` }, extra),
            message === 'lost',
          );
        const interrupt = () => fail('interrupted', { interrupted: true });
        process.interrupt.add(interrupt);
        world.at(request.timeoutMs, () => fail(server.dropsCallbacks && server.dropsCallbacks() ? 'lost' : 'timeout'));
        if (device.network === 'none') return world.at(5, () => fail(''));
        server.handle(request, (response, delay) => world.at(delay, () => (response ? end(response) : fail(''))), device);
      },
      context: () => ({ app_id: 'wx1', app_version: '1.0', device: { brand: 'sim', model: 'x' } }),
      launchOptions: () => ({ path: 'pages/index', scene: 1001 }),
      onAppShow: (listener) => on('show', listener),
      onAppHide: (listener) => on('hide', listener),
      onNetwork(listener) {
        listener(device.network);
        return on('network', listener);
      },
    };
    const on = (kind, listener) => {
      listeners[kind].push(listener);
      return () => {
        listeners[kind] = listeners[kind].filter((each) => each !== listener);
      };
    };
    const emit = (kind, value) => {
      for (const listener of listeners[kind].slice()) run(() => listener(value));
    };

    const process = {
      adapter,
      interrupt: new Set(),
      started: world.now,
      hiddenAt: undefined,
      /** Since when it is suspended. */
      suspendedAt: undefined,
      /** When it last woke from being suspended. */
      resumedAt: Number.NEGATIVE_INFINITY,
      logs: [],
      get dead() {
        return dead;
      },
      get suspended() {
        return suspended;
      },
      get timers() {
        return timers.size;
      },
      /** Runs app code, unless the process is gone or asleep. */
      run: (callback) => {
        if (!suspended) run(callback);
      },
      hide() {
        if (dead || hidden) return;
        hidden = true;
        process.hiddenAt = world.now;
        hides = 0;
        emit('hide', {});
        const at = process.hiddenAt;
        world.at(SUSPEND_MS, () => {
          if (dead || !hidden || process.hiddenAt !== at) return;
          for (const interrupt of [...process.interrupt]) interrupt();
          suspended = true;
          process.suspendedAt = world.now;
        });
      },
      show() {
        if (dead || !hidden) return;
        hidden = false;
        process.resumedAt = suspended ? world.now : process.resumedAt;
        process.hiddenAt = process.suspendedAt = undefined;
        suspended = false;
        const list = deferred;
        deferred = [];
        const first = world.random() < 0.5;
        if (first) emit('show', {});
        for (const callback of list) run(callback);
        if (!first) emit('show', {});
      },
      setNetwork(type) {
        device.network = type;
        if (!suspended) emit('network', type);
        else deferred.push(() => emit('network', type));
      },
      killAt(n) {
        killIn = n;
      },
      kill() {
        if (dead) return;
        dead = true;
        device.process = undefined;
        timers.clear();
        for (const operation of pending) {
          if (operation.read || (operation.value && refuses(operation.key, operation.value))) continue;
          halfDone(operation);
        }
        pending.clear();
        if (device.onKill) device.onKill(process);
      },
    };
    const setTimer = (callback, ms) => {
      if (dead) return 0;
      const id = nextTimer++;
      timers.add(id);
      const fire = () => {
        if (timers.delete(id)) run(callback);
      };
      world.at(ms || 0, () => {
        if (timers.has(id)) call(fire);
      });
      return id;
    };
    const date = { now: device.now, parse: Date.parse };
    const math = Object.assign(Object.create(Math), { random: world.random });
    const console = {
      log() {},
      warn(...values) {
        process.logs.push(values.map((value) => (value instanceof Error ? value.stack : `${value}`)).join(' '));
      },
    };
    device.process = process;
    process.core = core(setTimer, (id) => void timers.delete(id), date, math, console);
    if (before) before(process);
    run(() => {
      const own = typeof options === 'function' ? options(process.core) : options;
      const { json, jsonAnswers } = process.core;
      const endpoint = { url: 'https://collect.example/v1', format: json({ answers: jsonAnswers }) };
      process.tracker = process.core.createTracker(Object.assign({ adapter, endpoint }, own));
    });
    emit('show', {});
    return process;
  }
  return device;
};
