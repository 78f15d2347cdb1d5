import { clickhouse } from '../dialect/clickhouse.js';
import { duckdb } from '../dialect/duckdb.js';
import { createStatement } from '../dialect/statement.js';
import { newcombe, zTest } from '../stats/newcombe.js';
import { moments, welch } from '../stats/welch.js';
import { factsOf } from './messages.js';

const DIALECTS = { duckdb, clickhouse };
const DAY_MS = 86_400_000;

/** What the results count, beside every number of them. */
export const RESULTS_DEFINITION = {
  en: 'Everybody of the recall list to whom the campaign was to write, and who was held out: how many had an event, and an order, within so many days after their hour had come. Who was to be written to counts whether the message came through or not, else the two groups could not be compared. Differences with Newcombe’s interval and a z test, revenue per person with Welch’s t.',
  zh: '召回名单中应发送的人与留作对照的人：在各自的发送时刻之后若干天内，有多少人再次到访，有多少人下单。应发送的人无论消息是否送达都计入，否则两组不可比。转化率之差给出 Newcombe 区间与 z 检验，人均收入用 Welch t 检验。',
};

const resultsSql = (
  /** @type {any} */ s,
  /** @type {string} */ campaign,
  /** @type {number} */ days,
  /** @type {number} */ now,
) => {
  const window = s.int(days * DAY_MS);
  return `WITH facts AS (${factsOf(s, campaign)}),
entered AS (
  SELECT coalesce(p.person, f.anonymous_id) AS v, min(f.told_at) AS began, max(CASE WHEN f.state = 'held_out' THEN 1 ELSE 0 END) AS held
  FROM facts AS f LEFT JOIN persons AS p ON p.anonymous_id = f.anonymous_id GROUP BY 1
),
acts AS (
  SELECT coalesce(p.person, ev.anonymous_id) AS v, ev.t AS t FROM events AS ev LEFT JOIN persons AS p ON p.anonymous_id = ev.anonymous_id
  WHERE ev.type IN ('auto', 'track') AND ev.excluded IS NULL AND ev.t >= (SELECT coalesce(min(began), 0) FROM entered)
),
returned AS (
  SELECT DISTINCT entered.v AS v FROM entered JOIN acts ON acts.v = entered.v WHERE acts.t > entered.began AND acts.t - entered.began <= ${window}
),
paid AS (
  SELECT coalesce(p.person, o.anonymous_id) AS v, o.t AS t, CAST(o.net AS DOUBLE) AS net FROM orders AS o LEFT JOIN persons AS p ON p.anonymous_id = o.anonymous_id
  WHERE NOT o.cancelled AND o.excluded IS NULL
),
spent AS (
  SELECT entered.v AS v, count(*) AS orders, sum(paid.net) AS net FROM entered JOIN paid ON paid.v = entered.v
  WHERE paid.t > entered.began AND paid.t - entered.began <= ${window} GROUP BY 1
)
SELECT entered.held AS held, count(*) AS people, count(returned.v) AS returned, count(spent.v) AS buyers, coalesce(sum(spent.orders), 0) AS orders,
  round(coalesce(sum(spent.net), 0), 4) AS revenue, coalesce(sum(spent.net * spent.net), 0) AS revenue_squares,
  sum(CASE WHEN entered.began + ${window} > ${s.int(now)} THEN 1 ELSE 0 END) AS growing
FROM entered LEFT JOIN returned ON returned.v = entered.v LEFT JOIN spent ON spent.v = entered.v GROUP BY 1`;
};

const none = { people: 0, returned: 0, buyers: 0, orders: 0, revenue: 0, revenue_squares: 0, growing: 0 };

const groupOf = (/** @type {string} */ group, /** @type {typeof none} */ { revenue_squares, ...row }) => ({
  group,
  ...row,
  return_rate: row.people ? row.returned / row.people : null,
  conversion: row.people ? row.buyers / row.people : null,
  revenue_per_person: row.people ? row.revenue / row.people : null,
});

/**
 * Whether writing brought people back: who was to be written to beside who was held out. `difference` has `return_rate`,
 * `conversion` and `revenue_per_person`, each with `difference`, `low`, `high`, `p`, or is `null` where a group is empty;
 * `growing` says of how many people the days are not over.
 *
 * @param {any} store
 * @param {string} campaign
 * @param {{ days: number, now: number }} options
 */
export const recallResults = async (store, campaign, { days, now }) => {
  const s = createStatement(DIALECTS[/** @type {'duckdb'} */ (store.engine)]);
  const rows = await store.query(resultsSql(s, campaign, days, now), s.values);
  const [written, held] = [0, 1].map((which) => ({ ...none, ...rows.find((/** @type {any} */ row) => row.held === which) }));
  const spent = (/** @type {typeof none} */ { people, revenue, revenue_squares }) =>
    moments({ n: people, sum: revenue, squares: revenue_squares });
  const ofRates = (/** @type {'returned' | 'buyers'} */ key) => ({
    ...newcombe(held[key], held.people, written[key], written.people),
    p: zTest(held[key], held.people, written[key], written.people),
  });
  return {
    days,
    definition: RESULTS_DEFINITION,
    groups: [groupOf('written', written), groupOf('held_out', held)].map(({ held: _, ...group }) => group),
    difference:
      held.people && written.people
        ? {
            return_rate: ofRates('returned'),
            conversion: ofRates('buyers'),
            revenue_per_person: welch(spent(held), spent(written)),
          }
        : null,
  };
};
