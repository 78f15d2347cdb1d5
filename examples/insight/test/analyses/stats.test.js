import { expect, test } from 'vitest';
import { compareVariants } from '../../src/stats/compareVariants.js';
import { newcombe, wilson, zTest } from '../../src/stats/newcombe.js';
import { sampleRatio } from '../../src/stats/sampleRatio.js';
import { moments, welch } from '../../src/stats/welch.js';

const createRandom = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
};

test('Newcombe 1998, table II, method 10: 56/70 − 48/80 is 0.0524 to 0.3339', () => {
  const { difference, low, high } = newcombe(48, 80, 56, 70);
  expect(difference).toBeCloseTo(0.2, 10);
  expect(low).toBeCloseTo(0.0524, 4);
  expect(high).toBeCloseTo(0.3339, 4);
});

test('Newcombe 1998: 9/10 − 3/10 is 0.1705 to 0.8090, 10/10 − 0/20 is 0.6791 to 1', () => {
  const a = newcombe(3, 10, 9, 10);
  expect([a.low, a.high].map((x) => x.toFixed(4))).toEqual(['0.1705', '0.8090']);
  const b = newcombe(0, 20, 10, 10);
  expect([b.low, b.high].map((x) => x.toFixed(4))).toEqual(['0.6791', '1.0000']);
});

test('Wilson stays within 0 and 1', () => {
  for (const [hits, n] of [
    [0, 0],
    [0, 5],
    [5, 5],
    [1, 1000],
  ]) {
    const { low, high } = wilson(hits, n);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
  }
});

test('Welch on two published samples: t, degrees and p', () => {
  // https://en.wikipedia.org/wiki/Welch%27s_t-test, example 1.
  const of = (list) =>
    moments({ n: list.length, sum: list.reduce((a, b) => a + b, 0), squares: list.reduce((a, b) => a + b * b, 0) });
  const a = of([27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]);
  const b = of([27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4]);
  const { t, degrees, p } = welch(a, b);
  expect(t).toBeCloseTo(2.46, 2);
  expect(degrees).toBeCloseTo(24.99, 1);
  expect(p).toBeCloseTo(0.021, 3);
});

test('a sample ratio that is off is seen, one that may happen is not', () => {
  expect(sampleRatio([5000, 5050], [1, 1]).mismatch).toBe(false);
  expect(sampleRatio([5000, 5400], [1, 1]).mismatch).toBe(true);
  expect(sampleRatio([900, 100], [9, 1]).p).toBe(1);
  expect(sampleRatio([10, 3], [1, 0]).mismatch).toBe(true);
});

test('1,000 A/A draws: 5 % are called different, 95 % of the intervals hold the truth', () => {
  const random = createRandom(20261126);
  const runs = 1000;
  const people = 800;
  const rate = 0.08;
  const counts = { rate: 0, revenue: 0, covered: 0, revenueCovered: 0, ratio: 0 };
  for (let run = 0; run < runs; run++) {
    const rows = ['a', 'b'].map((variant) => ({ variant, people: 0, conversions: 0, revenue: 0, revenue_squares: 0 }));
    for (let i = 0; i < people * 2; i++) {
      const row = rows[random() < 0.5 ? 0 : 1];
      row.people += 1;
      const paid = random() < rate ? 20 + random() * 80 : 0;
      if (!paid) continue;
      row.conversions += 1;
      row.revenue += paid;
      row.revenue_squares += paid * paid;
    }
    const { variants, sample_ratio } = compareVariants(rows);
    const { rate_difference, revenue_difference } = variants[1];
    if (rate_difference.p < 0.05) counts.rate += 1;
    if (revenue_difference.p < 0.05) counts.revenue += 1;
    if (rate_difference.low <= 0 && rate_difference.high >= 0) counts.covered += 1;
    if (revenue_difference.low <= 0 && revenue_difference.high >= 0) counts.revenueCovered += 1;
    if (sample_ratio.p < 0.05) counts.ratio += 1;
  }
  for (const rejected of [counts.rate, counts.revenue, counts.ratio])
    expect(Math.abs(rejected / runs - 0.05)).toBeLessThanOrEqual(0.014);
  for (const covered of [counts.covered, counts.revenueCovered])
    expect(Math.abs(covered / runs - 0.95)).toBeLessThanOrEqual(0.014);
});

test('an effect that is there is found', () => {
  const { variants, control } = compareVariants(
    [
      { variant: 'new', people: 5000, conversions: 500, revenue: 50_000, revenue_squares: 6_000_000 },
      { variant: 'old', people: 5000, conversions: 350, revenue: 35_000, revenue_squares: 4_200_000 },
    ],
    { control: 'old' },
  );
  expect(control).toBe('old');
  expect(variants[0].rate_difference.low).toBeGreaterThan(0);
  expect(variants[0].rate_difference.p).toBe(zTest(350, 5000, 500, 5000));
  expect(variants[0].revenue_difference.low).toBeGreaterThan(0);
});
