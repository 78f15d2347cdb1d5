import { eventsCte, orderKey, ratio, visitorsCte } from './common.js';
import { equal } from './keys.js';
import { DIMENSIONS, DIRECT_GROUPS, MODELS, touchCtes } from './touches.js';

const COST_COLUMNS = { group: 'source_group', campaign: 'source_campaign' };

/** Costs are known by day, group and campaign, and of everybody: held against a part of what they brought, they would mislead. */
const isOfEverybody = (c) => !c.filters.length && !c.segment;

/** What each channel brought, and what it cost. */
export const channels = {
  id: 'channels',
  group: 'channels',
  title: { en: 'Channels', zh: '渠道效果' },
  definition: {
    en: 'New people by the first touch of their first event ever; visits by what brought the session; each order to one channel by the model, among the visits within the look-back before it (linear and position part it), so that the channels add up to the total. ROI = (revenue − cost) / cost, acquisition cost = cost / new people; both empty where no cost is known. Costs are of everybody: under a condition or a segment they are left out, and with them ROI and acquisition cost.',
    zh: '新客按其首次事件的首次触点归渠道；访问按该会话的来源；每个订单按所选模型在回溯期内的访问中归因（线性与位置模型会拆分），各渠道之和等于总数。ROI =（收入 − 成本）/ 成本，获客成本 = 成本 / 新客数；没有成本时为空。成本是全体用户的，有筛选条件或人群时不给出成本、ROI 与获客成本。',
  },
  params: {
    by: { type: 'choice', values: Object.keys(DIMENSIONS), default: 'group', en: 'By what', zh: '维度' },
    model: {
      type: 'choice',
      values: MODELS,
      default: 'last_non_direct',
      en: 'Which visit is credited with an order',
      zh: '归因模型',
    },
    lookbackDays: { type: 'int', min: 1, max: 90, default: 30, en: 'Look-back in days', zh: '回溯天数' },
    direct: { type: 'texts', default: DIRECT_GROUPS, en: 'Groups that win nobody', zh: '视为直接访问的渠道组' },
  },
  note: (c, { by }) =>
    by in COST_COLUMNS && !isOfEverybody(c)
      ? {
          en: 'Costs are known of everybody only. Under a condition or a segment there is no cost, no ROI and no acquisition cost.',
          zh: '成本只有全体用户的数据。有筛选条件或人群时，不给出成本、ROI 与获客成本。',
        }
      : undefined,
  build: (s, c, { by, model, lookbackDays, direct }) => {
    const cost = isOfEverybody(c) ? COST_COLUMNS[by] : undefined;
    return {
      ctes: [
        ...touchCtes(s, c, { by, lookbackDays, direct }),
        // Who is new is a question to the whole history; a filter then asks who of them did that in the range.
        [
          'ever',
          visitorsCte(s, c, {
            columns: ['day', `${orderKey()} AS k`, `${DIMENSIONS[by].first} AS first_value`],
            values: { first_day: 'min(day)', first_k: 'min(k)', value: 'argMin(first_value, k)' },
            from: null,
            filters: false,
            kept: true,
          }),
        ],
        [
          'newcomers',
          `SELECT v, value FROM (SELECT v, min(first_day) AS day_of_first, argMin(value, first_k) AS value FROM ever GROUP BY v) AS firsts WHERE day_of_first >= ${s.day(c.from)}${
            c.filters.length ? ` AND v IN (SELECT v FROM (${eventsCte(s, c)}) AS active)` : ''
          }`,
        ],
        [
          'x',
          `SELECT v, value, 'new' AS part FROM newcomers
  UNION ALL SELECT who AS v, value, 'visits' AS part FROM sessions WHERE first_day >= ${s.day(c.from)}
  UNION ALL SELECT v, value, 'buyers' AS part FROM credits WHERE w_${model} > 0`,
        ],
        [
          'sums',
          `SELECT value, count(*) AS new_people, 0 AS visits, 0 AS visitors, 0.0 AS orders, 0 AS buyers, 0.0 AS revenue, 0.0 AS cost FROM newcomers GROUP BY value
  UNION ALL SELECT value, 0, count(*), count(DISTINCT who), 0.0, 0, 0.0, 0.0 FROM sessions WHERE first_day >= ${s.day(c.from)} GROUP BY value
  UNION ALL SELECT value, 0, 0, 0, sum(w_${model}), count(DISTINCT CASE WHEN w_${model} > 0 THEN v END), sum(w_${model} * net), 0.0 FROM credits GROUP BY value${
    cost
      ? `\n  UNION ALL SELECT coalesce(${cost}, '') AS value, 0, 0, 0, 0.0, 0, 0.0, CAST(sum(amount) AS DOUBLE) FROM costs WHERE day >= ${s.day(c.from)} AND day <= ${s.day(c.to)} GROUP BY 1`
      : ''
  }`,
        ],
        [
          'merged',
          `SELECT value, sum(new_people) AS new_people, sum(visits) AS visits, sum(visitors) AS visitors, round(sum(orders), 6) AS orders, sum(buyers) AS buyers,
    round(sum(revenue), 4) AS revenue, round(sum(cost), 4) AS cost FROM sums GROUP BY value`,
        ],
      ],
      select: `SELECT value, new_people, visits, visitors, orders, buyers, revenue, nullif(cost, 0) AS cost,
  (revenue - cost) / nullif(cost, 0) AS roi, nullif(cost, 0) / nullif(new_people, 0) AS cost_per_new, ${ratio('buyers', 'visitors')} AS conversion
FROM merged WHERE new_people + visits + buyers > 0 OR cost > 0 ORDER BY 7 DESC, 3 DESC, 1`,
      people: { from: 'x', keys: { value: equal('text', 'value'), part: equal('text', 'part') } },
      number: (row, { part }) => ({ new: row.new_people, visits: row.visitors, buyers: row.buyers })[part],
      cells: (rows) => rows.flatMap(({ value }) => ['new', 'visits', 'buyers'].map((part) => ({ value, part }))),
    };
  },
};
