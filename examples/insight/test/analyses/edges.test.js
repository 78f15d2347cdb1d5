// What a population of thousands showed: each of these was wrong by a few people or a session.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, dayOf } from './helpers/createEvents.js';
import { createTestStore, insertRows } from './helpers/testStore.js';

let shop;
beforeAll(async () => {
  shop = await createTestStore();
});
afterAll(() => shop.close());

const ask = async (id, given = {}) => (await shop.run(id, { from: dayOf(at(0)), to: dayOf(at(9)), ...given })).rows;
const visit = (day, context = {}) => ({ v: 'a', t: at(day), name: 'page_view', type: 'auto', session: `s${day}`, ...context });
/** What the launch of a later session tells of the page that a kill took along. */
const recovered = (day, told, context = {}) => ({
  ...visit(day, context),
  t: at(day, 60_000),
  name: 'page_leave',
  session: `s${told}`,
  props: { path: 'home', duration_ms: 60_000, recovered: true },
});

test('a session is none of the server, and not on the day of a page that a kill took along', async () => {
  const server = {
    v: 'login',
    user_id: 'login',
    t: at(2),
    name: 'order_refunded',
    session: 'server',
    props: { order_id: 'o', value: 1 },
  };
  await shop.fill([visit(1), recovered(1, 12), visit(12), server]);
  const [row] = await ask('overview');
  expect(row.sessions).toBe(1);
});

test('a page that a kill took along brings nobody by the campaign of the visit after it', async () => {
  const came = { source_campaign: 'autumn' };
  await shop.fill([visit(1), recovered(1, 12, came), visit(12, came)]);
  const rows = await ask('campaign', { campaign: 'autumn' });
  expect(rows.find(({ part }) => part === 'during').came_people).toBe(0);
});

test('an order that only the server told of is credited to the way to its checkout', async () => {
  const order = { order_id: 'o1', value: 50 };
  const way = { session: 's1', share_id: 'card', source_group: 'group_chat', user_id: 'login' };
  await shop.fill([
    { v: 'a', t: at(1), name: 'checkout_started', props: order, ...way },
    { v: 'login', user_id: 'login', t: at(1, 9000), name: 'order_paid', session: 'server', props: order },
  ]);
  const [row] = await shop.store.query('SELECT anonymous_id, share_id, source_group, amount FROM orders');
  expect(row).toEqual({ anonymous_id: 'a', share_id: 'card', source_group: 'group_chat', amount: 50 });
});

test('what a device gave up explains what is missing, also of an earlier launch', async () => {
  const report = { batch_id: '00000000-0000-4000-8000-000000000001', anonymous_id: 'a', boot: 2, received_at: at(2) };
  const drops = [{ ...report, reason: 'filtered', n: 1 }];
  await shop.fill([visit(1, { seq: 0 }), visit(1, { seq: 2 }), visit(2, { boot: 2, seq: 0 })], { drops });
  const rows = await ask('audit');
  expect(rows.map(({ missing, unexplained }) => [missing, unexplained])).toEqual([
    [1, 0],
    [0, 0],
  ]);
});

test('people whom only a unionid joins are listed', async () => {
  const both = ['a', 'b'];
  const links = both.map((anonymous_id) => ({ anonymous_id, kind: 'unionid', id: 'u', received_at: at(1) }));
  await shop.fill([], { persons: { a: 'a', b: 'a' } });
  await insertRows(shop.store, 'links', links);
  expect(await ask('identities')).toMatchObject([{ person: 'a', installations: 2, logins: 0 }]);
});

test('a number of the event is compared as a number, however it is written', async () => {
  const viewed = (price, window_width) => ({ v: 'a', t: at(1), name: 'product_viewed', props: { price }, window_width });
  await shop.fill([viewed(100, 375), viewed(19.99, 414), viewed(7, 414)]);
  const count = async (...filters) => (await ask('eventNames', { filters }))[0]?.events ?? 0;
  expect(await count({ field: 'price', value: 100 })).toBe(1);
  expect(await count({ field: 'price', value: '19.990' })).toBe(1);
  expect(await count({ field: 'price', op: 'ne', value: 100 })).toBe(2);
  expect(await count({ field: 'price', op: 'in', value: [100, 19.99] })).toBe(2);
  expect(await count({ field: 'window_width', value: 375 })).toBe(1);
  for (const value of ['', 'cheap', true])
    await expect(count({ field: 'price', value })).rejects.toMatchObject({ statusCode: 400 });
  for (const value of ['', 'cheap', true, null, []])
    await expect(count({ field: 'properties.price', op: 'gte', value })).rejects.toMatchObject({ statusCode: 400 });
});

test('days without an event are zeros, and a segment of nobody is of everyone', async () => {
  await shop.fill([visit(1)]);
  const [empty] = await ask('overview', { from: '2026-12-01', to: '2026-12-02' });
  const rates = { average_order: null, conversion: null, repurchase_rate: null };
  const zeros = Object.fromEntries(Object.keys(empty).map((name) => [name, 0]));
  expect(empty).toEqual({ ...zeros, ...rates });
  const [nobody] = await ask('segment', { rules: [{ kind: 'did', event: 'never' }] });
  expect(nobody).toEqual({ people: 0, everyone: 1, share: 0, orders: 0, revenue: 0, buyers: 0 });
});

