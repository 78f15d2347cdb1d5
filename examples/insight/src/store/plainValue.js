/**
 * A value as DuckDB's client gives it, as JSON can say it: whole numbers of 64 and more bits and decimals as numbers,
 * a day as `YYYY-MM-DD`, a map as an object.
 *
 * @param {unknown} value
 * @returns {any}
 */
export const plainValue = (value) => {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) {
    const text = value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
  }
  if (Array.isArray(value)) {
    const isMap =
      value.length > 0 && value.every((entry) => entry && typeof entry === 'object' && 'key' in entry && 'value' in entry);
    return isMap ? Object.fromEntries(value.map(({ key, value: of }) => [key, plainValue(of)])) : value.map(plainValue);
  }
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plainValue(of)]));
};
