import jstat from 'jstat';

const { jStat } = jstat;

/** Chi-square of the sizes of groups against their weights: below 0.001 something is wrong with the draw or the tracking. */
export const sampleRatio = (sizes, weights) => {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (sizes.length < 2 || !n || !(whole > 0)) return { chiSquare: 0, p: 1, mismatch: false };
  const chiSquare = sizes.reduce((sum, size, i) => {
    const expected = (n * weights[i]) / whole;
    return expected > 0 ? sum + (size - expected) ** 2 / expected : sum + (size ? Infinity : 0);
  }, 0);
  const p = Number.isFinite(chiSquare) ? 1 - jStat.chisquare.cdf(chiSquare, sizes.length - 1) : 0;
  return { chiSquare, p, mismatch: p < 0.001 };
};
