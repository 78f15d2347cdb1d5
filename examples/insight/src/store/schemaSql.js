import { readFileSync } from 'node:fs';

const read = (/** @type {string} */ name) => readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

/** The statements of a file, which end with a semicolon at the end of a line. */
const statements = (/** @type {string} */ text) =>
  text
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '');

/** The one definition of an order. DuckDB keeps what decides it in a table, and reads the same from there. */
export const ordersSql = () => read('orders.sql').trim();
export const ordersOfDuckdbSql = () => read('orders.duckdb.sql').trim();

/** @param {'duckdb' | 'clickhouse' | 'clickhouse-cluster'} kind */
export const schemaStatements = (kind) => statements(read(`${kind}.sql`));
