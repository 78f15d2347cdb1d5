import { ratio, visitorsCte } from './common.js';
import { addDays, daysBetween } from './days.js';
import { equal } from './keys.js';

/** Daily, weekly and monthly active, and how sticky the shop is. */
export const stickiness = {
  id: 'stickiness',
  group: 'events',
  title: { en: 'DAU, WAU, MAU', zh: '日活、周活、月活' },
  definition: {
    en: 'Active on the day; on it or one of the 6 days before; on it or one of the 29 days before. Stickiness is DAU / MAU.',
    zh: '当日活跃；含当日在内 7 天活跃；含当日在内 30 天活跃。粘性 = 日活 / 月活。',
  },
  params: {},
  build: (s, c) => ({
    ctes: [
      [
        'a',
        `SELECT v, day FROM (${visitorsCte(s, c, { columns: ['day'], groups: ['day'], from: addDays(c.from, -29), kept: true })}) AS e GROUP BY 1, 2`,
      ],
      ['b', "SELECT v, day, lead(day, 1, CAST('2149-01-01' AS DATE)) OVER (PARTITION BY v ORDER BY day) AS later FROM a"],
      // A visit keeps its visitor active until the window or the next visit ends it: one step up, one down.
      // A day on which nobody comes is told, too.
      [
        'steps',
        `SELECT day, 1 AS d, 0 AS w, 0 AS m FROM a
  UNION ALL SELECT day, 0, 1, 0 FROM b UNION ALL SELECT least(day + 7, later), 0, -1, 0 FROM b
  UNION ALL SELECT day, 0, 0, 1 FROM b UNION ALL SELECT least(day + 30, later), 0, 0, -1 FROM b
  UNION ALL SELECT ${s.day(c.from)} + ${s.eachNumber(daysBetween(c.from, c.to) + 1)}, 0, 0, 0`,
      ],
      ['days', 'SELECT day, sum(d) AS d, sum(w) AS w, sum(m) AS m FROM steps GROUP BY 1'],
      ['run', 'SELECT day, d AS dau, sum(w) OVER (ORDER BY day) AS wau, sum(m) OVER (ORDER BY day) AS mau FROM days'],
    ],
    select: `SELECT day, dau, wau, mau, ${ratio('dau', 'mau')} AS stickiness FROM run WHERE day >= ${s.day(c.from)} AND day <= ${s.day(c.to)} ORDER BY 1`,
    people: { from: 'a', keys: { day: equal('day', 'day') } },
    number: 'dau',
  }),
};
