import { nextPeriod, periodOf, visitorsCte } from './common.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

/** From a day to the beginning of the period before its own, at most. */
const DAYS_BEFORE = { day: 1, week: 13, month: 61 };

/** The flow of visitors: who came, came back, stayed away. */
export const lifecycle = {
  id: 'lifecycle',
  group: 'events',
  title: { en: 'New, returning, resurrected, dormant', zh: '新增、回访、召回、沉默' },
  definition: {
    en: 'Per period: new is active for the first time ever; returning was active in the period before, too; resurrected was active earlier, but not in the period before; dormant was active in the period before and is not in this one.',
    zh: '按周期：新增为历史首次活跃；回访为上一周期也活跃；召回为更早活跃过但上一周期没有；沉默为上一周期活跃而本周期没有。',
  },
  params: { interval: { type: 'choice', values: ['day', 'week', 'month'], default: 'day', en: 'Period', zh: '周期' } },
  build: (s, c, { interval }) => {
    const never = "CAST('1970-01-01' AS DATE)";
    return {
      ctes: [
        // Of the others nothing is told, and a range is often a day of a long history.
        [
          'recent',
          `SELECT DISTINCT v FROM (${visitorsCte(s, c, { columns: [], from: addDays(c.from, -DAYS_BEFORE[interval]), kept: true })}) AS seen`,
        ],
        [
          'a',
          `SELECT v, ${periodOf(interval, 'day')} AS period FROM (${visitorsCte(s, c, { columns: ['day'], groups: ['day'], from: null, kept: true })}) AS e
  WHERE v IN (SELECT v FROM recent) GROUP BY 1, 2`,
        ],
        [
          'b',
          `SELECT v, period, lag(period, 1, ${never}) OVER (PARTITION BY v ORDER BY period) AS earlier,
    lead(period, 1, ${never}) OVER (PARTITION BY v ORDER BY period) AS later FROM a`,
        ],
        [
          'x',
          `SELECT v, period, CASE WHEN earlier = ${never} THEN 'new' WHEN ${nextPeriod(interval, 'earlier')} = period THEN 'returning' ELSE 'resurrected' END AS state
  FROM b WHERE period >= ${periodOf(interval, s.day(c.from))}
  UNION ALL
  SELECT v, ${nextPeriod(interval, 'period')} AS period, 'dormant' AS state FROM b
  WHERE later <> ${nextPeriod(interval, 'period')} AND ${nextPeriod(interval, 'period')} >= ${periodOf(interval, s.day(c.from))} AND ${nextPeriod(interval, 'period')} <= ${s.day(c.to)}`,
        ],
      ],
      select: 'SELECT period, state, count(DISTINCT v) AS people FROM x GROUP BY 1, 2 ORDER BY 1, 2',
      people: { from: 'x', keys: { period: equal('day', 'period'), state: equal('text', 'state') } },
      number: 'people',
    };
  },
};
