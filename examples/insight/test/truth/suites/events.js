import { describe, expect, it } from 'vitest';
import { ask, peopleOf } from '../ask.js';
import { counted } from '../counted.js';
import { groupBy } from '../decided.js';
import { decided, FIRST, LAST } from '../population.js';

const { visits, orders, days, within, sum, people, date, firstDay } = decided;

/** Who was there on one of the days. */
const activeIn = (from, to) =>
  [...days].filter(([, own]) => [...own].some((day) => day >= from && day <= to)).map(([who]) => who);

describe('overview', () => {
  it.each([
    [FIRST, LAST],
    [60, LAST],
    [30, 44],
  ])('of the days %i to %i', async (from, to) => {
    const [row] = await ask('overview', { from, to });
    const v = within(visits, from, to);
    const o = within(orders, from, to);
    const active = activeIn(from, to);
    const earlier = new Set(activeIn(2 * from - to - 1, from - 1));
    expect(row).toMatchObject({
      active_people: active.length,
      new_people: active.filter((who) => firstDay(who) >= from).length,
      returning_people: active.filter((who) => firstDay(who) < from).length,
      resurrected_people: active.filter((who) => firstDay(who) < from && !earlier.has(who)).length,
      dormant_people: [...earlier].filter((who) => !active.includes(who)).length,
      sessions: v.length,
      views: sum(v, ({ pages, web }) => pages.length + web),
      foreground_ms: sum(v, 'foreground'),
      orders: o.length,
      buyers: people(o),
      repeat_buyers: [...groupBy(o, ({ who }) => who).values()].filter((list) => list.length > 1).length,
    });
    expect(row.revenue).toBeCloseTo(sum(o, 'net'), 4);
    expect(row.events).toBe(within(counted, from, to).length);
    expect(row.average_order).toBeCloseTo(sum(o, 'net') / o.length, 6);
    expect(row.conversion).toBeCloseTo(row.buyers / row.active_people, 9);
    expect(row.repurchase_rate).toBeCloseTo(row.repeat_buyers / row.buyers, 9);
  });
});

describe('visitors instead of persons', () => {
  it('counts installations, and a login that only the server knows', async () => {
    const [row] = await ask('overview', { unit: 'visitors' });
    const installations = new Set(within(visits, FIRST, LAST).map(({ visitor }) => visitor));
    const logins = new Set(within(decided.told, FIRST, LAST).map(({ userId }) => userId));
    expect(row.active_people).toBe(installations.size + logins.size);
    expect(row.sessions).toBe(within(visits, FIRST, LAST).length);
  });
});

describe('the tracking plan', () => {
  it('is held against what was planted to break it', async () => {
    const rows = await ask('planFacts');
    const seen = within(visits, FIRST, LAST);
    const kinds = (name, key) =>
      Object.fromEntries(
        rows.filter((row) => row.name === name && row.prop_key === key).map(({ kind, events }) => [kind, events]),
      );
    const searched = (how) => seen.filter(({ search }) => how.includes(search)).length;
    expect(kinds('search', '')).toEqual({ event: searched(['good', 'text', 'missing']) });
    expect(kinds('search', 'results')).toEqual({ number: searched(['good', 'missing']), text: searched(['text']) });
    expect(kinds('search', 'query')).toEqual({ text: searched(['good', 'text']) });
    expect(kinds('prodct_clicked', '')).toEqual({ event: seen.filter(({ misspelt }) => misspelt).length });
  });
});

describe('active people', () => {
  it('by day, week and month', async () => {
    const rows = await ask('stickiness');
    expect(rows.length).toBe(LAST + 1);
    for (const { day, dau, wau, mau } of rows) {
      const n = rows.findIndex((row) => row.day === day);
      expect([day, dau, wau, mau]).toEqual([
        date(n),
        activeIn(n, n).length,
        activeIn(n - 6, n).length,
        activeIn(n - 29, n).length,
      ]);
    }
  });

  it('as new, returning, resurrected and dormant', async () => {
    const rows = await ask('lifecycle');
    const told = Object.fromEntries(rows.map(({ period, state, people }) => [`${period} ${state}`, people]));
    for (let day = FIRST; day <= LAST; day++) {
      const there = activeIn(day, day);
      const before = new Set(activeIn(day - 1, day - 1));
      const expected = {
        new: there.filter((who) => firstDay(who) === day).length,
        returning: there.filter((who) => firstDay(who) < day && before.has(who)).length,
        resurrected: there.filter((who) => firstDay(who) < day && !before.has(who)).length,
        dormant: [...before].filter((who) => !there.includes(who)).length,
      };
      for (const [state, n] of Object.entries(expected))
        expect([date(day), state, told[`${date(day)} ${state}`] || 0]).toEqual([date(day), state, n]);
    }
  });
});

