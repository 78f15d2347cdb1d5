/**
 * `npm start`: the shop with its page, and the collector and store of examples/insight beside it, which get every batch
 * that the shop's phones send. `INSIGHT=0` leaves them out.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createSaid } from './server/createSaid.mjs';
import { createForward } from './server/forward.mjs';
import { isInstalled } from './server/isInstalled.mjs';
import { isStale } from './server/isStale.mjs';
import { readPort } from './server/readPort.mjs';
import { startServer } from './server.mjs';

const INSIGHT = fileURLToPath(new URL('../insight', import.meta.url));

/** Installs what is missing, or what has changed since with a pull. */
const install = () => {
  if (isInstalled(INSIGHT)) return true;
  console.log('installing examples/insight');
  // Who works on it keeps its tools.
  const tools = existsSync(`${INSIGHT}/node_modules/vitest`) ? [] : ['--omit=dev'];
  const { status } = spawnSync('npm', ['ci', ...tools, '--no-audit', '--no-fund'], {
    cwd: INSIGHT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status === 0;
};

/** What the report page is built from: it takes names and days from the analyses. */
const PAGE_SOURCES = ['page/src', 'page/index.html', 'page/vite.config.js', 'page/package-lock.json', 'src/analyses'];

/** Where it is missing or, after a pull, older than its sources. Without its page the collector still takes and answers. */
const buildPage = () => {
  const sources = PAGE_SOURCES.map((path) => `${INSIGHT}/${path}`);
  if (!isStale(`${INSIGHT}/page/dist/index.html`, sources)) return;
  console.log('building the report page');
  const { status } = spawnSync('npm', ['run', 'page'], { cwd: INSIGHT, stdio: 'ignore', shell: process.platform === 'win32' });
  if (status !== 0) console.log('the report page could not be built: npm run page in examples/insight says why');
};

/** The port after the shop's, or any that is free where that one is taken. */
const portAfter = (/** @type {number} */ port) =>
  new Promise((/** @type {(port: number) => void} */ resolve) => {
    const wanted = port > 0 && port < 65_535 ? port + 1 : 0;
    const probe = createServer();
    probe.once('error', () => resolve(portAfter(0)));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port: free } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(free));
    });
  });

/** The collector beside the shop: its port is known before it runs, as both lead to one another. */
const prepareInsight = async (/** @type {number} */ port) => {
  buildPage();
  const free = await portAfter(port);
  const url = `http://127.0.0.1:${free}`;
  const said = createSaid();
  const forward = createForward(`${url}/v1/events`, said.hear);
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let isClosed = false;
  return {
    url,
    forward,
    said,
    start(/** @type {string} */ shopUrl) {
      if (isClosed) return;
      child = spawn(process.execPath, [`${INSIGHT}/src/server.js`], {
        env: { ...process.env, INSIGHT_HOST: '127.0.0.1', INSIGHT_PORT: String(free), INSIGHT_KEYS: '', INSIGHT_SHOP: shopUrl },
        stdio: 'inherit',
      });
    },
    async close() {
      isClosed = true;
      forward.close();
      if (!child || child.exitCode !== null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
};

const main = async () => {
  const port = readPort(process.env.PORT);
  const insight = process.env.INSIGHT !== '0' && install() ? await prepareInsight(port) : undefined;
  const starting = startServer({
    port,
    ...(insight ? { onBatch: insight.forward.send, says: insight.said.to, reportUrl: insight.url } : {}),
  });
  const stop = async () => {
    await insight?.close();
    await (await starting).close();
  };
  // Before the address is printed: whoever waits for that line may stop the server at once.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await stop();
      process.exit(0);
    });
  }
  try {
    insight?.start((await starting).url);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
};

await main();
