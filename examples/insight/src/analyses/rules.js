import { eventsCte, orderKey, ordersCte, visitorsCte } from './common.js';
import { conditionProblem, conditionsSql, stepSql } from './conditions.js';
import { addDays } from './days.js';
import { ParameterError } from './parameterError.js';

const COMPARE = { gte: '>=', lte: '<=', eq: '=', gt: '>', lt: '<' };
/** Whether who has nothing, 0, meets a comparison. */
const IS_MET_BY_NOTHING = {
  gte: (limit) => limit <= 0,
  lte: (limit) => limit >= 0,
  eq: (limit) => limit === 0,
  gt: (limit) => limit < 0,
  lt: (limit) => limit > 0,
};
const MAX_DAYS = 3660;
// To the millionth: 0.1 + 0.2 is to be 0.3.
const ORDER_MEASURES = { orders: 'count(*)', net: 'round(sum(CAST(net AS DOUBLE)), 6)' };

const number = (value, what) => {
  if (!Number.isFinite(value)) throw new ParameterError('rules', `${what} needs a number`);
  return value;
};
const oneOf = (choices, value, what) => {
  if (!choices.includes(value)) throw new ParameterError('rules', `no such ${what}: ${String(value).slice(0, 50)}`);
  return value;
};
const compared = (op = 'gte') => COMPARE[oneOf(Object.keys(COMPARE), op, 'comparison')];
const checked = (filters = []) => {
  if (!Array.isArray(filters)) throw new ParameterError('rules', 'filters must be a list');
  const problem = filters.map(conditionProblem).find(Boolean);
  if (problem) throw new ParameterError('rules', problem);
  return filters;
};

/** The range of a rule: the last so many days before `to`, or the range of the report. */
const rangeOf = (c, { days }) => {
  if (days === undefined) return {};
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS)
    throw new ParameterError('rules', `days is no whole number from 1 to ${MAX_DAYS}`);
  return { from: addDays(c.to, 1 - days) };
};

/**
 * Who has such an amount of `rows`, by `v`. Who is in no row has 0 of it: where 0 will do, it is all but those whose amount
 * will not.
 */
const whoHas = (s, rows, amount, op = 'gte', limit) => {
  const holds = `${amount} ${compared(op)} ${s.float(limit)}`;
  const isMetByNothing = IS_MET_BY_NOTHING[op](limit);
  return {
    isMetByNothing,
    sql: `SELECT v FROM (${rows}) AS own GROUP BY v HAVING ${isMetByNothing ? `NOT (${holds})` : holds}`,
  };
};

/**
 * What a rule of a segment may ask; each gives a query whose column `v` is who meets it, or, if `isMetByNothing`, who does not.
 *
 * - `{ kind: 'did', event, filters?, days?, op?, times?, sum? }`: did an event so many times, or to such a sum of a number;
 *   who did not did it 0 times
 * - `{ kind: 'profile', key, op?, value }`: the latest value of a trait that identify() or the profile gave; who has no
 *   such trait does not meet it
 * - `{ kind: 'source', touch: 'first' | 'any', filters }`: came by such a source
 * - `{ kind: 'share', role: 'sharer' | 'brought', days? }`: shared, or came by a card
 * - `{ kind: 'order', measure: 'orders' | 'net' | 'days_since', op?, value, days? }`: who ordered nothing has 0 orders of
 *   0 in all, and no days since the last one
 */
const RULES = {
  did: (s, c, rule) => {
    if (typeof rule.event !== 'string') throw new ParameterError('rules', 'did needs an event');
    const columns = rule.sum ? [`${s.number(s.property(rule.sum))} AS amount`] : [];
    const where = stepSql(s, { event: rule.event, filters: checked(rule.filters) });
    const events = eventsCte(s, c, { columns, where, ...rangeOf(c, rule) });
    const amount = rule.sum ? 'coalesce(round(sum(amount), 6), 0)' : 'count(*)';
    return whoHas(s, events, amount, rule.op, number(rule.times ?? 1, 'times'));
  },
  profile: (s, c, { key, op = 'eq', value }) => {
    if (typeof key !== 'string') throw new ParameterError('rules', 'profile needs a key');
    if (!['string', 'number', 'boolean'].includes(typeof value) || value === '')
      throw new ParameterError('rules', 'profile needs a value');
    const told = eventsCte(s, c, {
      columns: [`${orderKey()} AS k`, `${s.property(key)} AS trait`],
      where: `ev.type IN ('identify', 'profile') AND ${s.property(key)} IS NOT NULL`,
      from: null,
      filters: false,
    });
    const text = op in COMPARE && op !== 'eq' ? s.number('trait') : 'trait';
    const right = text === 'trait' ? s.text(value) : s.float(number(Number(value), 'profile'));
    return {
      sql: `SELECT v FROM (SELECT v, argMax(trait, k) AS trait FROM (${told}) AS told GROUP BY v) AS latest WHERE ${text} ${compared(op)} ${right}`,
    };
  },
  source: (s, c, { touch = 'any', filters }) => {
    if (!filters?.length) throw new ParameterError('rules', 'source needs filters');
    const range = oneOf(['first', 'any'], touch, 'touch') === 'first' ? { from: null } : {};
    return {
      sql: `SELECT DISTINCT v FROM (${eventsCte(s, c, { where: conditionsSql(s, checked(filters)), ...range })}) AS came`,
    };
  },
  share: (s, c, { role = 'sharer', ...rule }) => {
    const isSharer = oneOf(['sharer', 'brought'], role, 'role') === 'sharer';
    const where = isSharer ? "ev.name = 'share'" : "ev.name = 'share_open' AND ev.is_first_visit";
    return { sql: `SELECT DISTINCT v FROM (${eventsCte(s, c, { where, ...rangeOf(c, rule) })}) AS shared` };
  },
  order: (s, c, { measure = 'orders', op, value, ...rule }) => {
    const limit = number(value, 'order');
    if (measure === 'days_since') {
      // Days since the last order grow as the day of the order falls.
      return {
        sql: `SELECT v FROM (${ordersCte(s, c, { columns: ['day'], from: null })}) AS o GROUP BY v HAVING ${s.day(c.to)} - max(day) ${compared(op)} ${s.float(limit)}`,
      };
    }
    const amount = ORDER_MEASURES[oneOf(Object.keys(ORDER_MEASURES), measure, 'measure')];
    return whoHas(s, ordersCte(s, c, { columns: ['day', 'net'], ...rangeOf(c, rule) }), amount, op, limit);
  },
};

/** Who meets the rules, of the CTE `everyone`. `not: true` turns a rule round. */
export const rulesSql = (s, c, { match = 'all', rules }) => {
  const parts = rules.map((rule) => {
    if (!rule || !Object.hasOwn(RULES, rule.kind))
      throw new ParameterError('rules', `no such rule: ${String(rule?.kind).slice(0, 50)}`);
    const { sql, isMetByNothing = false } = RULES[rule.kind](s, c, rule);
    return `v ${Boolean(rule.not) === isMetByNothing ? 'IN' : 'NOT IN'} (${sql})`;
  });
  return parts.join(match === 'any' ? ' OR ' : ' AND ') || '1 = 1';
};

/** Everybody who was active in the range or before it, with first and last day. */
export const everyoneCte = (s, c) =>
  `SELECT v, min(first_of_visitor) AS first_day, max(last_of_visitor) AS last_day FROM (${visitorsCte(s, c, {
    columns: ['day'],
    values: { first_of_visitor: 'min(day)', last_of_visitor: 'max(day)' },
    from: null,
    filters: false,
    kept: true,
  })}) AS e GROUP BY v`;
