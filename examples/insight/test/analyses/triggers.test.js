import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcombe } from '../../src/stats/newcombe.js';
import { at } from './helpers/createEvents.js';
import { createTestStore } from './helpers/testStore.js';

let shop;
beforeAll(async () => {
  shop = await createTestStore();
});
afterAll(() => shop.close());

const newcombeOf = (...counts) => {
  const { difference, low, high } = newcombe(...counts);
  return { difference_rate: difference, low_of_difference_rate: low, high_of_difference_rate: high };
};

const fired = (v, days, shown, taken, rule = 'hesitates') => ({
  v,
  t: at(days),
  type: 'track',
  name: 'trigger_fired',
  props: { rule, shown, taken },
});
const paid = (v, days) => ({
  v,
  t: at(days),
  type: 'track',
  name: 'order_paid',
  props: { order_id: `${v} ${days}`, total: 10, amount: 10 },
});

test('a rule is told with whom it was shown, who took it, who bought, and the same of those who were held out', async () => {
  await shop.fill([
    // Shown, then taken: one person, who bought a day later and again.
    fired('taker', 2, true, false),
    fired('taker', 2.001, true, true),
    paid('taker', 3),
    paid('taker', 4),
    // Shown and left; the order was before it.
    paid('idle', 1),
    fired('idle', 2, true, false),
    // Shown; bought too late for seven days.
    fired('late', 2, true, false),
    paid('late', 10),
    // Held out twice, and bought all the same.
    fired('held', 2, false, false),
    fired('held', 5, false, false),
    paid('held', 6),
    fired('taker', 5, false, false, 'leaves_cart'),
  ]);
  const range = { from: '2026-09-01', to: '2026-09-30' };
  const { rows } = await shop.run('triggers', range);
  expect(rows).toEqual([
    {
      rule: 'hesitates',
      shown: 3,
      taken: 1,
      take_rate: expect.closeTo(1 / 3, 5),
      bought: 1,
      bought_rate: expect.closeTo(1 / 3, 5),
      held_out: 1,
      held_out_bought: 1,
      held_out_rate: 1,
      ...newcombeOf(1, 1, 1, 3),
    },
    {
      rule: 'leaves_cart',
      shown: 0,
      taken: 0,
      take_rate: null,
      bought: 0,
      bought_rate: null,
      held_out: 1,
      held_out_bought: 0,
      held_out_rate: 0,
      difference_rate: null,
      low_of_difference_rate: null,
      high_of_difference_rate: null,
    },
  ]);
  const who = async (did) => (await shop.people('triggers', range, { rule: 'hesitates', did })).people;
  expect([await who('taken'), await who('bought'), await who('held_out')]).toEqual([['taker'], ['taker'], ['held']]);
  expect((await shop.run('triggers', { ...range, days: 14 })).rows[0].bought).toBe(2);
});

test('gives what a plain count over any events gives', async () => {
  let seed = 11;
  const draw = (n) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * n);
  };
  const DAYS = 2;
  for (let round = 0; round < 15; round++) {
    const events = Array.from({ length: 200 }, (_, i) => {
      const v = `v${draw(30)}`;
      const days = draw(120) / 10 + i / 100_000;
      const rule = draw(3) ? 'hesitates' : 'leaves_cart';
      const isShown = Number(v.slice(1)) % 4 > 0;
      return draw(2) ? fired(v, days, isShown, isShown && !draw(3), rule) : paid(v, days);
    });
    await shop.fill(events);
    const { rows } = await shop.run('triggers', { from: '2026-09-02', to: '2026-09-09', days: DAYS });
    const wanted = {};
    for (const rule of ['hesitates', 'leaves_cart']) {
      const counts = { rule, shown: 0, taken: 0, bought: 0, held_out: 0, held_out_bought: 0 };
      for (const v of new Set(events.map((event) => event.v))) {
        const own = events.filter((event) => event.v === v);
        const told = own.filter(
          ({ name, props, t }) => name === 'trigger_fired' && props.rule === rule && t >= at(1) && t < at(9),
        );
        if (!told.length) continue;
        const first = Math.min(...told.map(({ t }) => t));
        const hasBought = own.some(({ name, t }) => name === 'order_paid' && t >= first && t - first <= DAYS * 86_400_000);
        const isShown = told.some(({ props }) => props.shown);
        counts.shown += +isShown;
        counts.taken += +told.some(({ props }) => props.taken);
        counts.bought += +(isShown && hasBought);
        counts.held_out += +!isShown;
        counts.held_out_bought += +(!isShown && hasBought);
      }
      wanted[rule] = counts;
    }
    expect(Object.fromEntries(rows.map((row) => [row.rule, row]))).toMatchObject(wanted);
  }
});
