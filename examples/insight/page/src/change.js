import { isRate } from './format.js';

const DIGITS = 1;
/** The direction of what is read: what is rounded to 0 did not move. */
const signOf = (percents) => Math.sign(Math.round(percents * 10 ** DIGITS)) || 0;

/**
 * How a number moved against an earlier one: rates in points, all else in percent. `undefined` where there is nothing to hold
 * it against.
 */
export const changeOf = (column, now, before, { locale, points }) => {
  if (typeof now !== 'number' || typeof before !== 'number') return undefined;
  const signed = { maximumFractionDigits: DIGITS, signDisplay: 'exceptZero' };
  if (isRate(column, now)) {
    const moved = (now - before) * 100;
    return { sign: signOf(moved), text: `${new Intl.NumberFormat(locale, signed).format(moved)} ${points}` };
  }
  if (!before) return undefined;
  const part = now / before - 1;
  return { sign: signOf(part * 100), text: new Intl.NumberFormat(locale, { style: 'percent', ...signed }).format(part) };
};
