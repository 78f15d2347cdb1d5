import { afterAll, beforeAll, expect, test } from 'vitest';
import { at } from './helpers/createEvents.js';
import { createTestStore } from './helpers/testStore.js';

let shop;
beforeAll(async () => void (shop = await createTestStore()));
afterAll(() => shop.close());

const seen = (v, variant, ms = 0, overridden = false) => ({
  v,
  t: at(1, ms),
  name: 'experiment_exposure',
  type: 'auto',
  props: { experiment: 'coupon', variant, overridden },
});
const paid = (v, days, value, order_id = v) => ({ v, t: at(days), name: 'order_paid', props: { order_id, value } });

test('enters at the first exposure that was not overridden; who saw two variants is counted apart', async () => {
  await shop.fill([
    seen('a1', 'a'),
    paid('a1', 2, 10),
    seen('a2', 'a'),
    paid('a2', 9, 99), // after the window
    seen('a3', 'a'),
    seen('a3', 'a', 5000),
    paid('a3', 0.5, 50), // before the exposure
    seen('b1', 'b'),
    paid('b1', 1.5, 20, 'o1'),
    paid('b1', 3, 5, 'o2'),
    seen('b2', 'a', 0, true),
    seen('b2', 'b', 10),
    seen('m', 'a'),
    seen('m', 'b', 10),
    paid('m', 2, 1000),
  ]);
  const { rows } = await shop.run('experiment', { from: '2026-09-01', to: '2026-09-03', experiment: 'coupon' });
  expect(rows.mixed_people).toBe(1);
  expect(rows.variants.map(({ variant, people, conversions, revenue }) => ({ variant, people, conversions, revenue }))).toEqual(
    [
      { variant: 'a', people: 3, conversions: 1, revenue: 10 },
      { variant: 'b', people: 2, conversions: 1, revenue: 25 },
    ],
  );
  expect(rows.sample_ratio.mismatch).toBe(false);
});

test('what a visitor does at the moment of the exposure, but before it, does not count', async () => {
  await shop.fill([
    { ...paid('x', 1, 5), seq: 0 },
    { ...seen('x', 'a'), seq: 1 },
    { ...seen('y', 'a'), seq: 0 },
    { ...paid('y', 1, 5), seq: 1 },
  ]);
  const { rows } = await shop.run('experiment', { from: '2026-09-01', to: '2026-09-03', experiment: 'coupon' });
  expect(rows.variants[0].conversions).toBe(1);
});
