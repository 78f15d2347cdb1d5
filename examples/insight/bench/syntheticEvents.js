import { ALL_ORDERS } from '../src/loader/orderRows.js';
import { ALL_VISITS } from '../src/loader/visitRows.js';

const VISITORS_PER_MILLION = 28_800;
const PER_SESSION = 11;
const FIRST_MS = Date.parse('2026-08-31T16:00:00Z');
const DAYS = 90;

/** A number from 0 on, the same each time, for a row and a purpose. */
const pick = (purpose, n, of = 'i') => `CAST(hash(${of}, '${purpose}') % ${n} AS INTEGER)`;
const one = (purpose, words, of) =>
  `([${words.map((word) => `'${word}'`).join(', ')}])[1 + ${pick(purpose, words.length, of)}]`;

const NAMES = [
  ...Array(3).fill('page_view'),
  ...Array(2).fill('page_leave'),
  ...Array(2).fill('tap'),
  'exposure',
  'product_viewed',
  'product_viewed',
  'app_hide',
  'product_added',
  'share_open',
  'checkout_started',
  'order_paid',
  'share',
  'subscribe_message',
  'experiment_exposure',
  'coupon_claimed',
  'app_show',
];
/** Those whose properties name a product. */
const OF_A_PRODUCT =
  "name NOT IN ('tap', 'exposure', 'share', 'share_open', 'experiment_exposure', 'subscribe_message', 'coupon_claimed')";
const GROUPS = ['search', 'ad', 'chat_share', 'recent', 'message', 'scan', 'timeline', 'official_account'];

/**
 * Statements that fill the tables with about so many events, in the vocabulary of the SDK: material to measure on, with
 * no meaning. 90 days, 11 events a session, orders, items and cards up to four deep; in the order in which they would
 * have come, as the loader writes them.
 */
