import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIRECT_GROUPS, MODELS } from '../../src/analyses/touches.js';
import { at, createEvents } from './helpers/createEvents.js';
import { populationsOf, RUNS } from './helpers/populations.js';
import { createTestStore } from './helpers/testStore.js';

const DAY_MS = 86_400_000;
let shop;
beforeAll(async () => void (shop = await createTestStore()));
afterAll(() => shop.close());

const visitor = fc.array(
  fc.record({
    days: fc.integer({ min: 0, max: 70 }),
    part: fc.integer({ min: 1, max: 80_000_000 }),
    group: fc.constantFrom('ad', 'search', 'recent', 'message', ''),
    pays: fc.option(fc.integer({ min: 1, max: 5000 }), { freq: 1 }),
  }),
  { minLength: 1, maxLength: 6 },
);
const populations = fc.record({
  groups: populationsOf(visitor, 4),
  lookbackDays: fc.constantFrom(1, 7, 30),
  persons: fc.boolean(),
});

/** Visits with an order at the end of some; of a person several installations may be. */
const describeShop = (groups) => {
  const events = [];
  let orders = 0;
  const visit = (v, { days, part, group, pays }, n) => {
    const context = { v, session: `${v}-${n}`, boot: n + 1, source_group: group, source_scene: '1001' };
    events.push({ ...context, t: at(days, part), name: 'app_show', type: 'auto' });
    if (!pays) return;
    events.push({
      ...context,
      t: at(days, part + 1000),
      name: 'order_paid',
      props: { order_id: `o${orders++}`, value: pays / 100 },
    });
  };
  for (const [g, visitors] of groups.entries()) {
    for (const [i, visits] of visitors.entries()) {
      const inOrder = [...visits].sort((one, other) => one.days - other.days || one.part - other.part);
      for (const [n, each] of inOrder.entries()) visit(`g${g}v${i}`, each, n);
    }
  }
  return events;
};

const weightsOf = (touches, model) => {
  const n = touches.length;
  const won = touches.map(({ source_group }) => !DIRECT_GROUPS.includes(source_group)).lastIndexOf(true);
  return touches.map((_, i) => {
    if (model === 'linear') return 1 / n;
    if (model === 'first') return i === 0 ? 1 : 0;
    if (model === 'last') return i === n - 1 ? 1 : 0;
    if (model === 'last_non_direct') return i === (won < 0 ? n - 1 : won) ? 1 : 0;
    if (n < 3) return 1 / n;
    return i === 0 || i === n - 1 ? 0.4 : 0.2 / (n - 2);
  });
};

/** Of two sessions that began at once, the one of the smaller number is first: see schema/duckdb.sql. */
const numberOf = (text) => createHash('md5').update(text).digest().readBigUInt64LE(8);

const expected = (rows, personOf, lookbackDays) => {
  const table = new Map();
  const add = (model, value, orders, revenue) => {
    const sums = table.get(`${model} ${value}`) || [0, 0];
    table.set(`${model} ${value}`, [sums[0] + orders, sums[1] + revenue]);
  };
  for (const paid of rows.filter(({ name, day }) => name === 'order_paid' && day >= '2026-09-20' && day <= '2026-10-31')) {
    const touches = rows
      .filter(
        (row) =>
          row.name === 'app_show' &&
          personOf(row.anonymous_id) === personOf(paid.anonymous_id) &&
          row.t <= paid.t &&
          row.t > paid.t - lookbackDays * DAY_MS,
      )
      .sort((a, b) => a.t - b.t || a.seq - b.seq || (numberOf(a.session_id) < numberOf(b.session_id) ? -1 : 1));
    for (const model of MODELS) {
      if (!touches.length) add(model, '', 1, paid.amount);
      for (const [i, weight] of touches.length ? weightsOf(touches, model).entries() : []) {
        add(model, touches[i].source_group, weight, weight * paid.amount);
      }
    }
  }
  return table;
};

test('attribution against plain computation, 1,040 populations', async () => {
  await fc.assert(
    fc.asyncProperty(populations, async ({ groups, lookbackDays, persons }) => {
      const descriptions = describeShop(groups);
      const joined = persons
        ? Object.fromEntries(groups.flatMap((visitors, g) => visitors.slice(0, 2).map((_, i) => [`g${g}v${i}`, `person${g}`])))
        : {};
      await shop.fill(descriptions, { persons: joined });
      const { rows } = await shop.run('attribution', { from: '2026-09-20', to: '2026-10-31', lookbackDays });
      const wanted = expected(createEvents(descriptions), (v) => joined[v] || v, lookbackDays);
      for (const model of MODELS) {
        const got = new Map(rows.map((row) => [row.value, [row[`orders_${model}`], row[`revenue_${model}`]]]));
        for (const value of new Set([
          ...got.keys(),
          ...[...wanted.keys()].filter((key) => key.startsWith(`${model} `)).map((key) => key.slice(model.length + 1)),
        ])) {
          const [orders = 0, revenue = 0] = got.get(value) || [];
          const [wantedOrders = 0, wantedRevenue = 0] = wanted.get(`${model} ${value}`) || [];
          expect(orders).toBeCloseTo(wantedOrders, 4);
          expect(revenue).toBeCloseTo(wantedRevenue, 3);
        }
        // Every model adds up to the total.
        const sum = [...got.values()].reduce((total, [orders]) => total + orders, 0);
        expect(sum).toBeCloseTo(
          createEvents(descriptions).filter(
            ({ name, day }) => name === 'order_paid' && day >= '2026-09-20' && day <= '2026-10-31',
          ).length,
          3,
        );
      }
    }),
    RUNS,
  );
});

test('what the server tells is no visit, and a return from the payment no source', async () => {
  await shop.fill(
    [
      {
        v: 'x',
        session: 's1',
        t: at(20),
        name: 'app_show',
        type: 'auto',
        source_group: 'ad',
        first_group: 'ad',
        source_scene: '1045',
      },
      {
        v: 'x',
        session: 's1',
        t: at(20, 1000),
        name: 'order_paid',
        props: { order_id: 'o1', value: 10 },
        source_group: 'ad',
        source_scene: '1045',
        user_id: 'u1',
      },
      { v: 'u1', user_id: 'u1', session: 'server', t: at(20, 900), name: 'order_paid', props: { order_id: 'o1', value: 10 } },
    ],
    { persons: { x: 'u1', u1: 'u1' } },
  );
  const { rows } = await shop.run('channels', { from: '2026-09-20', to: '2026-09-25' });
  expect(rows).toMatchObject([{ value: 'ad', new_people: 1, visits: 1, orders: 1, buyers: 1, revenue: 10 }]);
});
