/**
 * `npm run mutants:sql`: would the tests notice? Changes one token at a time in the SQL of each analysis and runs the tests
 * that ask it: the planted truth of 800 visitors (loaded once), the brute-force computations and the unit tests.
 * Prints the score of each analysis and what survived.
 */
import { register } from 'node:module';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { createLot } from '../../population/random.js';
import { EQUIVALENT } from './equivalent.js';
import { mutationsOf } from './mutationsOf.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '', short: 'o' },
    each: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`npm run mutants:sql -- [options]
  --only funnel,rfm  of these analyses
  --each 30          how many changes of each, by lot; --all: every one
  --seed 1           of the lot
  --tests plain,edges  by these test files alone: quicker, and tells less
`);
  process.exit();
}

const FILES = [
  'truth/truth',
  ...[
    'api',
    'attribution',
    'edges',
    'experiment',
    'funnel',
    'people',
    'plain',
    'plan',
    'recommended',
    'retention',
    'share',
    'triggers',
  ].map((name) => `analyses/${name}`),
];
/** A change that makes a query run away is noticed, too. */
const PATIENCE_MS = 5000;

register('./hooks.js', import.meta.url);
fc.configureGlobal({ endOnFailure: true });
const { RUNS } = await import('../analyses/helpers/populations.js');
// One wrong population tells as much as a thousand.
RUNS.numRuns = 12;

let isImpatient = false;
const { connect } = DuckDBInstance.prototype;
DuckDBInstance.prototype.connect = async function connectForAWhile() {
  const connection = await connect.call(this);
  if (!isImpatient) return connection;
  const timer = setTimeout(() => connection.interrupt(), PATIENCE_MS);
  const { disconnectSync } = connection;
  connection.disconnectSync = () => {
    clearTimeout(timer);
    disconnectSync.call(connection);
  };
  return connection;
};

const log = (text) => process.stderr.write(text);
const { runHooks, tests } = await import('./vitest.js');
const named = values.tests.split(',').filter(Boolean);
for (const file of FILES.filter((each) => !named.length || named.includes(each.split('/')[1]))) {
  log(`${file} `);
  await import(`../${file}.test.js`);
}
await runHooks();
const { ANALYSES } = await import('../../src/analyses/index.js');

/** The CTEs that an answer, or the people behind it, looks at: some lists are shared by analyses that need half of them. */
const usedOf = ({ ctes, select, more = {}, people }) => {
  const texts = [select, ...Object.values(more), people ? people.from : ''];
  const used = new Set();
  for (const [name, sql] of [...ctes].reverse())
    if (texts.some((text) => new RegExp(`\\b${name}\\b`).test(text))) {
      used.add(name);
      texts.push(sql);
    }
  return used;
};

/** Puts `change(part, sql)` between an analysis and its texts; answers how to take it away. */
const between = (analysis, change) => {
  const { build } = analysis;
  analysis.build = (...given) => {
    const built = build.apply(analysis, given);
    const used = usedOf(built);
    return {
      ...built,
      ctes: built.ctes.map(([name, sql]) => [name, used.has(name) ? change(name, sql) : sql]),
      select: change('select', built.select),
      ...(built.more
        ? { more: Object.fromEntries(Object.entries(built.more).map(([name, sql]) => [name, change(name, sql)])) }
        : {}),
    };
  };
  return () => {
    analysis.build = build;
  };
};

/** By analysis: the tests that ask it, the quick ones first, and every change of the texts that they made it build. */
const known = new Map(ANALYSES.map(({ id }) => [id, { tests: [], changes: new Map() }]));
const cache = new Map();
const changesOf = (sql) => {
  if (!cache.has(sql)) cache.set(sql, mutationsOf(sql));
  return cache.get(sql);
};
{
  let asked = new Set();
  const undo = ANALYSES.map((analysis) =>
    between(analysis, (part, sql) => {
      asked.add(analysis.id);
      for (const { id } of changesOf(sql)) known.get(analysis.id).changes.set(`${part} · ${id}`, { part, id });
      return sql;
    }),
  );
  for (const test of tests) {
    asked = new Set();
    const began = performance.now();
    await test.run();
    test.ms = performance.now() - began;
    for (const id of asked) known.get(id).tests.push(test);
  }
  for (const run of undo) run();
  for (const { tests: own } of known.values()) own.sort((a, b) => a.ms - b.ms);
}
log(`\n${tests.length} tests pass\n`);

/** The name of the test that fails with the change, `undefined` where none does. */
const killerOf = async (analysis, { part, id }) => {
  const undo = between(analysis, (name, sql) => {
    const found = name === part && changesOf(sql).find((each) => each.id === id);
    return found ? sql.slice(0, found.from) + found.text + sql.slice(found.to) : sql;
  });
  try {
    for (const test of known.get(analysis.id).tests) {
      try {
        await test.run();
      } catch {
        return test.name;
      }
    }
    return undefined;
  } finally {
    undo();
  }
};

const isEquivalent = (analysis, change) =>
  EQUIVALENT.some((each) => (!each.analysis || each.analysis.includes(analysis.id)) && change.includes(each.change));

isImpatient = true;
const only = values.only.split(',').filter(Boolean);
const lot = createLot(values.seed, 'mutants');
const rows = [];
const survivors = [];
const began = performance.now();
for (const analysis of ANALYSES) {
  if (only.length && !only.includes(analysis.id)) continue;
  const all = [...known.get(analysis.id).changes].filter(([name]) => !isEquivalent(analysis, name));
  const order = all.map((entry) => ({ entry, luck: lot.next() })).sort((a, b) => a.luck - b.luck);
  const chosen = order.slice(0, values.all ? all.length : Number(values.each)).map(({ entry }) => entry);
  let killed = 0;
  for (const [name, change] of chosen) {
    if (await killerOf(analysis, change)) killed++;
    else {
      survivors.push(`${analysis.id} · ${name}`);
      log(`  not noticed: ${analysis.id} · ${name}\n`);
    }
  }
  rows.push({ id: analysis.id, of: all.length, tried: chosen.length, killed });
  log(`${analysis.id} ${killed}/${chosen.length}\n`);
}
const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : '–').padStart(8);
for (const { id, of, tried, killed } of rows)
  process.stdout.write(
    `${id.padEnd(18)} ${String(of).padStart(5)} changes ${String(tried).padStart(5)} tried ${percent(killed, tried)} noticed\n`,
  );
const tried = rows.reduce((all, row) => all + row.tried, 0);
const killed = rows.reduce((all, row) => all + row.killed, 0);
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  `${'all'.padEnd(18)} ${tried} tried ${percent(killed, tried)} noticed, ${(seconds / Math.max(1, tried)).toFixed(2)} s each\n`,
);
if (survivors.length) process.stdout.write(`\nNot noticed:\n${survivors.join('\n')}\n`);
process.exit();
