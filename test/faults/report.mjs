// Runs every fault test in full and prints one table: test, figure, target. `npm run faults`; exit code 1 when a row
// misses its target. With names (`f1 f3 audit`), only those.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundleCore } from '../helpers/bundleCore.mjs';
import { MUTANTS } from './mutants.mjs';
import { scenarios } from './scenarios.mjs';

const SEQUENCES = 10_000;
const CHUNK = 1000;
const WORKERS = Math.min(4, Math.max(1, availableParallelism()));
const wanted = process.argv.slice(2);
const wants = (name) => !wanted.length || wanted.includes(name);

const tasks = [];
const add = (task, settings = {}) => tasks.push({ task, settings });
// The longest first, so that the workers end together.
if (wants('f8')) for (const only of [0, 1, 2]) add('f8', { only });
// Each run of the table draws the same sequences, so that a failure can be looked at; `SEED=…` draws others.
const seed = Number(process.env.SEED) || 20_261_121;
if (wants('f1')) for (let i = 0; i < SEQUENCES / CHUNK; i++) add('f1', { runs: CHUNK, seed: seed + i });
for (const name of Object.keys(scenarios)) if (name !== 'f8' && wants(name)) add(name);
if (wants('f2')) for (const name of Object.keys(MUTANTS)) add('f2', { name, runs: 3000 });

const { code } = await bundleCore();
const from = Date.now();
const queue = tasks.slice();
await Promise.all(
  Array.from({ length: WORKERS }, async () => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: { code } });
    while (queue.length) {
      const item = queue.shift();
      worker.postMessage({ task: item.task, settings: item.settings });
      const { result, ms } = await new Promise((resolve, reject) => {
        worker.removeAllListeners();
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      Object.assign(item, { result, ms });
      if (process.stderr.isTTY) process.stderr.write(`\r${tasks.length - queue.length}/${tasks.length} `);
    }
    await worker.terminate();
  }),
);

const of = (name) => tasks.filter(({ task }) => task === name);
const rows = [];
const notes = [];
if (wants('f1')) {
  const results = of('f1').map(({ result }) => result);
  const sum = (key) => results.reduce((total, result) => total + (result[key] || 0), 0);
  const failed = results.filter(({ failure, error }) => failure || error);
  for (const { failure, error, sequence } of failed) notes.push(`F1: ${failure || error}\n${JSON.stringify(sequence)}`);
  rows.push({
    test: 'F1 random sequences',
    figure: `${sum('sequences').toLocaleString('en')} sequences, ${sum('events').toLocaleString('en')} events, ${sum('kills').toLocaleString('en')} kills: ${sum('unexplained')} unexplained losses, ${failed.length} failures`,
    target: '≥ 10,000 sequences, 0 losses',
    ok: sum('sequences') >= SEQUENCES && !failed.length,
  });
}
if (wants('f2')) {
  const results = of('f2').map(({ result, settings }) => Object.assign({ name: settings.name }, result));
  const caught = results.filter(({ by }) => by);
  rows.push({
    test: 'F2 mutants',
    figure: `${caught.length} of ${results.length} caught`,
    target: '≥ 90 %, the rest explained',
    ok: caught.length >= 0.9 * results.length && results.length >= 15 && !results.some(({ error }) => error),
  });
  notes.push(
    `F2, what caught each broken core:\n${results.map(({ name, by, property, error }) => `  ${by || 'SURVIVED'}  ${name}: ${`${property || error || ''}`.slice(0, 110)}`).join('\n')}`,
  );
}
for (const name of Object.keys(scenarios)) {
  for (const { result, task } of of(name)) {
    if (result.error) rows.push({ test: task, figure: result.error, target: '', ok: false });
    else rows.push(...result);
  }
}

const cell = (text) => `${text}`.split('\n')[0].replace(/\|/g, '\\|');
console.log('| test | figure | target | |\n|---|---|---|---|');
for (const { test, figure, target, ok } of rows)
  console.log(`| ${cell(test)} | ${cell(figure)} | ${cell(target)} | ${ok ? 'ok' : '**FAILED**'} |`);
console.log(`\n${notes.join('\n\n')}`);
const slow = tasks.slice().sort((a, b) => b.ms - a.ms)[0];
console.log(
  `\n${Math.round((Date.now() - from) / 1000)} s on ${WORKERS} workers; longest: ${slow.task} ${Math.round(slow.ms / 1000)} s`,
);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
