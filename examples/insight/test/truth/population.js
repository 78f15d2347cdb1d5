import { journalLine } from '../../population/journalFile.js';
import { PLAN } from '../../population/plan.js';
import { createPopulation } from '../../population/simulate.js';
import { truthOf } from '../../population/truthOf.js';
import { loadLines } from '../../src/loader/loadLines.js';
import { openStore } from '../../src/store/store.js';
import { decide } from './decided.js';

/** `npm run truth` takes all 5,000. */
const VISITORS = Number(process.env.TRUTH_VISITORS || 800);
const SEED = process.env.TRUTH_SEED || '1';
const LINES_PER_LOAD = 2000;

const lines = [];
const population = await createPopulation({
  seed: SEED,
  visitors: VISITORS,
  until: '2026-11-21',
  receive: (...batch) => lines.push(journalLine(...batch).trim()),
});
await population.world.runTo(population.endDay);

export const store = await openStore({ url: ':memory:' });
for (let i = 0; i < lines.length; i += LINES_PER_LOAD) await loadLines(store, lines.slice(i, i + LINES_PER_LOAD));

export { lines, PLAN };
export const decided = decide(truthOf(population, PLAN));
/** Both ends of the 90 days. */
export const FIRST = 0;
export const LAST = PLAN.days - 1;
