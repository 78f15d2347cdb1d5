import { ordersCte } from './common.js';

/**
 * CTE `members`: everybody with an order in the range: R days since the last one at the end of the range, F orders, M net
 * in ten-thousandths, whole numbers so that sums and comparisons are exact; and what `values` ask.
 */
export const memberCtes = (s, c, { values = [], ...range } = {}) => [
  ['o', ordersCte(s, c, { columns: ['order_id', 't', 'day', 'net'], ...range })],
  [
    'members',
    `SELECT ${['v', `${s.day(c.to)} - max(day) AS r`, 'count(*) AS f', 'sum(CAST(net * 10000 AS BIGINT)) AS m', ...values].join(', ')} FROM o GROUP BY v`,
  ],
];

/** Ten-thousandths as money. */
export const fromUnits = (sum) => `round(CAST(${sum} AS DOUBLE) / 10000, 4)`;
