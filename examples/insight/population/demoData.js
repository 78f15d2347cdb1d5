/**
 * `npm run demo-data`: a population that visits the shop for 90 days, each with the real package on a simulated phone.
 * Leaves a data folder as the collector would have written it (`INSIGHT_DATA=.data/demo npm start` answers from it), what
 * was decided (`truth.json`) and what campaigns cost (`costs.csv`). The same seed and last day make the same files, byte for byte.
 *
 * @see ./simulate.js for the population, ./plan.js for what is planted
 */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCosts } from '../src/api/costs.js';
import { journalFile } from '../src/journal/journalFiles.js';
import { createJournalFile } from './journalFile.js';
import { PLAN } from './plan.js';
import { postLive } from './postLive.js';
import { RECALL } from './recalls.js';
import { createPopulation } from './simulate.js';
import { costsOf, truthOf } from './truthOf.js';

const HELP = `npm run demo-data -- [options]
  --visitors 5000        phones in all
  --seed 1               with --post the time of the call, as the same events would be known to the collector
  --until 2026-11-21     the day after the last one; today in the merchant's time zone (UTC+8) if not given
  --out .data/demo       the data folder that is made
  --post URL --key KEY   visit a running collector instead, --speed 600 times as fast
`;

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
const WIDTH = 40;

/** A bar on the terminal; in a log, a line for each tenth. */
const createProgress = (stream) => {
  let told = -1;
  return (part, note) => {
    const step = Math.floor(part * (stream.isTTY ? 200 : 10));
    if (step === told) return;
    told = step;
    const full = Math.round(part * WIDTH);
    const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.round(part * 100)).padStart(3)} % ${note}`;
    stream.write(stream.isTTY ? `\r${bar}` : `${bar}\n`);
  };
};

/** So that the report of this morning has a yesterday. */
const todayInChina = () => new Date(Date.now() + ZONE_MS).toISOString().slice(0, 10);

const { values } = parseArgs({
  options: {
    visitors: { type: 'string', default: '5000' },
    seed: { type: 'string' },
    until: { type: 'string', default: todayInChina() },
    out: { type: 'string', default: fileURLToPath(new URL('../.data/demo', import.meta.url)) },
    post: { type: 'string' },
    key: { type: 'string', default: 'shop' },
    speed: { type: 'string', default: '600' },
    help: { type: 'boolean', default: false },
  },
});

/** Empties a folder of an earlier run; one of a server that took real events is left alone. */
const prepareFolder = (folder) => {
  if (!existsSync(folder) || !readdirSync(folder).length) return;
  if (!existsSync(join(folder, 'truth.json'))) throw new Error(`${folder} holds something else than demo data`);
  rmSync(folder, { recursive: true });
};

const writeFiles = async (options) => {
  prepareFolder(values.out);
  const progress = createProgress(process.stderr);
  const began = performance.now();
  const journal = createJournalFile(join(values.out, 'journal', journalFile(1)));
  let batches = 0;
  const receive = (...batch) => {
    batches++;
    journal.add(...batch);
  };
  const population = await createPopulation({ ...options, receive });
  const { world, truth, endDay } = population;
  await world.runTo(truth.zeroDay);
  for (let day = 1; day <= PLAN.days; day++) {
    await world.runTo(truth.zeroDay + day * DAY_MS);
    progress(day / PLAN.days, `${truth.visits.length} visits`);
  }
  await world.runTo(endDay);
  journal.close();
  const events = population.people.visitors.reduce((sum, { boots }) => sum + boots.reduce((all, each) => all + each, 0), 0);
  writeFileSync(join(values.out, 'truth.json'), JSON.stringify(truthOf(population, PLAN)));
  const costs = costsOf(population, PLAN);
  writeFileSync(join(values.out, 'costs.csv'), costs);
  // As if the merchant had brought the file, and had had a campaign.
  const recalls = [{ ...RECALL, created_at: truth.zeroDay + PLAN.recall.from * DAY_MS }];
  writeFileSync(join(values.out, 'settings.json'), JSON.stringify({ costs: readCosts(costs), recalls }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stderr.write(
    `\n${events} events in ${batches} batches, ${truth.visits.length} visits, ${truth.orders.length} orders in ${seconds} s: ${values.out}\n`,
  );
};

if (values.help) process.stdout.write(HELP);
else {
  const seed = values.seed ?? (values.post ? `live ${Date.now()}` : '1');
  const options = { seed, visitors: Number(values.visitors), until: values.until };
  if (values.post) {
    const begin = (receive) => createPopulation({ ...options, receive });
    await postLive({
      begin,
      url: values.post,
      key: values.key,
      speed: Number(values.speed),
      onProgress: createProgress(process.stderr),
    });
  } else await writeFiles(options);
}
