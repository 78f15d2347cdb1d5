import { goodsCtes } from './goodsCtes.js';
import { equal } from './keys.js';

/** What lies on the shelf. */
export const slowSellers = {
  id: 'slowSellers',
  group: 'goods',
  title: { en: 'Slow sellers', zh: '滞销商品' },
  definition: {
    en: 'Products that were viewed or sold at some time up to the end of the range, and sold at most so many pieces in the range; those that went unsold longest first.',
    zh: '截至区间末曾被浏览或售出、而区间内销量不超过给定件数的商品；最久未售出者在前。',
  },
  params: {
    pieces: { type: 'int', min: 0, max: 100_000, default: 0, en: 'At most so many pieces', zh: '件数上限' },
    top: { type: 'int', min: 1, max: 5000, default: 100, en: 'How many products', zh: '最多商品数' },
  },
  build: (s, c, { pieces, top }) => ({
    ctes: [
      ...goodsCtes(s, c, { from: null }),
      ['x', `SELECT product_id, v FROM looked UNION ALL SELECT product_id, v FROM lines`],
      ['viewed', 'SELECT product_id, count(DISTINCT v) AS people FROM x GROUP BY 1'],
      [
        'sold',
        `SELECT product_id, sum(CASE WHEN day >= ${s.day(c.from)} THEN quantity ELSE 0 END) AS pieces, sum(quantity) AS ever, max(day) AS last_day FROM lines GROUP BY 1`,
      ],
    ],
    select: `SELECT viewed.product_id AS product_id, viewed.people AS people, coalesce(sold.pieces, 0) AS pieces, coalesce(sold.ever, 0) AS pieces_ever, sold.last_day AS last_sold, ${s.day(c.to)} - sold.last_day AS unsold_days
FROM viewed LEFT JOIN sold ON sold.product_id = viewed.product_id WHERE coalesce(sold.pieces, 0) <= ${s.int(pieces)}
ORDER BY coalesce(sold.last_day, CAST('1970-01-01' AS DATE)), 2 DESC, 1 LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { product_id: equal('text', 'product_id') } },
    number: 'people',
  }),
};
