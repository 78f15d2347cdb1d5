import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { tablesOf } from './engineTables.mjs';
import * as jobs from './jobs.mjs';
import { inParallel } from './measure.mjs';
import { EVENT, NAMES, SDKS } from './sdks/index.mjs';

const ALL = ['none', ...NAMES];
const perSdk = async (names, run) => {
  const values = await inParallel(names.map((name) => () => run(name)));
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
};
/** One after the other: for what measures time. */
const inTurn = async (names, run) => {
  const values = {};
  for (const name of names) values[name] = await run(name);
  return values;
};
/** Minus the app without an SDK. */
const added = (values) => Object.fromEntries(NAMES.map((name) => [name, values[name] - values.none]));
const addedBy = (figure, values) => added(Object.fromEntries(ALL.map((name) => [name, values[name][figure]])));
const mapped = (values, figureOf) => Object.fromEntries(NAMES.map((name) => [name, figureOf(values[name], name)]));
const tracked = ({ received }) => received.filter(({ name }) => name === EVENT);
const unique = (list) => new Set(list.map(({ number }) => number)).size;
const reads = ({ syncReads, asyncReads }) => syncReads + asyncReads;
const writes = ({ syncWrites, asyncWrites }) => syncWrites + asyncWrites;
const syncCalls = ({ syncReads, syncWrites, syncRemoves }) => syncReads + syncWrites + syncRemoves;
const delta = ({ marks }, figureOf, from = 'before', to = 'after') => figureOf(marks[to]) - figureOf(marks[from]);
const size = (bundles, native) => {
  const texts = Object.fromEntries(ALL.map((name) => [name, readFileSync(bundles[name])]));
  return {
    title: 'Size of what the app here uses',
    rows: [
      {
        what: 'in the bundle, minified',
        unit: 'kB',
        values: added(Object.fromEntries(ALL.map((name) => [name, texts[name].length / 1000]))),
      },
      {
        what: 'in the bundle, minified + brotli',
        unit: 'kB',
        budget: 11.5,
        values: added(Object.fromEntries(ALL.map((name) => [name, brotliCompressSync(texts[name]).length / 1000]))),
      },
      { what: 'native package, the files used, raw', unit: 'kB', budget: 36, values: mapped(native, (bytes) => bytes / 1000) },
    ],
  };
};

const coldStart = async (measure) => {
  const seen = await perSdk(NAMES, (sdk) => measure.run({ sdk, steps: jobs.coldStart }));
  const again = await perSdk(NAMES, async (sdk) => {
    const storeIn = measure.file(`again-${sdk}`);
    await measure.run({ sdk, steps: jobs.shortVisit, storeIn });
    return measure.run({ sdk, steps: jobs.coldStart, storedIn: storeIn });
  });
  return {
    title: 'Cold start: what is asked of the host, until 100 ms after the first page',
    rows: [
      { what: 'storage reads, first launch', budget: 2, values: mapped(seen, ({ counters }) => reads(counters)) },
      { what: 'storage writes, first launch', budget: 1, values: mapped(seen, ({ counters }) => writes(counters)) },
      { what: 'storage reads, second launch', budget: 2, values: mapped(again, ({ counters }) => reads(counters)) },
      { what: 'storage writes, second launch', budget: 1, values: mapped(again, ({ counters }) => writes(counters)) },
      { what: 'synchronous storage calls', values: mapped(seen, ({ counters }) => syncCalls(counters)) },
      { what: 'calls to the host in all', values: mapped(seen, ({ counters }) => counters.hostCalls) },
    ],
  };
};

const COUNT = 1000;
// What V8 compiles, and what it forgets again of what it compiled, would be larger than what is looked for.
const HEAP_FLAGS = ['--expose-gc', '--no-opt', '--no-sparkplug', '--no-flush-bytecode'];

