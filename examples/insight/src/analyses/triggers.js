import { eventsCte, ordersCte, ratio } from './common.js';
import { compareHeldOut } from './heldOut.js';
import { equal } from './keys.js';

const DAY_MS = 86_400_000;
const DID = {
  shown: 'is_shown = 1',
  taken: 'is_shown = 1 AND has_taken = 1',
  bought: 'is_shown = 1 AND has_bought = 1',
  held_out: 'is_shown = 0',
  held_out_bought: 'is_shown = 0 AND has_bought = 1',
};

/** What the rules of the plugin `trigger` showed, and whether it was worth it. */
export const triggers = {
  id: 'triggers',
  group: 'goods',
  title: { en: 'Offers at once', zh: '即时触发效果' },
  definition: {
    en: 'Per rule of the plugin trigger: people whom it showed something, of these those who took it and those who paid an order within the days chosen after the first time; and people who were held out, for whom it had been due but nothing was shown, with the share of them that bought all the same. What showing is worth is the difference of the two rates, with Newcombe’s interval.',
    zh: '每条 trigger 规则：向其展示过内容的人数，其中接受的人数，以及首次触发后所选天数内下单的人数；另列对照组（满足规则但未展示）人数及其下单率。两个下单率之差即展示的效果，给出 Newcombe 区间。',
  },
  params: {
    days: { type: 'int', min: 1, max: 90, default: 7, en: 'Bought within so many days', zh: '多少天内下单' },
    top: { type: 'int', min: 1, max: 1000, default: 100, en: 'How many rules', zh: '最多规则数' },
  },
  build: (s, c, { days, top }) => {
    const isTrue = (/** @type {string} */ key) => `CASE WHEN ${s.property(key)} = 'true' THEN 1 ELSE 0 END AS ${key}`;
    return {
      ctes: [
        [
          'fired',
          eventsCte(s, c, {
            columns: [`${s.property('rule')} AS rule`, isTrue('shown'), isTrue('taken'), 't'],
            where: `ev.name = 'trigger_fired' AND ${s.property('rule')} IS NOT NULL`,
          }),
        ],
        ['members', 'SELECT v, rule, max(shown) AS shown, max(taken) AS taken, min(t) AS t FROM fired GROUP BY 1, 2'],
        ['paid', ordersCte(s, c, { columns: ['t'], to: null, filters: false })],
        [
          'buyers',
          `SELECT DISTINCT members.v AS v, members.rule AS rule FROM members JOIN paid ON paid.v = members.v WHERE paid.t >= members.t AND paid.t <= members.t + ${s.int(days * DAY_MS)}`,
        ],
        [
          'x',
          'SELECT members.v AS v, members.rule AS rule, members.shown AS is_shown, members.taken AS has_taken, CASE WHEN buyers.v IS NULL THEN 0 ELSE 1 END AS has_bought FROM members LEFT JOIN buyers ON buyers.v = members.v AND buyers.rule = members.rule',
        ],
        [
          'did',
          Object.entries(DID)
            .map(([did, where]) => `SELECT v, rule, '${did}' AS did FROM x WHERE ${where}`)
            .join(' UNION ALL '),
        ],
        [
          'counts',
          `SELECT rule, ${Object.entries(DID)
            .map(([did, where]) => `sum(CASE WHEN ${where} THEN 1 ELSE 0 END) AS ${did}`)
            .join(', ')} FROM x GROUP BY 1`,
        ],
      ],
      select: `SELECT rule, shown, taken, ${ratio('taken', 'shown')} AS take_rate, bought, ${ratio('bought', 'shown')} AS bought_rate, held_out, held_out_bought, ${ratio('held_out_bought', 'held_out')} AS held_out_rate FROM counts ORDER BY shown DESC, rule LIMIT ${s.int(top)}`,
      people: { from: 'did', keys: { rule: equal('text', 'rule'), did: equal('text', 'did') } },
      number: (/** @type {any} */ row, /** @type {any} */ { did }) => row[did],
      cells: (/** @type {any[]} */ rows) => rows.flatMap(({ rule }) => Object.keys(DID).map((did) => ({ rule, did }))),
    };
  },
  shape: compareHeldOut,
};
