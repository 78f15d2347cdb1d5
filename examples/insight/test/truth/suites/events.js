import { describe, expect, it } from 'vitest';
import { ask } from '../ask.js';
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
