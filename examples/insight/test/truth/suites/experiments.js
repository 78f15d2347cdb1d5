import { describe, expect, it } from 'vitest';
import { newcombe } from '../../../src/stats/newcombe.js';
import { ask } from '../ask.js';
import { groupBy } from '../decided.js';
import { decided, FIRST, LAST, PLAN } from '../population.js';

const { truth, names, visits, orders, within, sum, dayOf } = decided;
const WINDOW_MS = 7 * 86_400_000;
const seen = within(visits, FIRST, LAST);
const paid = groupBy(
  truth.orders
    .filter(({ excluded }) => !excluded)
    .map((order) => ({ ...order, who: names[order.visitor], day: dayOf(order.at) })),
  ({ who }) => who,
);
const counted = groupBy(orders, ({ who }) => who);

/**
 * The chance that somebody pays at one of these visits, had the checkout shown them `variant`: who turned away may come
 * back within the week, and who had made up their mind pays in any case.
 */
const chanceOf = (list, variant) =>
  1 -
  list
    .filter(({ variants }) => variants.checkout_coupon)
    .reduce((none, { settled }) => none * (1 - (settled ? 1 : PLAN.pays[variant])), 1);

/** Who saw which variant first, and whether they paid within the week after. */
const enteredOf = (experiment) => {
  const shown = groupBy(
    seen.filter(({ variants }) => variants[experiment]),
    ({ who }) => who,
  );
  return [...shown].map(([who, list]) => {
    const first = list.reduce((a, b) => (b.at < a.at ? b : a));
    const within = ({ at }) => at >= first.at && at - first.at <= WINDOW_MS;
    return {
      who,
      variant: first.variants[experiment],
      mixed: new Set(list.map(({ variants }) => variants[experiment])).size > 1,
      converted: (paid.get(who) || []).some(within),
      net: sum((counted.get(who) || []).filter(within), 'net'),
      visits: list.filter(within),
    };
  });
};

describe.each(Object.keys(PLAN.experiments))('experiment %s', (experiment) => {
  it('counts whom it decided about', async () => {
    const result = await ask('experiment', { experiment });
    const entered = enteredOf(experiment);
    expect(result.mixed_people).toBe(entered.filter(({ mixed }) => mixed).length);
    for (const row of result.variants) {
      const own = entered.filter(({ variant, mixed }) => !mixed && variant === row.variant);
      expect([row.variant, row.people, row.conversions]).toEqual([
        row.variant,
        own.length,
        own.filter(({ converted }) => converted).length,
      ]);
      expect(row.revenue).toBeCloseTo(sum(own, 'net'), 2);
    }
    expect(result.variants.length).toBe(2);
  });
});

describe('what was planted', () => {
  it('is found: the coupon works', async () => {
    const result = await ask('experiment', { experiment: 'checkout_coupon', control: 'none' });
    const { rate_difference: found } = result.variants.find(({ variant }) => variant === 'ten_off');
    const entered = enteredOf('checkout_coupon').filter(({ mixed }) => !mixed);
    const [none, tenOff] = ['none', 'ten_off'].map((name) => entered.filter(({ variant }) => variant === name));
    const counts = [none, tenOff].flatMap((list) => [list.filter(({ converted }) => converted).length, list.length]);
    expect(found).toMatchObject(newcombe(...counts));
    expect(found.low).toBeGreaterThan(0);
    expect(found.p).toBeLessThan(0.01);
    const planted = sum(entered, ({ visits }) => chanceOf(visits, 'ten_off') - chanceOf(visits, 'none')) / entered.length;
    const sure = newcombe(...counts, 0.999);
    expect(planted).toBeGreaterThan(sure.low);
    expect(planted).toBeLessThan(sure.high);
  });

  it('is not found where there is none', async () => {
    const result = await ask('experiment', { experiment: 'home_layout' });
    const { rate_difference: found } = result.variants.find((each) => each.rate_difference);
    expect(found.p).toBeGreaterThan(0.001);
    expect(result.sample_ratio.p).toBeGreaterThan(0.001);
  });
});
