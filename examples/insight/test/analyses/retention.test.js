import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../src/analyses/days.js';
import { at, createEvents } from './helpers/createEvents.js';
import { populationsOf, RUNS } from './helpers/populations.js';
import { createTestStore } from './helpers/testStore.js';

const TODAY = '2026-09-20';
let shop;
beforeAll(async () => void (shop = await createTestStore()));
afterAll(() => shop.close());

const monday = (day) => addDays(day, -((daysBetween('2026-08-31', day) + 7 * 100) % 7));
const firstOfMonth = (day) => `${day.slice(0, 8)}01`;
const months = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
const START = { day: (day) => day, week: monday, month: firstOfMonth, hours24: (day) => day };
const OVER = {
  day: (cohort, n) => addDays(cohort, n + 1) <= TODAY,
  week: (cohort, n) => addDays(cohort, 7 * n + 7) <= TODAY,
  month: (cohort, n) => months(cohort) + n < months(TODAY),
  hours24: (cohort, n) => addDays(cohort, n + 2) <= TODAY,
};

const visitor = fc.array(
  fc.record({
    name: fc.constantFrom('open', 'buy'),
    hours: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 400 })),
  }),
  { minLength: 1, maxLength: 8 },
);
const options = fc.record({
  interval: fc.constantFrom('day', 'week', 'month', 'hours24'),
  first: fc.constantFrom('*', 'buy'),
  back: fc.constantFrom('*', 'open', 'buy'),
  shape: fc.constantFrom('on', 'after', 'brackets'),
});
const populations = fc.record({
  groups: populationsOf(visitor, 5),
  options,
});

/** Which periods after the first event a visitor came back in. */
const comeBacks = (events, first, { interval, back }) => {
  const cohort = START[interval](first.day);
  const later = events.slice(events.indexOf(first) + 1).filter(({ name }) => back === '*' || name === back);
  return later.map(({ t, day }) => {
    if (interval === 'hours24') return Math.floor((t - first.t) / 86_400_000);
    if (interval === 'month') return months(day) - months(cohort);
    return daysBetween(cohort, START[interval](day)) / (interval === 'week' ? 7 : 1);
  });
};

const expected = (rows, { interval, first: wanted, back, shape }, periods, brackets) => {
  const cohorts = new Map();
  for (const v of new Set(rows.map(({ anonymous_id }) => anonymous_id))) {
    const events = rows.filter(({ anonymous_id }) => anonymous_id === v).sort((a, b) => a.t - b.t || a.seq - b.seq);
    const first = events.find(({ name }) => wanted === '*' || name === wanted);
    if (!first || first.day < '2026-09-02' || first.day > '2026-09-12') continue;
    const cohort = START[interval](first.day);
    if (!cohorts.has(cohort)) cohorts.set(cohort, []);
    cohorts.get(cohort).push(comeBacks(events, first, { interval, back }));
  }
  const columns = shape === 'brackets' ? brackets : Array.from({ length: periods + 1 }, (_, n) => [n, n]);
  return [...cohorts].sort().map(([cohort, members]) => ({
    cohort,
    size: members.length,
    cells: columns.map(([a, b]) => {
      if (!OVER[interval](cohort, b)) return null;
      return members.filter((periodsOf) => periodsOf.some((n) => (shape === 'after' ? n >= a : n >= a && n <= b))).length;
    }),
  }));
};

test('retention against plain counting, 1,040 populations', async () => {
  const brackets = [
    [0, 0],
    [1, 2],
    [3, 7],
  ];
  await fc.assert(
    fc.asyncProperty(populations, async ({ groups, options: asked }) => {
      const { interval, first, back, shape } = asked;
      const descriptions = groups.flatMap((visitors, g) =>
        visitors.flatMap((events, i) =>
          [...events]
            .sort((a, b) => a.hours - b.hours)
            .map(({ name, hours }) => ({ v: `g${g}v${i}`, t: at(0, hours * 3_600_000), name })),
        ),
      );
      await shop.fill(descriptions);
      const given = {
        from: '2026-09-02',
        to: '2026-09-12',
        unit: 'visitors',
        interval,
        first: { event: first },
        back: { event: back },
        periods: 5,
        orAfter: shape === 'after',
        brackets: shape === 'brackets' ? brackets : [],
      };
      const { rows } = await shop.run('retention', given, { today: TODAY });
      expect(
        rows.cohorts.map(({ cohort, size, cells }) => ({ cohort, size, cells: cells.map(({ people }) => people) })),
      ).toEqual(expected(createEvents(descriptions), asked, 5, brackets));
      const finished = rows.cohorts.filter(({ cells }) => cells[1].people !== null);
      const size = finished.reduce((sum, cohort) => sum + cohort.size, 0);
      expect(rows.averages[1].rate).toBe(size ? finished.reduce((sum, { cells }) => sum + cells[1].people, 0) / size : null);
    }),
    RUNS,
  );
});
