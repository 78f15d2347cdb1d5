import { RECALL_MESSAGE } from '../recall/messages.js';
import { eventsCte, joinPersons, linesCte, orderKey, ordersCte, ratio, SESSION, who, whoName } from './common.js';
import { equal } from './keys.js';

/**
 * CTE `reachable`: who may be written to, by which templates. Each time somebody agrees is a ticket for one message. A message that
 * was sent takes one, and so does one that was opened and that nobody here sent; opening one that was sent takes no second one.
 */
const subscriptions = (s, c) => [
  [
    'told',
    eventsCte(s, c, {
      columns: [
        `${whoName(c)} AS person`,
        `coalesce(${s.property('template_id')}, '') AS template_id`,
        `${s.property('action')} AS action`,
        `${orderKey()} AS k`,
      ],
      where: "ev.name = 'subscribe_message'",
      from: null,
    }),
  ],
  [
    'used',
    `SELECT ${who(c)} AS v, ${whoName(c)} AS person, coalesce(${s.property('template_id', 'ev.properties')}, '') AS template_id, 'sent' AS action, ${orderKey()} AS k FROM events AS ev${joinPersons(c, 'ev')}
  WHERE ev.type = 'server' AND ev.name = '${RECALL_MESSAGE}' AND ${s.property('state', 'ev.properties')} = 'sent'`,
  ],
  [
    'marks',
    `SELECT v, person, template_id, CASE WHEN action = 'accepted' THEN 1 ELSE 0 END AS agreed, CASE WHEN action = 'sent' THEN 1 ELSE 0 END AS sent,
    sum(CASE WHEN action = 'opened' THEN 1 WHEN action = 'sent' THEN -1 ELSE 0 END) OVER (PARTITION BY v, template_id ORDER BY k, action DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS ahead
  FROM (SELECT v, person, template_id, action, k FROM told UNION ALL SELECT v, person, template_id, action, k FROM used) AS all_marks`,
  ],
  [
    'tickets',
    'SELECT v, min(person) AS person, template_id, sum(agreed) - sum(sent) - greatest(max(ahead), 0) AS unused FROM marks GROUP BY v, template_id',
  ],
  [
    'reachable',
    'SELECT v, min(person) AS person, min(template_id) AS template_id, sum(unused) AS unused FROM tickets WHERE unused > 0 GROUP BY v',
  ],
];

/** CTE `hours`: per person the hour in which most of their visits begin, if there are three; `shop_hour`: the hour with the best rate. */
const hours = (s, c) => [
  [
    'seen',
    eventsCte(s, c, {
      columns: [`${SESSION} AS session_no`, 'hour', `${orderKey()} AS k`],
      where: 'ev.in_session',
      touching: true,
      from: null,
      kept: true,
    }),
  ],
  ['visits', 'SELECT v, session_no, argMin(hour, k) AS hour FROM seen GROUP BY 1, 2'],
  ['by_hour', 'SELECT v, hour, count(*) AS n FROM visits GROUP BY 1, 2'],
  ['usual', 'SELECT v, sum(n) AS visits, argMax(hour, n * 24 - hour) AS hour FROM by_hour GROUP BY v'],
  ['sold', 'SELECT hour, count(*) AS orders FROM o GROUP BY 1'],
  ['there', 'SELECT hour, sum(n) AS visits FROM by_hour GROUP BY 1'],
  [
    'shop_hour',
    `SELECT min(CASE WHEN place = 1 THEN hour END) AS hour FROM (
    SELECT there.hour AS hour, row_number() OVER (ORDER BY ${ratio('coalesce(sold.orders, 0)', 'there.visits')} DESC, there.hour) AS place FROM there LEFT JOIN sold ON sold.hour = there.hour
  ) AS ranked`,
  ],
];

