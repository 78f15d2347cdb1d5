import { describe, expect, it } from 'vitest';
import { CATALOG, UNSOLD } from '../../../population/plan.js';
import { ask } from '../ask.js';
import { groupBy, margin } from '../decided.js';
import { decided, FIRST, LAST, PLAN } from '../population.js';

const { truth, visits, orders, told, within, sum, people } = decided;
const DAY_MS = 86_400_000;
const seen = within(visits, FIRST, LAST);
const bought = within(orders, FIRST, LAST);
const views = seen.flatMap(({ who, viewed, at }) => viewed.map((product) => ({ who, product, at })));
const added = seen.flatMap(({ who, added }) => added.map(([product]) => ({ who, product })));
const lines = bought.flatMap(({ who, id, at, items }) =>
  items.map((item) => ({ who, id, at, product: item.product_id, price: item.price, quantity: item.quantity })),
);
const of = (list, product) => list.filter((each) => each.product === product);

describe('products', () => {
  it('viewed, carted, bought', async () => {
    const rows = await ask('products');
    expect(rows.map(({ product_id }) => product_id).sort()).toEqual([...new Set(views.map(({ product }) => product))].sort());
    for (const row of rows) {
      const own = of(lines, row.product_id);
      const viewers = new Set(of(views, row.product_id).map(({ who }) => who));
      expect(row).toMatchObject({
        viewed: viewers.size,
        view_count: of(views, row.product_id).length,
        carted: people(of(added, row.product_id)),
        bought: people(own),
        pieces: sum(own, 'quantity'),
        orders: new Set(own.map(({ id }) => id)).size,
      });
      expect(row.revenue).toBeCloseTo(
        sum(own, ({ price, quantity }) => price * quantity),
        2,
      );
      expect(row.view_to_buy).toBeCloseTo(
        new Set(own.map(({ who }) => who).filter((who) => viewers.has(who))).size / viewers.size,
        9,
      );
    }
  });

  it('by price bands', async () => {
    const edges = [300, 1000, 3000];
    const rows = await ask('priceBands', { edges });
    const bandOf = (price) => edges.filter((edge) => price >= edge).length;
    for (const { band, lowest, highest, viewed, bought: n, pieces, revenue, rate } of rows) {
      const own = lines.filter(({ price }) => bandOf(price) === band);
      expect([band, viewed, n, pieces]).toEqual([
        band,
        people(views.filter(({ product }) => bandOf(CATALOG[product].price) === band)),
        people(own),
        sum(own, 'quantity'),
      ]);
      const prices = [...views.map(({ product }) => CATALOG[product].price), ...own.map(({ price }) => price)];
      const within = prices.filter((price) => bandOf(price) === band);
      expect([lowest, highest]).toEqual([Math.min(...within), Math.max(...within)]);
      expect(rate).toBeCloseTo(n / viewed, 9);
      expect(revenue).toBeCloseTo(
        sum(own, ({ price, quantity }) => price * quantity),
        2,
      );
    }
    expect(rows.length).toBe(4);
  });

  it('on the shelf: the one that nobody buys', async () => {
    const rows = await ask('slowSellers');
    expect(rows.map(({ product_id }) => product_id)).toEqual([UNSOLD]);
    const all = await ask('slowSellers', { pieces: 100_000 });
    expect(all.length).toBe(Object.keys(CATALOG).length);
    for (const { product_id, pieces } of all) expect(pieces).toBe(sum(of(lines, product_id), 'quantity'));
  });

  it('bought together: the pair that was planted', async () => {
    const rows = await ask('boughtTogether', { orders: 1 });
    const pairs = (a, b) =>
      bought.filter(
        ({ items }) => items.some(({ product_id }) => product_id === a) && items.some(({ product_id }) => product_id === b),
      ).length;
    const having = (a) => bought.filter(({ items }) => items.some(({ product_id }) => product_id === a)).length;
    for (const { product_id, other_id, orders: n, lift } of rows) {
      expect(n).toBe(pairs(product_id, other_id));
      expect(lift).toBeCloseTo((n * bought.length) / (having(product_id) * having(other_id)), 5);
    }
    const found = rows.find(({ product_id, place }) => product_id === PLAN.bundle.product && place === 1);
    expect(found.other_id).toBe(PLAN.bundle.with);
    const n = having(PLAN.bundle.product);
    expect(Math.abs(found.orders / n - PLAN.bundle.chance)).toBeLessThan(margin(PLAN.bundle.chance, n));
  });

  it('bought after they were viewed', async () => {
    const rows = await ask('viewedThenBought', { each: 100 });
    const firsts = new Map();
    for (const { who, product, at } of views) {
      const key = `${who} ${product}`;
      if (!firsts.has(key) || at < firsts.get(key).at) firsts.set(key, { who, product, at });
    }
    const byBuyer = groupBy(
      within(orders, FIRST, LAST + 7).flatMap((order) =>
        order.items.map(({ product_id }) => ({ who: order.who, at: order.at, other: product_id })),
      ),
      ({ who }) => who,
    );
    const pairs = groupBy(
      [...firsts.values()].flatMap(({ who, product, at }) =>
        (byBuyer.get(who) || [])
          .filter((line) => line.at >= at && line.at - at <= 7 * DAY_MS)
          .map(({ other }) => ({ who, key: `${product} ${other}` })),
      ),
      ({ key }) => key,
    );
    expect(Object.fromEntries(rows.map(({ product_id, other_id, people: n }) => [`${product_id} ${other_id}`, n]))).toEqual(
      Object.fromEntries([...pairs].map(([key, list]) => [key, people(list)])),
    );
  });
});

