/**
 * `order_events`: of all that was told of an order only what decides its row in `orders`, so that no report has to sort
 * every telling: the one that pays (the earliest order_paid), the one that tells whose it is, and what undoes it.
 * The definition is `schema/orders.sql`.
 */
const UNDOING = "'order_refunded', 'order_cancelled'";
const NAMES = `'order_paid', 'order_submitted', 'checkout_started', ${UNDOING}`;
const CAPTURED = 't, boot, seq, CAST(event_id AS VARCHAR)';

/** @param {string} events Rows as they are in `events`. */
const tellings = (
  events,
) => `SELECT order_id, id AS event_id, name, t, day, hour, boot, seq, anonymous_id, visitor_no, user_id, session_id, platform,
    excluded, share_id, share_root_id, share_depth, source_scene, source_group, source_campaign, first_scene, first_group, first_campaign,
    nullif(properties['coupon_id'], '') AS coupon_id, amount, nullif(properties['refund_id'], '') AS refund_id
  FROM ${events} WHERE name IN (${NAMES}) AND order_id IS NOT NULL`;

/** @param {string} told */
const deciding = (told) => `SELECT *,
    name = 'order_paid' AND row_number() OVER (PARTITION BY order_id, name ORDER BY ${CAPTURED}) = 1 AS pays,
    name NOT IN (${UNDOING}) AND row_number() OVER (
      PARTITION BY order_id
      ORDER BY CASE WHEN name IN (${UNDOING}) THEN 1 ELSE 0 END, CASE WHEN anonymous_id = user_id THEN 1 ELSE 0 END,
        CASE WHEN name = 'order_paid' THEN 0 ELSE 1 END, ${CAPTURED}
    ) = 1 AS tells
  FROM (${told}) AS told
  QUALIFY pays OR tells OR name IN (${UNDOING})`;

/** From all events: for tables that were filled by other means than the loader. */
export const ALL_ORDERS = ['DELETE FROM order_events', `INSERT INTO order_events BY NAME ${deciding(tellings('events'))}`];

const REPLACE = [
  'DELETE FROM order_events WHERE order_id IN (SELECT order_id FROM touched_orders)',
  'INSERT INTO order_events BY NAME FROM decided_orders',
];
const decide = (/** @type {string} */ told) => `CREATE OR REPLACE TEMP TABLE decided_orders AS ${deciding(told)}`;
const touch = (/** @type {string} */ told) => `CREATE OR REPLACE TEMP TABLE touched_orders AS ${told}`;
const OF_TOUCHED = 'order_id IN (SELECT order_id FROM touched_orders)';

/** New events, in `rows`; what decided before is in the table. */
export const newOrders = (/** @type {string} */ rows) => [
  touch(tellings(`(${rows})`)),
  decide(`FROM touched_orders UNION ALL BY NAME SELECT * EXCLUDE (pays, tells) FROM order_events WHERE ${OF_TOUCHED}`),
  ...REPLACE,
];

/** Orders that `found` names, from all their events: times changed, or events are gone. */
export const ordersAgain = (/** @type {string} */ found) => [
  touch(found),
  decide(`${tellings('events')} AND ${OF_TOUCHED}`),
  ...REPLACE,
];
