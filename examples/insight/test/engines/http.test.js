import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { analysisOf } from '../../src/analyses/index.js';
import { runAnalysis } from '../../src/analyses/run.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent, makeLine } from '../helpers/makeBatch.js';
import { openHttp } from './openHttp.js';

const RANGE = { from: '2026-11-01', to: '2026-11-30' };

let http;
let store;
let duckdb;
before(async () => {
  http = await openHttp();
  store = await openStore({ url: http.url });
  duckdb = await openStore({ url: ':memory:' });
});
after(async () => {
  await store?.close();
  await duckdb?.close();
  await http.close();
});

const lines = (order, who) => [
  makeLine(
    makeBatch({
      contexts: [makeContext({ anonymous_id: who, user_id: `${who}'s`, source: { channel_group: "o'ads" } })],
      events: ['product_viewed', 'product_added', 'checkout_started', 'order_paid'].map((name, seq) =>
        makeEvent({
          name,
          seq,
          properties: {
            order_id: order,
            product_id: 'p\\1',
            value: 10.1,
            items: [{ product_id: 'p\\1', price: 5.05, quantity: 2 }],
          },
        }),
      ),
    }),
  ),
];
const counts = async () => (await store.query('SELECT count(*) AS events, count(DISTINCT id) AS ids FROM events'))[0];
const all = async (of) => ({
  events: await of.query(
    'SELECT id, t, name, anonymous_id, user_id, source_group, amount, in_session FROM events ORDER BY CAST(id AS VARCHAR)',
  ),
  items: await of.query('SELECT event_id, product_id, price, quantity FROM items ORDER BY CAST(event_id AS VARCHAR)'),
  orders: await of.query('SELECT order_id, net, anonymous_id FROM orders ORDER BY order_id'),
  persons: await of.query('SELECT anonymous_id, person FROM persons ORDER BY anonymous_id'),
});

test('what is loaded over HTTP is what DuckDB has, and where the journal was is known', async () => {
  const first = lines('o1', 'ann');
  const position = { file: 'journal-00000001.ndjson', offset: 7 };
  assert.deepEqual(await store.loader.load(first, position), { events: 4, repeats: 0, unreadable: 0 });
  await duckdb.loader.load(first);
  assert.deepEqual(await all(store), await all(duckdb));
  assert.deepEqual(await store.loader.position(), position);
  assert.ok(http.requests.some(({ query }) => /INSERT INTO events_rows/.test(query)));
});

test('an analysis answers the same with its values as parameters of the address', async () => {
  for (const [id, given] of [
    ['overview', {}],
    ['funnel', { by: 'source_group' }],
    ['channels', { filters: [{ field: 'source_group', value: "o'ads" }] }],
    ['products', { filters: [{ field: 'properties.product_id', value: 'p\\1' }] }],
  ]) {
    const run = (of) => runAnalysis(of, analysisOf(id), { ...RANGE, ...given }, { today: '2026-12-31' });
    assert.deepEqual((await run(store)).raw, (await run(duckdb)).raw, id);
  }
});

test('every query brings the settings without which the same text gives other numbers', async () => {
  http.requests.length = 0;
  await store.query('SELECT count(*) AS n FROM events AS a LEFT JOIN events AS b ON false');
  assert.equal(http.requests[0].settings.join_use_nulls, '1');
  assert.equal(http.requests[0].settings.prefer_column_name_to_alias, '1');
});

for (const isAfter of [false, true]) {
  test(`a load that is cut ${isAfter ? 'behind' : 'before'} the rows fails, and the next try leaves each event once`, async () => {
    const before = await counts();
    const next = lines(`cut-${isAfter}`, `eve-${isAfter}`);
    const told = mock.method(console, 'error', () => {});
    http.failNext(/INSERT INTO events_rows/, isAfter);
    await assert.rejects(store.loader.load(next));
    assert.equal(told.mock.callCount(), 0, 'nothing of a row in the log');
    told.mock.restore();
    await store.loader.load(next);
    assert.deepEqual(await counts(), { events: before.events + 4, ids: before.ids + 4 });
  });
}

test('a wrong query tells what ClickHouse says', async () => {
  await assert.rejects(store.query('SELECT nothing FROM events'), /UNKNOWN_IDENTIFIER|nothing/);
  assert.equal((await store.query('SELECT 1 AS one'))[0].one, 1);
});

test('SQL of a user is refused where no reader is named', async () => {
  await assert.rejects(store.query('SELECT 1', {}, { readOnly: true }), { code: 'query_refused' });
});

test('a query that takes too long is stopped', async () => {
  await assert.rejects(
    store.query('SELECT sum(sleepEachRow(0.2)) FROM numbers(50) SETTINGS max_block_size = 1', {}, { timeoutMs: 1000 }),
    {
      code: 'query_timeout',
    },
  );
});
