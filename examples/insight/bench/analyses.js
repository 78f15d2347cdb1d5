import { performance } from 'node:perf_hooks';
import { ANALYSES } from '../src/analyses/index.js';
import { runAnalysis } from '../src/analyses/run.js';
import { openStore } from '../src/store/store.js';
import { syntheticStatements } from './syntheticEvents.js';

/**
 * `npm run bench:analyses [-- millions [path [ids]]]`: every analysis, or those that are named, over 90 days of synthetic
 * events, which a file keeps for the next time. The best of three runs: what else the machine does only makes it slower.
 */
const [millions = '1', path = ':memory:', only = ''] = process.argv.slice(2);
const RANGE = { from: '2026-09-01', to: '2026-11-29' };
const PARAMETERS = {
  funnel: {
    steps: ['app_launch', 'page_view', 'product_viewed', 'product_added', 'order_paid'].map((event) => ({ event })),
    by: 'first_group',
  },
  heat: { page: 'pages/3/index' },
  trend: { by: 'properties.price' },
  experiment: { experiment: 'coupon' },
  interval: { start: { event: 'page_view' }, end: { event: 'order_paid' } },
  segment: {
    rules: [
      { kind: 'did', event: 'order_paid' },
      { kind: 'share', role: 'sharer' },
    ],
  },
};
const BUDGET_MS = { 1: 700, 10: 1500 }[millions];

const store = await openStore({ url: path });
let began = performance.now();
const count = async () => (await store.query('SELECT count(*) AS n FROM events'))[0].n;
if ((await count()) === 0) for (const statement of syntheticStatements(Number(millions))) await store.run(statement);
console.log(`${await count()} events, there after ${Math.round(performance.now() - began)} ms`);
let over = 0;
console.log('| analysis | persons, ms | visitors, ms | CPU, ms | rows |\n| --- | --- | --- | --- | --- |');
for (const analysis of ANALYSES.filter(({ id }) => !only || only.split(',').includes(id))) {
  const times = {};
  let rows = 0;
  let cpuMs = Number.POSITIVE_INFINITY;
  for (const unit of ['persons', 'visitors']) {
    times[unit] = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3; run++) {
      began = performance.now();
      const cpu = process.cpuUsage();
      const { raw } = await runAnalysis(
        store,
        analysis,
        { ...RANGE, ...PARAMETERS[analysis.id], unit },
        { today: '2026-11-30' },
      );
      times[unit] = Math.min(times[unit], performance.now() - began);
      const { user, system } = process.cpuUsage(cpu);
      cpuMs = Math.min(cpuMs, (user + system) / 1000);
      rows = raw.length;
    }
  }
  const late = BUDGET_MS && times.persons > BUDGET_MS;
  if (late) over += 1;
  console.log(
    `| ${analysis.id} | ${Math.round(times.persons)}${late ? ' (over)' : ''} | ${Math.round(times.visitors)} | ${Math.round(cpuMs)} | ${rows} |`,
  );
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; over the budget: ${over}`);
await store.close();
