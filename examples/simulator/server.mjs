/**
 * `npm start`: the shop in a simulated phone, and what its tracker sends, on one page.
 *
 * @see ./collector.mjs for the endpoint, ./page for what the browser shows, ./host for the phone
 */
import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCollector } from './collector.mjs';
import { answerRecommendations } from './server/answerRecommendations.mjs';
import { pathOf } from './server/pathOf.mjs';
import { readPort } from './server/readPort.mjs';
import { createSiteFiles } from './server/siteFiles.mjs';

/** Loopback only: the collector takes whatever it is sent. */
const ADDRESS = '127.0.0.1';
const EVENT_FILE = fileURLToPath(new URL('.data/events.ndjson', import.meta.url));

/**
 * @typedef {object} ServerOptions
 * @property {number} [port] `0` picks a free one. Default 8787.
 * @property {string} [file] Where the collector keeps the events.
 * @property {{ wechat?: string, alipay?: string, douyin?: string }} [shops] Folders of mini-programs instead of the shop's.
 * @property {boolean} [quiet] Prints nothing.
 * @property {string} [reportUrl] Where the reports on the shop are, which its page then leads to.
 * @property {(body: string) => void} [onBatch] Each request that the collector took, as it came.
 * @property {import('./collector.mjs').CollectorOptions['says']} [says] To the plugins of a phone.
 *
 * @typedef {object} RunningServer
 * @property {string} url Without a slash at the end.
 * @property {import('./collector.mjs').Collector} collector
 * @property {() => Promise<void>} close
 */

/**
 * The next free one, two above: a running `npm start` has the port of its reports beside that of its shop.
 *
 * @param {number} taken
 * @returns {Promise<number>}
 */
const freePortAfter = (taken) =>
  new Promise((resolve, reject) => {
    const wanted = taken + 2 <= 65_535 ? taken + 2 : 0;
    const probe = createServer();
    probe.once('error', () => (wanted ? resolve(freePortAfter(wanted)) : reject(new Error('No port is free.'))));
    probe.listen(wanted, ADDRESS, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port it listens on
 */
const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE')
        freePortAfter(port).then(
          (free) => reject(new Error(`Port ${port} is in use. Choose another: PORT=${free} npm start`)),
          reject,
        );
      else if (error.code === 'EACCES')
        reject(new Error(`Port ${port} needs special rights. Choose another: PORT=8787 npm start`));
      else reject(error);
    });
    server.listen(port, ADDRESS, () => resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
  });

/**
 * Compiles the shops, bundles the phone and serves both with the page and the collector.
 *
 * @param {ServerOptions} [options]
 * @returns {Promise<RunningServer>}
 */
export const startServer = async ({
  port = readPort(undefined),
  file = EVENT_FILE,
  shops,
  quiet = false,
  reportUrl,
  onBatch,
  says,
} = {}) => {
  /** @type {(parts: { collector: import('./collector.mjs').Collector, readSiteFile: Awaited<ReturnType<typeof createSiteFiles>> }) => void} */
  let start = () => {};
  const started = new Promise((/** @type {typeof start} */ resolve) => {
    start = resolve;
  });

  /** @type {import('node:http').RequestListener} */
  const answer = async (req, res) => {
    const { collector, readSiteFile } = await started;
    if (await collector.handle(req, res)) return;
    if (pathOf(req) === '/v1/recommendations') return answerRecommendations(req, res, reportUrl);
    if (req.method !== 'GET' && req.method !== 'HEAD') return void res.writeHead(405, { allow: 'GET, HEAD' }).end();
    const found = await readSiteFile(pathOf(req));
    if (!found) return void res.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    // The page is worked on while it is shown: never answer from yesterday's copy.
    res.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' });
    res.end(req.method === 'HEAD' ? undefined : found.body);
  };
  const server = createServer((req, res) => {
    Promise.resolve(answer(req, res)).catch((error) => {
      if (!quiet) console.error(error);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });

  // The port first: nobody should wait for the compiler to hear that it is in use.
  const url = `http://${ADDRESS}:${await listen(server, port)}`;
  let collector;
  try {
    const readSiteFile = await createSiteFiles(shops, { reportUrl });
    collector = createCollector({ file, ...(onBatch ? { onBatch } : {}), ...(says ? { says } : {}) });
    start({ collector, readSiteFile });
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
  if (!quiet) {
    console.log(`minitrail shop: ${url}`);
    console.log(`events are kept in: ${relative(process.cwd(), file)}`);
  }

  return {
    url,
    collector,
    async close() {
      await collector.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

const main = async () => {
  try {
    const starting = startServer({ port: readPort(process.env.PORT) });
    // Before the address is printed: whoever waits for that line may stop the server at once.
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, async () => {
        await (await starting).close();
        process.exit(0);
      });
    }
    await starting;
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
};

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
