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
  /** A row for each entry of a map, in a SELECT; the entry has `key` and `value`. */
  eachEntry: (map) => `unnest(map_entries(${map}))`,
};
