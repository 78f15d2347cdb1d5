import { money } from './common.js';
import { equal } from './keys.js';
import { DIMENSIONS, DIRECT_GROUPS, MODELS, touchCtes } from './touches.js';

/** The same orders by every model, side by side. */
export const attribution = {
  id: 'attribution',
  group: 'channels',
  title: { en: 'Attribution', zh: '归因分析' },
  definition: {
    en: 'The visits of the buyer that began within the look-back before the order are its touches. First, last, last that is not direct (the last, if all are): all of the order to one; linear: in equal parts; by position: 40 % to the first, 40 % to the last, the rest to those between (halves, if there are two). Orders without a visit are credited to the empty value; every model adds up to the total.',
    zh: '下单前回溯期内开始的访问即触点。首次、末次、末次非直接（全为直接时取末次）：整单归一个触点；线性：均分；位置：首尾各 40%，其余平分剩余（只有两个时各半）。没有访问的订单归空值；每个模型之和都等于总数。',
  },
  params: {
    by: { type: 'choice', values: Object.keys(DIMENSIONS), default: 'group', en: 'By what', zh: '维度' },
    lookbackDays: { type: 'int', min: 1, max: 90, default: 30, en: 'Look-back in days', zh: '回溯天数' },
    direct: { type: 'texts', default: DIRECT_GROUPS, en: 'Groups that win nobody', zh: '视为直接访问的渠道组' },
  },
  build: (s, c, p) => ({
    ctes: touchCtes(s, c, p),
    select: `SELECT value, count(DISTINCT v) AS people, ${MODELS.map(
      (model) =>
        `round(sum(w_${model}), 6) AS orders_${model}, round(${money(`sum(w_${model} * net)`)}, 4) AS revenue_${model}`,
    ).join(', ')} FROM credits GROUP BY 1 ORDER BY 1`,
    people: { from: 'credits', keys: { value: equal('text', 'value') } },
    number: 'people',
  }),
};
