import { equal } from './keys.js';
import { fromUnits, memberCtes } from './memberCtes.js';

/** How far members are from leaving. */
export const memberLifecycle = {
  id: 'memberLifecycle',
  group: 'members',
  title: { en: 'Life cycle of members', zh: '会员生命周期' },
  definition: {
    en: 'Everybody with an order up to the end of the range, by days since the last one: honeymoon, active, leaving, else dormant. The limits are settable.',
    zh: '截至区间末有过订单的人，按距最近一单的天数：蜜月期、活跃期、流失期，超过则为沉睡。阈值可调。',
  },
  params: {
    honeymoon: { type: 'int', min: 1, max: 3650, default: 90, en: 'Honeymoon up to so many days', zh: '蜜月期上限（天）' },
    active: { type: 'int', min: 1, max: 3650, default: 180, en: 'Active up to', zh: '活跃期上限（天）' },
    leaving: { type: 'int', min: 1, max: 3650, default: 365, en: 'Leaving up to', zh: '流失期上限（天）' },
  },
  build: (s, c, { honeymoon, active, leaving }) => ({
    ctes: [
      ...memberCtes(s, c, { from: null }),
      [
        'x',
        `SELECT v, f, m, CASE WHEN r <= ${s.int(honeymoon)} THEN 'honeymoon' WHEN r <= ${s.int(active)} THEN 'active' WHEN r <= ${s.int(leaving)} THEN 'leaving' ELSE 'dormant' END AS stage FROM members`,
      ],
    ],
    select: `SELECT stage, count(*) AS people, sum(f) AS orders, ${fromUnits('sum(m)')} AS revenue FROM x GROUP BY 1 ORDER BY 2 DESC, 1`,
    people: { from: 'x', keys: { stage: equal('text', 'stage') } },
    number: 'people',
  }),
};
