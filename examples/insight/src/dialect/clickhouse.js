const TYPES = { text: 'String', int: 'Int64', float: 'Float64', day: 'Date', bool: 'Bool', days: 'Int32', uuid: 'UUID' };

/** What ClickHouse writes otherwise than DuckDB. */
export const clickhouse = {
  name: 'clickhouse',
  param: (name, type) => `{${name}:${TYPES[type]}}`,
  member: (map, key) => `nullif(${map}[${key}], '')`,
  medianLow: (value) => `quantileExactLowOrNull(0.5)(${value})`,
  number: (text) => `toFloat64OrNull(${text})`,
  numberText: (value) => `CAST(${value} AS VARCHAR)`,
  eachNumber: (n) => `arrayJoin(range(${n}))`,
  eachEntry: (map) =>
    `arrayJoin(arrayMap((k, x) -> CAST((k, x), 'Tuple(key String, value String)'), mapKeys(${map}), mapValues(${map})))`,
};

/**
 * Sent with every query, never left to a server's profile: without them the same text gives other numbers. A left join
 * without a partner is NULL, not 0; a name is a column before it is an alias; a cast keeps NULL.
 */
export const clickhouseSettings = {
  join_use_nulls: 1,
  prefer_column_name_to_alias: 1,
  cast_keep_nullable: 1,
};
