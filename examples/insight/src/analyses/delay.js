import { eventsCte } from './common.js';
import { equal } from './keys.js';

const MINUTE = 60_000;
const EDGES = [0, 10_000, MINUTE, 10 * MINUTE, 60 * MINUTE, 1440 * MINUTE, 3 * 1440 * MINUTE];

/** How long events are on their way. */
export const delay = {
  id: 'delay',
  group: 'health',
  title: { en: 'Delay', zh: '上报延迟' },
  definition: {
    en: 'From the corrected time of an event to its arrival, at least 0; by the day on which it happened. Median is the low one.',
    zh: '从校正后的事件时间到到达时间（不小于 0），按事件发生日统计；中位数取较低值。',
  },
  params: {},
  build: (s, c) => {
    const bucket = [...EDGES.entries()].reverse().map(([i, edge]) => `WHEN late >= ${edge} THEN ${i}`);
    return {
      ctes: [
        ['e', eventsCte(s, c, { columns: ['day', 'greatest(0, ev.received_at - ev.t) AS late'] })],
        ['x', `SELECT v, day, late, CASE ${bucket.join(' ')} ELSE 0 END AS bucket FROM e`],
      ],
      select: 'SELECT bucket, count(*) AS events, count(DISTINCT v) AS people FROM x GROUP BY 1 ORDER BY 1',
      more: {
        days: `SELECT day, count(*) AS events, ${s.medianLow('late')} AS median_ms, sum(CASE WHEN late >= ${MINUTE} THEN 1 ELSE 0 END) AS after_a_minute, sum(CASE WHEN late >= ${1440 * MINUTE} THEN 1 ELSE 0 END) AS after_a_day FROM x GROUP BY 1 ORDER BY 1`,
      },
      people: { from: 'x', keys: { bucket: equal('int', 'bucket') } },
      number: 'people',
    };
  },
  shape: (rows) => rows.map((row) => ({ ...row, from_ms: EDGES[row.bucket], below_ms: EDGES[row.bucket + 1] ?? null })),
};
