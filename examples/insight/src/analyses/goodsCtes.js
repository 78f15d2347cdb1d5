import { eventsCte, linesCte } from './common.js';

/** CTEs `looked` (views of products), `carted`, `lines` (what was paid for). */
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
  ['lines', linesCte(s, c, range)],
];
