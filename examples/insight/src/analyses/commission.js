import { addDays } from './days.js';
import { equal } from './keys.js';
import { shareCtes } from './shareChains.js';

/** What each sharer has earned (分销). */
export const commission = {
  id: 'commission',
  group: 'share',
  title: { en: 'Commission', zh: '分销佣金' },
  definition: {
    en: 'Per order, up the chain of cards, the distinct sharers in order: the first earns the rate of level 1 of the net amount, the next that of level 2, and so on. Due once the time for refunds is over, pending until then. Whether buyers earn on their own orders is an option.',
    zh: '每个订单沿卡片链路向上，去重后的分享者依次为第 1 级、第 2 级……按净额乘以各级比例计佣。退款期结束后可结算，之前为待结算。买家能否从自己的订单获佣可选。',
  },
  params: {
    rates: { type: 'numbers', min: 1, max: 10, default: [0.1, 0.05], en: 'Rates from level 1 on', zh: '从第 1 级起的比例' },
    refundDays: { type: 'int', min: 0, max: 90, default: 7, en: 'Days for refunds', zh: '退款期天数' },
    own: {
      type: 'bool',
      default: true,
      en: 'Buyers earn on their own orders where they are in the chain',
      zh: '买家在链路中时可从自己的订单获佣',
    },
    top: { type: 'int', min: 1, max: 10_000, default: 500, en: 'How many sharers', zh: '最多人数' },
  },
  build: (s, c, { rates, refundDays, own, top }) => {
    const rate = rates.map((value, i) => `WHEN level = ${i + 1} THEN ${s.float(value)}`).join(' ');
    const levels = rates
      .map((_, i) => `round(sum(CASE WHEN level = ${i + 1} THEN earned ELSE 0.0 END), 4) AS level_${i + 1}`)
      .join(', ');
    return {
      recursive: true,
      ctes: [
        ...shareCtes(s, c),
        [
          'levels',
          `SELECT order_id, buyer, net, sharer, row_number() OVER (PARTITION BY order_id ORDER BY hop) AS level FROM credits${own ? '' : ' WHERE v <> buyer'}`,
        ],
        [
          'x',
          `SELECT levels.sharer AS sharer, levels.buyer AS v, levels.order_id AS order_id, levels.level AS level, levels.net * CASE ${rate} ELSE 0.0 END AS earned, CASE WHEN o.day <= ${s.day(addDays(c.today, -refundDays - 1))} THEN 1 ELSE 0 END AS due
  FROM levels JOIN o ON o.order_id = levels.order_id WHERE levels.level <= ${rates.length}`,
        ],
      ],
      select: `SELECT sharer, count(DISTINCT order_id) AS orders, count(DISTINCT v) AS people, ${levels}, round(sum(earned), 4) AS earned, round(sum(CASE WHEN due = 1 THEN earned ELSE 0.0 END), 4) AS due,
  round(sum(CASE WHEN due = 0 THEN earned ELSE 0.0 END), 4) AS pending FROM x GROUP BY 1 ORDER BY round(sum(earned), 4) DESC, 1 LIMIT ${s.int(top)}`,
      people: { from: 'x', keys: { sharer: equal('text', 'sharer') } },
      number: 'people',
    };
  },
};
