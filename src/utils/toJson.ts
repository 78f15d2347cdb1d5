const MAX_DEPTH = 10;
const MAX_STRING = 8192;

/**
 * `JSON.stringify` that never gives up on a value: a `BigInt` becomes its digits, `NaN` and infinities `null`, strings
 * end after 8,192 units, and what JSON cannot carry (functions, symbols, a circular reference, the tenth level) is left
 * out. `fault` is told what had to be changed. A `Date` is its ISO string, as JSON has it.
 */
export const toJson = (value: object, fault: (what: string) => void): string => {
  const path: unknown[] = [];
  return JSON.stringify(value, function (this: unknown, _key: string, item: unknown): unknown {
    const type = typeof item;
    if (type === 'string' ? (item as string).length <= MAX_STRING : type === 'boolean' || item === undefined || item === null) {
      return item;
    }
    if (type === 'object') {
      // `this` holds the item: what is behind it on the path has been left.
      path.length = path.lastIndexOf(this) + 1;
      if (!path.includes(item) && path.length < MAX_DEPTH) {
        path.push(item);
        return item;
      }
    }
    if (type === 'number' && (item as number) - (item as number) === 0) return item;
    fault(type);
    return type === 'string'
      ? (item as string).slice(0, MAX_STRING)
      : type === 'bigint'
        ? String(item)
        : type === 'number'
          ? null
          : undefined;
  });
};