const trackCost = async (measure) => {
  const slow = await perSdk(NAMES, (sdk) => measure.run({ sdk, steps: jobs.eventsAt(COUNT, 500), decode: true }));
  const fast = await perSdk(NAMES, (sdk) => measure.run({ sdk, steps: jobs.eventsAt(COUNT, 100), decode: true }));
  const heaps = await perSdk(ALL, (sdk) =>
    measure.run({ sdk, steps: jobs.heap, flags: HEAP_FLAGS, host: { lean: true, offHeap: true } }),
  );
  const ownBytes = mapped(slow, (each) => {
    const list = tracked(each);
    return list.reduce((sum, { bytes }) => sum + bytes, 0) / list.length;
  });
  const written = (runs) => mapped(runs, (each) => delta(each, ({ bytesWritten }) => bytesWritten) / COUNT);
  const writesPerEvent = (runs) => mapped(runs, (each) => delta(each, writes) / COUNT);
  const ratio = (runs) => mapped(written(runs), (bytes, name) => bytes / ownBytes[name]);
  const heapGrowth = (from, to, count) =>
    added(Object.fromEntries(ALL.map((name) => [name, delta(heaps[name], (mark) => mark.heap, from, to) / count])));
  return [
    {
      title: 'track() with 8 properties, 1,000 events at 2/s',
      rows: [
        {
          what: 'synchronous storage calls per 1,000 events',
          budget: 20,
          values: mapped(slow, (each) => delta(each, syncCalls)),
        },
        { what: 'heap kept per delivered event', unit: 'B', values: heapGrowth('warm', 'delivered', COUNT), noisy: true },
        { what: 'heap per waiting event', unit: 'B', values: heapGrowth('delivered', 'waiting', 500), noisy: true },
        { what: 'exceptions', values: mapped(slow, ({ exceptions }) => exceptions) },
      ],
    },
    {
      title: 'Storage, 1,000 events',
      rows: [
        { what: "an event's own bytes, as this SDK sends it", unit: 'B', values: ownBytes },
        { what: 'bytes written per event at 10/s', unit: 'B', values: written(fast) },
        { what: '… by its own bytes', unit: '×', budget: 1.5, values: ratio(fast) },
        { what: 'bytes written per event at 2/s', unit: 'B', values: written(slow) },
        { what: '… by its own bytes', unit: '×', budget: 1.5, values: ratio(slow) },
        { what: 'writes per event at 10/s', budget: 0.2, values: writesPerEvent(fast) },
        { what: 'writes per event at 2/s', budget: 0.7, values: writesPerEvent(slow) },
        {
          what: 'removals per event at 2/s',
          values: mapped(slow, (each) => delta(each, ({ asyncRemoves, syncRemoves }) => asyncRemoves + syncRemoves) / COUNT),
        },
        { what: 'largest value', unit: 'B', budget: 65536, values: mapped(fast, ({ counters }) => counters.largestValue) },
      ],
    },
    {
      title: 'Network, 1,000 events at 2/s',
      rows: [
        {
          what: 'requests, from the first event on',
          budget: 34,
          values: mapped(slow, (each) => delta(each, ({ requests }) => requests, 'before', 'delivered')),
        },
        { what: 'requests, launch and hide included', values: mapped(slow, ({ sent }) => sent.requests) },
        { what: 'bytes per event, plain', unit: 'B', budget: 300, values: mapped(slow, ({ sent }) => sent.plain / COUNT) },
        { what: 'bytes per event, gzip', unit: 'B', budget: 60, values: mapped(slow, ({ sent }) => sent.gzip / COUNT) },
        {
          what: 'of the 1,000, arrived',
          values: mapped(slow, (each) => unique(tracked(each))),
          higherIsBetter: true,
          target: COUNT,
        },
        {
          what: 'events that the SDK added by itself',
          values: mapped(slow, (each) => each.received.length - tracked(each).length),
          neutral: true,
        },
      ],
    },
  ];
};

