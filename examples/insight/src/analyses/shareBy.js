import { eventsCte } from './common.js';
import { equal } from './keys.js';
import { shareCampaigns, shareCtes } from './shareChains.js';

const FIELDS = {
  campaign: "coalesce(campaigns.campaign, '')",
  page: "coalesce(sh.page, '')",
  method: "coalesce(sh.method, '')",
  channel: "coalesce(sh.channel, '')",
  depth: 'CAST(sh.depth AS VARCHAR)',
};

/** Which kind of card works. */
export const shareBy = {
  id: 'shareBy',
  group: 'share',
  title: { en: 'Shares by page, method, poster, depth', zh: '分享分析（页面、方式、海报、层级）' },
  definition: {
    en: 'Cards made in the range, opens of others, people, new people, direct orders and revenue and those of the whole chain (each order once per value), by the campaign in which the card was made, its page, its method, the channel of a poster, or its depth in the chain.',
    zh: '按卡片生成时的活动、页面、分享方式、海报渠道或所在层级，统计区间内的卡片、他人打开、人数、新客、直接订单与收入，以及整条链路的订单与收入（每个取值每单计一次）。',
  },
  params: { by: { type: 'choice', values: Object.keys(FIELDS), default: 'method', en: 'By what', zh: '维度' } },
  build: (s, c, { by }) => ({
    recursive: true,
    ctes: [
      ...shareCtes(s, c),
      shareCampaigns(s, c),
      [
        'cards',
        `SELECT sh.share_id AS share_id, ${FIELDS[by]} AS value FROM sh LEFT JOIN campaigns ON campaigns.share_id = sh.share_id`,
      ],
      ['made', eventsCte(s, c, { columns: [`${s.property('share_id')} AS share_id`], where: "ev.name = 'share'" })],
      [
        'x',
        'SELECT cards.value AS value, opens.v AS v, opens.times AS times FROM opens JOIN cards ON cards.share_id = opens.share_id',
      ],
      [
        'chained',
        'SELECT DISTINCT cards.value AS value, o.order_id AS order_id, CAST(o.net AS DOUBLE) AS net FROM o JOIN up ON up.origin = o.share_id JOIN cards ON cards.share_id = up.share_id',
      ],
      [
        'sums',
        `SELECT value, count(*) AS cards, 0 AS opens, 0 AS people, 0 AS new_people, 0 AS orders, CAST(0 AS DOUBLE) AS revenue, 0 AS chain_orders, CAST(0 AS DOUBLE) AS chain_revenue FROM cards WHERE share_id IN (SELECT share_id FROM made) GROUP BY 1
  UNION ALL SELECT value, 0, sum(times), count(DISTINCT v), 0, 0, 0.0, 0, 0.0 FROM x GROUP BY 1
  UNION ALL SELECT cards.value AS value, 0, 0, 0, count(*), 0, 0.0, 0, 0.0 FROM newcomers JOIN cards ON cards.share_id = newcomers.share_id GROUP BY 1
  UNION ALL SELECT cards.value AS value, 0, 0, 0, 0, count(*), sum(CAST(o.net AS DOUBLE)), 0, 0.0 FROM o JOIN cards ON cards.share_id = o.share_id GROUP BY 1
  UNION ALL SELECT value, 0, 0, 0, 0, 0, 0.0, count(*), sum(net) FROM chained GROUP BY 1`,
      ],
    ],
    select: `SELECT value, sum(cards) AS cards, sum(opens) AS opens, sum(people) AS people, sum(new_people) AS new_people, sum(orders) AS orders, round(sum(revenue), 4) AS revenue,
  sum(chain_orders) AS chain_orders, round(sum(chain_revenue), 4) AS chain_revenue FROM sums GROUP BY 1 ORDER BY 9 DESC, 4 DESC, 2 DESC, 1`,
    people: { from: 'x', keys: { value: equal('text', 'value') } },
    number: 'people',
  }),
};