export const syntheticStatements = (millions = 1) => {
  const visitors = Math.round(VISITORS_PER_MILLION * millions);
  const sessions = Math.round((millions * 1_000_000) / PER_SESSION);
  return [
    `CREATE TEMP TABLE visits AS SELECT i, ${pick('who', visitors)} AS w, CAST(${FIRST_MS} + (hash(i, 'when') % ${DAYS * 86_400_000}) AS BIGINT) AS began FROM range(${sessions}) AS r(i)`,
    `CREATE TEMP TABLE placed AS SELECT *, row_number() OVER (PARTITION BY w ORDER BY began, i) AS place FROM visits`,
    `CREATE TEMP TABLE raw AS
     SELECT placed.i * ${PER_SESSION} + k AS i, placed.i AS s, w, place, k, began + k * 20000 AS t,
       CASE WHEN k = 0 THEN 'app_launch' ELSE ${one('name', NAMES, `placed.i * ${PER_SESSION} + k`)} END AS name,
       'p' || ${pick('product', 500, `placed.i * ${PER_SESSION} + k`)} AS product, ${pick('price', 400, `placed.i * ${PER_SESSION} + k`)} + 9.5 AS price
     FROM placed, range(${PER_SESSION}) AS r(k) ORDER BY began, placed.i, k`,
    `INSERT INTO events BY NAME
     SELECT CAST(md5('e' || i) AS UUID) AS id, t + 1500 AS received_at, CAST(timezone('Asia/Shanghai', make_timestamptz((t + 1500) * 1000)) AS DATE) AS received_day,
       t, CAST(timezone('Asia/Shanghai', make_timestamptz(t * 1000)) AS DATE) AS day, CAST(hour(timezone('Asia/Shanghai', make_timestamptz(t * 1000))) AS UTINYINT) AS hour,
       place AS boot, k AS seq,
       CASE WHEN name IN ('page_view', 'page_leave', 'tap', 'exposure', 'app_hide', 'app_launch', 'app_show', 'share', 'share_open', 'subscribe_message', 'experiment_exposure') THEN 'auto' ELSE 'track' END AS type,
       name, md5('s' || s)[1:24] AS session_id, md5('v' || w) AS anonymous_id, CASE WHEN w % 5 = 0 THEN 'user-' || w // 10 END AS user_id,
       CASE WHEN w % 50 = 0 THEN 'test' END AS excluded, ${one('platform', ['wechat', 'alipay', 'douyin'], 'w')} AS platform, '2.' || ${pick('version', 5, 's')} AS app_version, 'minitrail/0.1.0' AS sdk,
       ${one('network', ['wifi', '4g', '5g'], 's')} AS network_type, 'Mate ' || ${pick('model', 60, 'w')} AS device_model, 375 AS window_width, place AS session_index, place = 1 AS is_first_visit,
       '10' || (10 + ${pick('scene', 80, 's')}) AS source_scene, ${one('group', GROUPS, 's')} AS source_group, CASE WHEN s % 4 = 0 THEN 'campaign-' || s % 12 END AS source_campaign,
       ${one('first', GROUPS, 'w')} AS first_group, CASE WHEN w % 4 = 0 THEN 'campaign-' || w % 12 END AS first_campaign,
       CASE WHEN w % 6 = 0 THEN 'card' || ${pick('credit', 6000, 'w')} END AS share_id,
       CASE WHEN name IN ('page_view', 'page_leave', 'tap', 'exposure', 'share') THEN 'pages/' || ${pick('page', 25)} || '/index' END AS page,
       CASE WHEN ${OF_A_PRODUCT} THEN product END AS product_id, CASE WHEN name = 'order_paid' THEN 'order' || i END AS order_id,
       CASE WHEN name = 'order_paid' THEN price * 2 END AS amount, CASE WHEN ${OF_A_PRODUCT} THEN price END AS price,
       CASE WHEN name IN ('page_leave', 'app_hide') THEN ${pick('stay', 120_000)} END AS duration_ms,
       true AS in_session, false AS resumed, md5_number_lower(md5('v' || w)) AS visitor_no, md5_number_lower(md5('s' || s)[1:24]) AS session_no,
       MAP {'scene': '1011'} AS source, MAP {'scene': '1011'} AS first_source,
       CASE name
         WHEN 'tap' THEN MAP {'kind': 'tap', 'element_id': 'b' || ${pick('button', 40)}, 'handler': 'onTap', 'x_fraction': CAST(${pick('x', 1000)} / 1000 AS VARCHAR), 'y_fraction': CAST(${pick('y', 1000)} / 1000 AS VARCHAR), 'dataset': '{"sku":"' || product || '"}'}
         WHEN 'exposure' THEN MAP {'selector': '.card', 'dataset': '{"sku":"' || product || '"}', 'ratio': '0.8'}
         WHEN 'share' THEN MAP {'share_id': 'card' || ${pick('card', 6000)}, 'method': 'menu'}
         WHEN 'share_open' THEN MAP {'share_id': 'card' || ${pick('open', 6000)}, 'own': 'false', 'first': 'true'}
         WHEN 'experiment_exposure' THEN MAP {'experiment': 'coupon', 'variant': ${one('variant', ['a', 'b'], 'w')}, 'overridden': 'false'}
         WHEN 'subscribe_message' THEN MAP {'action': 'accepted', 'template_id': 'tmpl' || ${pick('template', 3)}}
         WHEN 'coupon_claimed' THEN MAP {'coupon_id': 'c' || ${pick('coupon', 20)}}
         ELSE MAP {'product_id': product, 'price': CAST(price AS VARCHAR), 'currency': 'CNY'} END AS properties
     FROM raw`,
    `INSERT INTO items BY NAME SELECT id AS event_id, position, t, day, name, anonymous_id, visitor_no, excluded, order_id, 'p' || CAST(hash(order_id, position) % 500 AS INTEGER) AS product_id, amount / 2 AS price, 1 AS quantity FROM events, range(2) AS r(position) WHERE name = 'order_paid'`,
    `INSERT INTO persons SELECT md5('v' || w), 'user-' || w // 10, md5_number_lower(md5('v' || w)), md5_number_lower('user-' || w // 10) FROM range(${visitors}) AS r(w) WHERE w % 5 = 0`,
    `INSERT INTO shares BY NAME SELECT 'card' || c AS share_id, CASE WHEN c >= 1500 THEN 'card' || (c - 1500) END AS parent_id, 'card' || c % 1500 AS root_id, 1 + c // 1500 AS depth, md5('v' || (c * 7) % ${visitors}) AS anonymous_id, md5_number_lower(md5('v' || (c * 7) % ${visitors})) AS visitor_no, ${FIRST_MS} AS t, 'menu' AS method FROM range(6000) AS r(c)`,
    ...ALL_ORDERS,
    ...ALL_VISITS,
    'CHECKPOINT',
  ];
};
