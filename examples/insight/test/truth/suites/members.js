import { describe, expect, it } from 'vitest';
import { answerOf, ask, peopleOf } from '../ask.js';
import { groupBy, tally } from '../decided.js';
import { decided, FIRST, LAST } from '../population.js';

const { truth, names, orders, within, sum } = decided;

/** Everybody with an order: R, F and M at the end of the range. */
const membersOf = (list) =>
  new Map(
    [...groupBy(list, ({ who }) => who)].map(([who, own]) => [
      who,
      { who, r: LAST - Math.max(...own.map(({ day }) => day)), f: own.length, m: Math.round(sum(own, 'net') * 100) / 100, own },
    ]),
  );

/** Orders and revenue of each group of members: what every answer about them tells beside the people. */
const expectSums = (rows, key, groups) => {
  for (const row of rows) {
    const own = groups.get(row[key]);
    expect([row[key], row.people, row.orders]).toEqual([row[key], own.length, sum(own, 'f')]);
    expect(row.revenue).toBeCloseTo(sum(own, 'm'), 2);
  }
};

const inRange = membersOf(within(orders, FIRST, LAST));
const ever = membersOf(orders.filter(({ day }) => day <= LAST));
const isUntouched = (who, planned) => ever.get(who)?.f === planned && ever.get(who).own.every(({ refunds }) => !refunds.length);

describe('RFM', () => {
  const classOf = ({ r, f, m }, limits) => `${r <= limits.r ? 1 : 0}${f >= limits.f ? 1 : 0}${m >= limits.m ? 1 : 0}`;
  const all = [...inRange.values()];
  const mean = (key) => sum(all, key) / all.length;
  const limits = { r: 30, f: 3, m: 3000 };

  it('by fixed limits', async () => {
    const rows = await ask('rfm', limits);
    expect(Object.fromEntries(rows.map(({ rfm_class, people }) => [rfm_class, people]))).toEqual(
      tally(all.map((each) => classOf(each, limits))),
    );
    expect(rows.length).toBe(8);
  });

  it('by the means', async () => {
    const rows = await ask('rfm');
    const means = { r: mean('r'), f: mean('f'), m: mean('m') };
    const groups = groupBy(all, (each) => classOf(each, means));
    expect(Object.fromEntries(rows.map(({ rfm_class, people }) => [rfm_class, people]))).toEqual(
      Object.fromEntries([...groups].map(([key, list]) => [key, list.length])),
    );
    for (const { rfm_class, revenue, orders: n, mean_r, mean_f, mean_m } of rows) {
      const own = groups.get(rfm_class);
      const mean = (key) => sum(own, key) / own.length;
      expect(revenue).toBeCloseTo(sum(own, 'm'), 2);
      expect(n).toBe(sum(own, 'f'));
      expect(mean_r).toBeCloseTo(mean('r'), 6);
      expect(mean_f).toBeCloseTo(mean('f'), 6);
      expect(mean_m).toBeCloseTo(mean('m'), 2);
    }
    expect(rows.map(({ rfm_class }) => rfm_class)).toEqual([...groups.keys()].sort().reverse());
  });

  it('finds the members that were planted, by name', async () => {
    const planned = { 111: 4, 101: 1, '011': 3, '001': 1, 110: 4, 100: 1, '010': 3, '000': 1 };
    for (const [kind, n] of Object.entries(planned)) {
      const found = await peopleOf('rfm', { rfm_class: kind }, limits);
      const planted = truth.members
        .filter((member) => member.kind === kind)
        .map(({ person }) => names[truth.visitors.find((visitor) => visitor.person === person).index]);
      const untouched = planted.filter((who) => isUntouched(who, n));
      expect(untouched.length).toBeGreaterThan(0);
      expect(found).toEqual(expect.arrayContaining(untouched));
    }
  });
});

