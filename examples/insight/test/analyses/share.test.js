import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, createEvents } from './helpers/createEvents.js';
import { populationsOf, RUNS } from './helpers/populations.js';
import { createTestStore } from './helpers/testStore.js';

let shop;
beforeAll(async () => void (shop = await createTestStore()));
afterAll(() => shop.close());

const act = fc.record({
  kind: fc.constantFrom('share', 'open', 'open', 'pay', 'refund'),
  who: fc.integer({ min: 0, max: 4 }),
  which: fc.nat(30),
  amount: fc.integer({ min: 1, max: 900 }),
  circle: fc.boolean(),
});
const populations = fc.record({
  groups: populationsOf(act, 14),
  persons: fc.boolean(),
  own: fc.boolean(),
});

/** Visitors share, open each other's cards (and their own), pass on and buy, as the SDK tells it. */
const describeCards = (groups) =>
  groups.flatMap((acts, g) => {
    const events = [];
    const cards = [];
    const orders = [];
    const credit = new Map();
    const seen = new Set();
    acts.forEach(({ kind, who, which, amount, circle }, n) => {
      const v = `g${g}v${who}`;
      const by = credit.get(v);
      const context = {
        v,
        t: at(1 + n / 10),
        session: `${v}-s`,
        share_id: by?.id ?? null,
        share_depth: by?.depth ?? null,
        is_first_visit: !seen.has(v),
        type: 'auto',
      };
      seen.add(v);
      if (kind === 'share') {
        const id = `g${g}c${cards.length}`;
        const card = { id, v, depth: by ? by.depth + 1 : 1 };
        // Somebody made up a circle: its depth does not fit, so it credits nobody above.
        const parent = circle && which % 7 === 0 ? `g${g}c${cards.length + 1}` : by?.id;
        cards.push({ ...card, parent });
        events.push({
          ...context,
          name: 'share',
          props: { share_id: id, parent_id: parent, root_id: id, depth: card.depth, method: which % 2 ? 'menu' : 'poster' },
        });
      }
      if (kind === 'open' && cards.length) {
        const card = cards[which % cards.length];
        const own = card.v === v;
        events.push({
          ...context,
          name: 'share_open',
          props: { share_id: card.id, root_id: card.id, depth: card.depth, own, first: true },
        });
        if (!own) credit.set(v, card);
      }
      if (kind === 'pay') {
        const order = { order_id: `g${g}o${orders.length}`, value: amount / 10 };
        orders.push(order);
        events.push({ ...context, type: 'track', name: 'order_paid', props: order });
      }
      if (kind === 'refund' && orders.length) {
        const { order_id, value } = orders[which % orders.length];
        events.push({
          ...context,
          type: 'track',
          name: 'order_refunded',
          props: { order_id, value: Math.round(value * 5) / 10, refund_id: `r${n}` },
        });
      }
    });
    return events;
  });

const walkUp = (rows) => {
  const cards = new Map(rows.filter(({ name }) => name === 'share').map((row) => [row.properties.share_id, row]));
  return (id) => {
    const way = [];
    for (let card = cards.get(id); card; ) {
      way.push(card);
      const above = cards.get(card.properties.parent_id);
      card = above && Number(above.properties.depth) < Number(card.properties.depth) ? above : undefined;
    }
    return way;
  };
};

const expectedSharers = (rows, personOf) => {
  const up = walkUp(rows);
  const table = new Map();
  const of = (sharer) =>
    table.get(sharer) ||
    table
      .set(sharer, { cards: 0, opens: 0, people: new Set(), orders: 0, revenue: 0, chain_orders: 0, chain_revenue: 0 })
      .get(sharer);
  const net = new Map(rows.filter(({ name }) => name === 'order_paid').map((row) => [row.order_id, row.amount]));
  for (const { order_id, amount } of rows.filter(({ name }) => name === 'order_refunded'))
    net.set(order_id, net.get(order_id) - amount);
  for (const row of rows) {
    if (row.name === 'share') of(personOf(row.anonymous_id)).cards += 1;
    if (row.name === 'share_open' && row.properties.own !== 'true') {
      const [card] = up(row.properties.share_id);
      const entry = of(personOf(card.anonymous_id));
      entry.opens += 1;
      entry.people.add(personOf(row.anonymous_id));
    }
    if (row.name !== 'order_paid' || !row.share_id) continue;
    const paid = Math.max(0, net.get(row.order_id));
    const chain = [...new Set(up(row.share_id).map(({ anonymous_id }) => personOf(anonymous_id)))];
    chain.forEach((sharer, level) => {
      of(sharer).chain_orders += 1;
      of(sharer).chain_revenue += paid;
      if (level === 0) {
        of(sharer).orders += 1;
        of(sharer).revenue += paid;
      }
    });
  }
  return table;
};

