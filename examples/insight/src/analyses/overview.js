import { eventsCte, firstSeen, money, ordersCte, ratio, SESSION } from './common.js';
import { addDays, daysBetween } from './days.js';

/** The shop in one row. */
export const overview = {
  id: 'overview',
  group: 'events',
  title: { en: 'Overview', zh: '经营概览' },
  definition: {
    en: 'Active: had any event in the range. New: the first event ever lies in the range; returning: it does not; resurrected: returning, and had none in the equally long period before; dormant: had some in the period before, and none in the range. Sessions are those with an event in the range. Revenue is net of refunds, by the day of the order.',
    zh: '活跃：区间内有任意事件；新增：首次事件在区间内；回访：首次事件早于区间；召回：属回访且上一等长周期内没有事件；沉默：上一周期有事件而本区间没有。会话：区间内有事件的会话。收入为扣除退款后的净额，按下单日计。',
  },
  params: {},
  build: (s, c) => {
    const before = addDays(c.from, -(daysBetween(c.from, c.to) + 1));
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: ['name', 'duration_ms', 'resumed'],
          }),
        ],
        ['first_seen', firstSeen(s, c)],
        ['earlier', `SELECT DISTINCT v FROM (${eventsCte(s, c, { from: before, to: addDays(c.from, -1), kept: true })}) AS b`],
        // Each list of events is named once: DuckDB would write out one that is named twice, all ten millions of it.
        [
          'active',
          `SELECT v, count(*) AS events, sum(CASE WHEN name = 'page_view' AND NOT resumed THEN 1 ELSE 0 END) AS views,
    sum(CASE WHEN name = 'app_hide' THEN duration_ms END) AS foreground_ms
  FROM e GROUP BY v`,
        ],
        [
          'visits',
          `SELECT count(DISTINCT session_no) AS sessions FROM (${eventsCte(s, c, { columns: [`${SESSION} AS session_no`], people: false })}) AS each_visit`,
        ],
        ['o', ordersCte(s, c, { columns: ['order_id', 'net'] })],
        [
          'x',
          `SELECT active.v AS v, CASE WHEN f.first_day >= ${s.day(c.from)} THEN 'new' WHEN earlier.v IS NULL THEN 'resurrected' ELSE 'returning' END AS state
  FROM active JOIN first_seen AS f ON f.v = active.v LEFT JOIN earlier ON earlier.v = active.v
  UNION ALL
  SELECT earlier.v AS v, 'dormant' AS state FROM earlier LEFT JOIN active ON active.v = earlier.v WHERE active.v IS NULL
  UNION ALL
  SELECT DISTINCT v, 'buyers' AS state FROM o
  UNION ALL
  SELECT v, 'repeat_buyers' AS state FROM o GROUP BY v HAVING count(*) > 1`,
        ],
        [
          'people',
          `SELECT coalesce(sum(CASE WHEN state = 'new' THEN 1 ELSE 0 END), 0) AS new_people,
    coalesce(sum(CASE WHEN state IN ('returning', 'resurrected') THEN 1 ELSE 0 END), 0) AS returning_people,
    coalesce(sum(CASE WHEN state = 'resurrected' THEN 1 ELSE 0 END), 0) AS resurrected_people,
    coalesce(sum(CASE WHEN state = 'dormant' THEN 1 ELSE 0 END), 0) AS dormant_people,
    coalesce(sum(CASE WHEN state IN ('new', 'returning', 'resurrected') THEN 1 ELSE 0 END), 0) AS active_people,
    coalesce(sum(CASE WHEN state = 'buyers' THEN 1 ELSE 0 END), 0) AS buyers,
    coalesce(sum(CASE WHEN state = 'repeat_buyers' THEN 1 ELSE 0 END), 0) AS repeat_buyers
  FROM x`,
        ],
        [
          'acts',
          'SELECT coalesce(sum(events), 0) AS events, coalesce(sum(views), 0) AS views, coalesce(sum(foreground_ms), 0) AS foreground_ms FROM active',
        ],
        ['sales', `SELECT count(*) AS orders, ${money('sum(net)')} AS revenue FROM o`],
      ],
      select: `SELECT active_people, new_people, returning_people, resurrected_people, dormant_people, events, sessions, views, foreground_ms,
  orders, buyers, repeat_buyers, round(revenue, 4) AS revenue, ${ratio('revenue', 'orders')} AS average_order,
  ${ratio('buyers', 'active_people')} AS conversion, ${ratio('repeat_buyers', 'buyers')} AS repurchase_rate
FROM people CROSS JOIN acts CROSS JOIN visits CROSS JOIN sales`,
      people: {
        from: 'x',
        keys: {
          state: {
            type: 'text',
            where: (value) =>
              `(state = ${value} OR (${value} = 'returning' AND state = 'resurrected') OR (${value} = 'active' AND state IN ('new', 'returning', 'resurrected')))`,
          },
        },
      },
      number: (row, { state }) => (/buyers/.test(state) ? row[state] : row[`${state}_people`]),
      cells: () =>
        ['active', 'new', 'returning', 'resurrected', 'dormant', 'buyers', 'repeat_buyers'].map((state) => ({ state })),
    };
  },
};
