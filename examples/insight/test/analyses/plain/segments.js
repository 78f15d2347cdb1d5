import { addDays, daysBetween } from '../../../src/analyses/days.js';
import { eventsOf, groupBy, numberOf, ordersIn, property, ranked, ratio, sum } from './base.js';

const COMPARE = {
  gte: (a, b) => a >= b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  lt: (a, b) => a < b,
  eq: (a, b) => a === b,
};
const rangeOf = (c, { days }) => (days ? { from: addDays(c.to, 1 - days) } : {});
const whoOf = (list) => new Set(list.map(({ v }) => v));
const whoMeets = (list, test) => new Set([...groupBy(list, ({ v }) => v)].filter(([, own]) => test(own)).map(([v]) => v));

const RULES = {
  did: (facts, c, { event, op = 'gte', times = 1, sum: key, ...rule }) =>
    whoMeets(eventsOf(facts, c, { names: [event], ...rangeOf(c, rule) }), (own) => {
      if (!key) return COMPARE[op](own.length, times);
      const numbers = own.map((row) => numberOf(property(row, key))).filter((each) => each !== null);
      return numbers.length > 0 && COMPARE[op](sum(numbers), times);
    }),
  profile: (facts, c, { key, op = 'eq', value }) => {
    const where = (row) => ['identify', 'profile'].includes(row.type) && property(row, key);
    return whoMeets(eventsOf(facts, c, { from: null, filters: false, where }), (own) => {
      const trait = property(own.at(-1), key);
      return op === 'eq' ? trait === String(value) : numberOf(trait) !== null && COMPARE[op](Number(trait), value);
    });
  },
  source: (facts, c, { touch = 'any', filters: [{ field, value }] }) =>
    whoOf(eventsOf(facts, c, { ...(touch === 'first' ? { from: null } : {}), where: (row) => row[field] === value })),
  share: (facts, c, { role = 'sharer', ...rule }) =>
    whoOf(
      eventsOf(facts, c, {
        names: [role === 'sharer' ? 'share' : 'share_open'],
        where: (row) => role === 'sharer' || row.is_first_visit,
        ...rangeOf(c, rule),
      }),
    ),
  order: (facts, c, { measure = 'orders', op = 'gte', value, ...rule }) => {
    if (measure === 'days_since')
      return whoMeets(ordersIn(facts, c, { from: null }), (own) =>
        COMPARE[op](Math.min(...own.map(({ day }) => daysBetween(day, c.to))), value),
      );
    const amount = (own) => (measure === 'orders' ? own.length : Math.round(sum(own, ({ net }) => net) * 1e4) / 1e4);
    return whoMeets(ordersIn(facts, c, rangeOf(c, rule)), (own) => COMPARE[op](amount(own), value));
  },
};

export const segment = (facts, c, { match, rules }) => {
  const everyone = [...whoOf(eventsOf(facts, c, { from: null, filters: false }))];
  const sets = rules.map((rule) => ({ rule, set: RULES[rule.kind](facts, c, rule) }));
  const meets =
    (v) =>
    ({ rule, set }) =>
      set.has(v) !== Boolean(rule.not);
  const members = everyone.filter((v) => (match === 'any' ? sets.some(meets(v)) : sets.every(meets(v))));
  const orders = ordersIn(facts, c, { from: null }).filter(({ v }) => members.includes(v));
  return [
    {
      people: members.length,
      everyone: everyone.length,
      share: ratio(members.length, everyone.length),
      orders: orders.length,
      revenue: sum(orders, ({ net }) => net),
      buyers: whoOf(orders).size,
    },
  ];
};

export const composition = (facts, c, { by, top }) => {
  const latest = (filters) => {
    const told = eventsOf(facts, c, { filters, where: (row) => row[by] !== null && row[by] !== '' });
    const values = [...groupBy(told, ({ v }) => v).values()].map((own) => String(own.at(-1)[by]));
    return { all: values.length, values: groupBy(values, (value) => value) };
  };
  const [mine, theirs] = [latest(true), latest(false)];
  const rows = [...mine.values].map(([value, own]) => {
    const share = own.length / mine.all;
    const share_of_all = (theirs.values.get(value) ?? []).length / theirs.all;
    const affinity = share_of_all ? (share / share_of_all) * 100 : null;
    return { value, people: own.length, share, share_of_all, affinity };
  });
  return ranked(rows, '-people', 'value').slice(0, top);
};
