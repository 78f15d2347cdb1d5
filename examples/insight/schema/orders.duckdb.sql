-- The same as orders.sql says, from the rows that decide: see src/loader/orderRows.js.
SELECT
  paid.order_id AS order_id, CASE WHEN told.name = 'order_paid' THEN told.event_id ELSE paid.event_id END AS event_id, paid.t AS t, paid.day AS day, paid.hour AS hour,
  told.anonymous_id AS anonymous_id, coalesce(told.user_id, paid.user_id) AS user_id, told.session_id AS session_id, told.platform AS platform,
  told.excluded AS excluded, told.share_id AS share_id, told.share_root_id AS share_root_id, told.share_depth AS share_depth,
  told.source_scene AS source_scene, told.source_group AS source_group, told.source_campaign AS source_campaign,
  told.first_scene AS first_scene, told.first_group AS first_group, told.first_campaign AS first_campaign,
  CASE WHEN told.name = 'order_paid' THEN told.coupon_id ELSE paid.coupon_id END AS coupon_id,
  told.visitor_no AS visitor_no,
  paid.amount AS amount,
  least(coalesce(undone.refunded, CAST(0 AS DECIMAL(18,4))), paid.amount) AS refunded,
  paid.amount - least(coalesce(undone.refunded, CAST(0 AS DECIMAL(18,4))), paid.amount) AS net,
  coalesce(undone.cancelled, 0) = 1 AS cancelled
FROM (SELECT * REPLACE (coalesce(amount, CAST(0 AS DECIMAL(18,4))) AS amount) FROM order_events WHERE pays) AS paid
JOIN order_events AS told ON told.order_id = paid.order_id AND told.tells
LEFT JOIN (
  SELECT order_id, sum(refund) AS refunded, max(cancelled) AS cancelled
  FROM (
    SELECT order_id, coalesce(refund_id, CAST(event_id AS VARCHAR)) AS refund_id,
      max(CASE WHEN name = 'order_refunded' THEN amount END) AS refund,
      max(CASE WHEN name = 'order_cancelled' THEN 1 ELSE 0 END) AS cancelled
    FROM order_events WHERE name IN ('order_refunded', 'order_cancelled')
    GROUP BY 1, 2
  ) AS each_undone
  GROUP BY 1
) AS undone ON undone.order_id = paid.order_id
