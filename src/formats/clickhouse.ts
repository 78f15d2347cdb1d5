import { headerOf } from '../transport/answer';
import type { Format } from '../types/format';
import { flatten } from './shared/flatten';
import { ROW_LIMITS } from './shared/limits';
import { missing } from './shared/missing';
import { readEvents } from './shared/readEvents';

/** Where the rows go, and as whom. */
export interface ClickhouseOptions {
  /** The definition of a table is in `docs/endpoints.md`. */
  readonly table: string;
  /** The default database of the user, when left out. */
  readonly database?: string;
  /**
   * Whatever is in the package can be read by anyone. Give a user that may do nothing but insert into this table, or
   * leave both out and let a gateway add them.
   */
  readonly user?: string;
  /** The password of `user`. */
  readonly password?: string;
  /**
   * Lets the server join the small inserts of many devices into one part; the answer waits for it. From some inserts a
   * second on it has to be on. A bad event is then searched for, as the row that the server names may be of another
   * device's insert.
   *
   * @default false
   */
  readonly asyncInsert?: boolean;
  /**
   * For servers before 23.1: `properties` as JSON text, and no `insert_deduplication_token`, which keeps a batch whose
   * answer was lost from being stored twice.
   *
   * @default false
   */
  readonly legacy?: boolean;
}

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
// A value does not fit its column. Servers answer these with 400 or 500, depending on their age and on the code.
const BAD_ROW = /^(6|2[567]|38|41|53|69|70|72|117|13[01]|190|321|349|376|407|441|467|469|67[56]|691)$/;

/**
 * `INSERT … FORMAT JSONEachRow` over HTTP. A row is the event with its context, nested facts under joined names
 * (`device_brand`), and `batch_id`, `sent_at`, and `drops` on the first row of a batch. `properties` fit a column of `JSON`
 * or `String`; fields without a column are skipped by the server.
 * https://clickhouse.com/docs/interfaces/http
 *
 * @example endpoint: { url: 'https://clickhouse.example.com', format: clickhouse({ table: 'events' }) }
 */
export const clickhouse = (options: ClickhouseOptions): Format => {
  const { table, database, user, password, asyncInsert, legacy } = options || ({} as ClickhouseOptions);
  const target = [database, table]
    .filter(Boolean)
    .map((name) => `\`${`${name}`.replace(/[\\`]/g, '\\$&')}\``)
    .join('.');
  const headers: Record<string, string> = { 'content-type': 'application/x-ndjson' };
  if (user) headers['x-clickhouse-user'] = user;
  if (password) headers['x-clickhouse-key'] = password;
  return {
    limits: ROW_LIMITS,
    error: missing('clickhouse', 'table', table),
    encode(batch) {
      const reported = JSON.stringify(batch.drops);
      const rows = readEvents(batch, (event, context, drops) =>
        JSON.stringify(
          Object.assign(flatten(context), event, {
            properties: legacy ? JSON.stringify(event.properties) : event.properties,
            batch_id: batch.id,
            sent_at: batch.sentAt,
            drops: drops && reported,
          }),
        ),
      );
      const settings: Record<string, string | number> = {
        query: `INSERT INTO ${target} FORMAT JSONEachRow`,
        date_time_input_format: 'best_effort',
        input_format_skip_unknown_fields: 1,
      };
      if (asyncInsert) settings.async_insert = settings.wait_for_async_insert = 1;
      // A repeat that has more drops to tell is another insert.
      if (!legacy) settings.insert_deduplication_token = batch.id + (reported === '{}' ? '' : reported);
      return {
        body: rows.join('\n'),
        headers,
        query: Object.keys(settings)
          .map((name) => `${name}=${encodeURIComponent(settings[name] as string)}`)
          .join('&'),
      };
    },
    interpret(response, ids) {
      const { status, body } = response;
      // A server that had begun to answer says it in the body alone.
      const [, inBody = ''] = /^Code: (\d+)/m.exec(body) || [];
      const code = headerOf(response, 'x-clickhouse-exception-code') || inBody;
      if (!code) return undefined;
      if (!BAD_ROW.test(code)) {
        // The query, the table or the server; no event is to blame. 252 (too many parts), 241 and 202 come with 500.
        return status < 300 ? { type: 'retry' } : status === 400 ? { type: 'blocked' } : undefined;
      }
      // An insert with a bad row stores none, and names the first one.
      const [, row = 0] = /\(at row (\d+)\)/.exec(body) || [];
      const id = !asyncInsert && ids[+row - 1];
      return id ? { type: 'reject', rejected: [id] } : { type: 'invalid' };
    },
  };
};