describe('events', () => {
  it.each([
    [FIRST, LAST],
    [20, 60],
  ])('by name, of the days %i to %i', async (from, to) => {
    const rows = await ask('eventNames', { top: 1000, from, to });
    const dates = (list) => list.map(({ day }) => date(day)).sort();
    expect(rows).toEqual(
      [...groupBy(within(counted, from, to), ({ name }) => name)]
        .map(([name, list]) => ({
          name,
          type: list.map(({ type }) => type).sort()[0],
          events: list.length,
          people: people(list),
          first_day: dates(list)[0],
          last_day: dates(list).at(-1),
        }))
        .sort((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1)),
    );
  });

  const added = counted.filter(({ name }) => name === 'product_added');
  const step = { event: 'product_added' };
  const monday = (day) => date(day - ((((Date.parse(date(day)) / 86_400_000 + 3) % 7) + 7) % 7));
  const median = (list) => [...list].sort((a, b) => a - b)[Math.ceil(list.length / 2) - 1];

  it.each([
    ['week', ({ day }) => monday(day)],
    ['month', ({ day }) => `${date(day).slice(0, 7)}-01`],
    ['hour', ({ t }) => Math.floor((t - decided.truth.zeroDay) / 3_600_000) % 24],
  ])('with the amounts of a number, by %s', async (interval, periodOf) => {
    const rows = await ask('trend', { step, interval, number: 'properties.value' });
    const groups = groupBy(added, periodOf);
    expect(rows.map(({ period }) => period)).toEqual([...groups.keys()].sort((a, b) => (a < b ? -1 : 1)));
    for (const row of rows) {
      const list = groups.get(row.period);
      const values = list.map(({ properties }) => properties.value);
      expect(row).toMatchObject({ events: list.length, people: people(list), median: median(values) });
      expect(row.events_per_person).toBeCloseTo(list.length / people(list), 9);
      expect(row.total).toBeCloseTo(sum(values, Number), 2);
      expect(row.mean).toBeCloseTo(sum(values, Number) / list.length, 6);
    }
  });

  it('of any name, in all', async () => {
    const [row] = await ask('trend', { step: { event: '*' }, interval: 'all', from: 20, to: 60 });
    const own = within(counted, 20, 60);
    expect(row).toMatchObject({ events: own.length, people: people(own) });
  });

  it('by the values of a property, the rare ones together, with their people', async () => {
    const given = { step, interval: 'all', by: 'product_id', top: 3 };
    const rows = await ask('trend', given);
    const byProduct = [...groupBy(added, ({ properties }) => properties.product_id)].sort(
      ([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1),
    );
    const others = byProduct.slice(3).flatMap(([, list]) => list);
    const rowOf = (value, other, list) => ({ value, other, events: list.length, people: people(list) });
    expect(rows).toMatchObject([
      ...byProduct
        .slice(0, 3)
        .map(([value, list]) => rowOf(value, 0, list))
        .sort((a, b) => (a.value < b.value ? -1 : 1)),
      rowOf('', 1, others),
    ]);
    expect(await peopleOf('trend', { other: 1 }, given)).toEqual([...new Set(others.map(({ who }) => who))].sort());
  });

  it('by week as new, returning, resurrected and dormant', async () => {
    const rows = await ask('lifecycle', { interval: 'week' });
    const weeks = new Map();
    for (const [who, own] of days) weeks.set(who, new Set([...own].map(monday)));
    const all = [...new Set([...weeks.values()].flatMap((own) => [...own]))].sort();
    const found = new Map();
    const add = (period, state) => found.set(`${period} ${state}`, (found.get(`${period} ${state}`) || 0) + 1);
    const next = (week) => new Date(Date.parse(week) + 7 * 86_400_000).toISOString().slice(0, 10);
    for (const own of weeks.values()) {
      const first = [...own].sort()[0];
      for (const week of own) {
        const isBack = all.some((each) => own.has(each) && next(each) === week);
        if (week >= monday(FIRST)) add(week, week === first ? 'new' : isBack ? 'returning' : 'resurrected');
        if (!own.has(next(week)) && next(week) >= monday(FIRST) && next(week) <= date(LAST)) add(next(week), 'dormant');
      }
    }
    expect(Object.fromEntries(rows.map(({ period, state, people: n }) => [`${period} ${state}`, n]))).toEqual(
      Object.fromEntries(found),
    );
  });
});
