import { cut } from '../utils/cut';

const MAX_DEPTH = 10;
const MAX_STRING = 8192;
// What one event may bring: enough for any cart, and walked within a few milliseconds on a slow phone.
const MAX_VALUES = 2000;
const MAX_UNITS = 64 * 1024;
// Of an object that the host's own code copies at once.
const MAX_FLAT = 64;

/** Told what had to be changed or left out. */
export type Fault = (what: string) => void;

/** Nothing to walk into and nothing to change. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'string' ? value.length <= MAX_STRING : Number.isFinite(value) || value === !!value || value == null;

type Members = Record<string, unknown>;
type Jsonable = { toJSON(): unknown };

/**
 * Whether all members are plain, or at most a few plain values themselves, as most queries and datasets are. What else is
 * an object may have a form of its own.
 */
const isFlat = (members: Members, isInner?: boolean): boolean => {
  if (Object.keys(members).length > MAX_FLAT) return false;
  // What is inherited is looked at in vain, and does no harm.
  for (const key in members) {
    const value = members[key];
    if (isPlain(value)) continue;
    if (isInner || Object.getPrototypeOf(value) !== Object.prototype || !isFlat(value as Members, true)) return false;
  }
  return true;
};

export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Copies a value in the form that JSON can carry, within what one event may bring; nothing where there is none. */
const createCopy = (fault: Fault): ((given: unknown, around: readonly unknown[]) => unknown) => {
  // `snapshot` takes two objects, of so many in all.
  let values = MAX_VALUES + 2;
  let units = MAX_UNITS;
  const copy = (given: unknown, around: readonly unknown[]): unknown => {
    const value = given && typeof (given as Jsonable).toJSON === 'function' ? (given as Jsonable).toJSON() : given;
    if (typeof value === 'string') units -= value.length;
    if (--values < 0 || units < 0) return void fault('too much for one event');
    if (isPlain(value)) return value;
    if (typeof value !== 'object') {
      fault(typeof value);
      return typeof value === 'string' || typeof value === 'bigint'
        ? cut(`${value}`, MAX_STRING)
        : typeof value === 'number'
          ? null
          : undefined;
    }
    if (around.includes(value) || around.length >= MAX_DEPTH) return void fault('connected or deep object');
    const tag = tagOf(value);
    const path = [...around, value];
    if (/^(Number|String|Boolean)$/.test(tag)) return value;
    if (tag === 'Error') return membersOf({ name: (value as Error).name, message: (value as Error).message }, path);
    if (/^(Array|Map|Set)$/.test(tag)) {
      // As far as one place beyond what may be taken, which tells that there are more: there may be millions.
      const { length, size = length } = value as { readonly length?: number; readonly size?: number };
      const places = (value as Iterable<unknown>)[Symbol.iterator]();
      return Array.from({ length: Math.min(size as number, values + 1) }, () => copy(places.next().value, path));
    }
    return tag === 'Object' ? membersOf(value as Members, path) : void fault(tag);
  };
  const membersOf = (value: Members, path: readonly unknown[]): Members => {
    const members: Members = Object.create(null);
    for (const key of Object.keys(value).slice(0, values + 1)) {
      try {
        const member = copy(value[key], path);
        if (member !== undefined) members[key] = member;
      } catch {
        // Code of the app, run by reading its object: the rest is still good.
        fault(key);
      }
    }
    return members;
  };
  return copy;
};

/** A value as JSON text, with what `snapshot` changes and leaves out. */
export const jsonOf = (value: unknown, fault: Fault): string | undefined => JSON.stringify(createCopy(fault)(value, []));

/**
 * An object as JSON text, over the members of `below`; what is none becomes its one property `value`, unless its JSON is an
 * object. A `BigInt` becomes its digits, `NaN` and infinities `null`, an `Error` its name and message, a `Map` and a `Set` the
 * list of their content; strings end after 8,192 units. What JSON cannot carry is left out: functions, symbols, bytes, a
 * connection to itself, the tenth level, a member whose getter throws, and what comes after 2,000 values or 65,536
 * characters. All else is as `JSON.stringify` has it.
 */
export const snapshot = (given: unknown, fault: Fault, below: object = {}): string => {
  try {
    if (tagOf(given) === 'Object' && !('toJSON' in (given as object)) && Object.keys(given as object).length <= MAX_VALUES) {
      const all = Object.assign({}, below, given) as Members;
      // `undefined` is left out, and stands over nothing.
      for (const key of Object.keys(below)) if (all[key] === undefined) all[key] = (below as Members)[key];
      // Most events: the host's own code is the fastest copy there is.
      if (isFlat(all)) return JSON.stringify(all);
    }
  } catch {
    // A getter threw; which one is found below.
  }
  const copy = createCopy(fault);
  const members = copy(below, []);
  const own = copy(given, []);
  return JSON.stringify(Object.assign(members as Members, tagOf(own) === 'Object' ? own : { value: own }));
};

/**
 * Half a surrogate pair and the character 0 are valid in JSON text and refused by strict readers, such as `jsonb` of
 * PostgreSQL (https://www.postgresql.org/docs/current/datatype-json.html): they become the replacement character.
 */
export const wellFormed = (text: string): string =>
  text.includes('\\u') ? text.replace(/(\\\\)|\\u(?:d[89a-f]..|0000)/g, (_, backslashes) => backslashes || '\ufffd') : text;
