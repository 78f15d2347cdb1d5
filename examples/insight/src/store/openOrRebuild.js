import { existsSync, renameSync } from 'node:fs';
import { openStore } from './store.js';

/** Nobody else may be damaged by a rename: then the database is in use, or the disk refuses all. */
const IS_IN_USE = /Could not set lock|Conflicting lock/;

const setAside = (/** @type {string} */ path, /** @type {number} */ now) => {
  const to = `${path}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  for (const end of ['', '.wal']) if (existsSync(path + end)) renameSync(path + end, to + end);
  return to;
};

/**
 * A store that outlives its database: where the file cannot be opened, it is set aside and an empty one is begun, which
 * the loader fills from the journal. `reopen` does the same while the server runs.
 *
 * @param {Parameters<typeof openStore>[0]} options
 * @param {() => number} [now]
 */
export const openOrRebuild = async (options, now = Date.now) => {
  /** @type {{ at: number, reason: string, file: string } | undefined} */
  let rebuilt;

  const open = async () => {
    try {
      return await openStore(options);
    } catch (error) {
      const { message, code } = /** @type {NodeJS.ErrnoException} */ (error);
      const isFile = !/^clickhouse/.test(options.url) && options.url !== ':memory:' && existsSync(options.url);
      if (!isFile || IS_IN_USE.test(message)) throw error;
      const file = setAside(options.url, now());
      rebuilt = {
        at: now(),
        reason: code === 'time_zone_changed' ? 'the time zone was changed' : message.split('\n')[0],
        file,
      };
      return openStore(options);
    }
  };

  let store = await open();
  return {
    get engine() {
      return store.engine;
    },
    timeZone: options.timeZone,
    /** @type {import('./store.js').Store['query']} */
    query: (...given) => store.query(...given),
    /** @type {import('./store.js').Store['run']} */
    run: (...given) => store.run(...given),
    /** @type {import('./store.js').Store['insert']} */
    insert: (...given) => store.insert(...given),
    get loader() {
      return store.loader;
    },
    /** When and why the database was begun anew; `undefined` where it was not. */
    rebuilt: () => rebuilt,
    async reopen() {
      // What cannot even be closed is replaced all the same.
      await store.close().catch(() => undefined);
      store = await open();
    },
    close: () => store.close(),
  };
};
