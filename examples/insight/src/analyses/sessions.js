import { eventsCte, periodOf, ratio } from './common.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

/** CTE `visits`: one row for each session that begins in the range, with its views and time, also those after midnight. */
const visitCtes = (s, c) => [
  [
    'e',
    eventsCte(s, c, {
      columns: ['session_no', 'day', 't', 'name', 'duration_ms', 'resumed'],
      // A page_leave that a later launch tells carries that launch's session: its time belongs to no session here.
      where: "ev.name IN ('app_launch', 'app_show', 'app_hide', 'page_view') OR (ev.name = 'page_leave' AND ev.in_session)",
      from: addDays(c.from, -1),
      to: addDays(c.to, 1),
    }),
  ],
  [
    'visits',
    `SELECT session_no, min(v) AS v, min(day) AS day, sum(CASE WHEN name = 'page_view' AND NOT resumed THEN 1 ELSE 0 END) AS views,
    coalesce(sum(CASE WHEN name = 'app_hide' THEN duration_ms END), sum(CASE WHEN name = 'page_leave' THEN duration_ms END), 0) AS spent_ms
  FROM e GROUP BY session_no HAVING min(day) >= ${s.day(c.from)} AND min(day) <= ${s.day(c.to)}`,
  ],
];

/** How many visits, how long, how deep. */
export const sessions = {
  id: 'sessions',
  group: 'behaviour',
  title: { en: 'Sessions', zh: '访问（会话）' },
  definition: {
    en: 'A session counts on the day of its first event. Time: the sum of its app_hide durations, without any of its page_leave durations. Bounce: exactly one page_view that is not a return from the background. Median is the low one.',
    zh: '会话计入其首个事件所在日。时长：app_hide 时长之和，没有则取 page_leave 时长之和。跳出：恰有一次非后台返回的 page_view。中位数取较低值。',
  },
  params: { interval: { type: 'choice', values: ['day', 'week', 'month'], default: 'day', en: 'Period', zh: '周期' } },
  build: (s, c, { interval }) => ({
    ctes: [
      ...visitCtes(s, c),
      ['x', `SELECT v, session_no, views, spent_ms, ${periodOf(interval, 'day')} AS period FROM visits`],
    ],
    select: `SELECT period, count(*) AS sessions, count(DISTINCT v) AS people, sum(spent_ms) AS spent_ms, avg(spent_ms) AS mean_ms, ${s.medianLow('spent_ms')} AS median_ms,
  avg(views) AS mean_views, ${ratio('sum(CASE WHEN views = 1 THEN 1 ELSE 0 END)', 'count(*)')} AS bounce_rate FROM x GROUP BY 1 ORDER BY 1`,
    people: { from: 'x', keys: { period: equal('day', 'period') } },
    number: 'people',
  }),
};
