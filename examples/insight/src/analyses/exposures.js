import { eventsCte, orderKey, ratio } from './common.js';
import { equal } from './keys.js';

/** What was seen, and what of it was tapped. */
export const exposures = {
  id: 'exposures',
  group: 'behaviour',
  title: { en: 'Exposure to tap', zh: '曝光到点击' },
  definition: {
    en: 'An element by its page and its dataset (or its id). Tapped: the same person tapped an element of the same page and dataset (id) in the same session after it had been in sight; the rate is of people, not of events.',
    zh: '元素以页面加 dataset（或 id）识别。点击：同一人在同一会话中，曝光之后点击了同页面、同 dataset（id）的元素；点击率按人计，不按次数。',
  },
  params: {
    by: {
      type: 'choice',
      values: ['dataset', 'element_id'],
      default: 'dataset',
      en: 'Elements are told apart by',
      zh: '元素识别方式',
    },
    top: { type: 'int', min: 1, max: 1000, default: 100, en: 'How many elements', zh: '最多元素数' },
  },
  build: (s, c, { by, top }) => ({
    ctes: [
      [
        'e',
        eventsCte(s, c, {
          columns: [
            'session_no',
            'name',
            `${orderKey()} AS k`,
            "coalesce(ev.page, '') AS path",
            `coalesce(${s.property(by)}, '') AS element`,
          ],
          where: "ev.name IN ('exposure', 'tap')",
        }),
      ],
      [
        'seen',
        "SELECT v, session_no, path, element, min(k) AS k, count(*) AS times FROM e WHERE name = 'exposure' GROUP BY 1, 2, 3, 4",
      ],
      [
        'tapped',
        "SELECT v, session_no, path, element, max(k) AS k FROM e WHERE name = 'tap' AND element <> '' GROUP BY 1, 2, 3, 4",
      ],
      [
        'x',
        `SELECT seen.v AS v, seen.path AS path, seen.element AS element, seen.times AS times, CASE WHEN tapped.k > seen.k THEN 1 ELSE 0 END AS hit
  FROM seen LEFT JOIN tapped ON tapped.v = seen.v AND tapped.session_no = seen.session_no AND tapped.path = seen.path AND tapped.element = seen.element`,
      ],
    ],
    select: `SELECT path, element, sum(times) AS exposures, count(DISTINCT v) AS people, count(DISTINCT CASE WHEN hit = 1 THEN v END) AS tapped,
  ${ratio('count(DISTINCT CASE WHEN hit = 1 THEN v END)', 'count(DISTINCT v)')} AS tap_rate FROM x GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { path: equal('text', 'path'), element: equal('text', 'element'), hit: equal('int', 'hit') } },
    number: 'people',
  }),
};
