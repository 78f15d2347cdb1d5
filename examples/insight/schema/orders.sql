-- One row for each order, whoever told it and how often: the earliest telling gives the time and the amount, the
-- phone's (where there is one) the visitor and the source: if only the server told of the payment, that of the checkout. Refunds count once each, and no more than the amount.
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
FROM (
  SELECT order_id, id AS event_id, user_id, nullif(properties['coupon_id'], '') AS coupon_id, t, day, hour, coalesce(amount, CAST(0 AS DECIMAL(18,4))) AS amount,
    row_number() OVER (PARTITION BY order_id ORDER BY t, boot, seq, CAST(id AS VARCHAR)) AS place
  FROM events WHERE name = 'order_paid' AND order_id IS NOT NULL
) AS paid
JOIN (
  SELECT order_id, name, id AS event_id, anonymous_id, visitor_no, user_id, session_id, platform, excluded, share_id, share_root_id,
    share_depth, source_scene, source_group, source_campaign, first_scene, first_group, first_campaign,
    nullif(properties['coupon_id'], '') AS coupon_id,
    row_number() OVER (
      PARTITION BY order_id
      ORDER BY CASE WHEN anonymous_id = user_id THEN 1 ELSE 0 END, CASE WHEN name = 'order_paid' THEN 0 ELSE 1 END, t, boot, seq, CAST(id AS VARCHAR)
    ) AS place
  FROM events WHERE name IN ('order_paid', 'order_submitted', 'checkout_started') AND order_id IS NOT NULL
) AS told ON told.order_id = paid.order_id
LEFT JOIN (
  SELECT order_id, sum(refund) AS refunded, max(cancelled) AS cancelled
  FROM (
    SELECT order_id, coalesce(nullif(properties['refund_id'], ''), CAST(id AS VARCHAR)) AS refund_id,
      max(CASE WHEN name = 'order_refunded' THEN amount END) AS refund,
      max(CASE WHEN name = 'order_cancelled' THEN 1 ELSE 0 END) AS cancelled
    FROM events WHERE name IN ('order_refunded', 'order_cancelled') AND order_id IS NOT NULL
    GROUP BY 1, 2
  ) AS each_undone
  GROUP BY 1
) AS undone ON undone.order_id = paid.order_id
WHERE paid.place = 1 AND told.place = 1
