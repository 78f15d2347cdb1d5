import { addDays, daysBetween } from '../../../src/analyses/days.js';
import { groupBy, mean, medianLow, ordersIn, ranked, ratio, sum } from './base.js';

const membersOf = (facts, c, range) =>
  [...groupBy(ordersIn(facts, c, range), ({ v }) => v)].map(([v, own]) => ({
    v,
    own,
    r: daysBetween(own.at(-1).day, c.to),
    f: own.length,
    m: Math.round(sum(own, ({ net }) => net) * 1e4),
  }));
const told = (members) => ({
  people: members.length,
  orders: sum(members, ({ f }) => f),
  revenue: sum(members, ({ m }) => m) / 1e4,
});

export const rfm = (facts, c, limits) => {
  const members = membersOf(facts, c);
  const n = members.length;
  const total = (key) => sum(members, (each) => each[key]);
  const isGood = {
    r: (each) => (limits.r === null ? each.r * n <= total('r') : each.r <= limits.r),
    f: (each) => (limits.f === null ? each.f * n >= total('f') : each.f >= limits.f),
    m: (each) => (limits.m === null ? each.m * n >= total('m') : each.m >= limits.m * 1e4),
  };
  const classes = groupBy(members, (each) => ['r', 'f', 'm'].map((key) => (isGood[key](each) ? '1' : '0')).join(''));
  const revenue = total('m');
  const rows = [...classes].map(([rfm_class, own]) => ({
    rfm_class,
    ...told(own),
    mean_r: mean(own.map(({ r }) => r)),
    mean_f: mean(own.map(({ f }) => f)),
    mean_m: mean(own.map(({ m }) => m)) / 1e4,
    share: own.length / n,
    revenue_share: ratio(
      sum(own, ({ m }) => m),
      revenue,
    ),
  }));
  return ranked(rows, '-rfm_class');
};

export const abc = (facts, c, { a, b }) => {
  const members = ranked(membersOf(facts, c), '-m', 'v');
  const total = sum(members, ({ m }) => m);
  let before = 0;
  for (const each of members) {
    each.grade = before < total * a - 1e-3 ? 'A' : before < total * b - 1e-3 ? 'B' : 'C';
    before += each.m;
  }
  const rows = [...groupBy(members, ({ grade }) => grade)].map(([grade, own]) => ({
    grade,
    ...told(own),
    least: Math.min(...own.map(({ m }) => m)) / 1e4,
  }));
  return ranked(rows, 'grade');
};

export const memberLifecycle = (facts, c, { honeymoon, active, leaving }) => {
  const stageOf = ({ r }) => (r <= honeymoon ? 'honeymoon' : r <= active ? 'active' : r <= leaving ? 'leaving' : 'dormant');
  const rows = [...groupBy(membersOf(facts, c, { from: null }), stageOf)].map(([stage, own]) => ({ stage, ...told(own) }));
  return ranked(rows, '-people', 'stage');
};

const gapsOf = (own) => own.slice(1).map((order, i) => daysBetween(own[i].day, order.day));

export const churn = (facts, c) => {
  const members = membersOf(facts, c, { from: null });
  const usual = medianLow(members.flatMap(({ own }) => gapsOf(own))) ?? 30;
  const riskOf = ({ own, r }) => {
    const rhythm = Math.max(1, own.length > 1 ? mean(gapsOf(own)) : usual);
    // To the billionth: a third of nine days is three.
    const times = Math.round((r / rhythm) * 1e9) / 1e9;
    return times < 1 ? 'low' : times < 2 ? 'medium' : times < 4 ? 'high' : 'lost';
  };
  const rows = [...groupBy(members, riskOf)].map(([risk, own]) => ({
    risk,
    ...told(own),
    mean_days: mean(own.map(({ r }) => r)),
  }));
  return ranked(rows, '-people', 'risk');
};

const EDGES = [0, 1, 4, 8, 15, 31, 61, 91];
export const repurchase = (facts, c, { withinDays }) => {
  const all = groupBy(ordersIn(facts, c, { from: null }), ({ v }) => v);
  const gaps = [...all].flatMap(([v, own]) =>
    gapsOf(own).map((gap, i) => ({ v, gap, day: own[i + 1].day, bucket: EDGES.findLastIndex((edge) => gap >= edge) })),
  );
  const inRange = gaps.filter(({ day }) => day >= c.from);
  const buyers = [...groupBy(ordersIn(facts, c), ({ v }) => v).values()];
  const begun = [...all.values()].filter(([first]) => first.day >= c.from && addDays(first.day, withinDays) <= c.to);
  const rate = (list, isAgain) => {
    const repeat_buyers = list.filter(isAgain).length;
    return [{ buyers: list.length, repeat_buyers, rate: ratio(repeat_buyers, list.length) }];
  };
  const rows = [...groupBy(inRange, ({ bucket }) => bucket)].map(([bucket, own]) => ({
    bucket,
    times: own.length,
    people: new Set(own.map(({ v }) => v)).size,
    from_days: EDGES[bucket],
    below_days: EDGES[bucket + 1] ?? null,
  }));
  return {
    rows: ranked(rows, 'bucket'),
    more: {
      summary: rate(buyers, ({ length }) => length > 1),
      within: rate(begun, (own) => own.length > 1 && gapsOf(own)[0] <= withinDays),
      intervals: [{ median_days: medianLow(inRange.map(({ gap }) => gap)), mean_days: mean(inRange.map(({ gap }) => gap)) }],
    },
  };
};
