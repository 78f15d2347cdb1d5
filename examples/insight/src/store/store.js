import { openDuckdb } from './duckdb.js';

/**
 * The database behind the answers, derived from the journal: DuckDB in one file, or ClickHouse by configuration.
 *
 * ```js
 * const store = await openStore({ url: ':memory:' });         // or a path, or clickhouse://user:password@host:8123/database
 * await loadJournal(store, 'journal.ndjson');                 // src/loader/loadJournal.js; also takes the folder of a journal
 * await loadLines(store, [line, line]);                       // src/loader/loadLines.js; the same from memory
 * const rows = await store.query('SELECT name, count(*) AS n FROM events WHERE day >= CAST($from AS DATE) GROUP BY 1', { from: '2026-11-01' });
 * await store.close();
 * ```
 *
 * A line of the journal is what one request brought: `{"received_at":1795289871932,"key":"shop","rejected":0,"body":{…}}`,
 * `body` being the batch in the format json() as an object.
 *
 * What a load leaves in the tables is described in `schema/`; beside §-like words there:
 * - `events.excluded` is NULL, or `test`, `automated`, `single_page`, `own`, `overridden`, `server`.
 * - `persons` has a row only for installations that an id joins: `coalesce(p.person, e.anonymous_id)`.
 * - `links` says by which id (`user_id`, `unionid`) an installation was joined.
 * - `orders` (a view) has one row for each order: `order_id, event_id, t, day, hour, anonymous_id, user_id, session_id,
 *   platform, excluded, share_id, share_root_id, share_depth, source_scene, source_group, source_campaign, first_scene,
 *   first_group, first_campaign, coupon_id, amount, refunded, net, cancelled`; excluded orders are among them.
 * - `items` likewise has the column `excluded`.
 *
 * @typedef {object} Store
 * @property {'duckdb' | 'clickhouse'} engine Which of `src/dialect/` its SQL is written in.
 * @property {string} timeZone In which `day` and `hour` were written.
 * @property {(sql: string, params?: Record<string, unknown>, options?: QueryOptions) => Promise<Record<string, any>[]>} query
 *   Rows as plain objects. Numbers of every type are numbers, days are `YYYY-MM-DD`, UUIDs are text, maps are objects,
 *   nothing is `null`. Parameters are named: `$name` in DuckDB, `{name:Type}` in ClickHouse. Runs beside other queries.
 * @property {(table: string, rows: Record<string, unknown>[]) => Promise<void>} insert Few rows into a table that is not
 *   derived from the journal (`costs`).
 * @property {(sql: string, params?: Record<string, unknown>) => Promise<void>} run A statement without rows.
 * @property {() => Promise<void>} close
 *
 * @typedef {object} QueryOptions
 * @property {number} [timeoutMs] The query is stopped and rejects with an error whose `code` is `query_timeout`.
 * @property {AbortSignal} [signal] Stops it as well; `code` is `query_aborted`.
 * @property {boolean} [readOnly] For SQL that a user wrote: one SELECT on the tables of the schema, no files, no settings.
 *   Otherwise rejects with `code` `query_refused`.
 * @property {number} [maxRows] Rows after these are not read.
 */

/**
 * @param {object} options
 * @param {string} options.url `:memory:`, the path of a DuckDB file, or `clickhouse://…`.
 * @param {string} [options.timeZone] Of the shop. Default Asia/Shanghai.
 * @param {string} [options.memoryLimit] Of DuckDB. Default 1GB.
 * @param {number} [options.threads] Of DuckDB. Default: one for each core.
 * @returns {Promise<Store>}
 */
export const openStore = async ({ url, timeZone = 'Asia/Shanghai', ...rest }) => {
  if (/^(clickhouse|clickhouse\+cluster):\/\//.test(url)) {
    const { openClickhouse } = await import('./clickhouse.js');
    return openClickhouse({ url, timeZone });
  }
  return openDuckdb({ path: url.replace(/^duckdb:(\/\/)?/, ''), timeZone, ...rest });
};
