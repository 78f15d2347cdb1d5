import { conditionsSql } from './conditions.js';

/** What every analysis takes besides its own parameters. `unit` says whom a number counts. */
export const COMMON = {
  from: { type: 'day', default: '29 days before `to`', en: 'First day, in the zone of the shop', zh: '起始日（店铺时区）' },
  to: { type: 'day', default: 'today', en: 'Last day, included', zh: '结束日（含当天）' },
  unit: {
    type: 'choice',
    values: ['persons', 'visitors'],
    default: 'persons',
    en: 'Whom a number counts: persons (installations joined by login and unionid) or visitors (installations)',
    zh: '计数口径：persons 按人（同一登录号、unionid 的设备合为一人），visitors 按设备安装',
  },
  filters: { type: 'conditions', default: [], en: 'Only events that match all of these', zh: '只统计满足全部条件的事件' },
  segment: { type: 'segment', default: null, en: 'Only members of a saved segment', zh: '只统计某个已保存人群' },
  excluded: {
    type: 'bool',
    default: false,
    en: 'Whether test, automated and preview traffic counts, too',
    zh: '是否计入测试、自动化与预览流量',
  },
  compare: {
    type: 'choice',
    values: ['none', 'previous', 'last_week'],
    default: 'none',
    en: 'Also the period before, or the same days a week earlier',
    zh: '同时给出上一周期或上周同日',
  },
};

/** Whom a number counts, by name. */
export const whoName = (c, from = 'ev') =>
  c.unit === 'persons' ? `coalesce(p.person, ${from}.anonymous_id)` : `${from}.anonymous_id`;

/**
 * The same for counting: by the number of the name, which takes half the time of a text to group, join and sort. Where the
 * people themselves are asked for (`c.named`), by name.
 */
export const who = (c, from = 'ev') => {
  if (c.named) return whoName(c, from);
  return c.unit === 'persons' ? `coalesce(p.person_no, ${from}.visitor_no)` : `${from}.visitor_no`;
};

export const joinPersons = (c, from) =>
  c.unit === 'persons' ? ` LEFT JOIN persons AS p ON p.visitor_no = ${from}.visitor_no` : '';

/** A segment lists its members by name, as the people behind a number are. */
const inSegments = (s, c, from) => (c.segments || []).map((segment) => `${whoName(c, from)} IN (${segment(s, c)})`);

const inRange = (s, day, from, to) => [from && `${day} >= ${s.day(from)}`, to && `${day} <= ${s.day(to)}`];

/**
 * The session of an event, where it is part of one. What the shop's server tells is not, nor is the page_leave that a
 * launch tells of the page that a kill took along: it happened in the session before.
 */
export const SESSION = 'CASE WHEN ev.in_session THEN ev.session_no END';

/** The order of events as one whole number: by time, within a millisecond by capture. */
export const orderKey = (from = 'ev') => `(${from}.t * 1000000 + least(${from}.seq, 999999))`;

/** The order of capture: by time, within an installation by (boot, seq), between several at the same moment by its number. */
export const CAPTURE = ['t', 'boot', 'seq', 'visitor_no'];
export const FORWARDS = CAPTURE.join(', ');
export const BACKWARDS = CAPTURE.map((column) => `${column} DESC`).join(', ');

/**
 * Whether `visit_days` has all that is asked: it has the days, the visits and what they came by, but no property that a filter could
 * name, and no names of people.
 */
const isKept = (c, { kept, filters, segments }) =>
  kept && !c.named && !(filters && c.filters.length) && !(segments && c.segments?.length);

/**
 * A CTE over `events` as `ev`: `v` is whom the report counts. `from` and `to` are `null` where an analysis has to look
 * beyond the range; `filters: false` where it is about the visitor's whole history; `people: false` where nobody asks
 * for `v`, so that it need not be found. `kept` where no more is asked than the columns of `visit_days`, and where only the first
 * event of a visit and day matters; `touching`: only events that tell that somebody was there, and by what.
 */
export const eventsCte = (
  s,
  c,
  {
    columns = [],
    where = '',
    from = c.from,
    to = c.to,
    filters = true,
    segments = true,
    people = true,
    kept = false,
    touching = false,
  } = {},
) => {
  const [table, counted, touches] = isKept(c, { kept, filters, segments })
    ? ['visit_days', 'ev.counted', 'ev.touches']
    : ['events', 'ev.excluded IS NULL', "(ev.type = 'auto' OR coalesce(ev.source_scene, '') <> '')"];
  const conditions = [
    // What was sent to somebody is kept beside what they did, and is nothing that they did.
    c.excluded ? table === 'events' && "ev.type <> 'server'" : counted,
    touching && touches,
    ...inRange(s, 'ev.day', from, to),
    where && `(${where})`,
    filters && c.filters.length ? conditionsSql(s, c.filters) : '',
    ...(segments ? inSegments(s, c, 'ev') : []),
  ].filter(Boolean);
  const isJoined = people || c.named || c.segments?.length > 0;
  const list = columns.map((column) => (/\s/.test(column) ? column : `ev.${column} AS ${column}`));
  if (isJoined) list.unshift(`${who(c)} AS v`);
  return `SELECT ${list.join(', ')} FROM ${table} AS ev${isJoined ? joinPersons(c, 'ev') : ''} WHERE ${conditions.join(' AND ') || '1 = 1'}`;
};

