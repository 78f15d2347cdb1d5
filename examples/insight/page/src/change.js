import { isRate } from './format.js';

/**
 * How a number moved against an earlier one: rates in points, all else in percent. `undefined` where there is nothing to hold
 * it against.
 */
export const changeOf = (column, now, before, { locale, points }) => {
  if (typeof now !== 'number' || typeof before !== 'number') return undefined;
  const signed = { maximumFractionDigits: 1, signDisplay: 'exceptZero' };
  if (isRate(column, now)) {
    const moved = (now - before) * 100;
    return { sign: Math.sign(moved), text: `${new Intl.NumberFormat(locale, signed).format(moved)} ${points}` };
  }
  if (!before) return undefined;
  const part = now / before - 1;
  return { sign: Math.sign(part), text: new Intl.NumberFormat(locale, { style: 'percent', ...signed }).format(part) };
};
