import { queryError } from './queryError.js';

/** What SQL of a user may read. */
const TABLES = new Set([
  'events',
  'items',
  'persons',
  'links',
  'shares',
  'costs',
  'drops',
  'arrivals',
  'launches',
  'orders',
  'visit_days',
]);
/** Table functions that read nothing. All others could read files or settings. */
const TABLE_FUNCTIONS = new Set(['unnest', 'range', 'generate_series']);
/** Functions that tell of the machine or could be used to hold it up. */
const REFUSED_FUNCTIONS =
  /^(getenv|current_setting|getvariable|query|query_table|sleep|pg_|duckdb_|nextval|currval|txid|read_|parquet_|sniff_|glob|which_secret|write_)/i;

const refuse = (/** @type {string} */ what) => {
  throw queryError('query_refused', `only a SELECT on the tables of the schema is allowed: ${what}`);
};

const collectNames = (/** @type {any} */ node, /** @type {Set<string>} */ names) => {
  if (Array.isArray(node)) for (const each of node) collectNames(each, names);
  else if (node && typeof node === 'object') {
    for (const each of node.cte_map?.map ?? []) names.add(String(each.key).toLowerCase());
    for (const each of Object.values(node)) collectNames(each, names);
  }
};

const checkNode = (/** @type {any} */ node, /** @type {Set<string>} */ own) => {
  if (Array.isArray(node)) {
    for (const each of node) checkNode(each, own);
    return;
  }
  if (!node || typeof node !== 'object') return;
  if (node.type === 'BASE_TABLE') {
    const name = String(node.table_name).toLowerCase();
    if (node.catalog_name || !['', 'main'].includes(node.schema_name) || !(TABLES.has(name) || own.has(name)))
      refuse(`table ${name}`);
  }
  if (node.type === 'TABLE_FUNCTION' && !TABLE_FUNCTIONS.has(String(node.function?.function_name).toLowerCase())) {
    refuse(`function ${node.function?.function_name}`);
  }
  if (node.type === 'SHOW_REF' || node.type === 'COLUMN_DATA') refuse('not a table');
  if (node.class === 'FUNCTION' && REFUSED_FUNCTIONS.test(node.function_name)) refuse(`function ${node.function_name}`);
  for (const each of Object.values(node)) checkNode(each, own);
};

/**
 * Throws unless the SQL is one SELECT that reads the schema's tables only. By DuckDB's own parser, so that what is
 * checked is what would run.
 *
 * @param {string} serialized What `json_serialize_sql` said of it.
 */
export const checkReadOnly = (serialized) => {
  const { error, error_message: message, statements } = JSON.parse(serialized);
  if (error) refuse(message);
  if (statements.length !== 1) refuse('one statement at a time');
  const own = new Set();
  collectNames(statements, own);
  checkNode(statements, own);
};
