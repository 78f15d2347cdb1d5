// Measures minitrail and its peers and writes `results.json`, `RESULTS.md` and `../docs/bench.svg`. Exits with 0 whatever
// the figures are. `--short` takes fewer rounds and counts no instructions; `--only engines` leaves out storage, network and
// faults: to look at, not to publish.
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleAll, bundleJscDriver, nativeBytes } from './bundles.mjs';
import { toSvg } from './chart.mjs';
import { findCounter } from './counter.mjs';
import { createJsc, createV8, hasJsc } from './engines.mjs';
import { measureAll } from './groups.mjs';
import { createMeasure } from './measure.mjs';
import { missedOf, toJson, toMarkdown, toText } from './report.mjs';
import { NAMES, SDKS } from './sdks/index.mjs';

const { short, only } = parseArgs({ options: { short: { type: 'boolean' }, only: { type: 'string' } } }).values;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

if (!existsSync(here('../dist/index.mjs'))) {
  console.error('Build first: npm run build');
  process.exit(1);
}
const started = Date.now();
const progress = (what) => console.error(`[${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${what}`);

const v8 = createV8();
const engines = [v8];
if (hasJsc()) engines.push(createJsc(await bundleJscDriver()));
const counter = short ? undefined : findCounter();
const rounds = short ? { cold: 3, visits: 1 } : { cold: 9, visits: 5 };
const facts = {
  notes: {
    Engines: `V8 ${process.versions.v8} in Node.js ${process.version}; ${
      engines.length > 1
        ? 'JavaScriptCore by `jsc --useJIT=false`.'
        : '**JavaScriptCore is left out**, as `jsc` is not installed (Debian, Ubuntu: `apt-get install libjavascriptcoregtk-4.0-bin`).'
    }`,
    Instructions: counter ? `counted by ${counter.describe}.` : 'not counted in this run.',
  },
  versions: Object.fromEntries(NAMES.map((name) => [name, SDKS[name].version])),
};

const bundles = await bundleAll(['none', ...NAMES], here('../dist'));
const native = await nativeBytes(NAMES, here('../miniprogram_dist'));
const measure = createMeasure(bundles, counter, v8);
let groups;
try {
  groups = await measureAll(measure, { bundles, native, engines, rounds, only }, progress);
} finally {
  measure.end();
}

writeFileSync(here('results.json'), toJson(groups, facts));
writeFileSync(here('RESULTS.md'), toMarkdown(groups, facts));
writeFileSync(here('../docs/bench.svg'), toSvg(groups));
console.log(toText(groups));
const missed = missedOf(groups);
console.log(`\n${missed.length ? `${missed.length} budgets missed:\n  ${missed.join('\n  ')}` : 'Every budget is met.'}`);
progress('done: bench/RESULTS.md, bench/results.json, docs/bench.svg');
