import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'chdb';
import { clickhouseSettings } from '../../src/dialect/clickhouse.js';
import { ordersSql, schemaStatements, visitDaysSql } from '../../src/store/schemaSql.js';

/** As the client of a server is told to answer: numbers as numbers. */
const SETTINGS = Object.entries({
  ...clickhouseSettings,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  max_recursive_cte_evaluation_depth: 1000,
})
  .map(([name, value]) => `${name} = ${value}`)
  .join(', ');

/**
 * ClickHouse in this process with the schema of a server: `query` and `insert` as the store has them. `before` are statements
 * of an earlier schema; that of today is then left to `createSchema`.
 */
export const openChdb = ({ before } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'insight-chdb-'));
  const session = new Session(folder);
  session.query('CREATE DATABASE IF NOT EXISTS shop');
  session.query('USE shop');
  const createSchema = () => {
    for (const statement of schemaStatements('clickhouse')) session.query(statement);
    session.query(`CREATE OR REPLACE VIEW orders AS ${ordersSql()}`);
    session.query(`CREATE OR REPLACE VIEW visit_days AS ${visitDaysSql()}`);
  };
  if (before) for (const statement of before) session.query(statement);
  else createSchema();
  return {
    engine: 'clickhouse',
    createSchema,
    query: async (sql, params = {}) => {
      const result = await session.queryBindAsync(`${sql} SETTINGS ${SETTINGS}`, params, { format: 'JSON' });
      return result.json().data;
    },
    run: (sql, params) => (params ? session.queryBindAsync(sql, params) : session.query(sql)),
    insert: async (table, rows) => {
      for (let i = 0; i < rows.length; i += 20_000)
        await session.insert({
          table: `shop.${table}_rows`,
          values: Buffer.from(
            rows
              .slice(i, i + 20_000)
              .map((row) => JSON.stringify(row))
              .join('\n'),
          ),
          format: 'JSONEachRow',
          settings: { input_format_null_as_default: 1 },
        });
    },
    close: () => {
      session.cleanup();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
