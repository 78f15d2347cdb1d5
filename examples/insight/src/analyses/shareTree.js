import { ordersCte } from './common.js';
import { equal } from './keys.js';
import { shareCtes } from './shareChains.js';

/** The openable tree: each card with its parent, and what came of it. */
export const shareTree = {
  id: 'shareTree',
  group: 'share',
  title: { en: 'Share tree', zh: '分享树' },
  recursive: true,
  definition: {
    en: 'Each card with the card that brought its sharer. Opens of others in the range, people who opened, new people (each for the card of their first visit), orders credited to the card itself (7 days) and to any card below it. Beside them what the sharer bought. Cards without opens and orders are left out unless another card came of them.',
    zh: '每张卡片及带来其分享者的上级卡片：区间内他人打开次数、打开人数、新客（每人只归首次访问的卡片）、直接归功于该卡片的订单（7 天）以及其下任意层级的订单，并列出分享者本人的消费。没有打开与订单、也没有下级卡片的卡片不显示。',
  },
  params: {
    root: { type: 'text', default: null, en: 'Only the tree of this root', zh: '仅此根分享' },
    top: { type: 'int', min: 1, max: 5000, default: 500, en: 'How many cards', zh: '最多卡片数' },
  },
  build: (s, c, { root, top }) => {
    return {
      recursive: true,
      ctes: [
        ...shareCtes(s, c),
        [
          'sums',
          `SELECT share_id, sum(times) AS opens, count(DISTINCT v) AS people, 0 AS new_people, 0 AS orders, CAST(0 AS DOUBLE) AS revenue, 0 AS chain_orders, CAST(0 AS DOUBLE) AS chain_revenue FROM opens GROUP BY 1
  UNION ALL SELECT share_id, 0, 0, count(*), 0, CAST(0 AS DOUBLE), 0, CAST(0 AS DOUBLE) FROM newcomers GROUP BY 1
  UNION ALL SELECT share_id, 0, 0, 0, count(*), sum(CAST(net AS DOUBLE)), 0, CAST(0 AS DOUBLE) FROM o GROUP BY 1
  UNION ALL SELECT up.share_id AS share_id, 0, 0, 0, 0, CAST(0 AS DOUBLE), count(*), sum(CAST(o.net AS DOUBLE)) FROM o JOIN up ON up.origin = o.share_id GROUP BY 1
  UNION ALL SELECT parent_id AS share_id, 0, 0, 0, 0, CAST(0 AS DOUBLE), 0, CAST(0 AS DOUBLE) FROM sh WHERE parent_id IS NOT NULL`,
        ],
        [
          'bought',
          `SELECT v, count(*) AS orders, round(sum(CAST(net AS DOUBLE)), 4) AS revenue FROM (${ordersCte(s, c, { columns: ['net'] })}) AS paid GROUP BY v`,
        ],
        [
          'totals',
          'SELECT share_id AS card, sum(opens) AS opens, sum(people) AS people, sum(new_people) AS new_people, sum(orders) AS orders, round(sum(revenue), 4) AS revenue, sum(chain_orders) AS chain_orders, round(sum(chain_revenue), 4) AS chain_revenue FROM sums GROUP BY 1',
        ],
      ],
      select: `SELECT sh.share_id AS share_id, coalesce(sh.parent_id, '') AS parent_id, sh.root_id AS root_id, sh.depth AS depth, sh.sharer AS sharer, coalesce(sh.method, '') AS method, coalesce(sh.channel, '') AS channel, coalesce(sh.page, '') AS page, sh.t AS shared_at,
  totals.opens AS opens, totals.people AS people, totals.new_people AS new_people, totals.orders AS orders, totals.revenue AS revenue, totals.chain_orders AS chain_orders, totals.chain_revenue AS chain_revenue, coalesce(bought.orders, 0) AS own_orders, coalesce(bought.revenue, 0) AS own_revenue
FROM sh JOIN totals ON totals.card = sh.share_id LEFT JOIN bought ON bought.v = sh.v${root === null ? '' : ` WHERE sh.root_id = ${s.text(root)}`} ORDER BY totals.chain_revenue DESC, totals.opens DESC, sh.share_id LIMIT ${s.int(top)}`,
      people: { from: 'opens', keys: { share_id: equal('text', 'share_id') } },
      number: 'people',
    };
  },
};
