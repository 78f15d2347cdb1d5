import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createClickhouseLoader } from '../../src/loader/clickhouseLoader.js';
import { createLock } from '../../src/store/createLock.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent, makeLine } from '../helpers/makeBatch.js';
import { openChdb } from './openChdb.js';

const HOUR = 3_600_000;
const SENT_AT = makeBatch().sent_at;

let chdb;
let duckdb;
let loader;
before(async () => {
  chdb = openChdb();
  duckdb = await openStore({ url: ':memory:' });
  loader = await createClickhouseLoader({
    client: { insert: ({ table, values }) => chdb.insert(table, values) },
    settings: {},
    query: chdb.query,
    run: chdb.run,
    insert: chdb.insert,
    lock: createLock(),
    timeZone: 'Asia/Shanghai',
    collector: 'a',
    cluster: undefined,
  });
});
after(async () => {
  loader.close();
  await duckdb.close();
  chdb.close();
});

const EQUAL = {
  events:
    'SELECT id, t, day, hour, received_at, boot, seq, name, anonymous_id, user_id, excluded, source_group, amount, is_first_visit, order_id FROM events ORDER BY anonymous_id, boot, seq',
  items: 'SELECT event_id, t, day, product_id, price, quantity FROM items ORDER BY product_id',
  shares: 'SELECT share_id, t, depth FROM shares ORDER BY share_id',
  persons: 'SELECT anonymous_id, person FROM persons ORDER BY anonymous_id',
  drops: 'SELECT reason, n FROM drops ORDER BY reason',
  arrivals: 'SELECT received_at, events, repeats, rejected FROM arrivals ORDER BY received_at',
  orders: 'SELECT order_id, net, anonymous_id FROM orders ORDER BY order_id',
};

test('the same lines leave the same rows as in DuckDB, with repeats and clocks that are known better later', async () => {
  const contexts = [
    makeContext({ user_id: 'ann', source: { channel_group: 'ads', nothing: null }, is_first_visit: true }),
    makeContext({ anonymous_id: 'tablet', user_id: 'ann' }),
    makeContext({ anonymous_id: 'guest', app_env: 'trial' }),
  ];
  const first = makeBatch({
    contexts,
    events: [
      makeEvent({
        name: 'order_paid',
        properties: { order_id: 'o1', value: 10.1, items: [{ product_id: 'p1', price: 5.05, quantity: 2 }] },
      }),
      makeEvent({ seq: 1, name: 'share', properties: { share_id: 'sh1', root_id: 'sh1', depth: 1 } }),
      makeEvent({ seq: 2, context: 1 }),
      makeEvent({ seq: 3, context: 2 }),
    ],
    drops: { overflow: 2 },
  });
  const second = makeBatch({ contexts, events: [makeEvent({ seq: 4 })] });
  const loads = [
    [makeLine(first, SENT_AT + HOUR + 5000)],
    [makeLine(first, SENT_AT + HOUR + 9000), '{"cut":'],
    [makeLine(second, SENT_AT + HOUR + 100)],
  ];
  for (const lines of loads) assert.deepEqual(await loader.load(lines), await duckdb.loader.load(lines));
  const plain = (rows) =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, typeof value === 'boolean' ? Number(value) : value])),
    );
  for (const [table, sql] of Object.entries(EQUAL)) {
    assert.deepEqual(plain(await chdb.query(sql)), plain(await duckdb.query(sql)), table);
  }
});

test('a person is found by any id, and erased', async () => {
  const ids = await loader.person('tablet');
  assert.deepEqual(ids.anonymousIds.sort(), ['tablet', 'visitor1']);
  await loader.erase(ids);
  assert.deepEqual(await chdb.query('SELECT DISTINCT anonymous_id FROM events'), [{ anonymous_id: 'guest' }]);
});
