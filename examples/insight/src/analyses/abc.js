import { equal } from './keys.js';
import { fromUnits, memberCtes } from './memberCtes.js';

/** Few customers bring most of the revenue: which. */
export const abc = {
  id: 'abc',
  group: 'members',
  title: { en: 'ABC', zh: 'ABC 客户分级' },
  definition: {
    en: 'Customers by net amount in the range, the highest first, equals by id. A as long as those before them bring less than the first limit of the total, B less than the second, C the rest.',
    zh: '按区间净额从高到低（相同按 id）排列：排在前面者合计不足第一界限为 A，不足第二界限为 B，其余为 C。',
  },
  params: {
    a: { type: 'float', min: 0, max: 1, default: 0.8, en: 'Share of A', zh: 'A 类界限' },
    b: { type: 'float', min: 0, max: 1, default: 0.95, en: 'Share of A and B', zh: 'B 类界限' },
  },
  build: (s, c, { a, b }) => ({
    ctes: [
      // By name: equals are ranked by it.
      ...memberCtes(s, { ...c, named: true }),
      [
        'running',
        'SELECT v, f, m, sum(m) OVER (ORDER BY m DESC, v ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - m AS before_m FROM members',
      ],
      ['whole', 'SELECT sum(m) AS total FROM members'],
      // Limits as millionths, so that a sum that is exactly at a limit is not decided by a rounding.
      [
        'x',
        `SELECT v, f, m, CASE WHEN before_m * 1000000.0 < total * ${s.int(Math.round(a * 1e6))} THEN 'A' WHEN before_m * 1000000.0 < total * ${s.int(Math.round(b * 1e6))} THEN 'B' ELSE 'C' END AS grade FROM running CROSS JOIN whole`,
      ],
    ],
    select: `SELECT grade, count(*) AS people, sum(f) AS orders, ${fromUnits('sum(m)')} AS revenue, ${fromUnits('min(m)')} AS least FROM x GROUP BY 1 ORDER BY 1`,
    people: { from: 'x', keys: { grade: equal('text', 'grade') } },
    number: 'people',
  }),
};