const taps = async (measure) => {
  const seen = await perSdk(NAMES, (sdk) => measure.run({ sdk, steps: jobs.taps, decode: true }));
  const arrived = mapped(seen, ({ received }, name) =>
    SDKS[name].tap ? received.filter((each) => each.name === SDKS[name].tap).length : undefined,
  );
  return {
    title: '2,000 taps, two a second',
    rows: [{ what: 'of 2,000 taps, arrived', values: arrived, higherIsBetter: true, target: 2000 }],
    note: 'Umeng and Aegis track no taps.',
  };
};

// Each event that finds no network costs Sensors a try to send all the others: it gets fewer of them here.
const SLOW_OFFLINE = 1000;

const stored = async (measure) => {
  const file = (sdk) => measure.file(`stored-${sdk}`);
  const countOf = (sdk) => (sdk === 'sensors' ? SLOW_OFFLINE : 2000);
  await perSdk(NAMES, (sdk) => measure.run({ sdk, steps: jobs.storeOffline(countOf(sdk)), storeIn: file(sdk) }));
  const more = (sdk) => (sdk === 'none' ? {} : { storedIn: file(sdk) });
  const seen = await perSdk(NAMES, (sdk) => measure.run({ sdk, steps: jobs.relaunch, decode: true, ...more(sdk) }));
  const shown = await inTurn(ALL, (sdk) =>
    measure.typical({ sdk, steps: jobs.coldStart, ...more(sdk) }, 5, { ms: ({ times }) => times.shown }),
  );
  const turns = await inTurn(NAMES, (sdk) =>
    measure.typical({ sdk, steps: jobs.relaunch, ...more(sdk), host: { lean: true } }, 5, {
      ms: ({ marks }) => marks.loaded.longestTurnMs,
    }),
  );
  return {
    title: 'Launch after 2,000 events offline (F17)',
    rows: [
      {
        what: 'stored by the launch before',
        unit: 'kB',
        values: mapped(seen, (_, name) => measure.storedBytes(file(name)) / 1000),
        neutral: true,
      },
      { what: 'time until the first page is shown', unit: 'ms', values: addedBy('ms', shown), noisy: true },
      { what: 'storage reads by then', budget: 2, values: mapped(seen, ({ marks }) => reads(marks.shown)) },
      { what: 'storage reads in the first 10 s', values: mapped(seen, ({ marks }) => reads(marks.loaded)) },
      {
        what: 'longest turn of the event loop in the first 10 s',
        unit: 'ms',
        values: mapped(turns, ({ ms }) => ms),
        noisy: true,
      },
      {
        what: 'arrived within ten minutes',
        unit: '%',
        values: mapped(seen, (each, name) => (unique(tracked(each)) / countOf(name)) * 100),
        higherIsBetter: true,
      },
    ],
    note: 'A full queue of minitrail holds 2,000 events, its own among them; one of Sensors 500. Sensors: after 1,000 events.',
  };
};

