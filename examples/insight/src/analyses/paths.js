import { BACKWARDS, CAPTURE, eventsCte, FORWARDS } from './common.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

/** Which way visits take through the pages. */
export const paths = {
  id: 'paths',
  group: 'behaviour',
  title: { en: 'Paths', zh: '路径' },
  definition: {
    en: 'Per session that begins in the range the sequence of page_view, without returns from the background and without the same page twice in a row, from its start, or from (or back from) the first (last) view of a chosen page. Rare pages of a step are “others”. Whoever enters a node leaves it to a next page or ends there, so flows balance.',
    zh: '每个在区间内开始的会话的页面浏览序列：去掉后台返回与连续重复的页面；从会话开始，或从（到）所选页面的首次（末次）浏览起。每步的低频页面归入“其他”。进入某节点的要么到下一页要么在此结束，流量守恒。',
  },
  params: {
    page: { type: 'text', default: null, en: 'A page to begin at, or to end at', zh: '起始或结束页面' },
    direction: {
      type: 'choice',
      values: ['from', 'to'],
      default: 'from',
      en: 'From that page on, or to it',
      zh: '从该页出发，或到达该页',
    },
    depth: { type: 'int', min: 2, max: 10, default: 6, en: 'How many steps', zh: '步数' },
    top: { type: 'int', min: 1, max: 50, default: 10, en: 'How many pages a step before “others”', zh: '每步保留的页面数' },
  },
  build: (s, c, { page, direction, depth, top }) => {
    const order = direction === 'to' ? BACKWARDS : FORWARDS;
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: ['session_no', 'day', ...CAPTURE, "coalesce(ev.page, '') AS path"],
            where: "ev.name = 'page_view' AND NOT ev.resumed",
            from: addDays(c.from, -1),
            to: addDays(c.to, 1),
          }),
        ],
        [
          'ordered',
          `SELECT v, session_no, ${FORWARDS}, path, lag(path, 1, '\u0001') OVER (PARTITION BY session_no ORDER BY ${order}) AS previous, min(day) OVER (PARTITION BY session_no) AS first_day FROM e`,
        ],
        [
          'walked',
          `SELECT v, session_no, path, row_number() OVER (PARTITION BY session_no ORDER BY ${order}) AS place FROM ordered WHERE path <> previous AND first_day >= ${s.day(c.from)} AND first_day <= ${s.day(c.to)}`,
        ],
        [
          'begins',
          page === null
            ? 'SELECT session_no, 1 AS start FROM walked GROUP BY 1'
            : `SELECT session_no, min(place) AS start FROM walked WHERE path = ${s.text(page)} GROUP BY 1`,
        ],
        [
          'steps',
          `SELECT walked.v AS v, walked.session_no AS session_no, walked.path AS path, walked.place - begins.start + 1 AS step FROM walked JOIN begins ON begins.session_no = walked.session_no WHERE walked.place >= begins.start AND walked.place - begins.start < ${s.int(depth)}`,
        ],
        [
          'places',
          'SELECT step, path, row_number() OVER (PARTITION BY step ORDER BY n DESC, path) AS rank_in_step FROM (SELECT step, path, count(*) AS n FROM steps GROUP BY 1, 2) AS counted',
        ],
        [
          'nodes',
          `SELECT steps.v AS v, steps.session_no AS session_no, steps.step AS step, CASE WHEN places.rank_in_step <= ${s.int(top)} THEN steps.path ELSE '' END AS node,
    CASE WHEN places.rank_in_step <= ${s.int(top)} THEN 0 ELSE 1 END AS other FROM steps JOIN places ON places.step = steps.step AND places.path = steps.path`,
        ],
        [
          'x',
          `SELECT a.v AS v, a.step AS step, a.node AS node, a.other AS other, coalesce(b.node, '') AS next_node, coalesce(b.other, 0) AS next_other, CASE WHEN b.session_no IS NULL THEN 1 ELSE 0 END AS ends
  FROM nodes AS a LEFT JOIN nodes AS b ON b.session_no = a.session_no AND b.step = a.step + 1`,
        ],
      ],
      select:
        'SELECT step, node, other, next_node, next_other, ends, count(*) AS sessions, count(DISTINCT v) AS people FROM x GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 7 DESC, 2, 4, 3, 5, 6',
      people: {
        from: 'x',
        keys: {
          step: equal('int', 'step'),
          node: equal('text', 'node'),
          other: equal('int', 'other'),
          next_node: equal('text', 'next_node'),
          next_other: equal('int', 'next_other'),
          ends: equal('int', 'ends'),
        },
      },
      number: 'people',
    };
  },
};
