import { addDays, daysBetween } from '../../../src/analyses/days.js';
import { hourOf } from '../helpers/createEvents.js';

/** What an answer is made of, as lists: written from the definitions, without a look at the SQL. */
export const createFacts = (tables) => ({ ...tables, orders: ordersOf(tables.rows) });

export const byCapture = (a, b) => a.t - b.t || a.boot - b.boot || a.seq - b.seq;
export const property = (row, key) => row.properties[key] || null;
export const numberOf = (text) => (text === null || text === '' || Number.isNaN(Number(text)) ? null : Number(text));

export const groupBy = (list, key) => {
  const groups = new Map();
  for (const each of list) {
    const name = key(each);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(each);
  }
  return groups;
};
export const sum = (list, of = (each) => each) => list.reduce((total, each) => total + (of(each) ?? 0), 0);
export const count = (list, of = ({ v }) => v) => new Set(list.map(of)).size;
export const ratio = (part, whole) => (whole ? part / whole : null);
export const medianLow = (list) => [...list].sort((a, b) => a - b)[Math.ceil(list.length / 2) - 1] ?? null;
export const mean = (list) => (list.length ? sum(list) / list.length : null);

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** `ranked(rows, '-people', 'value')`: by people, the most first, then by value. */
export const ranked = (rows, ...keys) =>
  [...rows].sort((a, b) => {
    for (const key of keys) {
      const order = key[0] === '-' ? compare(b[key.slice(1)], a[key.slice(1)]) : compare(a[key], b[key]);
      if (order) return order;
    }
    return 0;
  });

const ordersOf = (rows) => {
  const tells = ({ anonymous_id, user_id }) => (anonymous_id === user_id ? 1 : 0);
  const orders = [];
  for (const [order_id, own] of groupBy(
    rows.filter((row) => row.order_id),
    (row) => row.order_id,
  )) {
    const [paid] = own.filter(({ name }) => name === 'order_paid').sort(byCapture);
    if (!paid) continue;
    const [told] = own
      .filter(({ name }) => ['order_paid', 'order_submitted', 'checkout_started'].includes(name))
      .sort(
        (a, b) =>
          tells(a) - tells(b) || (a.name === 'order_paid' ? 0 : 1) - (b.name === 'order_paid' ? 0 : 1) || byCapture(a, b),
      );
    const refunds = groupBy(
      own.filter(({ name }) => name === 'order_refunded'),
      (row) => property(row, 'refund_id') ?? row.id,
    );
    const refunded = sum([...refunds.values()], (same) => Math.max(0, ...same.map(({ amount }) => amount ?? 0)));
    const amount = paid.amount ?? 0;
    const event = told.name === 'order_paid' ? told : paid;
    orders.push({
      order_id,
      event,
      event_id: event.id,
      t: paid.t,
      day: paid.day,
      hour: hourOf(paid.t),
      anonymous_id: told.anonymous_id,
      excluded: told.excluded,
      share_id: told.share_id,
      coupon_id: property(event, 'coupon_id'),
      net: Math.max(0, amount - refunded),
      cancelled: own.some(({ name }) => name === 'order_cancelled'),
    });
  }
  return orders;
};

/** What is missing is an empty text, which is no number and contains nothing. */
const SAYS = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  in: (value, wanted) => wanted.includes(value),
  contains: (value, wanted) => value.includes(wanted),
  set: (value) => value !== '',
  unset: (value) => value === '',
  gt: (value, wanted) => numberOf(value) !== null && Number(value) > wanted,
  gte: (value, wanted) => numberOf(value) !== null && Number(value) >= wanted,
  lt: (value, wanted) => numberOf(value) !== null && Number(value) < wanted,
  lte: (value, wanted) => numberOf(value) !== null && Number(value) <= wanted,
};
const told = (row, field) => (field.startsWith('properties.') ? row.properties[field.slice(11)] : row[field]) ?? '';
const passes = (c, row) => c.filters.every(({ field, op = 'eq', value }) => SAYS[op](told(row, field), value));
const isWithin = ({ from, to }, day) => (!from || day >= from) && (!to || day <= to);
const whoOf = ({ persons }, c, name) => (c.unit === 'persons' ? persons[name] || name : name);
const ranges = (c, { from = c.from, to = c.to }) => ({ from, to });

/** Events with whom they count for, `v`. `null` as a bound: none. */
export const eventsOf = (facts, c, { names, where = () => true, filters = true, ...range } = {}) =>
  facts.rows
    .filter(
      (row) =>
        (c.excluded ? row.type !== 'server' : row.excluded === null) &&
        isWithin(ranges(c, range), row.day) &&
        (!names || names.includes(row.name)) &&
        (!filters || passes(c, row)) &&
        where(row),
    )
    .map((row) => ({ ...row, v: whoOf(facts, c, row.anonymous_id) }))
    .sort(byCapture);

export const ordersIn = (facts, c, { filters = true, ...range } = {}) =>
  facts.orders
    .filter(
      (order) =>
        !order.cancelled &&
        (c.excluded || order.excluded === null) &&
        isWithin(ranges(c, range), order.day) &&
        (!filters || passes(c, order.event)),
    )
    .map((order) => ({ ...order, v: whoOf(facts, c, order.anonymous_id) }))
    .sort((a, b) => a.t - b.t || compare(a.order_id, b.order_id));

/** What was bought: the lines of the event that stands for an order, at its time and by its buyer. */
export const linesOf = (facts, c, options) =>
  ordersIn(facts, c, options).flatMap((order) =>
    facts.items
      .filter(({ event_id }) => event_id === order.event_id)
      .map(({ product_id, price, quantity }) => ({
        v: order.v,
        t: order.t,
        day: order.day,
        order_id: order.order_id,
        product_id,
        price,
        quantity,
      })),
  );

/** The session of an event, where it is part of one. */
export const sessionOf = (row) => (row.in_session ? row.session_id : null);

/** Everyone's first event ever, whatever is filtered. */
export const firstDays = (facts, c) =>
  new Map([...groupBy(eventsOf(facts, c, { from: null, filters: false }), ({ v }) => v)].map(([v, own]) => [v, own[0].day]));

const mondayOf = (day) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
export const periodOf = (interval, day) =>
  ({ day: () => day, week: () => mondayOf(day), month: () => `${day.slice(0, 7)}-01` })[interval]();
/** How many periods lie between two days. */
export const periodsBetween = (interval, earlier, later) => {
  if (interval === 'month') return 12 * (later.slice(0, 4) - earlier.slice(0, 4)) + (later.slice(5, 7) - earlier.slice(5, 7));
  return daysBetween(periodOf(interval, earlier), periodOf(interval, later)) / (interval === 'week' ? 7 : 1);
};
/** The last day of the period `n` after that of `day`. */
export const lastDayOf = (interval, day, n) => {
  if (interval === 'day') return addDays(day, n);
  if (interval === 'week') return addDays(mondayOf(day), 7 * n + 6);
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month + n, 0)).toISOString().slice(0, 10);
};