describe('hours', () => {
  const hourOf = (at) => Math.floor((at - truth.zeroDay) / 3_600_000) % 24;
  // Day 0 of 1970 was a Thursday; the shop's day begins eight hours before.
  const weekdayOf = (at) => (Math.floor((at + 8 * 3_600_000) / DAY_MS) + 3) % 7;
  const keyOf = ({ at }) => `${weekdayOf(at)} ${hourOf(at)}`;

  it('with people there and orders', async () => {
    const rows = await ask('bestHour');
    const there = [...seen, ...within(told, FIRST, LAST)];
    const active = groupBy(there, keyOf);
    const sold = groupBy(bought, keyOf);
    for (const { weekday, hour, active: n, people: each, orders: count, revenue, rate } of rows) {
      const key = `${weekday} ${hour}`;
      const list = active.get(key);
      const days = new Set(list.map(({ who, day }) => `${who} ${day}`)).size;
      const own = sold.get(key) || [];
      expect([key, n, each, count]).toEqual([key, days, people(list), own.length]);
      expect(revenue).toBeCloseTo(sum(own, 'net'), 2);
      expect(rate).toBeCloseTo(own.length / days, 9);
    }
    expect(rows.length).toBe(active.size);
    expect(sum(rows, 'orders')).toBe(bought.length);
  });
});

describe('coupons and campaigns', () => {
  it('claimed, applied, used', async () => {
    const [row] = await ask('coupons');
    const used = bought.filter(({ coupon }) => coupon);
    expect(row).toMatchObject({
      coupon_id: PLAN.coupon.id,
      claimed: people(seen.filter(({ claimed }) => claimed)),
      applied: people(seen.filter(({ applied }) => applied)),
      used: people(used),
      denied: 0,
      orders: used.length,
    });
    const claimers = new Set(seen.filter(({ claimed }) => claimed).map(({ who }) => who));
    const users = new Set(used.map(({ who }) => who));
    expect(row.use_rate).toBeCloseTo([...users].filter((who) => claimers.has(who)).length / claimers.size, 9);
    expect(row.revenue).toBeCloseTo(sum(used, 'net'), 2);
  });

  it('before, during and after', async () => {
    const rows = await ask('campaign', { from: 30, to: 49, campaign: 'autumn' });
    for (const [part, from, to] of [
      ['before', 10, 29],
      ['during', 30, 49],
      ['after', 50, 69],
    ]) {
      const v = within(visits, from, to);
      const o = within(orders, from, to);
      const row = rows.find((each) => each.part === part);
      expect(row).toMatchObject({
        people: people([...v, ...within(told, from, to)]),
        visits: v.length,
        came_people: people(v.filter(({ campaign }) => campaign === 'autumn')),
        orders: o.length,
        buyers: people(o),
      });
      expect(row.revenue).toBeCloseTo(sum(o, 'net'), 2);
      expect(row.average_order).toBeCloseTo(sum(o, 'net') / o.length, 6);
      expect(row.conversion).toBeCloseTo(people(o) / row.people, 9);
    }
  });
});
