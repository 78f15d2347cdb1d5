import { compareVariants } from '../stats/compareVariants.js';
import { eventsCte, orderKey, ordersCte } from './common.js';
import { stepSql } from './conditions.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

/** Which variant is better, and how sure that is. */
export const experiment = {
  id: 'experiment',
  group: 'experiments',
  title: { en: 'A/B test', zh: 'A/B 实验' },
  definition: {
    en: 'People enter at their first exposure in the range that was not overridden; who saw two variants is left out and counted apart. Converted: had the goal event within the window after it. Difference of rates with Newcombe’s interval and a z test; revenue per person (net, orders within the window) with Welch’s t; the sample ratio by chi-square, red below p = 0.001. The first variant by name is the control unless one is named.',
    zh: '以区间内首次未被强制的曝光入组；看过两个版本的人剔除并单列。转化：曝光后窗口期内发生目标事件。转化率之差给出 Newcombe 区间与 z 检验；人均收入（窗口期内净额）用 Welch t 检验；样本比例用卡方检验，p < 0.001 报警。未指定对照组时取名称最小的版本。',
  },
  params: {
    experiment: { type: 'text', default: '', en: 'Name of the experiment', zh: '实验名' },
    goal: { type: 'step', default: { event: 'order_paid' }, en: 'The goal', zh: '目标事件' },
    windowDays: { type: 'int', min: 1, max: 90, default: 7, en: 'Window in days', zh: '窗口天数' },
    control: { type: 'text', default: null, en: 'The control', zh: '对照组' },
    weights: { type: 'weights', default: null, en: 'Intended weights by variant; empty: equal', zh: '预期流量权重，空为均分' },
  },
  build: (s, c, { experiment: name, goal, windowDays }) => {
    const until = addDays(c.to, windowDays);
    const window = s.int(windowDays * 86_400_000);
    return {
      ctes: [
        [
          'exposed',
          eventsCte(s, c, {
            columns: ['t', `${orderKey()} AS k`, `coalesce(${s.property('variant')}, '') AS variant`],
            where: `ev.name = 'experiment_exposure' AND ${s.property('experiment')} = ${s.text(name)} AND coalesce(${s.property('overridden')}, 'false') <> 'true'`,
          }),
        ],
        [
          'entered',
          'SELECT v, min(t) AS t, min(k) AS k, argMin(variant, k) AS variant, count(DISTINCT variant) AS variants FROM exposed GROUP BY v',
        ],
        [
          'goals',
          eventsCte(s, c, {
            columns: ['t', `${orderKey()} AS k`],
            where: stepSql(s, goal),
            to: until,
            filters: false,
            segments: false,
          }),
        ],
        ['o', ordersCte(s, c, { columns: ['t', 'net'], to: until, filters: false })],
        // Inequalities in inner joins, the outer joins by equality: otherwise every row meets every row.
        [
          'converted',
          `SELECT DISTINCT entered.v AS v FROM entered JOIN goals ON goals.v = entered.v WHERE goals.k > entered.k AND goals.t - entered.t <= ${window}`,
        ],
        [
          'spent',
          `SELECT entered.v AS v, sum(CAST(o.net AS DOUBLE)) AS net FROM entered JOIN o ON o.v = entered.v WHERE o.t >= entered.t AND o.t - entered.t <= ${window} GROUP BY 1`,
        ],
        [
          'x',
          `SELECT entered.v AS v, CASE WHEN entered.variants > 1 THEN 1 ELSE 0 END AS mixed, CASE WHEN entered.variants > 1 THEN '' ELSE entered.variant END AS variant,
    CASE WHEN converted.v IS NULL THEN 0 ELSE 1 END AS converted, coalesce(spent.net, 0) AS net
  FROM entered LEFT JOIN converted ON converted.v = entered.v LEFT JOIN spent ON spent.v = entered.v`,
        ],
      ],
      select:
        'SELECT mixed, variant, count(*) AS people, sum(converted) AS conversions, round(sum(net), 4) AS revenue, round(sum(net * net), 4) AS revenue_squares FROM x GROUP BY 1, 2 ORDER BY 1, 2',
      people: {
        from: 'x',
        keys: { mixed: equal('int', 'mixed'), variant: equal('text', 'variant'), converted: equal('int', 'converted') },
      },
      number: 'people',
    };
  },
  shape: (rows, { p }) => ({
    ...compareVariants(
      rows.filter(({ mixed }) => !mixed),
      { control: p.control, weights: p.weights },
    ),
    mixed_people: rows.find(({ mixed }) => mixed)?.people || 0,
  }),
};
