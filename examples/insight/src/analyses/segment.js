import { ordersCte, ratio } from './common.js';
import { everyoneCte, rulesSql } from './rules.js';

/** Whom certain rules describe. */
export const segment = {
  id: 'segment',
  group: 'segments',
  title: { en: 'Segment', zh: '人群圈选' },
  definition: {
    en: 'People who meet all (or any) of the rules: what they did and how often, the latest value of a trait, by what they came, whether they shared or were brought, what they ordered. Who never did it did it 0 times, and who never ordered has 0 orders of 0: “at most 2 times” holds for them, too. Days since the last order and a trait are only of those who have one. Everyone had at least one event up to the end of the range.',
    zh: '满足全部（或任一）规则的人：做过什么及次数、特征的最新取值、来源、是否分享或被分享带来、下单情况。没做过记为 0 次，没下过单记为 0 单、0 元，因此“小于等于 2 次”也包含他们；“距上次下单的天数”与特征只对有订单、有该特征的人成立。“全部”指截至区间末有过事件的人。',
  },
  params: {
    match: { type: 'choice', values: ['all', 'any'], default: 'all', en: 'All rules or any', zh: '满足全部或任一' },
    rules: { type: 'rules', default: [{ kind: 'did', event: 'order_paid' }], en: 'The rules', zh: '规则' },
  },
  build: (s, c, p) => ({
    ctes: [
      ['everyone', everyoneCte(s, c)],
      ['x', `SELECT v, first_day, last_day FROM everyone WHERE ${rulesSql(s, c, p)}`],
      ['o', ordersCte(s, c, { columns: ['net'], from: null })],
      ['spent', 'SELECT v, count(*) AS orders, sum(CAST(net AS DOUBLE)) AS net FROM o GROUP BY v'],
      ['whole', 'SELECT count(*) AS everyone FROM everyone'],
      [
        'members',
        'SELECT count(*) AS people, coalesce(sum(spent.orders), 0) AS orders, round(coalesce(sum(spent.net), 0), 4) AS revenue, count(spent.v) AS buyers FROM x LEFT JOIN spent ON spent.v = x.v',
      ],
    ],
    select: `SELECT people, everyone, ${ratio('people', 'everyone')} AS share, orders, revenue, buyers FROM members CROSS JOIN whole`,
    people: { from: 'x', keys: {} },
    number: 'people',
  }),
};
