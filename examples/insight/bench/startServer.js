import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/server.js', import.meta.url));

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/**
 * The server as a process of its own, as `npm start` makes it.
 *
 * @param {string} dataFolder
 * @param {Record<string, string>} [env]
 * @param {string[]} [prefix] A command to run it by, as `['taskset', '-c', '0']`.
 */
export const startServer = async (dataFolder, env = {}, prefix = []) => {
  const port = await freePort();
  const [command, ...args] = [...prefix, process.execPath, MAIN];
  const started = performance.now();
  const child = spawn(command, args, {
    env: {
      ...process.env,
      INSIGHT_DATA: dataFolder,
      INSIGHT_PORT: String(port),
      INSIGHT_REQUESTS_PER_MINUTE: '100000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (text) => {
    output += text;
  });
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('http://') && resolve(undefined));
    exited.then((code) => reject(new Error(`the server ended (${code}): ${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: /** @type {number} */ (child.pid),
    exited,
    startedInMs: performance.now() - started,
    output: () => output,
    kill: (/** @type {NodeJS.Signals} */ signal) => {
      child.kill(signal);
      return exited;
    },
  };
};

/** @param {string} url @returns {Promise<any>} */
export const statusOf = async (url) => (await fetch(`${url}/api/status`)).json();

/** Until all of the journal is in the database. @param {string} url */
export const waitUntilLoaded = async (url) => {
  for (;;) {
    const { position, end } = await statusOf(url);
    if (end.offset === 0 || (position?.file === end.file && position.offset >= end.offset)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