const offline = async (measure) => {
  const countOf = (sdk) => (sdk === 'sensors' ? SLOW_OFFLINE : 10_000);
  const seen = await perSdk(NAMES, async (sdk) => {
    const storeIn = measure.file(`offline-${sdk}`);
    const first = await measure.run({ sdk, steps: jobs.longOffline(countOf(sdk)), decode: true, storeIn });
    const startAt = first.now + 10_000;
    const next = await measure.run({ sdk, steps: jobs.nextVisit, decode: true, storedIn: storeIn, host: { startAt } });
    const dropped = [...(first.reportedDrops || []), ...(next.reportedDrops || [])].flatMap((drops) => Object.values(drops));
    return {
      ...first,
      arrived: (unique([...tracked(first), ...tracked(next)]) / countOf(sdk)) * 100,
      reported: (dropped.reduce((sum, each) => sum + each, 0) / countOf(sdk)) * 100,
    };
  });
  const calls = await inTurn(ALL, (sdk) => {
    const steps = sdk === 'sensors' ? jobs.fill(550, 50) : jobs.fill(2050, 500);
    return measure.typical({ sdk, steps, host: { lean: true } }, 3, { us: ({ spent }) => spent.fullCall });
  });
  return {
    title: '10,000 events offline at 10/s, then online, then a second visit',
    rows: [
      { what: 'track() on the full queue, mean', unit: 'µs', budget: 50, values: addedBy('us', calls), noisy: true },
      {
        what: 'storage at its peak',
        unit: 'kB',
        budget: 4000,
        values: mapped(seen, ({ counters }) => counters.peakBytes / 1000),
      },
      { what: 'keys at the end of the outage', values: mapped(seen, ({ marks }) => marks.full.keys) },
      {
        what: 'bytes written per event while offline',
        unit: 'B',
        values: mapped(seen, ({ marks }, name) => marks.full.bytesWritten / countOf(name)),
      },
      { what: 'arrived', unit: '%', values: mapped(seen, ({ arrived }) => arrived), higherIsBetter: true },
      { what: 'reported to the server as dropped', unit: '%', values: mapped(seen, ({ reported }) => reported), neutral: true },
      {
        what: 'neither arrived nor reported',
        unit: '%',
        budget: 0,
        // The drops count the events that the SDK adds by itself too.
        values: mapped(seen, ({ arrived, reported }) => Math.max(0, 100 - arrived - reported)),
      },
    ],
    note:
      'Sensors: 1,000 events. Umeng holds events in memory until the app is hidden; its queue takes 10,000 and is not ' +
      'full here, but of the requests that failed it keeps the last 50.',
  };
};

const faults = async (measure) => {
  const rows = [];
  for (const [fault, launches] of Object.entries(jobs.FAULTS)) {
    const outcomes = await perSdk(NAMES, async (sdk) => {
      const file = measure.file(`fault-${sdk}`);
      const received = [];
      let exceptions = 0;
      let startAt;
      let request = true;
      for (const [index, steps] of launches.entries()) {
        const seen = await measure.run({
          sdk,
          steps,
          decode: true,
          storeIn: file,
          ...(index ? { storedIn: file } : {}),
          host: startAt ? { startAt } : {},
        });
        if (seen.requestStarted === false) request = false;
        received.push(...tracked(seen));
        exceptions += seen.exceptions;
        startAt = seen.now + 10_000;
      }
      const arrived = unique(received);
      const ids = new Set(received.map(({ id, number }) => (SDKS[sdk].hasIds ? id : number)));
      return {
        lost: jobs.FAULT_EVENTS - arrived,
        repeats: received.length - arrived,
        repeatsLeft: SDKS[sdk].hasIds ? ids.size - arrived : undefined,
        exceptions,
        request,
      };
    });
    rows.push({
      what: fault,
      values: mapped(outcomes, ({ lost, repeats, repeatsLeft, exceptions, request }) =>
        request ? { lost, repeats, repeatsLeft, exceptions } : undefined,
      ),
    });
  }
  return {
    title: `Faults: of ${jobs.FAULT_EVENTS} events, lost · repeated · repeats left after the server drops by id · exceptions into the app`,
    faults: true,
    rows,
    note:
      'Umeng, DataRangers and Aegis give their events no id, so a server cannot tell a repeat (n/a). Where no request of an SDK ' +
      'is in flight after the last event, there is nothing to kill (n/a).',
  };
};

/** The groups in turn: sizes, each engine's tables, then what is asked of the host, and what faults cost. */
export const measureAll = async (measure, { bundles, native, engines, rounds, only }, progress) => {
  const groups = [size(bundles, native)];
  for (const engine of engines) {
    progress(engine.label);
    groups.push(...(await tablesOf(engine, measure, rounds)));
  }
  for (const [name, group] of Object.entries({ coldStart, trackCost, taps, stored, offline, faults })) {
    if (only === 'engines') break;
    progress(name);
    groups.push(...[await group(measure)].flat());
  }
  return groups;
};