const RANGE = { from: '2026-09-01', to: '2026-09-30' };

test('sharers, their chains and the tree against a walk, 1,040 populations', async () => {
  await fc.assert(
    fc.asyncProperty(populations, async ({ groups, persons }) => {
      const descriptions = describeCards(groups);
      const joined = persons
        ? Object.fromEntries(
            groups.flatMap((_, g) => [
              [`g${g}v0`, `p${g}`],
              [`g${g}v1`, `p${g}`],
            ]),
          )
        : {};
      await shop.fill(descriptions, { persons: joined });
      const rows = createEvents(descriptions);
      const wanted = expectedSharers(rows, (v) => joined[v] || v);
      const sharers = (await shop.run('sharers', { ...RANGE, top: 5000 })).rows;
      expect(sharers.map(({ sharer }) => sharer).sort()).toEqual([...wanted.keys()].sort());
      for (const { sharer, new_people, ...got } of sharers) {
        const { people, ...rest } = wanted.get(sharer);
        expect({ ...got, revenue: 0, chain_revenue: 0 }).toEqual({
          ...rest,
          people: people.size,
          revenue: 0,
          chain_revenue: 0,
        });
        expect(got.revenue).toBeCloseTo(rest.revenue, 3);
        expect(got.chain_revenue).toBeCloseTo(rest.chain_revenue, 3);
      }
      const up = walkUp(rows);
      const credited = rows.filter(({ name, share_id }) => name === 'order_paid' && share_id);
      for (const { share_id, chain_orders } of (await shop.run('shareTree', { ...RANGE, top: 5000 })).rows) {
        expect(chain_orders).toBe(
          credited.filter((row) => up(row.share_id).some(({ properties }) => properties.share_id === share_id)).length,
        );
      }
    }),
    RUNS,
  );
});

test('commission pays each level once, and pends while refunds may come', async () => {
  const context = (v, days, share_id) => ({ v, t: at(days), type: 'auto', share_id });
  const card = (v, days, share_id, parent_id, depth) => ({
    ...context(v, days, parent_id),
    name: 'share',
    props: { share_id, parent_id, root_id: 'a', depth, method: 'menu' },
  });
  await shop.fill([
    card('top', 1, 'a', undefined, 1),
    card('mid', 2, 'b', 'a', 2),
    card('top', 3, 'c', 'b', 3),
    { ...context('buyer', 4, 'c'), name: 'order_paid', props: { order_id: 'o1', value: 100 } },
    { ...context('mid', 20, 'c'), name: 'order_paid', props: { order_id: 'o2', value: 50 } },
  ]);
  const given = { from: '2026-09-01', to: '2026-09-30', rates: [0.1, 0.05], refundDays: 7 };
  const { rows } = await shop.run('commission', given, { today: '2026-09-22' });
  expect(rows).toEqual([
    { sharer: 'top', orders: 2, people: 2, level_1: 15, level_2: 0, earned: 15, due: 10, pending: 5 },
    { sharer: 'mid', orders: 2, people: 2, level_1: 0, level_2: 7.5, earned: 7.5, due: 5, pending: 2.5 },
  ]);
  const others = await shop.run('commission', { ...given, own: false }, { today: '2026-09-22' });
  expect(others.rows.find(({ sharer }) => sharer === 'mid')).toMatchObject({ orders: 1, earned: 5 });
});

test('K is the product of its parts and counts who was brought within the window', async () => {
  const fresh = (v, days, share_id) => ({
    v,
    t: at(days),
    type: 'auto',
    is_first_visit: true,
    name: 'share_open',
    props: { share_id, own: false },
  });
  const shared = (v, days, share_id) => ({
    v,
    t: at(days),
    type: 'auto',
    name: 'share',
    props: { share_id, root_id: share_id, depth: 1 },
  });
  await shop.fill([
    shared('x', 1, 'a'),
    shared('x', 2, 'b'),
    fresh('n1', 1.5, 'a'),
    fresh('n2', 3, 'b'),
    { ...fresh('old', 3.1, 'b'), is_first_visit: false },
    fresh('late', 15, 'a'),
    { v: 'y', t: at(1.2), name: 'page_view', type: 'auto' },
  ]);
  const { rows } = await shop.run('shareK', { from: '2026-09-02', to: '2026-09-02' });
  expect(rows).toMatchObject([{ day: '2026-09-02', members: 3, cards: 2, opens: 3, new_people: 2, finished: true }]);
  expect(rows[0].cards_per_member * rows[0].opens_per_card * rows[0].new_per_open).toBeCloseTo(rows[0].k, 12);
});
