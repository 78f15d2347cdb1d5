import { CAPTURE, eventsCte, FORWARDS } from './common.js';
import { stepSql } from './conditions.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

const MINUTE = 60_000;
const EDGES = [
  0,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  360 * MINUTE,
  1440 * MINUTE,
  3 * 1440 * MINUTE,
  7 * 1440 * MINUTE,
  30 * 1440 * MINUTE,
];
const ORDERED = `OVER (PARTITION BY v ORDER BY ${FORWARDS})`;

/** How long from one event to another. */
export const interval = {
  id: 'interval',
  group: 'behaviour',
  title: { en: 'Interval', zh: '间隔分析' },
  definition: {
    en: 'From each end event back to the latest start event before it, if no other end event lies between and it is at most the window away; the end lies in the range. Where start and end are the same event, from each to the next. Quantiles are values that occurred (the lower one).',
    zh: '每个结束事件与其之前最近的开始事件配对：中间没有其他结束事件，且间隔不超过窗口期；结束事件在区间内。开始与结束为同一事件时，取相邻两次。分位数取实际出现的较低值。',
  },
  params: {
    start: { type: 'step', default: { event: 'product_viewed' }, en: 'From', zh: '开始事件' },
    end: { type: 'step', default: { event: 'order_paid' }, en: 'To', zh: '结束事件' },
    windowDays: { type: 'int', min: 1, max: 365, default: 30, en: 'At most so many days', zh: '最长天数' },
  },
  build: (s, c, { start, end, windowDays }) => {
    const bucket = [...EDGES.entries()].reverse().map(([i, edge]) => `WHEN gap >= ${edge} THEN ${i}`);
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: [
              ...CAPTURE,
              'day',
              `CASE WHEN ${stepSql(s, start)} THEN 1 ELSE 0 END AS starts`,
              `CASE WHEN ${stepSql(s, end)} THEN 1 ELSE 0 END AS ends`,
            ],
            from: addDays(c.from, -windowDays),
            where: `(${stepSql(s, start)}) OR (${stepSql(s, end)})`,
          }),
        ],
        // Of starts and ends alone the one directly before decides: a start is the latest one, an end parts it from all starts.
        ['paired', `SELECT v, t, day, ends, lag(starts, 1, 0) ${ORDERED} AS begun, lag(t, 1, 0) ${ORDERED} AS start_t FROM e`],
        [
          'gaps',
          `SELECT v, t - start_t AS gap FROM paired
  WHERE ends = 1 AND begun = 1 AND day >= ${s.day(c.from)} AND t - start_t <= ${s.int(windowDays * 86_400_000)}`,
        ],
        ['places', 'SELECT gap, row_number() OVER (ORDER BY gap) AS place, count(*) OVER () AS n FROM gaps'],
        ['x', `SELECT v, gap, CASE ${bucket.join(' ')} ELSE 0 END AS bucket FROM gaps`],
      ],
      select: 'SELECT bucket, count(*) AS times, count(DISTINCT v) AS people FROM x GROUP BY 1 ORDER BY 1',
      more: {
        // The engines' own quantiles differ in which of two neighbours they take; counted here, they do not.
        summary: `SELECT a.times AS times, a.people AS people, a.min_ms AS min_ms, ${[25, 50, 75, 90].map((q) => `q.p${q}_ms AS ${q === 50 ? 'median' : `p${q}`}_ms`).join(', ')}, a.max_ms AS max_ms, a.mean_ms AS mean_ms
FROM (SELECT count(*) AS times, count(DISTINCT v) AS people, min(gap) AS min_ms, max(gap) AS max_ms, avg(gap) AS mean_ms FROM x) AS a
CROSS JOIN (SELECT ${[25, 50, 75, 90].map((q) => `min(CASE WHEN place * 100 >= n * ${q} THEN gap END) AS p${q}_ms`).join(', ')} FROM places) AS q`,
      },
      people: { from: 'x', keys: { bucket: equal('int', 'bucket') } },
      number: 'people',
    };
  },
  shape: (rows) => rows.map((row) => ({ ...row, from_ms: EDGES[row.bucket], below_ms: EDGES[row.bucket + 1] ?? null })),
};
