import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createClickhouseLoader } from '../../src/loader/clickhouseLoader.js';
import { countMessages, lineOfMessage, readAssigned, readMessages } from '../../src/recall/messages.js';
import { recallResults } from '../../src/recall/recallResults.js';
import { createLock } from '../../src/store/createLock.js';
import { schemaStatements } from '../../src/store/schemaSql.js';
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

test('the messages of a campaign are the same', async () => {
  const message = (person, more = {}) => ({
    message: `${person.length}`.padEnd(32, 'a'),
    campaign: 'carts',
    state: 'due',
    person,
    anonymous_id: person,
    step: 0,
    attempts: 0,
    not_before: SENT_AT,
    template_id: 'T1',
    product_id: '',
    reason: 'cart',
    hour: 9,
    error: '',
    ...more,
  });
  const lines = [
    message('tablet'),
    message('tablet', { step: 1, state: 'retry', attempts: 1, not_before: SENT_AT + HOUR, error: 'status 500' }),
    message('a guest', { hour: null }),
    message('held', { state: 'held_out' }),
    message('elsewhere', { campaign: 'other' }),
  ].map((each) => lineOfMessage(each, SENT_AT));
  assert.deepEqual(await loader.load(lines), await duckdb.loader.load(lines));
  for (const which of [{}, { states: ['due', 'retry'], until: SENT_AT }, { message: '6'.padEnd(32, 'a') }, { limit: 1 }]) {
    const [one, two] = [await readMessages(duckdb, 'carts', which), await readMessages(chdb, 'carts', which)];
    assert.deepEqual(two, one);
    assert.ok(one.length > 0);
  }
  assert.deepEqual(await countMessages(chdb, 'carts'), { due: 1, held_out: 1, retry: 1, sent: 0, dead: 0 });
  assert.deepEqual(await countMessages(duckdb, 'carts'), { due: 1, held_out: 1, retry: 1, sent: 0, dead: 0 });
  // By the person of today: the tablet is Ann's.
  for (const store of [chdb, duckdb])
    assert.deepEqual([...(await readAssigned(store, 'carts'))].sort(), ['a guest', 'ann', 'held']);
  const results = (store) => recallResults(store, 'carts', { days: 7, now: SENT_AT + HOUR });
  const told = await results(duckdb);
  assert.deepEqual(await results(chdb), told);
  assert.deepEqual(
    told.groups.map(({ people }) => people),
    [2, 1],
  );
});

test('a database that has the batch of every event loses it, and answers', async () => {
  const rows = await chdb.query('SELECT * FROM events ORDER BY id');
  chdb.run('ALTER TABLE events_rows ADD COLUMN batch_id UUID AFTER hour');
  chdb.run('CREATE OR REPLACE VIEW events AS SELECT * EXCEPT (version) FROM events_rows FINAL');
  for (const statement of schemaStatements('clickhouse')) chdb.run(statement);
  assert.deepEqual(await chdb.query('SELECT * FROM events ORDER BY id'), rows);
});

test('a person is found by any id, and erased', async () => {
  const ids = await loader.person('tablet');
  assert.deepEqual(ids.anonymousIds.sort(), ['tablet', 'visitor1']);
  await loader.erase(ids);
  assert.deepEqual(
    await chdb.query('SELECT DISTINCT anonymous_id FROM events ORDER BY 1'),
    ['a guest', 'elsewhere', 'guest', 'held'].map((anonymous_id) => ({ anonymous_id })),
  );
});
