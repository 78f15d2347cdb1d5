import { money, ordersCte, periodOf, periodsBetween, visitorsCte } from './common.js';
import { equal } from './keys.js';
import { finishedOn } from './retention.js';

/** What a new customer brings in, period by period. */
export const ltv = {
  id: 'ltv',
  group: 'behaviour',
  title: { en: 'Lifetime value', zh: '生命周期价值（LTV）' },
  definition: {
    en: 'Cohort: the period of the first event ever, or of the first order. Value in n: net revenue of the cohort up to and with its period n, divided by all its members, buyers or not. Periods that are not over are empty.',
    zh: '同期群：首次事件（或首单）所在周期。第 n 期价值：该群截至第 n 期的累计净收入除以全体成员数（含未下单者）。未结束的周期留空。',
  },
  params: {
    since: { type: 'choice', values: ['first_event', 'first_order'], default: 'first_event', en: 'Counted from', zh: '起点' },
    interval: { type: 'choice', values: ['day', 'week', 'month'], default: 'week', en: 'Period', zh: '周期' },
    periods: { type: 'int', min: 1, max: 90, default: 12, en: 'How many periods', zh: '期数' },
  },
  build: (s, c, { since, interval, periods }) => {
    return {
      ctes: [
        [
          'ever',
          since === 'first_order'
            ? ordersCte(s, c, { columns: ['o.day AS begun'], from: null })
            : visitorsCte(s, c, { columns: ['day'], values: { begun: 'min(day)' }, from: null, kept: true }),
        ],
        [
          'f',
          `SELECT v, ${periodOf(interval, 'first_day')} AS cohort FROM (SELECT v, min(begun) AS first_day FROM ever GROUP BY v) AS each WHERE first_day >= ${s.day(c.from)}`,
        ],
        ['o', ordersCte(s, c, { columns: ['day', 'net'], to: null })],
        [
          'bought',
          `SELECT f.v AS v, f.cohort AS cohort, CAST(${periodsBetween(interval, 'f.cohort', periodOf(interval, 'o.day'))} AS BIGINT) AS n, o.net AS net FROM f JOIN o ON o.v = f.v`,
        ],
        [
          'x',
          `SELECT v, cohort, CAST(-1 AS BIGINT) AS n, CAST(0 AS DECIMAL(18, 4)) AS net FROM f\n  UNION ALL SELECT v, cohort, n, net FROM bought WHERE n >= 0 AND n <= ${s.int(periods)}`,
        ],
      ],
      select: `SELECT cohort, n, count(DISTINCT v) AS people, round(${money('sum(net)')}, 4) AS revenue FROM x GROUP BY 1, 2 ORDER BY 1, 2`,
      people: { from: 'x', keys: { cohort: equal('day', 'cohort'), n: equal('int', 'n') } },
      number: 'people',
    };
  },
  shape: (rows, { c, p }) => {
    const cohorts = rows.filter(({ n }) => n < 0).map(({ cohort, people }) => ({ cohort, size: people }));
    const revenue = new Map(rows.filter(({ n }) => n >= 0).map((row) => [`${row.cohort} ${row.n}`, row.revenue]));
    for (const each of cohorts) {
      let sum = 0;
      each.cells = Array.from({ length: p.periods + 1 }, (_, n) => {
        sum += revenue.get(`${each.cohort} ${n}`) || 0;
        const finished = finishedOn(p.interval, each.cohort, n) <= c.today;
        return { n, revenue: finished ? Math.round(sum * 1e4) / 1e4 : null, value: finished ? sum / each.size : null };
      });
    }
    return { cohorts };
  },
};
