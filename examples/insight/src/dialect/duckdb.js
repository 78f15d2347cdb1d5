const TYPES = { text: 'VARCHAR', int: 'BIGINT', float: 'DOUBLE', day: 'DATE', bool: 'BOOLEAN', days: 'INTEGER', uuid: 'UUID' };

/**
 * What DuckDB writes otherwise than ClickHouse. A parameter is cast where it stands, since a bare `$name` has no type
 * until it is bound.
 */
export const duckdb = {
  name: 'duckdb',
  param: (name, type) => `CAST($${name} AS ${TYPES[type]})`,
  /** A map's value by a key that is a parameter. Nothing and an empty text are the same: ClickHouse cannot tell them apart. */
  member: (map, key) => `nullif(${map}[${key}], '')`,
  /** Of an even number of values the lower of the middle two, so that it is a value that occurred. */
  medianLow: (value) => `quantile_disc(${value}, 0.5)`,
  /** A number, or NULL where the text is none. */
  number: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  /** A number as the shortest text: 50, not 50.0 or 50.0000. */
  numberText: (value) => `regexp_replace(CAST(${value} AS VARCHAR), '\\.0+$|(\\.\\d*[1-9])0+$', '\\1')`,
  /** A row for each number from 0 to below `n`, in a SELECT. */
  eachNumber: (n) => `CAST(unnest(range(${n})) AS INTEGER)`,
  /** A row for each entry of a map, in a SELECT; the entry has `key` and `value`. */
  eachEntry: (map) => `unnest(map_entries(${map}))`,
};
