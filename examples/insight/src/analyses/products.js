import { ratio } from './common.js';
import { goodsCtes } from './goodsCtes.js';
import { equal } from './keys.js';

/** What is looked at, what is bought. */
export const products = {
  id: 'products',
  group: 'goods',
  title: { en: 'Products', zh: '商品分析' },
  definition: {
    en: 'Per product: people who viewed it, put it into the cart, bought it; pieces and revenue as price × quantity of the lines of paid orders that were not cancelled, before coupons and refunds. The rate is of those who viewed it: who also bought it in the range.',
    zh: '每个商品的浏览、加购、购买人数；件数与收入取未取消的已付订单明细（价格 × 数量，未减优惠与退款）。转化率为浏览者中在区间内也购买的人的比例。',
  },
  params: {
    rank: {
      type: 'choice',
      values: ['revenue', 'viewed', 'carted', 'bought', 'pieces'],
      default: 'revenue',
      en: 'Ranked by',
      zh: '排序依据',
    },
    top: { type: 'int', min: 1, max: 5000, default: 100, en: 'How many products', zh: '最多商品数' },
  },
  build: (s, c, { rank, top }) => ({
    ctes: [
      ...goodsCtes(s, c),
      ['a', 'SELECT product_id, v, count(*) AS views FROM looked GROUP BY 1, 2'],
      ['b', 'SELECT product_id, v, 0 AS views FROM carted GROUP BY 1, 2'],
      [
        'd',
        'SELECT product_id, v, sum(quantity) AS pieces, sum(CAST(coalesce(price, 0) AS DOUBLE) * quantity) AS revenue, count(DISTINCT order_id) AS orders FROM lines GROUP BY 1, 2',
      ],
      [
        'x',
        `SELECT product_id, v, max(saw) AS saw, max(put) AS put, max(paid) AS paid, sum(views) AS views_sum, sum(pieces) AS pieces_sum, sum(revenue) AS revenue_sum, sum(orders) AS orders_sum FROM (
    SELECT product_id, v, 1 AS saw, 0 AS put, 0 AS paid, views, 0 AS pieces, 0.0 AS revenue, 0 AS orders FROM a
    UNION ALL SELECT product_id, v, 0, 1, 0, 0, 0, 0.0, 0 FROM b
    UNION ALL SELECT product_id, v, 0, 0, 1, 0, pieces, revenue, orders FROM d
  ) AS parts GROUP BY 1, 2`,
      ],
    ],
    select: `SELECT product_id, sum(saw) AS viewed, sum(put) AS carted, sum(paid) AS bought, sum(views_sum) AS view_count, sum(pieces_sum) AS pieces, round(sum(revenue_sum), 4) AS revenue, sum(orders_sum) AS orders,
  ${ratio('sum(CASE WHEN saw = 1 THEN paid ELSE 0 END)', 'sum(saw)')} AS view_to_buy FROM x GROUP BY 1 ORDER BY ${rank} DESC, 1 LIMIT ${s.int(top)}`,
    people: {
      from: 'x',
      keys: {
        product_id: equal('text', 'product_id'),
        did: {
          type: 'text',
          where: (value) =>
            `((${value} = 'viewed' AND saw = 1) OR (${value} = 'carted' AND put = 1) OR (${value} = 'bought' AND paid = 1))`,
        },
      },
    },
    number: (row, { did }) => row[did],
    cells: (rows) => rows.flatMap(({ product_id }) => ['viewed', 'carted', 'bought'].map((did) => ({ product_id, did }))),
  }),
};
