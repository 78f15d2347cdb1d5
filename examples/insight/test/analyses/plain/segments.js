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
const ofPerson = (list) => {
  const groups = groupBy(list, ({ v }) => v);
  return (v) => groups.get(v) ?? [];
};
const money = (list) => Math.round(sum(list, ({ net }) => net) * 1e4) / 1e4;

/** Of each kind: whether somebody meets the rule. Who has done or paid nothing has 0 of it, but no last order and no trait. */
const RULES = {
  did: (facts, c, { event, op = 'gte', times = 1, sum: key, filters = [], ...rule }) => {
    const own = ofPerson(
      eventsOf(facts, { ...c, filters: [...c.filters, ...filters] }, { names: [event], ...rangeOf(c, rule) }),
    );
    const amount = (v) => (key ? sum(own(v), (row) => numberOf(property(row, key))) : own(v).length);
    return (v) => COMPARE[op](amount(v), times);
  },
  profile: (facts, c, { key, op = 'eq', value }) => {
    const where = (row) => ['identify', 'profile'].includes(row.type) && property(row, key);
    const own = ofPerson(eventsOf(facts, c, { from: null, filters: false, where }));
    return (v) => {
      if (!own(v).length) return false;
      const trait = property(own(v).at(-1), key);
      return op === 'eq' ? trait === String(value) : numberOf(trait) !== null && COMPARE[op](Number(trait), Number(value));
    };
  },
  source: (facts, c, { touch = 'any', filters }) => {
    const range = touch === 'first' ? { from: null } : {};
    const came = whoOf(eventsOf(facts, { ...c, filters: [...c.filters, ...filters] }, range));
    return (v) => came.has(v);
  },
  share: (facts, c, { role = 'sharer', ...rule }) => {
    const names = [role === 'sharer' ? 'share' : 'share_open'];
    const where = (row) => role === 'sharer' || row.is_first_visit;
    const shared = whoOf(eventsOf(facts, c, { names, where, ...rangeOf(c, rule) }));
    return (v) => shared.has(v);
  },
  order: (facts, c, { measure = 'orders', op = 'gte', value, ...rule }) => {
    if (measure !== 'days_since') {
      const own = ofPerson(ordersIn(facts, c, rangeOf(c, rule)));
      return (v) => COMPARE[op](measure === 'orders' ? own(v).length : money(own(v)), value);
    }
    const own = ofPerson(ordersIn(facts, c, { from: null }));
    return (v) => own(v).length > 0 && COMPARE[op](Math.min(...own(v).map(({ day }) => daysBetween(day, c.to))), value);
  },
};

export const segment = (facts, c, { match, rules }) => {
  const everyone = [...whoOf(eventsOf(facts, c, { from: null, filters: false }))];
  const tests = rules.map((rule) => {
    const meets = RULES[rule.kind](facts, c, rule);
    return (v) => meets(v) !== Boolean(rule.not);
  });
  const members = everyone.filter((v) => tests[match === 'any' ? 'some' : 'every']((meets) => meets(v)));
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
