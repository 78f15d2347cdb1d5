import { createDevice, createWorld } from '../helpers/device.mjs';
import { createServer } from '../helpers/modelServer.mjs';

/** The kill window: what was accepted so long before a kill may be unwritten. */
export const WINDOW_MS = 1000;
const HOUR_MS = 3_600_000;
const SETTLE_MS = 2.7 * HOUR_MS;
// Written by hide is written: this long after it nothing is on its way any more.
const HIDE_SETTLED_MS = 50;
const MAX_VALUE_BYTES = 64 * 1024;
// 64 small records, the large ones, and those that are about to be removed.
const MAX_KEYS = 160;
// A 2xx that took nothing is a failure.
const NOTHING_TAKEN = '{"accepted":[],"rejected":[]}';
const RETRY = new Set([0, 408, 425, 429, 500, 502, 503, 504, 599]);

const WEIRD = () => {
  const circular = { name: 'loop' };
  circular.self = circular;
  return {
    circular,
    big: 12345678901234567890n,
    call() {},
    nan: Number.NaN,
    when: new Date(0),
    nothing: undefined,
    get broken() {
      throw new Error('getter');
    },
  };
};

/**
 * One device, its launches and an endpoint, with everything the properties need to know noted beside them. `failures`
 * names each property that did not hold.
 */
