import { ordersCte, ratio } from './common.js';
import { equal } from './keys.js';

const EDGES = [0, 1, 4, 8, 15, 31, 61, 91];

/** How soon customers buy again. */
export const repurchase = {
  id: 'repurchase',
  group: 'members',
  title: { en: 'Repurchase and order intervals', zh: '复购与下单间隔' },
  definition: {
    en: 'Days between an order and the next of the same person, the next in the range. Repurchase rate: people with two orders or more in the range among those with one or more; within n days: of those whose first order ever lies in the range and n days before its end, who ordered again within n days.',
    zh: '同一人相邻两单的间隔天数（后一单在区间内）。复购率：区间内两单及以上的人 / 有单的人；n 天复购率：首单在区间内且距区间末满 n 天的人中，n 天内再次下单的比例。',
  },
  params: {
    withinDays: { type: 'int', min: 1, max: 365, default: 7, en: 'n of the rate within n days', zh: 'n 天复购率的 n' },
  },
  build: (s, c, { withinDays }) => {
    const bucket = [...EDGES.entries()].reverse().map(([i, edge]) => `WHEN gap >= ${edge} THEN ${i}`);
    return {
      ctes: [
        ['o', ordersCte(s, c, { columns: ['order_id', 't', 'day'], from: null })],
        [
          'ordered',
          "SELECT v, day, row_number() OVER (PARTITION BY v ORDER BY t, order_id) AS place, lag(day, 1, CAST('1970-01-01' AS DATE)) OVER (PARTITION BY v ORDER BY t, order_id) AS previous FROM o",
        ],
        [
          'x',
          `SELECT v, gap, CASE ${bucket.join(' ')} ELSE 0 END AS bucket FROM (SELECT v, day - previous AS gap FROM ordered WHERE place > 1 AND day >= ${s.day(c.from)}) AS gaps`,
        ],
        ['counts', `SELECT v, count(*) AS orders FROM o WHERE day >= ${s.day(c.from)} GROUP BY v`],
        [
          'firsts',
          `SELECT v, min(CASE WHEN place = 1 THEN day END) AS first_day, min(CASE WHEN place = 2 THEN day END) AS second_day FROM ordered GROUP BY v`,
        ],
        [
          'begun',
          `SELECT v, CASE WHEN second_day - first_day <= ${s.int(withinDays)} THEN 1 ELSE 0 END AS again FROM firsts WHERE first_day >= ${s.day(c.from)} AND first_day + ${s.days(withinDays)} <= ${s.day(c.to)}`,
        ],
      ],
      select: 'SELECT bucket, count(*) AS times, count(DISTINCT v) AS people FROM x GROUP BY 1 ORDER BY 1',
      more: {
        summary: `SELECT count(*) AS buyers, coalesce(sum(CASE WHEN orders > 1 THEN 1 ELSE 0 END), 0) AS repeat_buyers, ${ratio('sum(CASE WHEN orders > 1 THEN 1 ELSE 0 END)', 'count(*)')} AS rate FROM counts`,
        within: `SELECT count(*) AS buyers, coalesce(sum(again), 0) AS repeat_buyers, ${ratio('sum(again)', 'count(*)')} AS rate FROM begun`,
        intervals: `SELECT ${s.medianLow('gap')} AS median_days, avg(gap) AS mean_days FROM x`,
      },
      people: { from: 'x', keys: { bucket: equal('int', 'bucket') } },
      number: 'people',
    };
  },
  shape: (rows) => rows.map((row) => ({ ...row, from_days: EDGES[row.bucket], below_days: EDGES[row.bucket + 1] ?? null })),
};
