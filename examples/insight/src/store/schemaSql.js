import { readFileSync } from 'node:fs';

const read = (/** @type {string} */ name) => readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

/** The statements of a text, which end with a semicolon at the end of a line. */
export const statementsOf = (/** @type {string} */ text) =>
  text
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '');

/** The one definition of an order. DuckDB keeps what decides it in a table, and reads the same from there. */
export const ordersSql = () => read('orders.sql').trim();
export const ordersOfDuckdbSql = () => read('orders.duckdb.sql').trim();

/** Of each visit and day its beginning: in ClickHouse a view, in DuckDB a table that the loader keeps. */
export const visitDaysSql = () => read('visit_days.sql').trim();

/** @param {'duckdb' | 'clickhouse' | 'clickhouse-cluster'} kind */
export const schemaStatements = (kind) => statementsOf(read(`${kind}.sql`));
