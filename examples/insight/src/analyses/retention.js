import { eventsCte, orderKey, periodOf, periodsBetween, visitorsCte } from './common.js';
import { stepSql } from './conditions.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

const monthsAfter = (day, n) => {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 10);
};

/** The first day on which nothing can be added to period n of a cohort. */
export const finishedOn = (interval, cohort, n) =>
  interval === 'month'
    ? monthsAfter(cohort, n + 1)
    : addDays(cohort, interval === 'week' ? 7 * (n + 1) : interval === 'hours24' ? n + 2 : n + 1);

/** Fills what nobody did with 0 and what is not over with null, and weighs the averages by the sizes of cohorts. */
const shape = (rows, { c, p }) => {
  const sizes = new Map();
  const came = new Map();
  for (const { cohort, n, people } of rows) {
    if (n < 0) sizes.set(cohort, people);
    else came.set(`${cohort} ${n}`, people);
  }
  const columns = p.brackets.length
    ? p.brackets.map(([, last], i) => ({ n: i, last }))
    : Array.from({ length: p.periods + 1 }, (_, n) => ({ n, last: n }));
  const cohorts = [...sizes].map(([cohort, size]) => ({
    cohort,
    size,
    cells: columns.map(({ n, last }) => {
      const finished = finishedOn(p.interval, cohort, last) <= c.today;
      const people = finished ? came.get(`${cohort} ${n}`) || 0 : null;
      return { n, people, rate: finished && size ? people / size : null };
    }),
  }));
  const averages = columns.map(({ n }) => {
    const finished = cohorts.filter(({ cells }) => cells[n].people !== null);
    const size = finished.reduce((sum, cohort) => sum + cohort.size, 0);
    const people = finished.reduce((sum, { cells }) => sum + cells[n].people, 0);
    return { n, cohorts: finished.length, size, people, rate: size ? people / size : null };
  });
  return {
    cohorts,
    averages,
    columns: columns.map(({ n }) => (p.brackets.length ? { n, from: p.brackets[n][0], to: p.brackets[n][1] } : { n })),
  };
};

/** Who comes back, counted from the day of their first event. */
export const retention = {
  id: 'retention',
  group: 'behaviour',
  title: { en: 'Retention', zh: '留存' },
  definition: {
    en: 'Cohort: the period of the first event that matches ever, not the first in the range. Retained in n: had the return event in the calendar period n after it (n = 0 only after the first event itself); “on or after”: in n or later; brackets: in any of its periods; 24-hour windows run from the first event. Periods that are not over are empty, not 0; averages weigh cohorts by size, over what is finished.',
    zh: '同期群：历史上首次符合条件的事件所在周期，而非区间内首次。第 n 期留存：在其后第 n 个自然周期内发生回访事件（n = 0 须晚于首次事件）；“当期及以后”：第 n 期或更晚；区间：其中任一期；24 小时窗口自首次事件起算。未结束的周期留空而非 0；平均值按人数加权，只计已结束的周期。',
  },
  params: {
    first: { type: 'step', default: { event: '*' }, en: 'The first event', zh: '初始事件' },
    back: { type: 'step', default: { event: '*' }, en: 'The return event', zh: '回访事件' },
    interval: { type: 'choice', values: ['day', 'week', 'month', 'hours24'], default: 'day', en: 'Period', zh: '周期' },
    periods: { type: 'int', min: 1, max: 90, default: 14, en: 'How many periods', zh: '期数' },
    orAfter: { type: 'bool', default: false, en: 'On or after, instead of on', zh: '当期及以后' },
    brackets: {
      type: 'brackets',
      default: [],
      en: 'Brackets of periods, as [[1,1],[2,7]]',
      zh: '自定义区间，如 [[1,1],[2,7]]',
    },
  },
  build: (s, c, { first, back, interval, periods, orAfter, brackets }) => {
    const cohortInterval = interval === 'hours24' ? 'day' : interval;
    const n =
      interval === 'hours24'
        ? 'floor((r.t - f.first_t) / 86400000)'
        : periodsBetween(interval, 'f.cohort', periodOf(interval, 'r.day'));
    const range = brackets.length
      ? brackets.map(([a, b], i) => `SELECT v, cohort, ${i} AS n FROM hits WHERE n >= ${s.int(a)} AND n <= ${s.int(b)}`)
      : Array.from({ length: periods + 1 }, (_, i) => `SELECT v, cohort, ${i} AS n FROM latest WHERE last_n >= ${i}`);
    const cells = brackets.length
      ? range.join('\n  UNION ALL ')
      : orAfter
        ? range.join('\n  UNION ALL ')
        : `SELECT v, cohort, n FROM hits WHERE n <= ${s.int(periods)}`;
    return {
      ctes: [
        [
          'firsts',
          visitorsCte(s, c, {
            columns: ['t', 'day', `${orderKey()} AS k`],
            values: { own_t: 'min(t)', own_k: 'min(k)', own_day: 'min(day)' },
            where: stepSql(s, first),
            from: null,
            kept: first.event === '*' && !first.filters?.length,
          }),
        ],
        [
          'f',
          `SELECT v, first_t, first_k, ${periodOf(cohortInterval, 'first_day')} AS cohort FROM (
    SELECT v, min(own_t) AS first_t, min(own_k) AS first_k, min(own_day) AS first_day FROM firsts GROUP BY v
  ) AS each WHERE first_day >= ${s.day(c.from)}`,
        ],
        ['r', eventsCte(s, c, { columns: ['t', 'day', `${orderKey()} AS k`], where: stepSql(s, back), to: null })],
        [
          'hits',
          `SELECT DISTINCT f.v AS v, f.cohort AS cohort, CAST(${n} AS BIGINT) AS n FROM f JOIN r ON r.v = f.v WHERE r.k > f.first_k`,
        ],
        ['latest', 'SELECT v, cohort, max(n) AS last_n FROM hits GROUP BY v, cohort'],
        [
          'x',
          `SELECT v, cohort, CAST(-1 AS BIGINT) AS n FROM f\n  UNION ALL SELECT v, cohort, CAST(n AS BIGINT) AS n FROM (${cells}) AS met`,
        ],
      ],
      select: 'SELECT cohort, n, count(DISTINCT v) AS people FROM x GROUP BY 1, 2 ORDER BY 1, 2',
      people: { from: 'x', keys: { cohort: equal('day', 'cohort'), n: equal('int', 'n') } },
      number: 'people',
    };
  },
  shape,
};