test('a tap is in the map by both of its fractions and by the width of its window', async () => {
  const tap = (v, window_width, props) => ({
    v,
    t: at(1),
    name: 'tap',
    type: 'auto',
    window_width,
    props: { page_path: 'home', ...props },
  });
  await shop.fill([
    tap('a', 375, { x_fraction: 0.5, y_fraction: 0.5 }),
    tap('b', 400, { x_fraction: 0.5, y_fraction: 0.5 }),
    tap('c', undefined, { x_fraction: 0, y_fraction: 1 }),
    tap('d', 375, { x_fraction: 0.5 }),
    tap('d', 375, { y_fraction: 0.5 }),
  ]);
  const heat = async (given) => (await ask('heat', { page: 'home', ...given })).map(({ line, col, taps }) => [line, col, taps]);
  expect(await heat({ minWidth: 375, maxWidth: 400 })).toEqual([[20, 10, 1]]);
  expect(await heat({ minWidth: 400, maxWidth: 500 })).toEqual([[20, 10, 1]]);
  expect(await heat({ minWidth: 0, maxWidth: 1 })).toEqual([[39, 0, 1]]);
});

test('elements that are tapped as often stand by page, element and kind, and what is unknown is empty', async () => {
  const event = { v: 'a', t: at(1), name: 'tap', type: 'auto' };
  const tap = (page_path, element_id, kind) => ({ ...event, props: { page_path, element_id, kind } });
  await shop.fill([tap('b', 'x', 'k'), tap('a', 'y', 'k'), tap('a', 'x', 'm'), tap('a', 'x', 'k'), event]);
  const rows = await ask('elements');
  expect(rows.map(({ path, element, kind }) => [path, element, kind])).toEqual([
    ['', '', ''],
    ['a', 'x', 'k'],
    ['a', 'x', 'm'],
    ['a', 'y', 'k'],
    ['b', 'x', 'k'],
  ]);
});

test('of values that are as frequent the first by name is told by itself', async () => {
  const viewed = (product_id) => ({ v: product_id, t: at(1), name: 'product_viewed', props: { product_id } });
  await shop.fill([viewed('b'), viewed('a'), viewed('c')]);
  const rows = await ask('trend', { step: { event: 'product_viewed' }, interval: 'all', by: 'product_id', top: 1 });
  expect(rows.map(({ value, other, events }) => [value, other, events])).toEqual([
    ['a', 0, 1],
    ['', 1, 2],
  ]);
});

test('a value that is missing is none of those that a filter takes out', async () => {
  const viewed = (props) => ({ v: 'a', t: at(1), name: 'product_viewed', props });
  await shop.fill([viewed({ colour: 'red' }), viewed({ colour: 'blue' }), viewed({})]);
  const filters = [{ field: 'properties.colour', op: 'ne', value: 'red' }];
  const [row] = await ask('trend', { step: { event: 'product_viewed', filters }, interval: 'all' });
  expect(row.events).toBe(2);
});

test('an order within the window of an interval counts to its last millisecond', async () => {
  const day = 86_400_000;
  const looked = (v) => ({ v, t: at(1), name: 'product_viewed' });
  const paid = (v, ms) => ({ v, t: at(1, ms), name: 'order_paid', props: { order_id: v } });
  await shop.fill([looked('a'), paid('a', day), looked('b'), paid('b', day + 1)]);
  const rows = await ask('interval', { windowDays: 1 });
  expect(rows.map(({ times }) => times)).toEqual([1]);
});

test('a second order on the day of the first is bought again after no day', async () => {
  const paid = (v, days) => ({ v, t: at(days), name: 'order_paid', props: { order_id: `${v} ${days}`, value: 10 } });
  await shop.fill([paid('a', 1), paid('a', 1.25), paid('b', 0), paid('b', 3), paid('c', 2)]);
  const { rows, more } = await shop.run('repurchase', { from: dayOf(at(0)), to: dayOf(at(9)), withinDays: 3 });
  expect(rows.map(({ from_days, times, people }) => [from_days, times, people])).toEqual([
    [0, 1, 1],
    [1, 1, 1],
  ]);
  expect(more.within[0]).toMatchObject({ buyers: 3, repeat_buyers: 2 });
  expect(more.intervals[0]).toMatchObject({ median_days: 0, mean_days: 1.5 });
});

test('a value that is nobody’s latest one among all events is in the composition of some of them', async () => {
  await shop.fill([visit(1, { platform: 'alipay' }), { ...visit(2, { platform: 'wechat' }), v: 'a' }]);
  const rows = await ask('composition', { filters: [{ field: 'platform', value: 'alipay' }] });
  expect(rows).toEqual([{ value: 'alipay', people: 1, share: 1, share_of_all: 0, affinity: null }]);
});

test('months are counted across the end of a year', async () => {
  const bought = (t) => ({ v: 'a', t, name: 'order_paid', props: { order_id: String(t), value: 10 } });
  await shop.fill([bought(at(90)), bought(at(120)), bought(at(151))]);
  const given = { from: '2026-11-01', to: '2026-12-31', interval: 'month', periods: 3 };
  const env = { today: '2027-05-01' };
  const order = { event: 'order_paid' };
  const { cohorts } = (await shop.run('retention', { ...given, first: order, back: order }, env)).rows;
  expect(cohorts.map(({ cohort, cells }) => [cohort, cells.map(({ people }) => people)])).toEqual([
    ['2026-11-01', [0, 1, 1, 0]],
  ]);
  const [{ cells }] = (await shop.run('ltv', given, env)).rows.cohorts;
  expect(cells.map(({ revenue }) => revenue)).toEqual([10, 20, 30, 30]);
});
