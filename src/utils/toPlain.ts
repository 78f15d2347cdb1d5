const MAX_DEPTH = 10;
const MAX_STRING = 8192;

/**
 * A copy that `JSON.stringify` takes whole: a `BigInt` becomes its digits, `NaN` and infinities `null`, strings end
 * after 8,192 units, and what JSON cannot carry (functions, symbols, a circular reference, the tenth level, a getter or
 * `toJSON` that throws) is left out. `fault` is told what had to be changed. A `Date` is its ISO string, as JSON has it.
 */
export const toPlain = (value: unknown, fault: (what: string) => void, path: readonly unknown[] = []): unknown => {
  const type = typeof value;
  if (type === 'object' && value && path.length < MAX_DEPTH && !path.includes(value)) {
    const inside = path.concat([value]);
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return toPlain(toJSON.call(value), fault, inside);
    const copy: Record<string, unknown> = Array.isArray(value) ? ([] as never) : {};
    for (const key of Object.keys(value)) {
      try {
        copy[key] = toPlain((value as Record<string, unknown>)[key], fault, inside);
      } catch {
        // Code of the app, run by reading its object: the rest of the event is still good.
        fault('property');
      }
    }
    return copy;
  }
  if (type === 'string' && (value as string).length > MAX_STRING) {
    fault(type);
    return (value as string).slice(0, MAX_STRING);
  }
  if (Number.isFinite(value) || type === 'string' || type === 'boolean' || value == null) return value;
  fault(type);
  return type === 'bigint' ? String(value) : type === 'number' ? null : undefined;
};
