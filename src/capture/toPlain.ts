import { cut } from '../utils/cut';

const MAX_DEPTH = 10;
const MAX_STRING = 8192;
// What one event may bring: enough for any cart, and walked within a few milliseconds on a slow phone.
const MAX_VALUES = 2000;
const MAX_UNITS = 64 * 1024;

/** Told what had to be changed or left out. */
export type Fault = (what: string) => void;

interface Walk {
  readonly fault: Fault;
  /** The objects around the present one. */
  readonly path: object[];
  values: number;
  units: number;
}

/** The kind of a built-in object, as `Object.prototype.toString` names it. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** What has no members that JSON would see, by what it means. */
const contentOf = (value: object, tag: string): unknown => {
  if (/^(Number|String|Boolean)$/.test(tag)) return value.valueOf();
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (tag === 'Set') return Array.from(value as Set<unknown>);
  if (tag !== 'Map') return undefined;
  const content: Record<string, unknown> = {};
  (value as Map<unknown, unknown>).forEach((each, key) => {
    content[`${key}`] = each;
  });
  return content;
};

const copyMembers = (walk: Walk, value: object): unknown => {
  const isList = Array.isArray(value);
  const copy: Record<string, unknown> = isList ? ([] as never) : {};
  const take = (key: string | number): boolean => {
    try {
      copy[key] = toPlain(walk, (value as Record<string, unknown>)[key]);
    } catch {
      // Code of the app, run by reading its object: the rest of the event is still good.
      walk.fault('getter');
    }
    return walk.values > 0 && walk.units > 0;
  };
  walk.path.push(value);
  if (isList) for (let i = 0; i < value.length && take(i); i++);
  else for (const key of Object.keys(value)) if (!take(key)) break;
  walk.path.pop();
  return copy;
};

const objectOf = (walk: Walk, value: object): unknown => {
  if (walk.path.includes(value) || walk.path.length >= MAX_DEPTH || ArrayBuffer.isView(value)) {
    walk.fault('object that is connected to itself, too deep or binary');
    return undefined;
  }
  const { toJSON } = value as { toJSON?: unknown };
  const json = typeof toJSON === 'function' ? toJSON.call(value) : value;
  if (json !== value) return toPlain(walk, json);
  const tag = tagOf(value);
  if (tag === 'Object' || tag === 'Array') return copyMembers(walk, value);
  const content = contentOf(value, tag);
  if (content !== undefined) return toPlain(walk, content);
  if (Object.keys(value).length) return copyMembers(walk, value);
  walk.fault(tag);
  return undefined;
};

const toPlain = (walk: Walk, value: unknown): unknown => {
  if (--walk.values < 0 || walk.units < 0) {
    walk.fault('value beyond what one event may bring');
    return undefined;
  }
  if (typeof value === 'object') return value && objectOf(walk, value);
  if (typeof value === 'string') {
    const text = cut(value, MAX_STRING);
    walk.units -= text.length;
    if (text !== value) walk.fault('string over 8,192 characters');
    return text;
  }
  if (value === undefined || typeof value === 'boolean' || Number.isFinite(value)) return value;
  walk.fault(typeof value);
  return typeof value === 'bigint' ? `${value}` : typeof value === 'number' ? null : undefined;
};

const isPlain = (value: unknown): boolean => {
  const type = typeof value;
  return (
    (type === 'string' && (value as string).length <= MAX_STRING) ||
    Number.isFinite(value) ||
    type === 'boolean' ||
    value === null ||
    value === undefined
  );
};
const isFlat = (properties: Readonly<Record<string, unknown>>): boolean => {
  for (const key in properties) if (!isPlain(properties[key])) return false;
  return Array.isArray(properties) ? false : !('toJSON' in properties);
};

/**
 * An object as JSON text. A `BigInt` becomes its digits, `NaN` and infinities `null`, an `Error` its name and message, a
 * `Map` and a `Set` their content; strings end after 8,192 units; what JSON cannot carry (functions, symbols, a
 * connection to itself, the tenth level, a getter that throws, bytes) is left out, and so is what comes after 2,000
 * values or 65,536 characters. All else is as `JSON.stringify` has it. `undefined` when nothing can be had.
 */
export const snapshot = (value: object, fault: Fault): string | undefined => {
  try {
    // Most events: nothing to walk, and the host's own code is the fastest copy there is.
    if (isFlat(value as Readonly<Record<string, unknown>>)) return wellFormed(JSON.stringify(value));
  } catch {
    // A getter threw; the walk finds which.
  }
  const walk: Walk = { fault, path: [], values: MAX_VALUES, units: MAX_UNITS };
  const plain = toPlain(walk, value);
  return plain && typeof plain === 'object' ? wellFormed(JSON.stringify(plain)) : undefined;
};

/**
 * Half a surrogate pair and the character 0 are valid in JSON text and refused by strict readers, such as `jsonb` of
 * PostgreSQL (https://www.postgresql.org/docs/current/datatype-json.html): they become the replacement character.
 */
export const wellFormed = (text: string): string =>
  text.includes('\\ud') || text.includes('\\u0000')
    ? text.replace(/(\\\\)|\\u(?:d[89a-f]..|0000)/g, (_, backslashes) => backslashes || '\ufffd')
    : text;
