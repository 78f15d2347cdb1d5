import { eventsCte, linesCte, orderKey, ordersCte, ratio } from './common.js';
import { addDays } from './days.js';
import { compareHeldOut } from './heldOut.js';
import { equal } from './keys.js';

const DAY_MS = 86_400_000;
const DID = {
  shown: 'is_shown = 1',
  tapped: 'is_shown = 1 AND has_tapped = 1',
  tapped_bought: 'is_shown = 1 AND bought_tapped = 1',
  bought: 'is_shown = 1 AND has_bought = 1',
  held_out: 'is_shown = 0',
  held_out_bought: 'is_shown = 0 AND has_bought = 1',
};

/** Whether a list of recommendations is tapped, and whether it makes people buy more. */
export const recommended = {
  id: 'recommended',
  group: 'recommendations',
  title: { en: 'Recommended, tapped, bought', zh: '推荐效果' },
  definition: {
    en: 'A list is an experiment with the variants shown and held_out. People enter at their first exposure in the range that was not overridden; who saw both variants is left out. Of those who were shown the list: who then had product_clicked with its name as list_id, who then paid for a product that they tapped, and who paid any order, each within the days chosen after that exposure. The same share of those who were held out; the difference of the two with Newcombe’s interval.',
    zh: '一个推荐列表对应一个版本为 shown 与 held_out 的实验。以区间内首次未被强制的曝光入组，看过两个版本的人剔除。展示组中：之后有 product_clicked 且 list_id 为该列表的人数，之后购买了所点商品的人数，以及下过任意订单的人数，均在该次曝光后的所选天数内。对照组同样计算下单率；两者之差给出 Newcombe 区间。',
  },
  params: {
    days: { type: 'int', min: 1, max: 90, default: 7, en: 'Within so many days', zh: '多少天内' },
    top: { type: 'int', min: 1, max: 1000, default: 100, en: 'How many lists', zh: '最多列表数' },
  },
  build: (/** @type {any} */ s, /** @type {any} */ c, /** @type {any} */ { days, top }) => {
    const until = addDays(c.to, days);
    const window = s.int(days * DAY_MS);
    return {
      ctes: [
        [
          'seen',
          eventsCte(s, c, {
            columns: [
              't',
              `${orderKey()} AS k`,
              `${s.property('experiment')} AS list_id`,
              `${s.property('variant')} AS variant`,
            ],
            where: `ev.name = 'experiment_exposure' AND ${s.property('variant')} IN ('shown', 'held_out') AND ${s.property('experiment')} IS NOT NULL AND coalesce(${s.property('overridden')}, 'false') <> 'true'`,
          }),
        ],
        [
          'entered',
          "SELECT v, list_id, min(t) AS t, min(k) AS k, max(CASE WHEN variant = 'shown' THEN 1 ELSE 0 END) AS is_shown FROM seen GROUP BY 1, 2 HAVING count(DISTINCT variant) = 1",
        ],
        [
          'clicks',
          eventsCte(s, c, {
            columns: ['t', `${orderKey()} AS k`, `${s.property('list_id')} AS list_id`, 'product_id'],
            where: `ev.name = 'product_clicked' AND ${s.property('list_id')} IS NOT NULL`,
            to: until,
            filters: false,
            segments: false,
          }),
        ],
        [
          'taps',
          `SELECT entered.v AS v, entered.list_id AS list_id, clicks.product_id AS product_id, entered.t AS since, min(clicks.t) AS t FROM entered JOIN clicks ON clicks.v = entered.v AND clicks.list_id = entered.list_id
  WHERE clicks.k > entered.k AND clicks.t - entered.t <= ${window} GROUP BY 1, 2, 3, 4`,
        ],
        ['tappers', 'SELECT DISTINCT v, list_id FROM taps'],
        ['lines', linesCte(s, c, { to: until, filters: false })],
        [
          'buyers_of_taps',
          `SELECT DISTINCT taps.v AS v, taps.list_id AS list_id FROM taps JOIN lines ON lines.v = taps.v AND lines.product_id = taps.product_id WHERE lines.t >= taps.t AND lines.t - taps.since <= ${window}`,
        ],
        ['o', ordersCte(s, c, { columns: ['t'], to: until, filters: false })],
        [
          'buyers',
          `SELECT DISTINCT entered.v AS v, entered.list_id AS list_id FROM entered JOIN o ON o.v = entered.v WHERE o.t >= entered.t AND o.t - entered.t <= ${window}`,
        ],
        [
          'x',
          `SELECT entered.v AS v, entered.list_id AS list_id, entered.is_shown AS is_shown, CASE WHEN tappers.v IS NULL THEN 0 ELSE 1 END AS has_tapped,
    CASE WHEN buyers_of_taps.v IS NULL THEN 0 ELSE 1 END AS bought_tapped, CASE WHEN buyers.v IS NULL THEN 0 ELSE 1 END AS has_bought
  FROM entered LEFT JOIN tappers ON tappers.v = entered.v AND tappers.list_id = entered.list_id
  LEFT JOIN buyers_of_taps ON buyers_of_taps.v = entered.v AND buyers_of_taps.list_id = entered.list_id
  LEFT JOIN buyers ON buyers.v = entered.v AND buyers.list_id = entered.list_id`,
        ],
        [
          'did',
          Object.entries(DID)
            .map(([did, where]) => `SELECT v, list_id, '${did}' AS did FROM x WHERE ${where}`)
            .join(' UNION ALL '),
        ],
        [
          'counts',
          `SELECT list_id, ${Object.entries(DID)
            .map(([did, where]) => `sum(CASE WHEN ${where} THEN 1 ELSE 0 END) AS ${did}`)
            .join(', ')} FROM x GROUP BY 1`,
        ],
      ],
      select: `SELECT list_id, shown, tapped, ${ratio('tapped', 'shown')} AS tap_rate, tapped_bought, bought, ${ratio('bought', 'shown')} AS bought_rate, held_out, held_out_bought, ${ratio('held_out_bought', 'held_out')} AS held_out_rate FROM counts ORDER BY shown DESC, list_id LIMIT ${s.int(top)}`,
      people: { from: 'did', keys: { list_id: equal('text', 'list_id'), did: equal('text', 'did') } },
      number: (/** @type {any} */ row, /** @type {any} */ { did }) => row[did],
      cells: (/** @type {any[]} */ rows) => rows.flatMap(({ list_id }) => Object.keys(DID).map((did) => ({ list_id, did }))),
    };
  },
  shape: compareHeldOut,
};