/**
 * A CTE over `orders` as `o`: one row for each order that was paid and not cancelled, `net` of refunds. A filter holds
 * for the event by which the order was paid.
 */
export const ordersCte = (s, c, { columns = [], where = '', from = c.from, to = c.to, filters = true } = {}) => {
  const paid =
    filters && c.filters.length
      ? `o.event_id IN (SELECT ev.id FROM events AS ev WHERE ev.name = 'order_paid' AND ${conditionsSql(s, c.filters)})`
      : '';
  const conditions = [
    'NOT o.cancelled',
    c.excluded ? '' : 'o.excluded IS NULL',
    ...inRange(s, 'o.day', from, to),
    where && `(${where})`,
    paid,
    ...inSegments(s, c, 'o'),
  ].filter(Boolean);
  const list = [`${who(c, 'o')} AS v`, ...columns.map((column) => (/\s/.test(column) ? column : `o.${column} AS ${column}`))];
  return `SELECT ${list.join(', ')} FROM orders AS o${joinPersons(c, 'o')} WHERE ${conditions.join(' AND ')}`;
};

/** What was bought: the goods of the event that stands for each of these orders, at the order's time and by its buyer. */
export const linesCte = (s, c, options) =>
  `SELECT each_order.v AS v, each_order.t AS t, each_order.day AS day, each_order.order_id AS order_id, it.product_id AS product_id, it.price AS price, it.quantity AS quantity
  FROM (${ordersCte(s, c, { columns: ['event_id', 't', 'day', 'order_id'], ...options })}) AS each_order JOIN items AS it ON it.event_id = each_order.event_id`;

/**
 * Events brought together by installation (and `groups`) before it is asked whose it is: one row for each instead of
 * millions to join. A person with several installations has several rows; `values` are aggregates of `columns`, under
 * names that are none of theirs.
 */
export const visitorsCte = (s, c, { columns, groups = [], values = {}, ...options }) => {
  const keys = ['visitor_no', ...(c.named ? ['anonymous_id'] : []), ...groups];
  const own = keys.filter((key) => !groups.includes(key));
  const told = Object.entries(values).map(([name, sql]) => `${sql} AS ${name}`);
  const named = [...groups, ...Object.keys(values)].map((name) => `ev.${name} AS ${name}`);
  const events = eventsCte(s, c, { columns: [...own, ...columns], people: false, ...options });
  return `SELECT ${[`${who(c)} AS v`, ...named].join(', ')} FROM (
    SELECT ${[...keys, ...told].join(', ')} FROM (${events}) AS each_event GROUP BY ${keys.join(', ')}
  ) AS ev${joinPersons(c, 'ev')}`;
};

/** Everyone with the day of the first event ever, whatever is filtered: new is who is new to the shop. */
export const firstSeen = (s, c) =>
  `SELECT v, min(first_of_visitor) AS first_day FROM (${visitorsCte(s, c, {
    columns: ['day'],
    values: { first_of_visitor: 'min(day)' },
    from: null,
    filters: false,
    segments: false,
    kept: true,
  })}) AS ever GROUP BY 1`;

const PERIODS = {
  day: (day) => day,
  week: (day) => `CAST(date_trunc('week', ${day}) AS DATE)`,
  month: (day) => `CAST(date_trunc('month', ${day}) AS DATE)`,
};

/** The first day of the period that a day is in; weeks begin on Monday. */
export const periodOf = (interval, day) => PERIODS[interval](day);

/** The first day of the period after the one that begins at `first`. */
export const nextPeriod = (interval, first) =>
  interval === 'month' ? `CAST(date_trunc('month', ${first} + 31) AS DATE)` : `${first} + ${interval === 'week' ? 7 : 1}`;

/** How many periods lie between two first days of periods. */
export const periodsBetween = (interval, earlier, later) =>
  interval === 'month'
    ? `((extract(year FROM ${later}) - extract(year FROM ${earlier})) * 12 + extract(month FROM ${later}) - extract(month FROM ${earlier}))`
    : `floor((${later} - ${earlier}) / ${interval === 'week' ? 7 : 1})`;

/**
 * The text of a list of CTEs and a query on them. No alias beside a CTE may have its name: ClickHouse then looks for columns
 * in the wrong one.
 */
export const withCtes = (ctes, select, recursive = false) =>
  `WITH ${recursive ? 'RECURSIVE ' : ''}${ctes.map(([name, sql]) => `${name} AS (\n  ${sql}\n)`).join(',\n')}\n${select}`;

/** A ratio of two sums, NULL where there is nothing to divide by. */
export const ratio = (part, whole) => `CAST(${part} AS DOUBLE) / nullif(CAST(${whole} AS DOUBLE), 0)`;

/** A sum of money as a number of four decimals: nothing is 0. */
export const money = (sum) => `coalesce(CAST(${sum} AS DOUBLE), 0)`;
