import jstat from 'jstat';

const { jStat } = jstat;

/** Mean and variance from a count, a sum and a sum of squares. */
export const moments = ({ n, sum, squares }) => {
  const mean = n ? sum / n : 0;
  return { n, mean, variance: n > 1 ? Math.max(0, (squares - n * mean * mean) / (n - 1)) : 0 };
};

/** Welch's t test of two means, the second minus the first, and its interval; null where there is nothing to compare. */
export const welch = (first, second, confidence = 0.95) => {
  if (first.n < 2 || second.n < 2) return null;
  const a = first.variance / first.n;
  const b = second.variance / second.n;
  const error = Math.sqrt(a + b);
  const difference = second.mean - first.mean;
  if (!(error > 0))
    return { difference, low: difference, high: difference, t: 0, degrees: first.n + second.n - 2, p: difference ? 0 : 1 };
  const degrees = (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1));
  const t = difference / error;
  const half = jStat.studentt.inv(1 - (1 - confidence) / 2, degrees) * error;
  return {
    difference,
    low: difference - half,
    high: difference + half,
    t,
    degrees,
    p: 2 * (1 - jStat.studentt.cdf(Math.abs(t), degrees)),
  };
};
