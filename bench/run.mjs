// Measures minitrail and its peers and writes `results.json` and `RESULTS.md`. Exits with 0 whatever the figures are.
import { existsSync, writeFileSync } from 'node:fs';
import { bundleAll } from './bundles.mjs';
import { findCounter } from './counter.mjs';
import { measureAll } from './groups.mjs';
import { createMeasure } from './measure.mjs';
import { missedOf, toJson, toMarkdown, toText } from './report.mjs';
import { NAMES, SDKS } from './sdks/index.mjs';

const here = (name) => new URL(name, import.meta.url);

if (!existsSync(here('../dist/index.mjs'))) {
  console.error('Build first: npm run build');
  process.exit(1);
}
const started = Date.now();
const progress = (what) => console.error(`[${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${what}`);

const counter = findCounter();
const facts = {
  node: process.version,
  counter: counter ? counter.describe : 'nothing here (no perf, no valgrind); times only',
  versions: Object.fromEntries(NAMES.map((name) => [name, SDKS[name].version])),
};
progress(`instructions: ${facts.counter}`);

const bundles = await bundleAll(['none', ...NAMES]);
const measure = createMeasure(bundles, counter);
let groups;
try {
  groups = await measureAll(measure, bundles, progress);
} finally {
  measure.end();
}

writeFileSync(here('results.json'), toJson(groups, facts));
writeFileSync(here('RESULTS.md'), toMarkdown(groups, facts));
console.log(toText(groups));
const missed = missedOf(groups);
console.log(`\n${missed.length ? `${missed.length} budgets missed:\n  ${missed.join('\n  ')}` : 'Every budget is met.'}`);
progress('done: bench/RESULTS.md, bench/results.json');