/** Whom to write to, about what, and when. */
export const recall = {
  id: 'recall',
  group: 'recommendations',
  title: { en: 'Recall list', zh: '召回名单' },
  definition: {
    en: 'People who accepted a template more often than messages of it were sent, or opened that nobody here sent, and who either left in the cart a product that they neither removed nor bought since (the latest one), or whose last order is longer ago than the limit. Hour: that in which most of their visits begin, from three visits on, else the shop’s hour with the most orders per visit. Expected value: the last price told as the product was put into the cart (else their mean order) times (orders + 1) / (visits + 2), at most 1.',
    zh: '对某订阅消息模板的同意次数多于已用次数（已发送的，以及打开过但不是由此处发送的），并且（a）购物车中最近加入的商品之后既未移除也未购买，或（b）距最近一单超过给定天数。时段：有 3 次以上访问者取其访问最集中的小时，否则取全店单次访问下单率最高的小时。期望价值：该商品加购时最近一次上报的价格（否则其平均订单额）×（订单数 + 1）/（访问数 + 2），比例不超过 1。',
  },
  params: {
    leavingDays: { type: 'int', min: 1, max: 3650, default: 60, en: 'Days without an order', zh: '未下单天数' },
    top: { type: 'int', min: 1, max: 10_000, default: 500, en: 'How many people', zh: '最多人数' },
  },
  build: (s, c, { leavingDays, top }) => ({
    ctes: [
      ...subscriptions(s, c),
      ['o', ordersCte(s, c, { columns: ['order_id', 't', 'day', 'hour', 'net'], from: null })],
      ...hours(s, c),
      // Whatever is filtered: what was bought is not to be offered.
      ['lines', linesCte(s, c, { from: null, filters: false })],
      [
        'cart',
        eventsCte(s, c, {
          columns: ['t', 'name', 'product_id', 'price', `${orderKey()} AS k`],
          where: "ev.name IN ('product_added', 'product_removed') AND coalesce(ev.product_id, '') <> ''",
        }),
      ],
      [
        'added',
        "SELECT v, product_id, max(k) AS k, max(t) AS t, argMax(price, k) AS price FROM cart WHERE name = 'product_added' GROUP BY 1, 2",
      ],
      ['removed', "SELECT v, product_id, max(k) AS k FROM cart WHERE name = 'product_removed' GROUP BY 1, 2"],
      ['paid', 'SELECT v, product_id, max(t) AS t FROM lines GROUP BY 1, 2'],
      [
        'left_cart',
        `SELECT added.v AS v, argMax(added.product_id, added.k) AS product_id, argMax(coalesce(added.price, 0), added.k) AS price FROM added
  LEFT JOIN removed ON removed.v = added.v AND removed.product_id = added.product_id LEFT JOIN paid ON paid.v = added.v AND paid.product_id = added.product_id
  WHERE coalesce(removed.k, -1) < added.k AND coalesce(paid.t, -1) < added.t GROUP BY added.v`,
      ],
      ['buyers', 'SELECT v, count(*) AS orders, sum(CAST(net AS DOUBLE)) AS net, max(day) AS last_day FROM o GROUP BY v'],
      [
        'x',
        `SELECT r.v AS v, r.person AS person, r.template_id AS template_id, r.unused AS unused, CASE WHEN left_cart.v IS NULL THEN 'leaving' ELSE 'cart' END AS reason, coalesce(left_cart.product_id, '') AS product_id,
    CASE WHEN usual.visits >= 3 THEN usual.hour ELSE shop_hour.hour END AS hour, buyers.last_day AS last_order,
    CASE WHEN left_cart.v IS NULL THEN buyers.net / buyers.orders ELSE CAST(left_cart.price AS DOUBLE) END * least(1.0, (coalesce(buyers.orders, 0) + 1.0) / (coalesce(usual.visits, 0) + 2.0)) AS expected
  FROM reachable AS r LEFT JOIN left_cart ON left_cart.v = r.v LEFT JOIN buyers ON buyers.v = r.v LEFT JOIN usual ON usual.v = r.v CROSS JOIN shop_hour
  WHERE left_cart.v IS NOT NULL OR ${s.day(c.to)} - buyers.last_day > ${s.int(leavingDays)}`,
      ],
    ],
    select: `SELECT person, reason, product_id, template_id, unused, hour, last_order, round(expected, 4) AS expected_value, 1 AS people FROM x ORDER BY round(expected, 4) DESC, person LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { person: equal('text', 'person'), reason: equal('text', 'reason') } },
    number: 'people',
  }),
};
