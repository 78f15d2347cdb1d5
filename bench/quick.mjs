// A look at one build of minitrail beside the leanest peers, in a minute, while working on it:
//
//   node bench/quick.mjs [--dist dist] [--base <another dist>] [--peers umeng,youshu,rangers] [--engine v8|jsc]
//                        [--seconds 20] [--counts no]
//
// (Once before: `npm --prefix bench ci`.) `--dist` is any built directory of ES modules: `index.mjs`,
// `adapters/wechat.mjs`, `scenes/wechatGroups.mjs`. With `--base` a second build is measured in the same rounds.
// `--peers` takes names of `sdks/`; all of them: `--peers all`.
//
// Times: processes are fresh, one at a time, the SDKs in turn, for as many rounds as fit into the seconds. A figure is the
// least of its rounds (other work on the machine only ever adds), minus that of the same app without an SDK.
// Instructions (where perf or valgrind counts) hold still on a busy machine, to a percent: go by those. What was counted
// once is kept in `bench/.cache`, so that only a changed build is counted again; the first run takes longer.
// The full benchmark is `npm run bench`.
import { parseArgs } from 'node:util';
import { bundleAll, bundleJscDriver } from './bundles.mjs';
import { findCounter } from './counter.mjs';
import { createCounts } from './countOnce.mjs';
import { createJsc, createV8, hasJsc } from './engines.mjs';
import * as jobs from './jobs.mjs';
import { inParallel } from './measure.mjs';
import { SDKS } from './sdks/index.mjs';

const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: new URL('../dist', import.meta.url).pathname },
    base: { type: 'string' },
    peers: { type: 'string', default: 'umeng,youshu,rangers' },
    seconds: { type: 'string', default: '20' },
    engine: { type: 'string' },
    counts: { type: 'string', default: 'yes' },
  },
});
const PEERS = values.peers === 'all' ? ['umeng', 'youshu', 'sensors', 'rangers', 'aegis'] : values.peers.split(',');

const TIMES = [
  ['evaluate + create', 'ms', 'cold', ({ times }) => times.created],
  ['until the first page is shown', 'ms', 'cold', ({ times }) => times.shown],
  ['cold start, next 100 ms included', 'ms', 'cold', ({ times }) => times.cold],
  ['track(), first 200 at 2/s: call', 'µs', 'visit', ({ spent }) => spent.firstCall],
  ['track(), first 200: all that follows', 'µs', 'visit', ({ spent }) => spent.first],
  ['track(), after 1,000: call', 'µs', 'visit', ({ spent }) => spent.laterCall],
  ['track(), after 1,000: all that follows', 'µs', 'visit', ({ spent }) => spent.later],
  ['a tracked tap: call', 'µs', 'visit', ({ spent }) => spent.tapCall],
  ['a tracked tap: all that follows', 'µs', 'visit', ({ spent }) => spent.tap],
];
const untilShown = ({ created, shown }) => created + shown;
const untilCold = (counts) => untilShown(counts) + counts.cold;
const untilSettled = (counts) => untilCold(counts) + counts.settled;
const COUNTS = [
  ['evaluate + create', 'M', ({ created }) => created / 1e6],
  ['until the first page is shown', 'M', (counts) => untilShown(counts) / 1e6],
  ['cold start, next 100 ms included', 'M', (counts) => untilCold(counts) / 1e6],
  ['first 100 track() at 2/s, each, all', 'k', ({ first }) => first / 1e5],
  ['first 100 track() in one turn, each', 'k', (counts) => (counts.burst - untilSettled(counts)) / 1e5],
  ['first 100 taps at 2/s, each, all', 'k', (counts) => (counts.taps - untilSettled(counts)) / 1e5],
];
/** Taps that are not tracked cost nothing: no figure to compare with. */
const NO_TAPS = ['umeng', 'aegis'];

const bundles = await bundleAll(['none', 'minitrail', ...PEERS], values.dist);
if (values.base) bundles.base = (await bundleAll(['minitrail'], values.base, '-base')).minitrail;
const subjects = Object.keys(bundles);
const names = subjects.filter((name) => name !== 'none');
const driver = await bundleJscDriver();
const engines = [];
if (values.engine !== 'jsc') engines.push(createV8());
if (values.engine !== 'v8') {
  if (hasJsc()) engines.push(createJsc(driver));
  else console.error('No jsc here (Debian: apt-get install libjavascriptcoregtk-4.0-bin): V8 alone.');
}
const jobOf = (name, job) => ({
  sdk: name,
  bundle: bundles[name],
  host: { lean: true, body: (SDKS[name] || SDKS.minitrail).answer },
  ...job,
});

const shown = (figure) => (figure >= 100 ? figure.toFixed(0) : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2));
const printTable = (title, rows, figureOf) => {
  console.log(`\n${title}`.padEnd(41) + names.map((name) => name.padStart(18)).join(''));
  for (const [what, unit, ...row] of rows) {
    const figures = Object.fromEntries(names.map((name) => [name, figureOf(name, ...row) - figureOf('none', ...row)]));
    const counts = (name) => !(what.includes('tap') && NO_TAPS.includes(name));
    const best = Math.min(...PEERS.filter(counts).map((name) => figures[name]));
    const cells = names.map((name) =>
      counts(name) ? `${shown(figures[name])} ${unit} ${`${(figures[name] / best).toFixed(2)}×`.padStart(6)}` : 'n/a',
    );
    console.log(`${what.padEnd(40)}${cells.map((cell) => cell.padStart(18)).join('')}`);
  }
};

/** What each process saw, by engine, SDK and job. */
const runs = new Map(
  engines.map((engine) => [engine, Object.fromEntries(subjects.map((name) => [name, { cold: [], visit: [] }]))]),
);
const until = Date.now() + +values.seconds * 1000;
for (let round = 0; round < 2 || Date.now() < until; round++) {
  for (const engine of engines) {
    for (const name of subjects) {
      const seen = runs.get(engine)[name];
      for (let i = 0; i < 3; i++) seen.cold.push(await engine.run(jobOf(name, { steps: jobs.coldStart })));
      seen.visit.push(await engine.run(jobOf(name, { steps: jobs.visit })));
    }
  }
}
for (const engine of engines) {
  const seen = runs.get(engine);
  printTable(`${engine.label}: time, ${seen.none.visit.length} rounds`, TIMES, (name, job, figureOf) =>
    Math.min(...seen[name][job].map(figureOf)),
  );
  for (const name of names) {
    const failed = seen[name].visit.find(({ exceptions }) => exceptions);
    if (failed) console.log(`! ${name}: ${failed.exceptions} exceptions, the first: ${failed.firstException}`);
  }
}

const counter = values.counts === 'yes' && findCounter();
if (counter) {
  const countOnce = createCounts(counter);
  const counts = new Map(engines.map((engine) => [engine, Object.fromEntries(subjects.map((name) => [name, {}]))]));
  await inParallel(
    engines.flatMap((engine) =>
      subjects.flatMap((name) =>
        Object.values(jobs.counted).map((job) => async () => {
          Object.assign(counts.get(engine)[name], await countOnce(engine, jobOf(name, job)));
        }),
      ),
    ),
  );
  for (const engine of engines) {
    printTable(`${engine.label}: instructions`, COUNTS, (name, figureOf) => figureOf(counts.get(engine)[name]));
  }
} else if (values.counts === 'yes') console.log('\nNeither perf nor valgrind counts instructions here.');
