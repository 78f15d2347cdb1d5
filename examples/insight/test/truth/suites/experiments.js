import { describe, expect, it } from 'vitest';
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

describe('recommended', () => {
  it('counts whom the list was shown, who tapped it, who bought what they tapped, and who was held out', async () => {
    const list = 'home_recommended';
    const counts = { shown: 0, tapped: 0, tapped_bought: 0, bought: 0, held_out: 0, held_out_bought: 0 };
    const all = groupBy(visits, ({ who }) => who);
    const byPerson = groupBy(
      seen.filter(({ variants }) => variants[list]),
      ({ who }) => who,
    );
    for (const [who, own] of byPerson) {
      if (new Set(own.map(({ variants }) => variants[list])).size > 1) continue;
      const first = own.reduce((a, b) => (b.at < a.at ? b : a));
      const isWithin = (from) => (at) => at >= from && at - from <= WINDOW_MS;
      const mine = counted.get(who) || [];
      const hasBought = mine.some(({ at }) => isWithin(first.at)(at));
      if (first.variants[list] === 'held_out') {
        counts.held_out++;
        counts.held_out_bought += +hasBought;
        continue;
      }
      const taps = all
        .get(who)
        .flatMap((visit) => visit.taps)
        .filter(([, handler, , , , name, at]) => handler === 'openProduct' && name === list && isWithin(first.at)(at))
        .sort((a, b) => a[6] - b[6]);
      const hasBoughtIt = taps.some(([, , , , product], i) => {
        const isFirst = taps.findIndex((tap) => tap[4] === product) === i;
        return (
          isFirst && mine.some(({ at, items }) => isWithin(taps[i][6])(at) && items.some((item) => item.product_id === product))
        );
      });
      counts.shown++;
      counts.tapped += +(taps.length > 0);
      counts.tapped_bought += +hasBoughtIt;
      counts.bought += +hasBought;
    }
    const rows = await ask('recommended', {});
    expect(rows).toMatchObject([{ list_id: list, ...counts }]);
    expect(counts.tapped_bought).toBeGreaterThan(0);
    // Nothing was planted: the interval holds nothing out.
    const [{ low_of_difference_rate: low, high_of_difference_rate: high }] = rows;
    expect(low).toBeLessThan(0.05);
    expect(high).toBeGreaterThan(-0.05);
  });
});

describe('what was planted', () => {
  it('is found: the coupon works', async () => {
    const result = await ask('experiment', { experiment: 'checkout_coupon', control: 'none' });
    const { ten_off, none } = PLAN.pays;
    const { rate_difference: found } = result.variants.find(({ variant }) => variant === 'ten_off');
    // Of a few hundred visitors too few reach the checkout to tell the effect from none, whatever the dice.
    if (found.high - found.low < (ten_off - none) / 2) {
      expect(found.low).toBeGreaterThan(0);
      expect(found.p).toBeLessThan(0.05);
    }
    // Who turned away may come back within the week, so the difference of people is not exactly that of visits.
    expect(found.high).toBeGreaterThan(ten_off - none - 0.05);
    expect(found.low).toBeLessThan(ten_off - none + 0.05);
  });

  it('is not found where there is none', async () => {
    const result = await ask('experiment', { experiment: 'home_layout' });
    const { rate_difference: found } = result.variants.find((each) => each.rate_difference);
    expect(found.p).toBeGreaterThan(0.001);
    expect(result.sample_ratio.p).toBeGreaterThan(0.001);
  });
});
