import { linesCte } from './common.js';
import { equal } from './keys.js';

/** Products that go into one order. */
export const boughtTogether = {
  id: 'boughtTogether',
  group: 'recommendations',
  title: { en: 'Bought together', zh: '一起购买' },
  definition: {
    en: 'Pairs of products in one paid order, in at least so many orders; ranked by the number of orders, then by lift = n(ab) · N / (n(a) · n(b)), then by name: lift alone would put two rare products first.',
    zh: '同一已付订单中的商品对，至少出现给定次数；先按订单数、再按提升度 n(ab)·N / (n(a)·n(b))、再按名称排序，避免罕见商品排在最前。',
  },
  params: {
    orders: { type: 'int', min: 1, max: 1000, default: 2, en: 'In at least so many orders', zh: '最少订单数' },
    each: { type: 'int', min: 1, max: 100, default: 10, en: 'How many per product', zh: '每个商品最多推荐数' },
  },
  build: (s, c, { orders, each }) => ({
    ctes: [
      ['lines', linesCte(s, c)],
      ['baskets', 'SELECT DISTINCT order_id, product_id, v FROM lines'],
      ['counts', 'SELECT product_id, count(*) AS n FROM baskets GROUP BY 1'],
      ['whole', 'SELECT count(DISTINCT order_id) AS n FROM baskets'],
      [
        'x',
        'SELECT a.product_id AS product_id, b.product_id AS other_id, a.v AS v FROM baskets AS a JOIN baskets AS b ON b.order_id = a.order_id WHERE a.product_id <> b.product_id',
      ],
      [
        'pairs',
        `SELECT product_id, other_id, count(*) AS n, count(DISTINCT v) AS people FROM x GROUP BY 1, 2 HAVING count(*) >= ${s.int(orders)}`,
      ],
      [
        'lifted',
        'SELECT pairs.product_id AS product_id, pairs.other_id AS other_id, pairs.n AS n, pairs.people AS people, round(CAST(pairs.n AS DOUBLE) * whole.n / (CAST(a.n AS DOUBLE) * b.n), 6) AS lift FROM pairs JOIN counts AS a ON a.product_id = pairs.product_id JOIN counts AS b ON b.product_id = pairs.other_id CROSS JOIN whole',
      ],
      [
        'ranked',
        'SELECT *, row_number() OVER (PARTITION BY product_id ORDER BY n DESC, lift DESC, other_id) AS place FROM lifted',
      ],
    ],
    select: `SELECT product_id, place, other_id, n AS orders, people, lift FROM ranked WHERE place <= ${s.int(each)} ORDER BY 1, 2`,
    people: { from: 'x', keys: { product_id: equal('text', 'product_id'), other_id: equal('text', 'other_id') } },
    number: 'people',
  }),
};
