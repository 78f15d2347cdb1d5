import { cut } from '../utils/cut';

const MAX_DEPTH = 10;
const MAX_STRING = 8192;
// What one event may bring: enough for any cart, and walked within a few milliseconds on a slow phone.
const MAX_VALUES = 2000;
const MAX_UNITS = 64 * 1024;

/** Told what had to be changed or left out. */
export type Fault = (what: string) => void;

/** Nothing to walk into and nothing to change. */
const isPlain = (value: unknown): boolean => {
  const type = typeof value;
  if (type === 'string') return (value as string).length <= MAX_STRING;
  if (type === 'number') return Number.isFinite(value);
  return type === 'boolean' || type === 'undefined' || value === null;
};

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Of plain values: a query, a dataset. Anything else that is an object may have a form of its own. */
const isFlat = (value: unknown): boolean => {
  if (!value || Object.getPrototypeOf(value) !== Object.prototype) return false;
  const names = Object.keys(value);
  return names.length < 32 && names.every((name) => isPlain((value as Record<string, unknown>)[name]));
};

/**
 * Brings values into what JSON can carry, for `JSON.stringify`, within what one event may bring. `path` are the objects
 * around the present value.
 */
const createReplacer = (path: unknown[], fault: Fault): ((this: unknown, key: string, value: unknown) => unknown) => {
  let values = MAX_VALUES;
  let units = MAX_UNITS;
  const leaveOut = (what: string): undefined => void fault(what);
  const objectOf = (value: object): unknown => {
    if (path.includes(value) || path.length > MAX_DEPTH) return leaveOut('connected or deep object');
    const tag = tagOf(value);
    if (tag === 'Error') return { name: (value as Error).name, message: (value as Error).message };
    if (tag === 'Array' || tag === 'Map' || tag === 'Set') {
      // As far as one place beyond what may be taken, which tells that there are more: there may be millions.
      const { length, size = length } = value as { readonly length?: number; readonly size?: number };
      const places = (value as Iterable<unknown>)[Symbol.iterator]();
      return Array.from({ length: Math.min(size as number, values + 1) }, () => places.next().value);
    }
    return /^(Object|Number|String|Boolean)$/.test(tag) ? value : leaveOut(tag);
  };
  return function (_, value) {
    const depth = path.indexOf(this);
    if (depth < 0) path.push(this);
    else path.length = depth + 1;
    if (typeof value === 'string') units -= value.length;
    if (--values < 0 || units < 0) return leaveOut('too much for one event');
    if (isPlain(value)) return value;
    if (typeof value === 'object') return objectOf(value as object);
    fault(typeof value);
    return typeof value === 'string'
      ? cut(value, MAX_STRING)
      : typeof value === 'bigint'
        ? `${value}`
        : typeof value === 'number'
          ? null
          : undefined;
  };
};

/** A value as JSON text, with what `snapshot` changes and leaves out. */
export const jsonOf = (value: unknown, fault: Fault): string | undefined => JSON.stringify(value, createReplacer([], fault));

/**
 * An object as JSON text; what is none becomes its one property `value`, unless its JSON is an object. A `BigInt` becomes
 * its digits, `NaN` and infinities `null`, an `Error` its name and message, a `Map` and a `Set` the list of their content;
 * strings end after 8,192 units. What JSON cannot carry is left out: functions, symbols, bytes, a connection to itself, the
 * tenth level, a member whose getter throws, and what comes after 2,000 values or 65,536 characters. All else is as
 * `JSON.stringify` has it.
 */
export const snapshot = (given: unknown, fault: Fault): string => {
  const value = given as Record<string, unknown>;
  if (tagOf(value) !== 'Object' || 'toJSON' in value) {
    const text = snapshot({ value }, fault);
    // `{"value":{…}}`
    return text[9] === '{' ? text.slice(9, -1) : text;
  }
  const keys = Object.keys(value);
  try {
    // Most events: the host's own code is the fastest copy there is.
    if (keys.length <= MAX_VALUES && keys.every((key) => isPlain(value[key]) || isFlat(value[key])))
      return JSON.stringify(Object.assign({}, value));
  } catch {
    // A getter threw; which one is found below.
  }
  const parts: string[] = [];
  const path: unknown[] = [value];
  const replace = createReplacer(path, fault);
  for (const key of keys.slice(0, MAX_VALUES + 1)) {
    path.length = 1;
    try {
      const text = JSON.stringify(value[key], replace);
      if (text) parts.push(`${JSON.stringify(key)}:${text}`);
    } catch {
      // Code of the app, run by reading its object: the rest is still good.
      fault(key);
    }
  }
  return `{${parts}}`;
};

/**
 * Half a surrogate pair and the character 0 are valid in JSON text and refused by strict readers, such as `jsonb` of
 * PostgreSQL (https://www.postgresql.org/docs/current/datatype-json.html): they become the replacement character.
 */
export const wellFormed = (text: string): string =>
  text.includes('\\ud') || text.includes('\\u0000')
    ? text.replace(/(\\\\)|\\u(?:d[89a-f]..|0000)/g, (_, backslashes) => backslashes || '\ufffd')
    : text;
