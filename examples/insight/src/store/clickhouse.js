import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { clickhouseSettings } from '../dialect/clickhouse.js';
import { createClickhouseLoader } from '../loader/clickhouseLoader.js';
import { clusterSchema } from './clusterSchema.js';
import { createLock } from './createLock.js';
import { queryError } from './queryError.js';
import { ordersSql, schemaStatements, visitDaysSql } from './schemaSql.js';

/** Numbers as numbers, and what does not fit into memory goes to the disk. */
const SETTINGS = {
  ...clickhouseSettings,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  max_recursive_cte_evaluation_depth: 1000,
  max_bytes_before_external_group_by: '1000000000',
  max_bytes_before_external_sort: '1000000000',
  // Through a Distributed table an answer means that the shard has the rows.
  distributed_foreground_insert: 1,
};

/** @param {string} url `clickhouse://user:password@host:8123/database?cluster=shop&tls=1&collector=a` */
const readUrl = (url) => {
  const { hostname: host, port, username, password, pathname, searchParams } = new URL(url.replace(/^clickhouse/, 'http'));
  const isTls = searchParams.get('tls') === '1';
  return {
    client: {
      url: `${isTls ? 'https' : 'http'}://${host}:${port || (isTls ? 8443 : 8123)}`,
      username: decodeURIComponent(username) || 'default',
      password: decodeURIComponent(password),
      database: pathname.slice(1) || 'default',
      // What ClickHouse says of a row that it does not take has the row in it, and a person's data belong in no log.
      log: { level: ClickHouseLogLevel.OFF },
    },
    cluster: searchParams.get('cluster') ?? undefined,
    collector: searchParams.get('collector') ?? hostname(),
    readerUrl: searchParams.get('reader') ?? undefined,
  };
};

const createSchema = async (
  /** @type {import('@clickhouse/client').ClickHouseClient} */ client,
  /** @type {string | undefined} */ cluster,
) => {
  if (cluster && !/^\w+$/.test(cluster)) throw new Error('cluster= is the name of a cluster: letters, digits, _');
  const statements = schemaStatements('clickhouse');
  for (const query of cluster ? clusterSchema(statements, cluster) : statements) await client.command({ query });
  for (const [view, sql] of Object.entries({ orders: ordersSql(), visit_days: visitDaysSql() })) {
    await client.command({
      query: `CREATE OR REPLACE VIEW ${view} ${cluster ? `ON CLUSTER ${cluster} ` : ''}AS ${sql}`,
      clickhouse_settings: SETTINGS,
    });
  }
};

/**
 * SQL that a user wrote runs as a user of its own, whom ClickHouse allows SELECT on the tables and nothing else:
 * `clickhouse://…?reader=user:password`.
 */
const createReader = (/** @type {any} */ options, /** @type {string | undefined} */ reader) => {
  if (!reader) return undefined;
  const [username, ...rest] = reader.split(':');
  return createClient({ ...options, username, password: rest.join(':') });
};

/** @param {{ url: string, timeZone: string }} options */
export const openClickhouse = async ({ url, timeZone }) => {
  const { client: options, cluster, collector, readerUrl } = readUrl(url);
  const client = createClient({
    ...options,
    request_timeout: 120_000,
    compression: { request: true, response: true },
    // A balancer or the client itself takes a connection that says nothing for long for a dead one.
    clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '20000' },
  });
  const reader = createReader(options, readerUrl);
  await createSchema(client, cluster);
  const lock = createLock();

  /** @type {import('./store.js').Store['query']} */
  const query = async (sql, params, { timeoutMs, signal, readOnly = false, maxRows } = {}) => {
    if (readOnly && !reader)
      throw queryError('query_refused', 'SQL of your own needs a user that can only read: clickhouse://…?reader=user:password');
    const queryId = randomUUID();
    try {
      const answer = await (readOnly && reader ? reader : client).query({
        query: sql,
        query_params: params ?? {},
        query_id: queryId,
        format: 'JSON',
        abort_signal: signal,
        clickhouse_settings: {
          ...SETTINGS,
          ...(timeoutMs ? { max_execution_time: Math.max(1, Math.ceil(timeoutMs / 1000)) } : {}),
          ...(maxRows ? { max_result_rows: String(maxRows), result_overflow_mode: 'break' } : {}),
        },
      });
      const { data } = /** @type {{ data: Record<string, any>[] }} */ (await answer.json());
      return maxRows ? data.slice(0, maxRows) : data;
    } catch (error) {
      if (signal?.aborted) {
        // The server goes on with a query whose caller hung up.
        await client.command({ query: 'KILL QUERY WHERE query_id = {id:String} ASYNC', query_params: { id: queryId } });
        throw queryError('query_aborted', 'stopped');
      }
      if (/** @type {any} */ (error).type === 'TIMEOUT_EXCEEDED')
        throw queryError('query_timeout', `stopped after ${timeoutMs} ms`);
      throw error;
    }
  };
  const insert = async (/** @type {string} */ table, /** @type {Record<string, unknown>[]} */ rows) => {
    if (rows.length > 0)
      await client.insert({ table: `${table}_rows`, values: rows, format: 'JSONEachRow', clickhouse_settings: SETTINGS });
  };
  const run = async (/** @type {string} */ sql, /** @type {Record<string, unknown>} */ params = {}) =>
    void (await client.command({ query: sql, query_params: params, clickhouse_settings: SETTINGS }));
  const loader = await createClickhouseLoader({
    client,
    settings: SETTINGS,
    query,
    run,
    insert,
    lock,
    timeZone,
    collector,
    cluster,
  });

  return {
    engine: /** @type {const} */ ('clickhouse'),
    timeZone,
    query,
    run,
    insert,
    loader,
    checkpoint: async () => {},
    close: () =>
      lock(async () => {
        loader.close();
        await client.close();
        await reader?.close();
      }),
  };
};
