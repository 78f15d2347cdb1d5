import { eventsCte } from './common.js';
import { stepSql } from './conditions.js';
import { fieldSql, fieldType } from './fields.js';
import { equal } from './keys.js';

/** How often, on how many days, or how much, per person. */
export const distribution = {
  id: 'distribution',
  group: 'behaviour',
  title: { en: 'Distribution', zh: '分布分析' },
  definition: {
    en: 'People who did the event in the range, by how often, on how many days, or by the sum of a number; a bucket begins at its edge and ends before the next.',
    zh: '区间内发生过该事件的人，按每人的次数、天数或数值合计分桶；每桶含下界、不含上界。',
  },
  params: {
    step: { type: 'step', default: { event: 'order_paid' }, en: 'The event', zh: '事件' },
    measure: {
      type: 'choice',
      values: ['times', 'days', 'sum'],
      default: 'times',
      en: 'What is counted per person',
      zh: '人均度量',
    },
    number: { type: 'field', default: 'amount', en: 'The number to add up', zh: '要汇总的数值字段' },
    edges: {
      type: 'numbers',
      min: 1,
      max: 30,
      default: [1, 2, 3, 4, 5, 10, 20, 50],
      en: 'Where buckets begin',
      zh: '分桶下界',
    },
  },
  build: (s, c, { step, measure, number, edges }) => {
    const sorted = [...new Set(edges)].sort((a, b) => a - b);
    const field =
      measure === 'sum' ? (fieldType(number) === 'number' ? fieldSql(s, number) : s.number(fieldSql(s, number))) : '0';
    const amount = { times: 'count(*)', days: 'count(DISTINCT day)', sum: 'sum(number)' }[measure];
    const bucket = [...sorted.entries()].reverse().map(([i, edge]) => `WHEN amount >= ${s.float(edge)} THEN ${i}`);
    return {
      ctes: [
        ['e', eventsCte(s, c, { columns: ['day', `CAST(${field} AS DOUBLE) AS number`], where: stepSql(s, step) })],
        ['amounts', `SELECT v, CAST(${amount} AS DOUBLE) AS amount FROM e GROUP BY v`],
        ['x', `SELECT v, amount, CASE ${bucket.join(' ')} ELSE -1 END AS bucket FROM amounts WHERE amount IS NOT NULL`],
        ['whole', 'SELECT count(*) AS everyone FROM x'],
      ],
      select: `SELECT bucket, count(*) AS people, CAST(count(*) AS DOUBLE) / max(everyone) AS share, round(sum(amount), 4) AS total, ${s.medianLow('amount')} AS median
FROM x CROSS JOIN whole GROUP BY 1 ORDER BY 1`,
      people: { from: 'x', keys: { bucket: equal('int', 'bucket') } },
      number: 'people',
    };
  },
  shape: (rows, { p }) => {
    const sorted = [...new Set(p.edges)].sort((a, b) => a - b);
    return rows.map((row) => ({ ...row, from: sorted[row.bucket] ?? null, below: sorted[row.bucket + 1] ?? null }));
  },
};