export const createModel = (core, { seed = 1, limits = {}, device: settings } = {}) => {
  const world = createWorld(seed);
  const server = createServer(world);
  const device = createDevice(world, core, server, settings);
  const failures = [];
  const fail = (property) => {
    if (failures.length < 20) failures.push(property);
  };
  /** Every event the app tracked. */
  const events = [];
  let current;
  let kills = 0;
  let peakWaiting = 0;
  let peakStorage = 0;
  let peakKeys = 0;
  let excused = 0;
  /** Events that the SDK said it dropped, by number; and how many of those it did not name. */
  const dropped = new Map();
  let unnamed = 0;
  /** The last drops: an event that is dropped within a second before a kill may be counted twice, never too few. */
  let lastDrops = [];
  let twice = 0;
  let storageTrouble = false;
  /** Whether an answer got lost on the way, so that reported drops may be told twice. */
  let uncertain = false;
  let acknowledged = Number.NEGATIVE_INFINITY;
  let corrupted = false;
  let deleted = false;
  let inexact = false;
  let clockMoved = false;

  // --- I8: an own account of the earliest moment for the next request
  let delay = { until: 0, tries: 0, kind: '', since: 0, isAsked: false };
  /** The numbers of the events on their way. */
  let inFlight = new Set();
  device.onRequest = ({ body }) => {
    inFlight = new Set([...body.matchAll(/"n":(\d+)[,}]/g)].map(([, n]) => Number(n)));
    for (const n of inFlight) if (events[n].confirmed) fail(`event ${n} was sent again after its acknowledgement`);
    if (world.now < delay.until - 1)
      fail(`I8: a request ${Math.round(delay.until - world.now)} ms too early (${delay.kind} ${delay.tries})`);
    if (device.process.suspended) fail('a request while suspended');
  };
  device.onAnswer = ({ status, headers, interrupted, body }, lost) => {
    if (status >= 200 && status < 300 && !lost) {
      acknowledged = world.now;
      const [, accepted] = /"accepted":\[(.*?)\]/.exec(body) || [];
      for (const n of inFlight) {
        const event = events[n];
        const { id } = server.byNumber.get(n) || {};
        if (accepted === undefined || accepted.includes(id)) event.confirmed = world.now || 1;
      }
    }
    inFlight = new Set();
    if (!status) uncertain = true;
    if (interrupted) return;
    // The next request waits for a callback that never comes; how the SDK counts that is its own affair.
    if (lost) {
      delay = { until: 0, tries: 0, kind: '', since: world.now };
      return;
    }
    if ((status >= 200 && status < 300 && body !== NOTHING_TAKEN) || status === 400 || status === 413 || status === 422) {
      if (status < 300) delay = { until: 0, tries: 0, kind: '', since: world.now };
      return;
    }
    const kind = RETRY.has(status) || status < 300 ? 'retry' : 'blocked';
    const tries = delay.kind === kind ? delay.tries + 1 : 1;
    const own =
      kind === 'retry' ? Math.min(300_000, 1000 * 2 ** (tries - 1)) / 2 : Math.min(HOUR_MS, 60_000 * 2 ** (tries - 1));
    const after = Object.keys(headers).find((name) => name.toLowerCase() === 'retry-after');
    const asked = after
      ? Math.min(Number(headers[after]) * 1000 || Date.parse(headers[after]) - device.now() || 0, HOUR_MS)
      : 0;
    delay = { until: world.now + Math.max(own, asked), tries, kind, since: world.now, isAsked: !!after };
  };

  let refusedAt = Number.NEGATIVE_INFINITY;
  device.onRefuse = (value) => {
    refusedAt = world.now;
    for (const [, n] of value.matchAll(/"n":(\d+)[,}]/g)) events[n].refusedAt = world.now;
  };
  // The SDK waits five seconds for a callback; until then it does not know whether the value is stored.
  device.onMute = () => {
    refusedAt = Math.max(refusedAt, world.now + 6000);
  };
  device.onKill = (process) => {
    // What the endpoint was told in this moment may not be on record, and is told again.
    if (inFlight.size || world.now - acknowledged <= WINDOW_MS || device.refused) uncertain = true;
    inFlight = new Set();
    // Numbers whose write was not answered may be stored, and what they count as well.
    const isUnsure = device.refused || world.now < refusedAt;
    for (const { at, count } of lastDrops) if (world.now - at <= WINDOW_MS || isUnsure) twice += count;
    lastDrops = [];
    kills++;
    process.killedAt = world.now;
    const texts = [...device.storage.values()].join('\n');
    const stored = new Set([...texts.matchAll(/"n":(\d+)[,}]/g)].map(([, n]) => Number(n)));
    for (const event of events) {
      // An acknowledgement that was not written yet, or that the storage refused at first, is not known to the next launch.
      const { confirmed } = event;
      if (confirmed && (world.now - confirmed <= WINDOW_MS || refusedAt >= confirmed || device.refuse || corrupted))
        event.confirmed = 0;
      if (event.process !== process || stored.has(event.n)) continue;
      const hidden =
        process.hiddenAt !== undefined && event.at <= process.hiddenAt && world.now - process.hiddenAt > HIDE_SETTLED_MS;
      // Refused, it is tried again within the window, or later if the storage refused that as well.
      if (world.now - event.refusedAt <= WINDOW_MS) event.excused = true;
      // What was accepted while it refused is written within the window once it takes values again, one at a time.
      if (event.at <= device.takenAt && world.now - device.takenAt <= WINDOW_MS) event.excused = true;
      // Nothing is tried while the app is suspended.
      const { resumedAt } = process;
      if (event.refusedAt < resumedAt && world.now - resumedAt <= WINDOW_MS) event.excused = true;
      const recent = world.now - event.at <= WINDOW_MS && !(event.durable && !event.filtered && !event.huge) && !hidden;
      if (recent || device.refused || process.tracking === event) event.excused = true;
    }
    // A wait that was not written yet, or not by a storage that refuses, is not known to the next launch; and a moved
    // clock says nothing of how much of it is over. Nothing is written while the app is suspended.
    const { suspendedAt: ranUntil = world.now } = process;
    if (ranUntil - delay.since <= WINDOW_MS || device.refused || storageTrouble || clockMoved)
      delay = { until: 0, tries: 0, kind: '', since: 0 };
    // However late the stored clock says, the SDK waits no longer than an hour again.
    else delay = Object.assign({}, delay, { until: Math.min(delay.until, world.now + HOUR_MS) });
    clockMoved = false;
    storageTrouble = false;
  };

  const onDropped = ({ reason, count, sample }) => {
    let named = 0;
    lastDrops.push({ at: world.now, count });
    for (const line of sample) {
      const [, n] = /"n":(\d+)[,}]/.exec(line) || [];
      if (!n) continue;
      named++;
      if (inFlight.has(Number(n))) fail(`I1: event ${n} was dropped (${reason}) while it was on its way`);
      dropped.set(Number(n), reason);
      const event = events[Number(n)];
      if (reason === 'rejected' && !event.bad) fail(`I5: a good event was rejected (${n})`);
      if (reason === 'too_large' && !event.huge) fail(`I3: an event of ordinary size was dropped as too large (${n})`);
    }
    if (reason !== 'filtered' && reason !== 'unserializable' && reason !== 'nameless') unnamed += count - named;
  };
  // The app hears of drops in a later turn; what the model must know at once, it takes from where `debug` listens.
  const debug = {
    explain: () => '',
    note: (what, value) => what === 'drop' && onDropped(value),
  };

  const launch = () => {
    current = device.launch(
      Object.assign(
        {
          debug,
          onDrop() {
            if (current && current.throwing) throw new Error('onDrop of the app');
          },
          onBlocked() {
            if (current && current.throwing) throw new Error('onBlocked of the app');
          },
        },
        limits,
      ),
      (process) => {
        current = process;
        process.refused = device.refuse > 0;
        process.throwing = world.random() < 0.1;
      },
    );
    return current;
  };

  const check = () => {
    if (!current || current.dead || !current.tracker) return;
    const stats = current.tracker.stats();
    for (const line of current.logs) if (/\] E1 /.test(line) && !/of the app/.test(line)) fail(`an exception inside: ${line}`);
    current.logs.length = 0;
    const sum = Object.values(stats.dropped).reduce((a, b) => a + b, 0);
    if (stats.accepted + stats.recovered !== stats.acknowledged + stats.waiting + sum)
      fail(`I1: stats do not add up: ${JSON.stringify(stats)}`);
    const { maxEvents = 2000, maxBytes = 2 ** 20 } = limits;
    peakWaiting = Math.max(peakWaiting, stats.waiting);
    if (stats.waiting > maxEvents + stats.inFlight) fail(`I7: ${stats.waiting} events wait`);
    peakStorage = Math.max(peakStorage, device.size());
    peakKeys = Math.max(peakKeys, device.storage.size);
    // What it costs beside the events: state and context in front of each record, and the records that are about to go.
    if (device.size() > maxBytes * 1.5 + 200_000) fail(`I7: ${device.size()} characters stored`);
    if (device.storage.size > MAX_KEYS) fail(`I7: ${device.storage.size} keys`);
  };

  const model = {
    world,
    server,
    device,
    failures,
    events,
    launch,
    check,
    track({ kind = 'plain', durable = false } = {}) {
      if (!current || current.dead || current.suspended) return;
      const n = events.length;
      const event = {
        n,
        at: world.now,
        process: current,
        network: device.network,
        durable,
        bad: kind === 'bad',
        huge: kind === 'huge',
      };
      events.push(event);
      const properties = { n };
      if (kind === 'bad') properties.bad = true;
      if (kind === 'big') properties.text = '内容'.repeat(1500);
      if (kind === 'weird') Object.defineProperties(properties, Object.getOwnPropertyDescriptors(WEIRD()));
      // Over `maxEventBytes`: dropped and counted at once.
      if (kind === 'huge') for (let i = 0; i < 5; i++) properties[`text${i}`] = 'x'.repeat(8000);
      if (kind === 'nameless') event.filtered = true;
      // A kill in the middle of the call is one before the event was accepted.
      current.tracking = event;
      current.run(() => current.tracker.track(kind === 'nameless' ? 7 : `event_${n % 5}`, properties, { durable }));
      current.tracking = undefined;
    },
    run(ms) {
      world.run(ms);
      check();
    },
    hide() {
      if (current && !current.dead && !current.suspended) current.hide();
    },
    show() {
      if (current) current.show();
    },
    kill() {
      if (current) current.kill();
    },
    killAt(n) {
      if (current) current.killAt(n);
    },
    isDead: () => !current || current.dead,
    process: () => current,
    kills: () => kills,
    flush() {
      if (!current || current.dead || current.suspended) return;
      const process = current;
      process.flushes = (process.flushes || 0) + 1;
      if (!delay.isAsked) delay.until = 0;
      process.run(() => void process.tracker.flush().then(() => process.flushes--));
    },
    /** Storage refuses writes from now on, all or with a chance. */
    refuse(chance) {
      device.refuse = chance;
      if (chance) storageTrouble = true;
      if (current && chance) current.refused = true;
    },
    clock(ms) {
      device.clockOffset += ms;
      clockMoved = true;
    },
    corrupt(which, how) {
      const keys = [...device.storage.keys()].sort(
        (a, b) => Number.parseInt(b.split(':')[1], 10) - Number.parseInt(a.split(':')[1], 10),
      );
      const chosen = which === 'all' ? keys : which === 'newest' ? keys.slice(0, 1) : keys.slice(-1);
      storageTrouble = true;
      corrupted = server.damaged = true;
      // Several values damaged at once, copies and originals among them: what is lost can no longer be told exactly.
      if (which === 'all' && keys.some((key) => key.includes('.-'))) inexact = true;
      for (const key of chosen) {
        const value = device.storage.get(key);
        // What was in it may be lost; it is counted by the key's own number of events, unless the key went as well.
        for (const [, n] of value.matchAll(/"n":(\d+)[,}]/g)) {
          events[n].corrupted = true;
          if (how === 'delete') events[n].deleted = true;
        }
        if (how === 'delete') {
          device.storage.delete(key);
          deleted = true;
          // Cut before, deleted now: its number of events is gone with the key.
          for (const event of events) event.deleted = event.deleted || event.corrupted;
        } else
          device.storage.set(
            key,
            how === 'half' ? value.slice(0, value.length >> 1) : how === 'garbage' ? 'garbage' : '{"a":1}\n[]\n7',
          );
      }
    },
    network: (type) => {
      if (current && !current.dead) current.setNetwork(type);
      else device.network = type;
    },
    /** Everything works again for as long as any wait may last, and one launch more: what is kept must arrive. */
    settle() {
      device.refuse = 0;
      device.capacity = Number.POSITIVE_INFINITY;
      server.mode = 200;
      if (current) current.killAt(0);
      model.network('wifi');
      if (model.isDead()) launch();
      model.show();
      model.run(SETTLE_MS);
      if (!model.isDead()) model.kill();
      launch();
      model.run(SETTLE_MS);
      // What is left was held by the wait of a poisoned event: another batch has to pass in between. Durable, as a queue
      // full of durable events takes no others.
      for (let i = 0; i < 500 && current.tracker.stats().waiting; i++) {
        model.track({ durable: true });
        model.run(400_000);
      }
      // What was dropped at last is told with the next batch but one.
      for (let i = 0; i < 2; i++) {
        model.track();
        model.run(400_000);
      }
    },
    /** The final account, after `settle`. */
    account() {
      const stats = current.tracker.stats();
      if (stats.waiting) fail(`not delivered: ${stats.waiting} events wait after all (${stats.state})`);
      if (stats.stored) fail(`${stats.stored} still stored`);
      const arrived = new Map();
      const owners = new Map();
      for (const [id, { event, context, count }] of server.events) {
        const { n } = event.properties;
        if (n === undefined || (arrived.has(n) && arrived.get(n) !== id)) fail(`I4: event ${n} arrived under two ids`);
        arrived.set(n, id);
        const owner = events[n];
        owner.count = count;
        const place = `${context.anonymous_id} ${event.boot} ${event.seq}`;
        const other = owners.get(place);
        // A launch whose every write was refused, or whose keys were deleted, leaves nothing to count on.
        if (other && !other.process.refused && !owner.process.refused && !deleted) fail(`(boot, seq) used twice: ${place}`);
        owners.set(place, owner);
        if (context.network_type !== owner.network && !corrupted)
          fail(`event ${n} was captured on ${owner.network} and has the context of ${context.network_type}`);
        if (owner.filtered || owner.huge) fail(`event ${n} was dropped and arrived`);
      }
      let lost = 0;
      let counted = 0;
      for (const event of events) {
        const { n } = event;
        if (arrived.has(n)) continue;
        if (event.excused || event.deleted) {
          excused++;
          continue;
        }
        counted++;
        if (dropped.has(n) || event.filtered) continue;
        lost++;
        event.lost = true;
      }
      const unexplained = inexact && unnamed ? 0 : Math.max(0, lost - unnamed);
      if (unexplained) {
        fail(`I1/I2: ${unexplained} events lost without a number`);
        model.lost = events.filter(({ lost: each }) => each);
      }
      const told = Object.values(server.drops).reduce((a, b) => a + b, 0);
      if (told < counted && !corrupted) fail(`I14: ${counted} events are missing, the endpoint was told of ${told}`);
      // A write that a kill cut is counted as well, though what was in it is excused.
      if (told > counted + excused + twice && !corrupted && !uncertain)
        fail(`I14: ${counted} events are missing, ${excused} were in a kill window, the endpoint was told of ${told} drops`);
      for (const fault of [...device.faults, ...server.faults]) fail(fault);
      if (device.largest > MAX_VALUE_BYTES) fail(`I7: a value of ${device.largest} characters`);
      return {
        events: events.length,
        kills,
        unexplained,
        excused,
        repeats: server.repeats,
        peakWaiting,
        peakStorage,
        peakKeys,
      };
    },
    processLogs: () => current.logs,
  };
  return model;
};
