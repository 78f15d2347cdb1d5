import jstat from 'jstat';

const { jStat } = jstat;

/** Wilson's interval of a share. */
export const wilson = (hits, n, confidence = 0.95) => {
  if (!n) return { low: 0, high: 1 };
  const z = jStat.normal.inv(1 - (1 - confidence) / 2, 0, 1);
  const p = hits / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
};

/** Newcombe's interval (1998, method 10) of the difference of two shares, the second minus the first. */
export const newcombe = (hits1, n1, hits2, n2, confidence = 0.95) => {
  const one = wilson(hits1, n1, confidence);
  const two = wilson(hits2, n2, confidence);
  const p1 = n1 ? hits1 / n1 : 0;
  const p2 = n2 ? hits2 / n2 : 0;
  const difference = p2 - p1;
  return {
    difference,
    low: difference - Math.hypot(p2 - two.low, one.high - p1),
    high: difference + Math.hypot(two.high - p2, p1 - one.low),
  };
};

/** Two-sided p of the z test of two shares, the variance pooled. */
export const zTest = (hits1, n1, hits2, n2) => {
  const pooled = (hits1 + hits2) / (n1 + n2);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  if (!(error > 0)) return 1;
  return 2 * (1 - jStat.normal.cdf(Math.abs(hits2 / n2 - hits1 / n1) / error, 0, 1));
};
