import { equal } from './keys.js';
import { fromUnits, memberCtes } from './memberCtes.js';

/** Who is about to leave, measured by their own rhythm. */
export const churn = {
  id: 'churn',
  group: 'members',
  title: { en: 'Churn risk', zh: '流失风险' },
  definition: {
    en: 'Days since the last order, divided by the member’s own mean interval of orders (at least a day); who ordered once is held against the low median of all intervals (30 days, where there is none). Low below 1, medium below 2, high from 2 on, lost from 4 on.',
    zh: '距最近一单的天数除以本人平均下单间隔（至少 1 天）；只下过一单者以全体间隔的低位中位数为准（没有间隔时取 30 天）。小于 1 低，小于 2 中，2 起高，4 起视为已流失。',
  },
  params: {},
  build: (s, c) => ({
    ctes: [
      ...memberCtes(s, c, { from: null, values: ['max(day) - min(day) AS span'] }),
      [
        'spans',
        "SELECT v, day - lag(day, 1, CAST('1970-01-01' AS DATE)) OVER (PARTITION BY v ORDER BY t, order_id) AS gap, row_number() OVER (PARTITION BY v ORDER BY t, order_id) AS place FROM o",
      ],
      ['usual', `SELECT coalesce(${s.medianLow('CASE WHEN place > 1 THEN gap END')}, 30) AS days FROM spans`],
      [
        'risks',
        `SELECT v, m, f, r, r / greatest(1.0, CASE WHEN f > 1 THEN CAST(span AS DOUBLE) / (f - 1) ELSE CAST(usual.days AS DOUBLE) END) AS ratio FROM members CROSS JOIN usual`,
      ],
      [
        'x',
        "SELECT v, m, f, r, ratio, CASE WHEN ratio < 1 THEN 'low' WHEN ratio < 2 THEN 'medium' WHEN ratio < 4 THEN 'high' ELSE 'lost' END AS risk FROM risks",
      ],
    ],
    select: `SELECT risk, count(*) AS people, sum(f) AS orders, ${fromUnits('sum(m)')} AS revenue, avg(r) AS mean_days FROM x GROUP BY 1 ORDER BY 2 DESC, 1`,
    people: { from: 'x', keys: { risk: equal('text', 'risk') } },
    number: 'people',
  }),
};
