import { COMMON } from './common.js';
import { conditionProblem } from './conditions.js';
import { addDays, daysBetween, isDay } from './days.js';
import { isField } from './fields.js';
import { ParameterError } from './parameterError.js';

const MAX_TEXT = 1024;
/** Of a number that is typed: with it the stores still count to the ten-thousandth. */
const MAX_NUMBER = 1e12;
const parsed = (value) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // Not JSON: whatever type was asked for refuses it.
  }
};
const isStep = (step) =>
  step &&
  typeof step.event === 'string' &&
  step.event &&
  step.event.length <= MAX_TEXT &&
  (step.filters === undefined || isConditions(step.filters));
const isConditions = (list) => Array.isArray(list) && list.length <= 50 && !list.some(conditionProblem);
const isList = (list, test, max = 100) => Array.isArray(list) && list.length <= max && list.every(test);
const number = (value) => (value === '' || typeof value === 'boolean' ? Number.NaN : Number(value));
const isNumber = (value) => Number.isFinite(value) && Math.abs(value) <= MAX_NUMBER;
const isText = (value) => typeof value === 'string' && value.length <= MAX_TEXT;

/** For each type how a value is read, `undefined` where it is none. */
const READ = {
  day: (value) => (isDay(value) ? value : undefined),
  bool: (value) => new Map(Object.entries({ true: true, 1: true, false: false, 0: false })).get(String(value)),
  text: (value) => (isText(value) ? value : undefined),
  choice: (value, { values }) => (values.includes(value) ? value : undefined),
  field: (value) => (isField(value) && value.length <= MAX_TEXT ? value : undefined),
  segment: (value) => (isText(value) ? value : undefined),
  int: (value, { min, max }) =>
    Number.isSafeInteger(number(value)) && number(value) >= min && number(value) <= max ? number(value) : undefined,
  float: (value, { min = -MAX_NUMBER, max = MAX_NUMBER }) =>
    Number.isFinite(number(value)) && number(value) >= min && number(value) <= max ? number(value) : undefined,
  conditions: (value) => (isConditions(parsed(value)) ? parsed(value) : undefined),
  step: (value) => (isStep(parsed(value)) ? parsed(value) : undefined),
  steps: (value, { min, max }) =>
    isList(parsed(value), isStep, max) && parsed(value).length >= min ? parsed(value) : undefined,
  texts: (value) => (isList(parsed(value), isText) && parsed(value).length ? parsed(value) : undefined),
  numbers: (value, { min = 0, max }) =>
    isList(parsed(value), isNumber, max) && parsed(value).length >= min ? parsed(value) : undefined,
  rules: (value) => (isList(parsed(value), (rule) => rule && typeof rule === 'object', 20) ? parsed(value) : undefined),
  brackets: (value) =>
    isList(
      parsed(value),
      (pair) =>
        isList(pair, Number.isSafeInteger, 2) && pair.length === 2 && pair[0] >= 0 && pair[0] <= pair[1] && pair[1] <= 3650,
      20,
    )
      ? parsed(value)
      : undefined,
  weights: (value) => {
    const weights = parsed(value);
    return weights && typeof weights === 'object' && Object.values(weights).every((each) => Number.isFinite(each) && each >= 0)
      ? weights
      : undefined;
  },
};

const read = (name, description, given) => {
  // An empty text in a query string is a field left empty.
  if (given === undefined || given === null || (given === '' && description.type !== 'text')) return description.default;
  const value = READ[description.type](given, description);
  if (value !== undefined) return value;
  const range =
    description.min === undefined && description.max === undefined
      ? ''
      : ` from ${description.min ?? ''} to ${description.max ?? ''}`;
  throw new ParameterError(
    name,
    `is no ${description.values ? `one of ${description.values.join(', ')}` : description.type + range}`,
  );
};

/** The parameters of an analysis as they came, checked; what is missing gets its default. */
export const readParameters = ({ params }, given = {}) =>
  Object.fromEntries(Object.entries(params).map(([name, description]) => [name, read(name, description, given[name])]));

/** The common parameters; the range defaults to the last 30 days up to `today`. */
export const readCommon = (given = {}, today) => {
  const day = (name, fallback) => read(name, { ...COMMON[name], default: fallback }, given[name]);
  const to = day('to', today);
  const from = day('from', addDays(to, -29));
  if (from > to) throw new ParameterError('from', 'is after `to`');
  if (daysBetween(from, to) > 3660) throw new ParameterError('from', 'the range is longer than ten years');
  const rest = ['unit', 'filters', 'segment', 'excluded', 'compare'].map((name) => [
    name,
    read(name, COMMON[name], given[name]),
  ]);
  return { from, to, today, ...Object.fromEntries(rest) };
};

/** The keys of a cell, by the types that the analysis gives them. */
export const readCell = (keys, given = {}) => {
  const cell = parsed(given || {});
  if (!cell || typeof cell !== 'object' || Array.isArray(cell)) throw new ParameterError('cell', 'is no object of keys');
  return Object.fromEntries(
    Object.entries(cell).map(([name, value]) => {
      if (!Object.hasOwn(keys, name)) throw new ParameterError('cell', `has no key ${String(name).slice(0, 100)}`);
      const { type } = keys[name];
      const number = Number(value);
      if (type === 'int' ? !Number.isSafeInteger(number) : type === 'day' ? !isDay(value) : !isText(value))
        throw new ParameterError('cell', `${name} is no ${type}`);
      return [name, type === 'int' ? number : value];
    }),
  );
};