describe('life cycle', () => {
  it('of all members', async () => {
    const rows = await ask('memberLifecycle');
    const stageOf = ({ r }) => (r <= 90 ? 'honeymoon' : r <= 180 ? 'active' : r <= 365 ? 'leaving' : 'dormant');
    expect(Object.fromEntries(rows.map(({ stage, people }) => [stage, people]))).toEqual(
      tally([...ever.values()].map(stageOf)),
    );
    expectSums(rows, 'stage', groupBy([...ever.values()], stageOf));
    expect(rows.length).toBe(4);
  });

  it.each([
    ['active', 2],
    ['leaving', 2],
    ['dormant', 1],
  ])('finds those whose last order is long ago: %s', async (stage, n) => {
    const found = await peopleOf('memberLifecycle', { stage });
    const planted = truth.members
      .filter(({ kind }) => kind === stage)
      .map(({ person }) => names[truth.visitors.find((visitor) => visitor.person === person).index]);
    const untouched = planted.filter((who) => isUntouched(who, n));
    expect(untouched.length).toBeGreaterThan(0);
    expect(found).toEqual(expect.arrayContaining(untouched));
  });
});

describe('ABC and repurchase', () => {
  it('ranks by what they bring', async () => {
    const rows = await ask('abc');
    const list = [...inRange.values()].sort((a, b) => b.m - a.m || (a.who < b.who ? -1 : 1));
    const total = sum(list, 'm');
    let before = 0;
    const grades = list.map(({ m }) => {
      const grade = before < total * 0.8 - 1e-6 ? 'A' : before < total * 0.95 - 1e-6 ? 'B' : 'C';
      before += m;
      return grade;
    });
    expect(Object.fromEntries(rows.map(({ grade, people }) => [grade, people]))).toEqual(tally(grades));
    const own = new Map(['A', 'B', 'C'].map((grade) => [grade, list.filter((_, i) => grades[i] === grade)]));
    expectSums(rows, 'grade', own);
    for (const { grade, least } of rows) expect(least).toBeCloseTo(Math.min(...own.get(grade).map(({ m }) => m)), 2);
  });

  it('counts who orders again', async () => {
    const { rows, more } = await answerOf('repurchase', { withinDays: 30 });
    const gaps = [...ever.values()].flatMap(({ who, own }) => {
      const list = own.map(({ day }) => day).sort((a, b) => a - b);
      return list.slice(1).flatMap((day, i) => (day >= FIRST ? [{ who, gap: day - list[i] }] : []));
    });
    for (const { from_days, below_days, times, people: n } of rows) {
      const within = gaps.filter(({ gap }) => gap >= from_days && gap < (below_days ?? Infinity));
      expect([from_days, times, n]).toEqual([from_days, within.length, decided.people(within)]);
    }
    expect(sum(rows, 'times')).toBe(gaps.length);
    const days = gaps.map(({ gap }) => gap).sort((a, b) => a - b);
    expect(more.intervals[0].median_days).toBe(days[Math.ceil(days.length / 2) - 1]);
    expect(more.intervals[0].mean_days).toBeCloseTo(sum(gaps, 'gap') / gaps.length, 6);
    const again = [...inRange.values()].filter(({ f }) => f > 1);
    expect(more.summary[0]).toMatchObject({ buyers: inRange.size, repeat_buyers: again.length });
    expect(more.summary[0].rate).toBeCloseTo(again.length / inRange.size, 9);
    const sorted = [...ever.values()].map(({ own }) => own.map(({ day }) => day).sort((a, b) => a - b));
    const begun = sorted.filter(([first]) => first >= FIRST && first + 30 <= LAST);
    const soon = begun.filter(([first, second]) => second - first <= 30).length;
    expect(more.within[0]).toMatchObject({ buyers: begun.length, repeat_buyers: soon });
    expect(more.within[0].rate).toBeCloseTo(soon / begun.length, 9);
  });

  it('tells who leaves by their own rhythm', async () => {
    const rows = await ask('churn');
    const gaps = [...ever.values()]
      .flatMap(({ own }) => {
        const list = own.map(({ day }) => day).sort((a, b) => a - b);
        return list.slice(1).map((day, i) => day - list[i]);
      })
      .sort((a, b) => a - b);
    const usual = gaps[Math.ceil(gaps.length / 2) - 1];
    const riskOf = ({ r, f, own }) => {
      const list = own.map(({ day }) => day);
      const ratio = r / Math.max(1, f > 1 ? (Math.max(...list) - Math.min(...list)) / (f - 1) : usual);
      return ratio < 1 ? 'low' : ratio < 2 ? 'medium' : ratio < 4 ? 'high' : 'lost';
    };
    const risks = groupBy([...ever.values()], riskOf);
    expect(rows.map(({ risk }) => risk).sort()).toEqual([...risks.keys()].sort());
    expectSums(rows, 'risk', risks);
    for (const { risk, mean_days } of rows)
      expect(mean_days).toBeCloseTo(sum(risks.get(risk), 'r') / risks.get(risk).length, 6);
  });
});

