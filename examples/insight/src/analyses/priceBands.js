import { ratio } from './common.js';
import { goodsCtes } from './goodsCtes.js';
import { equal } from './keys.js';

/** Which prices sell. */
export const priceBands = {
  id: 'priceBands',
  group: 'goods',
  title: { en: 'Price bands', zh: '价格带' },
  definition: {
    en: 'Views and bought lines by the price of one piece: the bands begin at the edges given, or at the quantiles (of the price at which products were viewed) that part them in equal numbers. Rate: buyers / viewers of the band. What has no price is in none.',
    zh: '按单价统计浏览与购买：价格带取给定边界，或按浏览价格的分位数等分。转化率 = 该价格带购买人数 / 浏览人数。没有价格的不计入。',
  },
  params: {
    edges: { type: 'numbers', max: 20, default: [], en: 'Where bands begin; empty: quantiles', zh: '价格带下界，空则按分位数' },
    bands: { type: 'int', min: 2, max: 10, default: 5, en: 'How many bands by quantiles', zh: '分位数价格带数' },
  },
  build: (s, c, { edges, bands }) => {
    const fixed = [...new Set(edges)].sort((a, b) => a - b);
    const limits = fixed.length ? fixed.map((edge) => s.float(edge)) : Array.from({ length: bands - 1 }, (_, i) => `q${i + 1}`);
    const quantiles = Array.from(
      { length: bands - 1 },
      (_, i) => `min(CASE WHEN place * ${bands} >= n * ${i + 1} THEN price END) AS q${i + 1}`,
    ).join(', ');
    const band = [...limits.entries()]
      .reverse()
      .map(([i, limit]) => `WHEN price >= ${limit} THEN ${i + 1}`)
      .join(' ');
    return {
      ctes: [
        ...goodsCtes(s, c),
        [
          'priced',
          'SELECT CAST(price AS DOUBLE) AS price, row_number() OVER (ORDER BY price) AS place, count(*) OVER () AS n FROM looked WHERE price IS NOT NULL',
        ],
        ['cuts', fixed.length ? 'SELECT 1 AS one' : `SELECT ${quantiles} FROM priced`],
        [
          'x',
          `SELECT v, price, CASE ${band} ELSE 0 END AS band, saw, paid, quantity FROM (
    SELECT v, CAST(price AS DOUBLE) AS price, 1 AS saw, 0 AS paid, 0 AS quantity FROM looked WHERE price IS NOT NULL
    UNION ALL SELECT v, CAST(price AS DOUBLE) AS price, 0, 1, quantity FROM lines WHERE price IS NOT NULL
  ) AS prices CROSS JOIN cuts`,
        ],
      ],
      select: `SELECT band, min(price) AS lowest, max(price) AS highest, count(DISTINCT CASE WHEN saw = 1 THEN v END) AS viewed, count(DISTINCT CASE WHEN paid = 1 THEN v END) AS bought, sum(quantity) AS pieces,
  round(sum(CASE WHEN paid = 1 THEN price * quantity ELSE 0.0 END), 4) AS revenue, ${ratio('count(DISTINCT CASE WHEN paid = 1 THEN v END)', 'count(DISTINCT CASE WHEN saw = 1 THEN v END)')} AS rate FROM x GROUP BY 1 ORDER BY 1`,
      people: { from: 'x', keys: { band: equal('int', 'band'), paid: equal('int', 'paid') } },
      number: (row, { paid }) => (paid ? row.bought : row.viewed),
      cells: (rows) =>
        rows.flatMap(({ band }) => [
          { band, paid: 0 },
          { band, paid: 1 },
        ]),
    };
  },
};
