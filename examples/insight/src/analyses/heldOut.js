import { newcombe } from '../stats/newcombe.js';

/**
 * Rows of `shown`, `bought`, `held_out` and `held_out_bought` with what showing is worth: the difference of the two rates,
 * with Newcombe's interval. Empty where one of the groups is.
 */
export const compareHeldOut = (/** @type {any[]} */ rows) =>
  rows.map((row) => {
    const { shown, bought, held_out, held_out_bought } = row;
    const { difference, low, high } =
      shown && held_out ? newcombe(held_out_bought, held_out, bought, shown) : { difference: null, low: null, high: null };
    return { ...row, difference_rate: difference, low_of_difference_rate: low, high_of_difference_rate: high };
  });
