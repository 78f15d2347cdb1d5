import { eventsCte } from './common.js';
import { equal } from './keys.js';

/** Which events there are at all. */
export const eventNames = {
  id: 'eventNames',
  group: 'events',
  title: { en: 'Events', zh: '事件清单' },
  definition: {
    en: 'Each name of an event: how often, by how many, first and last day in the range.',
    zh: '每个事件名：次数、人数、区间内首末日期。',
  },
  params: { top: { type: 'int', min: 1, max: 2000, default: 500, en: 'How many names', zh: '最多事件数' } },
  build: (s, c, { top }) => ({
    ctes: [['e', eventsCte(s, c, { columns: ['name', 'type', 'day'] })]],
    select: `SELECT name, min(type) AS type, count(*) AS events, count(DISTINCT v) AS people, min(day) AS first_day, max(day) AS last_day
FROM e GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ${s.int(top)}`,
    people: { from: 'e', keys: { name: equal('text', 'name') } },
    number: 'people',
  }),
};
