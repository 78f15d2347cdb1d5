import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { startServer, statusOf, waitUntilLoaded } from './startServer.js';
import { makeBody } from './traffic.js';

/**
 * `npm run bench [-- seconds]`: the server under load, client and server on the same machine. Prints figures, asserts
 * none.
 */
const SECONDS = Number(process.argv[2] ?? 60);
const EVENTS = 30;

const fire = (/** @type {string} */ url, /** @type {object} */ options) =>
  autocannon({
    url: `${url}/v1/events`,
    connections: 64,
    requests: [
      {
        method: 'POST',
        path: '/v1/events',
        headers: { 'content-type': 'application/json' },
        setupRequest: (/** @type {any} */ request) => ({ ...request, body: makeBody(EVENTS) }),
      },
    ],
    ...options,
  });

const sizeOf = (/** @type {string} */ folder, /** @type {RegExp} */ name) =>
  readdirSync(folder)
    .filter((each) => name.test(each))
    .reduce((sum, each) => sum + statSync(join(folder, each)).size, 0);

const memoryOf = (/** @type {number} */ pid, /** @type {string} */ what) =>
  Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

/** From the answer of a request to the moment its events are counted by the loader. */
const visibleDelay = async (/** @type {string} */ url, /** @type {number} */ tries) => {
  /** @type {number[]} */
  const delays = [];
  for (let each = 0; each < tries; each += 1) {
    const { events } = await statusOf(url);
    const sent = performance.now();
    await fetch(`${url}/v1/events`, { method: 'POST', body: makeBody(EVENTS) });
    while ((await statusOf(url)).events < events + EVENTS) await new Promise((resolve) => setTimeout(resolve, 5));
    delays.push(performance.now() - sent);
  }
  delays.sort((a, b) => a - b);
  return { median: Math.round(delays[delays.length >> 1]), max: Math.round(/** @type {number} */ (delays.at(-1))) };
};

const report = (/** @type {string} */ name, /** @type {string} */ value) => console.log(`${name.padEnd(52)} ${value}`);
const perSecond = (/** @type {number} */ batches, /** @type {number} */ seconds) =>
  Math.round((batches * EVENTS) / seconds).toLocaleString('en');

const folder = mkdtempSync(join(tmpdir(), 'insight-bench-'));
report(
  'machine',
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, client on the same cores`,
);
const server = await startServer(folder);
try {
  report('visible after the answer, quiet (median, max)', JSON.stringify(await visibleDelay(server.url, 20)));

  const steady = await fire(server.url, { duration: Math.ceil(SECONDS / 3), overallRate: Math.ceil(10_000 / EVENTS) });
  report('at 10,000 events/s: accepted events/s', perSecond(steady['2xx'], steady.duration));
  report('  answered after ms (p50, p99, max)', `${steady.latency.p50}, ${steady.latency.p99}, ${steady.latency.max}`);
  await waitUntilLoaded(server.url);

  const rate = Number(process.argv[3] ?? 0);
  const full = await fire(server.url, { duration: SECONDS, ...(rate ? { overallRate: Math.ceil(rate / EVENTS) } : {}) });
  const ended = performance.now();
  await waitUntilLoaded(server.url);
  report(`as fast as it goes, ${SECONDS} s: accepted events/s`, perSecond(full['2xx'], full.duration));
  report('  refused or failed requests', String(full.non2xx + full.errors));
  report('  answered after ms (p50, p99, max)', `${full.latency.p50}, ${full.latency.p99}, ${full.latency.max}`);
  report('  all queryable after the end, s', ((performance.now() - ended) / 1000).toFixed(1));
  report('memory of the server at its peak, MB', String(memoryOf(server.pid, 'VmHWM')));

  const { events } = await statusOf(server.url);
  await server.kill('SIGTERM');
  report('events in all', events.toLocaleString('en'));
  report('journal, bytes per event', (sizeOf(join(folder, 'journal'), /./) / events).toFixed(0));
  report('DuckDB, bytes per event', (sizeOf(folder, /duckdb/) / events).toFixed(1));
} finally {
  await server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
