import { eventsCte } from './common.js';
import { equal } from './keys.js';

/** What is tapped, by name: the list beside the heat map. */
export const elements = {
  id: 'elements',
  group: 'behaviour',
  title: { en: 'Elements', zh: '元素点击' },
  definition: {
    en: 'Taps by page, element (its id, else its handler) and kind; the position is the low median of where the element stands on the page.',
    zh: '按页面、元素（id，没有则取处理函数名）与类型统计点击；位置为元素在页面中位置的低位中位数。',
  },
  params: {
    page: { type: 'text', default: null, en: 'Only this page', zh: '仅此页面' },
    top: { type: 'int', min: 1, max: 1000, default: 100, en: 'How many elements', zh: '最多元素数' },
  },
  build: (s, c, { page, top }) => ({
    ctes: [
      [
        'x',
        eventsCte(s, c, {
          columns: [
            "coalesce(ev.page, '') AS path",
            `coalesce(${s.property('element_id')}, ${s.property('handler')}, '') AS element`,
            `coalesce(${s.property('kind')}, '') AS kind`,
            `${s.number(s.property('offset_top'))} AS offset_top`,
          ],
          where: `ev.name = 'tap'${page === null ? '' : ` AND ev.page = ${s.text(page)}`}`,
        }),
      ],
    ],
    select: `SELECT path, element, kind, count(*) AS taps, count(DISTINCT v) AS people, ${s.medianLow('offset_top')} AS offset_top FROM x GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT ${s.int(top)}`,
    people: {
      from: 'x',
      keys: { path: equal('text', 'path'), element: equal('text', 'element'), kind: equal('text', 'kind') },
    },
    number: 'people',
  }),
};
