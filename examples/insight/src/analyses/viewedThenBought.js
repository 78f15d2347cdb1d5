import { eventsCte, linesCte } from './common.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

/** What people who looked at a product then bought. */
export const viewedThenBought = {
  id: 'viewedThenBought',
  group: 'recommendations',
  title: { en: 'Viewed, then bought', zh: '看了又买' },
  definition: {
    en: 'For each product the others (or itself) that people bought within the window after their first view of it, by how many of them did.',
    zh: '对每个商品，统计首次浏览后窗口期内购买的商品（含自身），按人数排序。',
  },
  params: {
    windowDays: { type: 'int', min: 1, max: 30, default: 7, en: 'Window in days', zh: '窗口天数' },
    each: { type: 'int', min: 1, max: 100, default: 10, en: 'How many per product', zh: '每个商品最多推荐数' },
  },
  build: (s, c, { windowDays, each }) => ({
    ctes: [
      ['lines', linesCte(s, c, { to: addDays(c.to, windowDays) })],
      [
        'looked',
        eventsCte(s, c, {
          columns: ['t', 'product_id'],
          where: "ev.name = 'product_viewed' AND coalesce(ev.product_id, '') <> ''",
        }),
      ],
      ['first_views', 'SELECT v, product_id, min(t) AS t FROM looked GROUP BY 1, 2'],
      [
        'x',
        `SELECT a.product_id AS product_id, b.product_id AS other_id, a.v AS v FROM first_views AS a JOIN lines AS b ON b.v = a.v WHERE b.t >= a.t AND b.t - a.t <= ${s.int(windowDays * 86_400_000)}`,
      ],
      ['counted', 'SELECT product_id, other_id, count(DISTINCT v) AS people FROM x GROUP BY 1, 2'],
      [
        'ranked',
        'SELECT product_id, other_id, people, row_number() OVER (PARTITION BY product_id ORDER BY people DESC, other_id) AS place FROM counted',
      ],
    ],
    select: `SELECT product_id, place, other_id, people FROM ranked WHERE place <= ${s.int(each)} ORDER BY 1, 2`,
    people: { from: 'x', keys: { product_id: equal('text', 'product_id'), other_id: equal('text', 'other_id') } },
    number: 'people',
  }),
};
