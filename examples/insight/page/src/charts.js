import { isOthers, writtenAs } from './columns.js';
import { daysOf } from './dayRange.js';

/**
 * Which chart a report has: what runs along it (`x`), what is drawn (`y`), a column whose values become a line each (`split`).
 * Bars are of things, lines of days; bars that add up to something are stacked. `isNamed`: what has no name is no thing of it.
 */
const CHARTS = {
  buyersByDay: { x: 'period', y: ['people'], kind: 'line' },
  trend: { x: 'period', y: ['events'], split: 'value', kind: 'line' },
  lifecycle: { x: 'period', y: ['people'], split: 'state', kind: 'bar', stacked: true },
  stickiness: { x: 'day', y: ['dau', 'wau', 'mau'], kind: 'line' },
  eventNames: { x: 'name', y: ['events'], kind: 'bar' },
  channels: { x: 'value', y: ['revenue', 'cost'], kind: 'bar' },
  links: { x: 'value', y: ['revenue', 'cost'], kind: 'bar', isNamed: true },
  attribution: {
    x: 'value',
    y: ['revenue_first', 'revenue_last', 'revenue_last_non_direct', 'revenue_linear', 'revenue_position'],
    kind: 'bar',
  },
  sessions: { x: 'period', y: ['sessions', 'people'], kind: 'line' },
  pages: { x: 'path', y: ['views', 'people'], kind: 'bar' },
  elements: { x: 'element', y: ['taps', 'people'], kind: 'bar' },
  shareBy: { x: 'value', y: ['people', 'new_people', 'orders'], kind: 'bar' },
  shareK: { x: 'day', y: ['k'], kind: 'line' },
  composition: { x: 'value', y: ['people'], kind: 'bar' },
  rfm: { x: 'label', y: ['revenue'], kind: 'bar' },
  abc: { x: 'grade', y: ['revenue'], kind: 'bar' },
  memberLifecycle: { x: 'stage', y: ['people'], kind: 'bar' },
  products: { x: 'product_id', y: ['viewed', 'carted', 'bought'], kind: 'bar' },
  campaign: { x: 'part', y: ['people', 'buyers', 'orders'], kind: 'bar' },
  coupons: { x: 'coupon_id', y: ['claimed', 'used'], kind: 'bar' },
  recommended: { x: 'list_id', y: ['shown', 'tapped', 'tapped_bought'], kind: 'bar' },
  triggers: { x: 'rule', y: ['shown', 'taken', 'bought', 'held_out'], kind: 'bar' },
  audit: { x: 'day', y: ['accepted', 'arrived'], kind: 'line' },
  versions: { x: 'version', y: ['events'], kind: 'bar' },
};

/** Of nothing there is no ratio. */
const RATIOS = new Set(['k']);
const MAX_BARS = 12;
const MAX_SERIES = 6;

/** What a row is part of, where the rare parts are one. */
export const OTHERS = Symbol('others');
const partOf = (row, split) => (isOthers(row) ? OTHERS : row[split]);
/** Once each, in the order in which they are met. */
const unique = (values) => [...new Set(values)];

const isByDay = (x, { range, parameters = {} }) =>
  range && (x === 'day' || (x === 'period' && (parameters.interval ?? 'day') === 'day'));

/**
 * What is drawn of an answer: names along the axis, and one list of numbers for each series. On a day that has no row
 * nothing happened: a count is 0 there. What is not known is a gap (`null`).
 */
export const chartOf = (id, answer) => {
  const about = CHARTS[id];
  if (!about || !Array.isArray(answer.rows)) return undefined;
  const { x, y, split, kind, stacked = false, isNamed = false } = about;
  const rows = isNamed ? answer.rows.filter((row) => row[x] !== '') : answer.rows;
  if (rows.length < 2) return undefined;
  const met = unique(rows.map((row) => row[x]));
  const names = isByDay(x, answer) ? daysOf(answer.range) : split ? met : met.slice(0, kind === 'bar' ? MAX_BARS : undefined);
  const missing = isByDay(x, answer) && !RATIOS.has(y[0]) ? 0 : null;
  const all = split ? unique(rows.map((row) => partOf(row, split))) : [undefined];
  const parts = all.slice(0, MAX_SERIES);
  const place = new Map(names.map((name) => [name, new Map()]));
  for (const row of rows) place.get(row[x])?.set(split && partOf(row, split), row);
  const series = parts.flatMap((part) =>
    y.map((column) => ({
      column,
      part,
      values: names.map((name) => {
        const row = place.get(name).get(part);
        return row ? row[column] : missing;
      }),
    })),
  );
  // A column that nothing is known of, as the cost where none was brought, is no series.
  const known = series.filter(({ values }) => values.some((value) => value !== null));
  if (!known.length) return undefined;
  // What there is no room for is said beside the chart; the table has it.
  const [shown, of] = split ? [parts.length, all.length] : [names.length, isByDay(x, answer) ? names.length : met.length];
  const as = writtenAs(answer);
  return {
    x: as[x] ?? x,
    split: as[split] ?? split,
    kind,
    stacked,
    names,
    series: known,
    ...(shown < of ? { shown, of } : {}),
  };
};
