import { CAPTURE, eventsCte, FORWARDS, ratio } from './common.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

const PATH = "coalesce(ev.page, '') AS path";
const VIEWS = "ev.name = 'page_view' AND NOT ev.resumed";

/** Which pages are looked at, for how long, and where visits begin and end. */
export const pages = {
  id: 'pages',
  group: 'behaviour',
  title: { en: 'Pages', zh: '页面' },
  definition: {
    en: 'Views: page_view that are not a return from the background. Entry and exit: first and last of these in a session. Time: page_leave, those told after a kill included; median is the low one.',
    zh: '浏览：非后台返回的 page_view。入口与退出：会话中的首个与末个浏览。时长：page_leave（含被杀后补报的）；中位数取较低值。',
  },
  params: { top: { type: 'int', min: 1, max: 1000, default: 100, en: 'How many pages', zh: '最多页面数' } },
  build: (s, c, { top }) => ({
    ctes: [
      ['e', eventsCte(s, c, { columns: ['session_no', PATH], where: VIEWS })],
      // Apart from `e`, which looks for the people.
      [
        'views',
        eventsCte(s, c, {
          columns: [
            'session_no',
            ...CAPTURE,
            PATH,
            `CASE WHEN ev.day >= ${s.day(c.from)} AND ev.day <= ${s.day(c.to)} THEN 1 ELSE 0 END AS in_range`,
          ],
          where: VIEWS,
          people: false,
          // What is on the other side of midnight decides whether a visit began or ended here.
          from: addDays(c.from, -1),
          to: addDays(c.to, 1),
        }),
      ],
      ['leaves', eventsCte(s, c, { columns: ['duration_ms', PATH], where: "ev.name = 'page_leave'", people: false })],
      [
        'ends',
        `SELECT path, in_range, row_number() OVER (PARTITION BY session_no ORDER BY ${FORWARDS}) AS place, count(*) OVER (PARTITION BY session_no) AS places FROM views`,
      ],
      [
        'edges',
        'SELECT path, sum(CASE WHEN place = 1 THEN 1 ELSE 0 END) AS entries, sum(CASE WHEN place = places THEN 1 ELSE 0 END) AS exits FROM ends WHERE in_range = 1 GROUP BY path',
      ],
      [
        'seen',
        'SELECT path, count(*) AS times, count(DISTINCT v) AS people, count(DISTINCT session_no) AS visits FROM e GROUP BY path',
      ],
      [
        'times',
        `SELECT path, sum(duration_ms) AS spent_ms, avg(duration_ms) AS mean_ms, ${s.medianLow('duration_ms')} AS median_ms FROM leaves GROUP BY path`,
      ],
    ],
    select: `SELECT seen.path AS path, seen.times AS views, seen.people AS people, seen.visits AS visits, edges.entries AS entries, edges.exits AS exits,
  ${ratio('edges.exits', 'seen.times')} AS exit_rate, times.spent_ms AS spent_ms, times.mean_ms AS mean_ms, times.median_ms AS median_ms
FROM seen JOIN edges ON edges.path = seen.path LEFT JOIN times ON times.path = seen.path ORDER BY 2 DESC, 1 LIMIT ${s.int(top)}`,
    people: { from: 'e', keys: { path: equal('text', 'path') } },
    number: 'people',
  }),
};
