import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../../test/browser/launchChromium.js';
import { createServer } from '../src/createServer.js';
import { readConfig } from '../src/readConfig.js';
import { makeBatch, makeEvent } from '../test/helpers/makeBatch.js';

/**
 * `npm run bench:page`: the report page as it opens in the morning, in the headless browser of the tests with a fourth of the
 * CPU and an empty cache, on the data of `npm run demo-data` (or of `INSIGHT_DATA`). Prints figures, asserts none.
 */
const RUNS = Number(process.argv[2] ?? 11);
const CPU_PART = 4;
const WIDTHS = [390, 1440];
const FOLDER = process.env.INSIGHT_DATA || fileURLToPath(new URL('../.data/demo', import.meta.url));
/** The day after the last one of the demo data, where there is no real shop. */
const NOW = Date.parse('2026-11-20T16:00:00Z');

const middle = (/** @type {number[]} */ values) => Math.round([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0);
const most = (/** @type {number[]} */ values) => Math.round(Math.max(...values));

/** Before the page's own code: what it paints is noted as it is painted. */
const watchPaints = () => {
  const seen = { largest: 0, element: '', first: 0 };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      Object.assign(seen, { largest: entry.startTime, element: entry.element?.tagName.toLowerCase() });
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('dd[data-column]')) return;
    seen.first = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
};

const openOnce = async (/** @type {any} */ browser, /** @type {string} */ url, /** @type {number} */ width) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_PART });
  await page.addInitScript(watchPaints);
  await page.goto(url);
  // All that the first screen has, its charts too: nothing larger is painted after them.
  await page.locator('.chart svg').first().waitFor();
  await page.waitForTimeout(500);
  const seen = await page.evaluate('window.seen');
  await context.close();
  return seen;
};

/** From the moment a phone sends an event to its row on the page `Live`. */
const liveDelays = async (/** @type {any} */ browser, /** @type {string} */ url) => {
  const page = await browser.newPage();
  await page.goto(`${url}/#/live`);
  await page.getByText('Connected ·').waitFor();
  const delays = [];
  for (let run = 0; run < RUNS; run++) {
    const sent_at = Date.now();
    const name = `bench_${run}`;
    const events = [makeEvent({ name, ts: sent_at, boot: Math.floor(sent_at / 1000), seq: run })];
    const began = performance.now();
    const body = JSON.stringify(makeBatch({ sent_at, events }));
    await fetch(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await page.getByRole('cell', { name, exact: true }).waitFor();
    delays.push(performance.now() - began);
  }
  await page.close();
  return delays;
};

if (!existsSync(join(FOLDER, 'journal'))) {
  console.error('no data: npm run demo-data first, or INSIGHT_DATA=<folder>');
  process.exit(1);
}
const server = await createServer(readConfig({ INSIGHT_DATA: FOLDER }), console.error, {
  now: process.env.INSIGHT_DATA ? Date.now : () => NOW,
});
const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
await server.loading.settle();
const browser = await launchChromium();
try {
  for (const width of WIDTHS) {
    await openOnce(browser, url, width); // The first one warms the server up.
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await openOnce(browser, url, width));
    const largest = runs.map((/** @type {any} */ seen) => seen.largest);
    const first = runs.map((/** @type {any} */ seen) => seen.first);
    console.log(
      `${width} px, CPU / ${CPU_PART}, ${RUNS} runs: largest paint ${middle(largest)} ms (most ${most(largest)}; ${runs[0].element}), first numbers ${middle(first)} ms (most ${most(first)})`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'insight-live-'));
  const empty = await createServer(readConfig({ INSIGHT_DATA: folder }), console.error);
  const delays = await liveDelays(browser, await empty.app.listen({ host: '127.0.0.1', port: 0 }));
  console.log(`live: ${middle(delays)} ms (most ${most(delays)}) from an event that is sent to its row`);
  await empty.close();
  rmSync(folder, { recursive: true });
} finally {
  await browser.close();
  await server.close();
}
