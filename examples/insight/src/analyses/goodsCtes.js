import { eventsCte, itemsCte } from './common.js';

/** CTEs `looked` (views of products), `carted`, `lines` (what was paid for: of each order the lines of the event that counts). */
export const goodsCtes = (s, c, range = {}) => [
  [
    'looked',
    eventsCte(s, c, {
      columns: ['t', 'product_id', 'price'],
      where: "ev.name = 'product_viewed' AND coalesce(ev.product_id, '') <> ''",
      ...range,
    }),
  ],
  [
    'carted',
    eventsCte(s, c, {
      columns: ['t', 'product_id'],
      where: "ev.name = 'product_added' AND coalesce(ev.product_id, '') <> ''",
      ...range,
    }),
  ],
  [
    'lines',
    itemsCte(s, c, {
      columns: ['t', 'day', 'order_id', 'product_id', 'coalesce(it.price, 0) AS price', 'coalesce(it.quantity, 1) AS quantity'],
      where: `it.name = 'order_paid' AND it.event_id IN (SELECT o.event_id FROM orders AS o WHERE NOT o.cancelled${c.excluded ? '' : ' AND o.excluded IS NULL'})`,
      ...range,
    }),
  ],
];
