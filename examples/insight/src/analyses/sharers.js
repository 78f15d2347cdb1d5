import { eventsCte } from './common.js';
import { equal } from './keys.js';
import { shareCtes } from './shareChains.js';

/** Who brings whom, and what that is worth. */
export const sharers = {
  id: 'sharers',
  group: 'share',
  title: { en: 'Sharers', zh: '分享达人榜' },
  definition: {
    en: 'Per sharer: cards made in the range, opens by others (own opens and previews do not count), people who opened, new people (each for the card of their first visit), orders and net revenue credited directly (the buyer came by this sharer’s card within 7 days) and by the chain (every sharer above, each once per order).',
    zh: '每位分享者：区间内的卡片数、他人打开次数（不含自己打开与预览）、打开人数、新客（每人只归首次访问的卡片）、直接带来的订单与净收入（买家 7 天内经其卡片进入），以及整条链路的订单与净收入（上级每人每单计一次）。',
  },
  params: {
    rank: {
      type: 'choice',
      values: ['people', 'new_people', 'orders', 'revenue', 'chain_revenue'],
      default: 'chain_revenue',
      en: 'Ranked by',
      zh: '排序依据',
    },
    top: { type: 'int', min: 1, max: 5000, default: 100, en: 'How many sharers', zh: '最多人数' },
  },
  build: (s, c, { rank, top }) => ({
    recursive: true,
    ctes: [
      ...shareCtes(s, c),
      ['made', eventsCte(s, c, { columns: [`${s.property('share_id')} AS share_id`], where: "ev.name = 'share'" })],
      [
        'x',
        'SELECT sh.sharer AS sharer, opens.v AS v, opens.times AS times FROM opens JOIN sh ON sh.share_id = opens.share_id',
      ],
      [
        'sums',
        `SELECT sh.sharer AS sharer, count(*) AS cards, 0 AS opens, 0 AS people, 0 AS new_people, 0 AS orders, CAST(0 AS DOUBLE) AS revenue, 0 AS chain_orders, CAST(0 AS DOUBLE) AS chain_revenue FROM sh WHERE sh.share_id IN (SELECT share_id FROM made) GROUP BY 1
  UNION ALL SELECT sharer, 0, sum(times), count(DISTINCT v), 0, 0, 0.0, 0, 0.0 FROM x GROUP BY 1
  UNION ALL SELECT sh.sharer AS sharer, 0, 0, 0, count(*), 0, 0.0, 0, 0.0 FROM newcomers JOIN sh ON sh.share_id = newcomers.share_id GROUP BY 1
  UNION ALL SELECT sharer, 0, 0, 0, 0, sum(CASE WHEN hop = 1 THEN 1 ELSE 0 END), sum(CASE WHEN hop = 1 THEN net ELSE 0.0 END), count(*), sum(net) FROM credits GROUP BY 1`,
      ],
      [
        'totals',
        `SELECT sharer, sum(cards) AS cards, sum(opens) AS opens, sum(people) AS people, sum(new_people) AS new_people, sum(orders) AS orders, round(sum(revenue), 4) AS revenue, sum(chain_orders) AS chain_orders, round(sum(chain_revenue), 4) AS chain_revenue FROM sums GROUP BY 1`,
      ],
    ],
    select: `SELECT sharer, cards, opens, people, new_people, orders, revenue, chain_orders, chain_revenue FROM totals ORDER BY ${rank} DESC, chain_revenue DESC, people DESC, cards DESC, sharer LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { sharer: equal('text', 'sharer') } },
    number: 'people',
  }),
};
