import { join } from 'node:path';
import fastify from 'fastify';
import { registerApi } from './api/index.js';
import { saysTo } from './api/phoneRules.js';
import { createKeys } from './collector/createKeys.js';
import { registerCollector } from './collector/registerCollector.js';
import { createErasing } from './erase/createErasing.js';
import { createJournal } from './journal/createJournal.js';
import { createLoading } from './loader/createLoading.js';
import { registerPage } from './registerPage.js';
import { registerSafety } from './registerSafety.js';
import { registerStatus } from './registerStatus.js';
import { setErrorHandler } from './setErrorHandler.js';
import { openOrRebuild } from './store/openOrRebuild.js';

/** After these DuckDB answers nothing any more until the file is opened again. */
const IS_FATAL = /FATAL|database has been invalidated|Corrupt/i;

/**
 * Collector, loader and answers in one process.
 *
 * @param {import('./readConfig.js').Config} config
 * @param {(line: string) => void} [log]
 * @param {{ now?: () => number }} [clock] Of what arrives and what is sent.
 */
export const createServer = async (config, log = () => {}, { now = Date.now } = {}) => {
  const { dataFolder, timeZone, memoryLimit } = config;
  const journal = await createJournal({ folder: join(dataFolder, 'journal') });
  const store = await openOrRebuild({ url: config.storeUrl, timeZone, memoryLimit });
  /** @type {Awaited<ReturnType<typeof registerApi>> | undefined} */
  let api;
  const loading = createLoading({
    journal,
    store,
    async onFailure({ message }) {
      log(`cannot load: ${message.split(/[:\n]/)[0]}`);
      if (!IS_FATAL.test(message)) return;
      log('opening the database again');
      try {
        await store.reopen();
        // What the shop typed in is in no journal.
        await api?.loadCosts();
      } catch {
        log('the database cannot be opened');
      }
    },
  });

  const erasing = createErasing({ journal, store, loading, dataFolder });
  // Not waited for: it loads what is left of the journal first, and phones shall not wait for that.
  erasing.finish().catch(() => log('an erasure could not be ended; it is tried again at the next start'));

  const app = fastify({ logger: false, trustProxy: config.trustProxy, bodyLimit: 1024 * 1024, forceCloseConnections: true });
  setErrorHandler(app, log);
  registerSafety(app, config);
  await registerCollector(app, {
    journal,
    appOfKey: createKeys(config.keys),
    requestsPerMinute: config.requestsPerMinute,
    says: (anonymousId) => api && saysTo(api, anonymousId),
    now,
  });
  const context = {
    store,
    journal,
    loading,
    erasing,
    dataFolder,
    timeZone,
    shopUrl: config.shopUrl,
    status: () => ({ rebuilt: store.rebuilt(), ...loading.status() }),
  };
  registerStatus(app, context);
  api = await registerApi(app, {
    ...context,
    now,
    onError: (/** @type {Error} */ { message }) => log(`cannot compute or send: ${message.split(/[:\n]/)[0]}`),
  });
  await registerPage(app, { shopUrl: config.shopUrl, isAlone: config.isLoopback && !config.token });

  return {
    app,
    ...context,
    /** Of recall messages. */
    delivery: api.delivery,
    async close() {
      await app.close();
      await loading.stop();
      await journal.close();
      await store.close();
    },
  };
};