describe('recall', () => {
  it('lists whom the shop may write to and who left something', async () => {
    const rows = await ask('recall', { top: 10_000 });
    const tickets = new Map();
    for (const { index, excluded, messages } of truth.visitors)
      if (!excluded)
        tickets.set(names[index], (tickets.get(names[index]) || 0) + messages.accepted - messages.sent - messages.others);
    const added = groupBy(
      within(decided.visits, FIRST, LAST).flatMap(({ who, at, added }) => added.map(([product]) => ({ who, at, product }))),
      ({ who }) => who,
    );
    const paidAfter = ({ who, product, at }) =>
      orders.some(
        (order) => order.who === who && order.at >= at && order.items.some(({ product_id }) => product_id === product),
      );
    const expected = [...tickets]
      .filter(([, n]) => n > 0)
      .flatMap(([who]) => {
        const lasts = [...groupBy(added.get(who) || [], ({ product }) => product).values()].map((list) =>
          list.reduce((a, b) => (b.at > a.at ? b : a)),
        );
        if (lasts.some((each) => !paidAfter(each))) return [`${who} cart`];
        return ever.has(who) && ever.get(who).r > 60 ? [`${who} leaving`] : [];
      });
    expect(rows.map(({ person, reason }) => `${person} ${reason}`).sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(0);
  });
});

describe('composition', () => {
  it('by the version that people have', async () => {
    const rows = await ask('composition', { by: 'app_version' });
    const last = new Map();
    for (const visit of within(decided.visits, FIRST, LAST))
      if (!last.has(visit.who) || visit.at > last.get(visit.who).at) last.set(visit.who, visit);
    expect(Object.fromEntries(rows.map(({ value, people }) => [value, people]))).toEqual(
      tally([...last.values()].map(({ visitor }) => truth.visitors[visitor].appVersion)),
    );
  });
});

describe('segment', () => {
  it('put something into the cart and did not pay, by name', async () => {
    const rules = [
      { kind: 'did', event: 'product_added' },
      { kind: 'did', event: 'order_paid', not: true },
    ];
    const [row] = await ask('segment', { rules });
    const added = new Set(
      within(decided.visits, FIRST, LAST)
        .filter(({ added }) => added.length)
        .map(({ who }) => who),
    );
    const paid = truth.orders
      .filter(({ excluded, at }) => !excluded && decided.dayOf(at) >= FIRST)
      .map(({ visitor }) => names[visitor]);
    for (const who of paid) added.delete(who);
    expect(row.people).toBe(added.size);
    expect(await peopleOf('segment', {}, { rules })).toEqual([...added].sort());
  });

  it('came by a card', async () => {
    const [row] = await ask('segment', { rules: [{ kind: 'share', role: 'brought' }] });
    const brought = truth.opens.filter(
      ({ own, excluded, isNew, at }) => !own && !excluded && isNew && decided.dayOf(at) >= FIRST,
    );
    expect(row.people).toBe(new Set(brought.map(({ visitor }) => names[visitor])).size);
  });
});
