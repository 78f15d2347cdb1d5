/**
 * What the population decided, as plain lists: who is one person, which visits and orders count, on which days somebody
 * was there. Nothing here looks at events or at SQL.
 */

/** Installations that share a login or a unionid are one person, named by the smallest login, else installation. */
const personsOf = (visitors) => {
  const parent = visitors.map((_, i) => i);
  const rootOf = (i) => (parent[i] === i ? i : rootOf(parent[i]));
  const owner = new Map();
  for (const { index, userIds, unionid } of visitors) {
    for (const id of [...userIds, unionid].filter(Boolean)) {
      if (owner.has(id)) parent[rootOf(index)] = rootOf(owner.get(id));
      else owner.set(id, index);
    }
  }
  const names = new Map();
  const least = (a, b) => (a === undefined || b < a ? b : a);
  const groups = Map.groupBy ? Map.groupBy(visitors, ({ index }) => rootOf(index)) : new Map();
  if (!groups.size) for (const v of visitors) groups.set(rootOf(v.index), [...(groups.get(rootOf(v.index)) || []), v]);
  for (const [root, list] of groups) {
    const login = list.flatMap(({ userIds }) => userIds).reduce(least, undefined);
    names.set(root, login ?? list.map(({ anonymousId }) => anonymousId).reduce(least, undefined));
  }
  return visitors.map(({ index }) => names.get(rootOf(index)));
};

const DAY_MS = 86_400_000;
const TOLERANCE_MS = 120_000;

export const decide = (truth) => {
  const { visitors, zeroDay } = truth;
  const names = personsOf(visitors);
  const byLogin = new Map(visitors.flatMap(({ index, userIds }) => userIds.map((id) => [id, names[index]])));
  const dayOf = (at) => Math.floor((at - zeroDay) / DAY_MS);
  const visits = truth.visits.filter(({ excluded }) => !excluded).map((visit) => ({ ...visit, who: names[visit.visitor] }));
  const told = truth.told.map((each) => ({ ...each, who: byLogin.get(each.userId), day: dayOf(each.at) }));
  /** When the collector thinks that it was: a clock within two minutes is taken as it is. */
  const toldAt = (visitor, at) =>
    at + (Math.abs(visitors[visitor].clockOffset) <= TOLERANCE_MS ? visitors[visitor].clockOffset : 0);
  const money = (value) => Math.round(value * 100) / 100;
  /** The server's clock is right; whoever tells of an earlier moment is believed. */
  const tellsOf = ({ visitor, told, at, seenAt = at }) =>
    told === 'server' ? at : told === 'client' ? toldAt(visitor, seenAt) : Math.min(at, toldAt(visitor, seenAt));
  const orders = truth.orders
    .filter(({ excluded, cancelled }) => !excluded && !cancelled)
    .map((order) => {
      const refunded = Math.min(
        order.value,
        order.refunds.reduce((sum, each) => sum + each, 0),
      );
      return {
        ...order,
        who: names[order.visitor],
        day: dayOf(order.at),
        net: money(order.value - refunded),
        t: tellsOf(order),
      };
    });
  /** The days on which each person was there, the server's events included. */
  const days = new Map();
  for (const { who, day } of [...visits, ...told]) days.set(who, (days.get(who) || new Set()).add(day));
  return {
    truth,
    visitors,
    names,
    visits,
    told,
    orders,
    days,
    dayOf,
    toldAt,
    firstDay: (who) => Math.min(...days.get(who)),
    /** The date of a day by its number. */
    date: (day) => new Date(zeroDay + day * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10),
    people: (list) => new Set(list.map(({ who }) => who)).size,
    within: (list, from, to) => list.filter(({ day }) => day >= from && day <= to),
    sum: (list, key) => list.reduce((sum, each) => sum + (typeof key === 'function' ? key(each) : each[key]), 0),
  };
};

/** How often each value occurs. */
export const tally = (values) => {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] || 0) + 1;
  return counts;
};

/** Lists by a key. */
export const groupBy = (list, keyOf) => {
  const groups = new Map();
  for (const each of list) {
    const key = keyOf(each);
    if (groups.has(key)) groups.get(key).push(each);
    else groups.set(key, [each]);
  }
  return groups;
};

/**
 * Half the width of the 99.9 % interval of a rate: what a chance that was planted may differ from what was drawn. Where many
 * are held at once, more standard errors than 3.3.
 */
export const margin = (rate, n, errors = 3.3) => errors * Math.sqrt((rate * (1 - rate)) / n);
