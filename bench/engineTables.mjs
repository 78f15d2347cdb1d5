import { createCounts } from './countOnce.mjs';
import * as jobs from './jobs.mjs';
import { inParallel, median } from './measure.mjs';
import { NAMES, SDKS } from './sdks/index.mjs';

const ALL = ['none', ...NAMES];

const untilShown = ({ created, shown }) => created + shown;
const untilCold = (counts) => untilShown(counts) + counts.cold;
const untilSettled = (counts) => untilCold(counts) + counts.settled;
const isTap = true;

// `budget` is the most that ours may be, by the leanest of the others.
const TIMES = [
  { what: 'evaluate + create', unit: 'ms', job: 'cold', budget: 1.5, of: ({ times }) => times.created },
  { what: 'until the first page is shown', unit: 'ms', job: 'cold', budget: 1, of: ({ times }) => times.shown },
  { what: 'cold start in all, the next 100 ms included', unit: 'ms', job: 'cold', budget: 1, of: ({ times }) => times.cold },
  {
    what: '… CPU time, all threads',
    unit: 'ms',
    job: 'cold',
    budget: 1,
    of: ({ marks }) => (marks.end.cpuUs - marks.begin.cpuUs) / 1000,
  },
  { what: 'track(), the call, first 200 events', unit: 'µs', job: 'visit', budget: 1, of: ({ spent }) => spent.firstCall },
  { what: 'track(), all that follows, first 200', unit: 'µs', job: 'visit', budget: 2, of: ({ spent }) => spent.first },
  { what: 'track(), the call, after 1,000', unit: 'µs', job: 'visit', budget: 1, of: ({ spent }) => spent.laterCall },
  { what: 'track(), all that follows, after 1,000', unit: 'µs', job: 'visit', budget: 2, of: ({ spent }) => spent.later },
  { what: 'a tracked tap, the call', unit: 'µs', job: 'visit', budget: 1, of: ({ spent }) => spent.tapCall, isTap },
  { what: 'a tracked tap, all that follows', unit: 'µs', job: 'visit', budget: 1, of: ({ spent }) => spent.tap, isTap },
  { what: 'a plain page method, added', unit: 'ns', job: 'method', of: ({ rounds }) => Math.min(...rounds) },
];
const COUNTS = [
  { what: 'evaluate + create', unit: 'M', budget: 1.5, of: ({ created }) => created / 1e6 },
  { what: 'until the first page is shown', unit: 'M', budget: 1, of: (counts) => untilShown(counts) / 1e6 },
  { what: 'cold start in all, the next 100 ms included', unit: 'M', budget: 1, of: (counts) => untilCold(counts) / 1e6 },
  { what: 'track(), 100 in one turn, each', unit: 'k', budget: 1, of: (counts) => (counts.burst - untilSettled(counts)) / 1e5 },
  { what: 'track(), first 100 at 2/s, all, each', unit: 'k', budget: 2, of: ({ first }) => first / 1e5 },
  {
    what: 'a tap, first 100, all, each',
    unit: 'k',
    budget: 1,
    of: (counts) => (counts.taps - untilSettled(counts)) / 1e5,
    isTap,
  },
];

/** What is added to the app without an SDK; nothing where the engine cannot tell, or where the SDK tracks no taps. */
const rowOf = ({ of, isTap: onlyTaps, ...row }, figureOf) => {
  const added = (name) => {
    if (onlyTaps && !SDKS[name].tap) return undefined;
    const figure = figureOf(name, of) - figureOf('none', of);
    return Number.isNaN(figure) ? undefined : figure;
  };
  return { ...row, values: Object.fromEntries(NAMES.map((name) => [name, added(name)])) };
};

/** Fresh processes, one at a time, the SDKs in turn: what else the machine does in a while falls on all of them. */
const timeAll = async (engine, measure, { cold, visits }) => {
  const seen = Object.fromEntries(ALL.map((name) => [name, { cold: [], visit: [], method: [] }]));
  for (let round = 0; round < cold; round++) {
    for (const sdk of ALL) {
      const run = (steps) => engine.run(measure.complete({ sdk, steps, host: { lean: true } }));
      seen[sdk].cold.push(await run(jobs.coldStartTimed));
      if (round >= visits) continue;
      seen[sdk].visit.push(await run(jobs.visit));
      seen[sdk].method.push(await run(jobs.method));
    }
  }
  return seen;
};

const countAll = async (engine, measure) => {
  const countOnce = createCounts(measure.counter);
  const counts = Object.fromEntries(ALL.map((name) => [name, {}]));
  const tasks = ALL.flatMap((sdk) =>
    Object.values(jobs.counted).map((job) => async () => {
      Object.assign(counts[sdk], await countOnce(engine, measure.complete({ sdk, ...job, host: { lean: true } })));
    }),
  );
  await inParallel(tasks);
  return counts;
};

/** The tables of one engine: times, and instructions where something counts them. */
export const tablesOf = async (engine, measure, rounds) => {
  const seen = await timeAll(engine, measure, rounds);
  const figureOf = (job) => (name, of) => median(seen[name][job].map(of));
  const tables = [
    {
      title: `${engine.label}: time`,
      chart: engine.place,
      rows: TIMES.map((row) => ({ ...rowOf(row, figureOf(row.job)), noisy: true })).filter(({ values }) =>
        Object.values(values).some((value) => value !== undefined),
      ),
      note: `Medians of ${rounds.cold} fresh processes (events and taps: ${rounds.visits}), what the app alone takes subtracted. Calls are means: some SDKs send from within a call now and then.`,
    },
  ];
  if (measure.counter) {
    const counts = await countAll(engine, measure);
    tables.push({
      title: `${engine.label}: instructions`,
      chart: engine.place,
      rows: COUNTS.map((row) => rowOf(row, (name, of) => of(counts[name]))),
    });
  }
  return tables;
};
