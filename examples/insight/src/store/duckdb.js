import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createDuckdbLoader } from '../loader/duckdbLoader.js';
import { ALL_ORDERS } from '../loader/orderRows.js';
import { ALL_VISITS } from '../loader/visitRows.js';
import { checkReadOnly } from './checkReadOnly.js';
import { createLock } from './createLock.js';
import { plainValue } from './plainValue.js';
import { queryError } from './queryError.js';
import { ordersOfDuckdbSql, schemaStatements } from './schemaSql.js';
import { workByWorkers } from './workByWorkers.js';

/** @typedef {import('./store.js').QueryOptions} QueryOptions */

/** Rows until there are as many as are wanted. */
const readRows = async (connection, sql, params, maxRows) => {
  const reader = await connection.streamAndReadUntil(sql, maxRows, params);
  const names = reader.deduplicatedColumnNames();
  return reader
    .getRowsJS()
    .slice(0, maxRows)
    .map((row) => Object.fromEntries(row.map((value, column) => [names[column], plainValue(value)])));
};

/** @param {DuckDBInstance} instance */
const createQuery = (instance) => {
  /** @type {import('./store.js').Store['query']} */
  const query = async (sql, params, { timeoutMs, signal, readOnly = false, maxRows = Number.MAX_SAFE_INTEGER } = {}) => {
    // A connection of its own: queries run side by side, and stopping one stops no other.
    const connection = await instance.connect();
    /** @type {'query_timeout' | 'query_aborted' | undefined} */
    let stopped;
    const stop = (/** @type {'query_timeout' | 'query_aborted'} */ code) => {
      stopped = code;
      connection.interrupt();
    };
    const onAbort = () => stop('query_aborted');
    const timer = timeoutMs ? setTimeout(stop, timeoutMs, 'query_timeout') : undefined;
    signal?.addEventListener('abort', onAbort);
    try {
      if (signal?.aborted) throw queryError('query_aborted', 'stopped before it began');
      if (readOnly) {
        const [{ s }] = await readRows(connection, 'SELECT json_serialize_sql(CAST($sql AS VARCHAR)) AS s', { sql }, 1);
        checkReadOnly(s);
      }
      return await readRows(connection, sql, params, maxRows);
    } catch (error) {
      throw stopped ? queryError(stopped, stopped === 'query_timeout' ? `stopped after ${timeoutMs} ms` : 'stopped') : error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      connection.disconnectSync();
    }
  };
  return query;
};

const createSchema = async (connection) => {
  for (const statement of schemaStatements('duckdb')) await connection.run(statement);
  await connection.run(`CREATE OR REPLACE VIEW orders AS ${ordersOfDuckdbSql()}`);
  // A database of before has the events, but not the table.
  for (const [table, statements] of Object.entries({ order_events: ALL_ORDERS, visit_days: ALL_VISITS })) {
    const [[known]] = (await connection.runAndReadAll(`SELECT count(*) FROM (FROM ${table} LIMIT 1)`)).getRowsJS();
    if (!known) for (const statement of statements) await connection.run(statement);
  }
};

const checkTimeZone = async (connection, timeZone) => {
  const read = async () =>
    (await connection.runAndReadAll("SELECT value FROM settings WHERE name = 'time_zone'")).getRowsJS()[0]?.[0];
  const before = await read();
  if (before === undefined) await connection.run("INSERT INTO settings VALUES ('time_zone', $timeZone)", { timeZone });
  else if (before !== timeZone) {
    // Days and hours are written as the rows are loaded.
    throw Object.assign(new Error(`the database was built for ${before}, not ${timeZone}: npm run rebuild`), {
      code: 'time_zone_changed',
    });
  }
};

/**
 * @param {object} options
 * @param {string} options.path `:memory:` or a file.
 * @param {string} options.timeZone
 * @param {string} [options.memoryLimit]
 * @param {number} [options.threads]
 */
export const openDuckdb = async ({ path, timeZone, memoryLimit = '1GB', threads }) => {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  // Memory is limited as it is opened, since the log is replayed before any SET. No access to files or the network: the loader hands
  // over text, and SQL that a user wrote shall not read the disk.
  const instance = await DuckDBInstance.create(path, {
    memory_limit: memoryLimit,
    enable_external_access: 'false',
    checkpoint_threshold: '64MB',
    // Of a file that is made: with the ways of packing columns that came after DuckDB 1.0, as no older one has to read it.
    storage_compatibility_version: 'latest',
    ...(threads ? { threads: String(threads) } : {}),
  });
  const writer = await instance.connect();
  try {
    await createSchema(writer);
    await checkTimeZone(writer, timeZone);
    await writer.run('SET lock_configuration = true');
  } catch (error) {
    writer.disconnectSync();
    instance.closeSync();
    throw error;
  }
  // One writer at a time: two transactions on one table would conflict.
  const lock = createLock();
  const query = createQuery(instance);
  return {
    engine: /** @type {const} */ ('duckdb'),
    timeZone,
    query,
    run: (sql, params) => lock(async () => void (await writer.run(sql, params))),
    insert: (table, rows) =>
      lock(async () => {
        for (const row of rows) {
          const names = Object.keys(row);
          await writer.run(
            `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `$${name}`).join(', ')})`,
            row,
          );
        }
      }),
    loader: createDuckdbLoader({ writer: await workByWorkers(writer), lock, query, timeZone }),
    checkpoint: () => lock(async () => void (await writer.run('CHECKPOINT'))),
    close: () =>
      lock(async () => {
        writer.disconnectSync();
        instance.closeSync();
      }),
  };
};
