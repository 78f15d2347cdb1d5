/**
 * One statement in the making: its text holds placeholders only, its values are kept beside it. Whatever a user typed
 * goes through `value`, so no text of a user becomes SQL.
 */
export const createStatement = (dialect) => {
  const values = {};
  const known = new Map();
  let scopes = 0;
  const value = (given, type) => {
    // The same value is the same parameter: a report repeats its range in many places.
    const key = `${type} ${JSON.stringify(given)}`;
    if (!known.has(key)) {
      const name = `p${known.size}`;
      known.set(key, dialect.param(name, type));
      values[name] = given;
    }
    return known.get(key);
  };
  return {
    dialect,
    values,
    value,
    text: (given) => value(String(given), 'text'),
    int: (given) => value(given, 'int'),
    float: (given) => value(given, 'float'),
    day: (given) => value(given, 'day'),
    /** A number of days to add to a day: DuckDB adds no 64-bit number to one. */
    days: (given) => value(given, 'days'),
    /** A property of the event by its key; `map` is a column of ours: `properties`, `source`, `first_source`. */
    property: (key, map = 'properties') => dialect.member(map, value(String(key), 'text')),
    number: dialect.number,
    medianLow: dialect.medianLow,
    numberText: dialect.numberText,
    eachNumber: dialect.eachNumber,
    eachEntry: dialect.eachEntry,
    /** A name for the CTEs of a query within the query: ClickHouse mixes up those of the same name. */
    scope: () => `g${++scopes}_`,
    list: (given, type) => given.map((each) => value(each, type)).join(', '),
  };
};
