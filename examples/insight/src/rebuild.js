import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cutHalfLine } from './journal/cutHalfLine.js';
import { journalFiles } from './journal/journalFiles.js';
import { loadJournal } from './loader/loadJournal.js';
import { readConfig } from './readConfig.js';
import { openStore } from './store/store.js';

/** Throws where a server has the database open: it would go on writing into a file without a name. */
const checkUnused = async (/** @type {Parameters<typeof openStore>[0]} */ options) => {
  try {
    await (await openStore(options)).close();
  } catch (error) {
    // Damaged, or of another time zone: that is why it is made anew.
    if (/lock/.test(/** @type {Error} */ (error).message)) throw new Error('stop the server first, it has the database open');
  }
};

/** `npm run rebuild`: makes the database anew from the journal, beside the old one, and then takes its place. */
const main = async () => {
  const { dataFolder, storeUrl, timeZone, memoryLimit } = readConfig(process.env);
  if (/^clickhouse/.test(storeUrl))
    throw new Error('ClickHouse: drop its tables and start the server; it loads the whole journal');
  const made = `${storeUrl}.new`;
  const remove = (/** @type {string} */ path) => {
    for (const end of ['', '.wal']) rmSync(path + end, { force: true });
  };
  if (existsSync(storeUrl)) await checkUnused({ url: storeUrl, timeZone, memoryLimit });
  remove(made);
  const journal = join(dataFolder, 'journal');
  const last = journalFiles(journal).at(-1);
  if (last) cutHalfLine(join(journal, last));
  const store = await openStore({ url: made, timeZone, memoryLimit });
  const started = performance.now();
  const { events, unreadable, next } = await loadJournal(store, journal, ({ bytes, of }) => {
    process.stderr.write(`\r${Math.floor((bytes / Math.max(of, 1)) * 100)} %`);
  });
  if (next) await store.loader.load([], next);
  await store.checkpoint();
  await store.close();
  remove(storeUrl);
  renameSync(made, storeUrl);
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write('\r');
  console.log(`${events} events in ${seconds.toFixed(1)} s${unreadable ? `, ${unreadable} lines could not be read` : ''}`);
};

try {
  await main();
} catch (error) {
  console.error(`rebuild: ${/** @type {Error} */ (error).message}`);
  process.exit(1);
}
