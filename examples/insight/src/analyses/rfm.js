import { equal } from './keys.js';
import { fromUnits, memberCtes } from './memberCtes.js';

const CLASSES = {
  111: { en: 'Important, to keep close', zh: '重要价值客户' },
  101: { en: 'Important, to develop', zh: '重要发展客户' },
  '011': { en: 'Important, to hold', zh: '重要保持客户' },
  '001': { en: 'Important, to win back', zh: '重要挽留客户' },
  110: { en: 'General, valuable', zh: '一般价值客户' },
  100: { en: 'General, to develop', zh: '一般发展客户' },
  '010': { en: 'General, to hold', zh: '一般保持客户' },
  '000': { en: 'General, to win back', zh: '一般挽留客户' },
};

/** The eight classes of customers. */
export const rfm = {
  id: 'rfm',
  group: 'members',
  title: { en: 'RFM', zh: 'RFM 客户分层' },
  definition: {
    en: 'Of everybody with an order in the range: R days from the last order to the end of the range, F orders, M net amount. Good is R at most the mean, F and M at least the mean, or the limits given. The class is the three as 1 or 0.',
    zh: '区间内有订单的人：R 为最近一单距区间末天数，F 为订单数，M 为净额。R 不高于均值、F 与 M 不低于均值（或指定阈值）为 1，否则为 0，三位组成类别。',
  },
  params: {
    r: {
      type: 'float',
      min: 0,
      default: null,
      en: 'R is good up to so many days; empty: the mean',
      zh: 'R 阈值（天），空为均值',
    },
    f: {
      type: 'float',
      min: 0,
      default: null,
      en: 'F is good from so many orders; empty: the mean',
      zh: 'F 阈值（单），空为均值',
    },
    m: {
      type: 'float',
      min: 0,
      default: null,
      en: 'M is good from this amount; empty: the mean',
      zh: 'M 阈值（金额），空为均值',
    },
  },
  build: (s, c, { r, f, m }) => {
    // Compared without a division: M · n ≥ ΣM.
    const good = (column, op, limit, scale) =>
      limit === null
        ? `members.${column} * whole.n ${op} whole.${column}`
        : `members.${column} ${op} ${s.float(limit * scale)}`;
    return {
      ctes: [
        ...memberCtes(s, c),
        ['whole', 'SELECT count(*) AS n, sum(r) AS r, sum(f) AS f, sum(m) AS m FROM members'],
        [
          'x',
          `SELECT members.v AS v, members.r AS r, members.f AS f, members.m AS m, concat(CASE WHEN ${good('r', '<=', r, 1)} THEN '1' ELSE '0' END, CASE WHEN ${good('f', '>=', f, 1)} THEN '1' ELSE '0' END, CASE WHEN ${good('m', '>=', m, 10000)} THEN '1' ELSE '0' END) AS rfm_class
  FROM members CROSS JOIN whole`,
        ],
      ],
      select: `SELECT rfm_class, count(*) AS people, sum(f) AS orders, ${fromUnits('sum(m)')} AS revenue, avg(r) AS mean_r, avg(f) AS mean_f, CAST(sum(m) AS DOUBLE) / 10000 / count(*) AS mean_m FROM x GROUP BY 1 ORDER BY 1 DESC`,
      people: { from: 'x', keys: { rfm_class: equal('text', 'rfm_class') } },
      number: 'people',
    };
  },
  shape: (rows) => {
    const people = rows.reduce((sum, row) => sum + row.people, 0);
    const revenue = rows.reduce((sum, row) => sum + row.revenue, 0);
    return rows.map((row) => ({
      ...row,
      label: CLASSES[row.rfm_class],
      share: row.people / people,
      revenue_share: revenue ? row.revenue / revenue : null,
    }));
  },
};
