import { isDay } from '../../src/analyses/days.js';
import { columnLabel, FLAGS, valueLabel, wordOf } from './labels.js';

const RATE = /rate|conversion$|share$|share_of_all|^view_to_buy$|^stickiness$|^from_(first|last)$|^roi$|^cells \d+$/;
const MONEY =
  /revenue|^cost|^value \d+$|^average_order$|^level_|^(amount|refunded|net|earned|due|pending|least|lowest|highest|mean_m|expected_value)$/;
const AT = /(^|_)(at|t)$/;
/** What a test says beside a difference: neither money nor a rate. */
const STATISTIC = /\.(p|t|degrees|chiSquare)$/;
/** Numbers that say which one, not how many. */
const ORDINAL = /^(weekday|hour|step|bucket|n|rank|position|level|line|offset_top)$/;
/** Ids of people and cards, long and alike. */
const ID = /^(person|visitor|sharer|anonymous_id|share_id|parent_id|root_id)$/;
/** Ids that lead to the page of one person. */
const PERSON = /^(person|visitor|sharer)$/;
/** The last moment that a date can hold. */
const MAX_TIME = 8.64e15;

export const isOrdinal = (column) => ORDINAL.test(column) || AT.test(column) || FLAGS.includes(column);
export const isId = (column) => ID.test(column);
export const isPerson = (column) => PERSON.test(column);

export const isRate = (column, value) => typeof value === 'number' && RATE.test(column) && !STATISTIC.test(column);

const rounded = (locale, options) => (value) => new Intl.NumberFormat(locale, options).format(value);
const money = (locale, options) =>
  rounded(locale, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol', ...options });

const units = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];
/** A duration in its largest unit that gives at least 1: 1.5 h, 12 min, 3 s. */
const duration = (ms, locale) => {
  const [unit, size] = units.find(([, each]) => Math.abs(ms) >= each) ?? units.at(-1);
  return rounded(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })(ms / size);
};

/** A day of the shop's zone: the same one wherever the browser is. */
export const formatDay = (day, locale) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(day));

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
/** No month that could be taken for a day. */
const momentOf = (locale) => ({
  year: 'numeric',
  month: locale.startsWith('zh') ? 'numeric' : 'short',
  day: 'numeric',
  ...CLOCK,
});
/** By the 24 hours of a clock. */
const formatTime = (t, locale, timeZone, parts = momentOf(locale)) =>
  new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...parts }).format(t);

/** Beside an axis there is room for the day and for whole amounts only. */
export const formatAxis = (column, value, locale, timeZone) => {
  if (typeof value === 'number' && MONEY.test(column)) return money(locale, { maximumFractionDigits: 0 })(value);
  if (isDay(value))
    return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric' }).format(new Date(value));
  return format(column, value, locale, timeZone);
};

/** An element that is told by its dataset, `{"product":"x"}`, as it is read. */
const elementText = (value) => {
  try {
    return Object.entries(JSON.parse(value))
      .map(([key, inner]) => `${key}: ${inner}`)
      .join(' · ');
  } catch {
    return value; // Told by its id.
  }
};

const formatNumber = (column, value, { locale, timeZone }) => {
  if (STATISTIC.test(column)) return rounded(locale, { maximumSignificantDigits: 3 })(value);
  if (isRate(column, value)) return rounded(locale, { style: 'percent', maximumFractionDigits: 1 })(value);
  if (column.endsWith('_ms')) return duration(value, locale);
  if (column === 'clock_t') return formatTime(value, locale, timeZone, CLOCK);
  if (AT.test(column) && Math.abs(value) <= MAX_TIME) return formatTime(value, locale, timeZone);
  if (MONEY.test(column)) return money(locale)(value);
  // 2024-01-01 was a Monday, as weekday 0 is.
  if (column === 'weekday' && value >= 0 && value < 7)
    return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' }).format(Date.UTC(2024, 0, 1 + value));
  if (column === 'hour') return `${String(value).padStart(2, '0')}:00`;
  if (FLAGS.includes(column)) return valueLabel(column, String(value === 1), locale.slice(0, 2));
  return rounded(locale, { maximumFractionDigits: 2 })(value);
};

/**
 * A value as the reader sees it: money, rates, durations and days by the locale, what is not known as a dash. Amounts are
 * in the shop's one currency, which is CNY where nothing else was told.
 */
export const format = (column, value, locale, timeZone = 'Asia/Shanghai') => {
  if (value === null || value === undefined) return '–';
  if (value === '') return wordOf(column, value, locale.slice(0, 2)) ?? '–';
  if (typeof value === 'number') return formatNumber(column, value, { locale, timeZone });
  if (isDay(value)) return formatDay(value, locale);
  if (typeof value === 'object') return value[locale.slice(0, 2)];
  if (column === 'element') return elementText(value);
  return valueLabel(column, value, locale.slice(0, 2));
};

/** A column's name for the reader; of a property that only the merchant knows, the name as it is. */
export const heading = (column, language) => columnLabel(column, language) ?? column;
