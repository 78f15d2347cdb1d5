import { equal } from './keys.js';
import { shareCtes } from './shareChains.js';

/** The openable tree: each card with its parent, and what came of it. */
export const shareTree = {
  id: 'shareTree',
  group: 'share',
  title: { en: 'Share tree', zh: '分享树' },
  recursive: true,
  definition: {
    en: 'Each card with the card that brought its sharer. Opens of others in the range, people who opened, new people (each for the card of their first visit), orders credited to the card itself (7 days) and to any card below it. Cards without opens and orders are left out unless one below them has some.',
    zh: '每张卡片及带来其分享者的上级卡片：区间内他人打开次数、打开人数、新客（每人只归首次访问的卡片）、直接归功于该卡片的订单（7 天）以及其下任意层级的订单。自身及下级都没有打开与订单的卡片不显示。',
  },
  params: {
    root: { type: 'text', default: null, en: 'Only the tree of this root', zh: '仅此根分享' },
    top: { type: 'int', min: 1, max: 5000, default: 500, en: 'How many cards', zh: '最多卡片数' },
  },
  build: (s, c, { root, top }) => {
    const tree = root === null ? '' : `sh.root_id = ${s.text(root)} AND `;
    return {
      recursive: true,
      ctes: [
        ...shareCtes(s, c),
        ['opened', 'SELECT share_id, count(*) AS opens, count(DISTINCT v) AS people FROM opens GROUP BY 1'],
        ['brought', 'SELECT share_id, count(*) AS new_people FROM newcomers GROUP BY 1'],
        ['direct', 'SELECT share_id, count(*) AS orders, sum(CAST(net AS DOUBLE)) AS revenue FROM o GROUP BY 1'],
        ['below', 'SELECT up.share_id AS share_id, count(DISTINCT o.order_id) AS orders, sum(CAST(o.net AS DOUBLE)) AS revenue FROM o JOIN up ON up.origin = o.share_id GROUP BY 1'],
      ],
      select: `SELECT sh.share_id AS share_id, coalesce(sh.parent_id, '') AS parent_id, sh.root_id AS root_id, sh.depth AS depth, sh.v AS sharer, coalesce(sh.method, '') AS method, coalesce(sh.channel, '') AS channel, coalesce(sh.page, '') AS page, sh.t AS shared_at,
  coalesce(opened.opens, 0) AS opens, coalesce(opened.people, 0) AS people, coalesce(brought.new_people, 0) AS new_people, coalesce(direct.orders, 0) AS orders, round(coalesce(direct.revenue, 0), 4) AS revenue,
  coalesce(below.orders, 0) AS chain_orders, round(coalesce(below.revenue, 0), 4) AS chain_revenue
FROM sh LEFT JOIN opened ON opened.share_id = sh.share_id LEFT JOIN brought ON brought.share_id = sh.share_id
LEFT JOIN direct ON direct.share_id = sh.share_id LEFT JOIN below ON below.share_id = sh.share_id
WHERE ${tree}(opened.opens > 0 OR below.orders > 0 OR sh.share_id IN (SELECT parent_id FROM sh WHERE parent_id IS NOT NULL))
ORDER BY chain_revenue DESC, opens DESC, share_id LIMIT ${s.int(top)}`,
      people: { from: 'opens', keys: { share_id: equal('text', 'share_id') } },
      number: 'people',
    };
  },
};
