import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newcombe } from '../../src/stats/newcombe.js';
import { at } from './helpers/createEvents.js';
import { createTestStore } from './helpers/testStore.js';

const LIST = 'home_recommended';
const RANGE = { from: '2026-09-01', to: '2026-09-05' };

let shop;
beforeAll(async () => {
  shop = await createTestStore();
});
afterAll(() => shop.close());

const seen = (v, days, variant = 'shown', more = {}) => ({
  v,
  t: at(days),
  type: 'auto',
  name: 'experiment_exposure',
  props: { experiment: LIST, variant, overridden: false, ...more },
});
const clicked = (v, days, product_id, list_id = LIST) => ({
  v,
  t: at(days),
  name: 'product_clicked',
  props: { list_id, product_id, price: 10 },
});
const paid = (v, days, ...products) => ({
  v,
  t: at(days),
  name: 'order_paid',
  props: { order_id: `${v} ${days}`, value: 10, items: products.map((product_id) => ({ product_id, price: 10, quantity: 1 })) },
});

describe('recommended', () => {
  it('tells who was shown a list, tapped it, bought what they tapped, and bought at all, beside those held out', async () => {
    await shop.fill([
      // Twice in sight, tapped, bought that product, and again.
      seen('buyer', 1),
      seen('buyer', 2),
      clicked('buyer', 2, 'p'),
      paid('buyer', 3, 'p', 'q'),
      paid('buyer', 4, 'p'),
      // Bought something else.
      seen('other', 1),
      clicked('other', 1.1, 'p'),
      paid('other', 2, 'q'),
      // Tapped before it was shown by this list, tapped another list, bought too late.
      clicked('late', 0.5, 'p'),
      seen('late', 1),
      clicked('late', 1.5, 'p', 'elsewhere'),
      paid('late', 9, 'p'),
      // Bought before the tap.
      seen('early', 1),
      paid('early', 1.2, 'p'),
      clicked('early', 1.3, 'p'),
      // Held out: one bought.
      seen('held', 1, 'held_out'),
      paid('held', 2, 'p'),
      seen('held too', 1, 'held_out'),
      // Both, forced, another experiment: nobody of these.
      seen('mixed', 1),
      seen('mixed', 2, 'held_out'),
      seen('forced', 1, 'shown', { overridden: true }),
      seen('elsewhere', 1, 'b', { experiment: 'title' }),
    ]);
    const { rows } = await shop.run('recommended', RANGE);
    const { difference, low, high } = newcombe(1, 2, 3, 4);
    expect(rows).toEqual([
      {
        list_id: LIST,
        shown: 4,
        tapped: 3,
        tap_rate: 0.75,
        tapped_bought: 1,
        bought: 3,
        bought_rate: 0.75,
        held_out: 2,
        held_out_bought: 1,
        held_out_rate: 0.5,
        difference_rate: difference,
        low_of_difference_rate: low,
        high_of_difference_rate: high,
      },
    ]);
    const who = async (did) => (await shop.people('recommended', RANGE, { list_id: LIST, did })).people.sort();
    expect(await who('tapped')).toEqual(['buyer', 'early', 'other']);
    expect(await who('tapped_bought')).toEqual(['buyer']);
    expect(await who('bought')).toEqual(['buyer', 'early', 'other']);
    expect(await who('held_out_bought')).toEqual(['held']);
  });

  it('counts an installation with its person', async () => {
    await shop.fill([seen('a', 1), clicked('b', 1.5, 'p'), paid('c', 2, 'p')], { persons: { a: 'u', b: 'u', c: 'u' } });
    const counts = async (unit) => {
      const [{ shown, tapped, tapped_bought: boughtIt, bought }] = (await shop.run('recommended', { ...RANGE, unit })).rows;
      return [shown, tapped, boughtIt, bought];
    };
    expect([await counts('persons'), await counts('visitors')]).toEqual([
      [1, 1, 1, 1],
      [1, 0, 0, 0],
    ]);
  });

  it('gives what a plain count over any events gives', async () => {
    let seed = 7;
    const draw = (n) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * n);
    };
    for (let round = 0; round < 15; round++) {
      const events = Array.from({ length: 300 }, (_, i) => {
        const v = `v${draw(30)}`;
        const days = draw(120) / 10 + i / 100_000;
        const product = `p${draw(3)}`;
        const kinds = [
          () => seen(v, days, draw(12) ? (Number(v.slice(1)) % 3 ? 'shown' : 'held_out') : 'shown'),
          () => clicked(v, days, product, draw(3) ? LIST : 'elsewhere'),
          () => paid(v, days, product),
        ];
        return kinds[draw(3)]();
      });
      await shop.fill(events);
      const to = '2026-09-08';
      const { rows } = await shop.run('recommended', { from: RANGE.from, to, days: 2 });

      const counts = { shown: 0, tapped: 0, tapped_bought: 0, bought: 0, held_out: 0, held_out_bought: 0 };
      const within =
        (from) =>
        ({ t }) =>
          t >= from && t - from <= 2 * 86_400_000;
      for (const v of new Set(events.map((event) => event.v))) {
        const own = events.filter((event) => event.v === v);
        const exposures = own.filter(({ name, t }) => name === 'experiment_exposure' && t < at(8));
        const variants = new Set(exposures.map(({ props }) => props.variant));
        if (variants.size !== 1) continue;
        const entered = Math.min(...exposures.map(({ t }) => t));
        const orders = own.filter(({ name }) => name === 'order_paid');
        const hasBought = orders.some(within(entered));
        if (variants.has('held_out')) {
          counts.held_out++;
          counts.held_out_bought += +hasBought;
          continue;
        }
        const taps = own.filter(
          ({ name, props, t }) => name === 'product_clicked' && props.list_id === LIST && t > entered && within(entered)({ t }),
        );
        // From the first tap of a product.
        const firstOf = (product) => Math.min(...taps.filter(({ props }) => props.product_id === product).map(({ t }) => t));
        const hasBoughtIt = taps.some(({ props: { product_id: product } }) =>
          orders.some(
            ({ t, props: { items } }) => items[0].product_id === product && t >= firstOf(product) && within(entered)({ t }),
          ),
        );
        counts.shown++;
        counts.tapped += +(taps.length > 0);
        counts.tapped_bought += +hasBoughtIt;
        counts.bought += +hasBought;
      }
      expect(rows).toMatchObject([{ list_id: LIST, ...counts }]);
    }
  });
});
