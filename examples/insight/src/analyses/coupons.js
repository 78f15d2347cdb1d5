import { eventsCte, ordersCte, ratio } from './common.js';
import { equal } from './keys.js';

/** What coupons do. */
export const coupons = {
  id: 'coupons',
  group: 'goods',
  title: { en: 'Coupons', zh: '优惠券效果' },
  definition: {
    en: 'Per coupon: people who claimed it, applied it, were denied it; orders paid with it, their buyers and net revenue, and how much of it per claim was used. An order counts for the coupon of its order_paid.',
    zh: '每张券：领取、使用、被拒人数；用券订单、用券买家与净收入，以及领取后的使用率。订单按其 order_paid 的 coupon_id 归券。',
  },
  params: { top: { type: 'int', min: 1, max: 1000, default: 100, en: 'How many coupons', zh: '最多券数' } },
  build: (s, c, { top }) => ({
    ctes: [
      [
        'e',
        eventsCte(s, c, {
          columns: [`${s.property('coupon_id')} AS coupon_id`, 'name'],
          where: `ev.name IN ('coupon_claimed', 'coupon_applied', 'coupon_denied') AND ${s.property('coupon_id')} IS NOT NULL`,
        }),
      ],
      ['o', ordersCte(s, c, { columns: ['order_id', 'coupon_id', 'net'], where: "coalesce(o.coupon_id, '') <> ''" })],
      [
        'x',
        "SELECT v, coupon_id, CASE name WHEN 'coupon_claimed' THEN 'claimed' WHEN 'coupon_applied' THEN 'applied' ELSE 'denied' END AS did FROM e UNION ALL SELECT v, coupon_id, 'used' AS did FROM o",
      ],
      ['used', 'SELECT coupon_id, count(*) AS orders, sum(CAST(net AS DOUBLE)) AS revenue FROM o GROUP BY 1'],
      [
        'did_counts',
        `SELECT coupon_id, ${['claimed', 'applied', 'denied', 'used'].map((did) => `count(DISTINCT CASE WHEN did = '${did}' THEN v END) AS ${did}`).join(', ')} FROM x GROUP BY 1`,
      ],
      [
        'both_counts',
        "SELECT a.coupon_id AS coupon_id, count(*) AS used_claims FROM (SELECT DISTINCT coupon_id, v FROM x WHERE did = 'claimed') AS a JOIN (SELECT DISTINCT coupon_id, v FROM x WHERE did = 'used') AS b ON b.coupon_id = a.coupon_id AND b.v = a.v GROUP BY 1",
      ],
    ],
    select: `SELECT n.coupon_id AS coupon_id, n.claimed AS claimed, n.applied AS applied, n.denied AS denied, n.used AS used, coalesce(used.orders, 0) AS orders, round(coalesce(used.revenue, 0), 4) AS revenue,
  ${ratio('coalesce(b.used_claims, 0)', 'n.claimed')} AS use_rate
FROM did_counts AS n LEFT JOIN used ON used.coupon_id = n.coupon_id LEFT JOIN both_counts AS b ON b.coupon_id = n.coupon_id ORDER BY 7 DESC, 2 DESC, 1 LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { coupon_id: equal('text', 'coupon_id'), did: equal('text', 'did') } },
    number: (row, { did }) => row[did],
    cells: (rows) =>
      rows.flatMap(({ coupon_id }) => ['claimed', 'applied', 'denied', 'used'].map((did) => ({ coupon_id, did }))),
  }),
};
