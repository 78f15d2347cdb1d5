import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadLines } from '../../src/loader/loadLines.js';
import { clusterSchema } from '../../src/store/clusterSchema.js';
import { schemaStatements } from '../../src/store/schemaSql.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent, makeLine } from '../helpers/makeBatch.js';
import { openServer } from '../helpers/openServer.js';

describe('query', () => {
  let store;
  beforeEach(async () => {
    store = await openStore({ url: ':memory:' });
  });
  afterEach(() => store.close());

  it('gives numbers as numbers, days as text and maps as objects', async () => {
    const sql = `SELECT CAST(5 AS HUGEINT) AS huge, CAST(1.5 AS DECIMAL(18,4)) AS decimal, DATE '2026-11-20' AS day,
      MAP {'a': 'b'} AS map, MAP {} AS empty, [1, 2] AS list, NULL AS nothing, true AS yes, count(*) AS n FROM range(3)`;
    expect(await store.query(sql)).toEqual([
      {
        huge: 5,
        decimal: 1.5,
        day: '2026-11-20',
        map: { a: 'b' },
        empty: expect.anything(),
        list: [1, 2],
        nothing: null,
        yes: true,
        n: 3,
      },
    ]);
  });

  it('stops a query that takes too long, and only that one', async () => {
    const slow = store.query(
      'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = 7',
      {},
      { timeoutMs: 50 },
    );
    await expect(slow).rejects.toMatchObject({ code: 'query_timeout' });
    expect(await store.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('reads the tables of the schema where it may only read', async () => {
    const read = (sql) => store.query(sql, {}, { readOnly: true, maxRows: 2 });
    expect(await read('WITH x AS (SELECT * FROM range(5)) SELECT * FROM x LEFT JOIN events ON false')).toHaveLength(2);
    expect(await read('SELECT count(*) AS n FROM orders')).toEqual([{ n: 0 }]);
  });

  it.each([
    'DELETE FROM events',
    'SELECT 1; DELETE FROM events',
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd.csv'",
    'SELECT * FROM duckdb_settings()',
    "SELECT current_setting('memory_limit')",
    'SELECT * FROM settings',
    'SELECT * FROM information_schema.tables',
    "SELECT (SELECT count(*) FROM glob('*')) AS n",
    "SET memory_limit = '20GB'",
    "COPY events TO '/tmp/x.csv'",
    'PRAGMA version',
    "ATTACH '/tmp/y.db'",
    "SELECT getenv('HOME')",
  ])('refuses %s where it may only read', async (sql) => {
    await expect(store.query(sql, {}, { readOnly: true })).rejects.toMatchObject({ code: 'query_refused' });
  });

  it('cannot read files by any statement', async () => {
    await expect(store.query("SELECT * FROM read_text('/etc/hostname')")).rejects.toThrow(/disabled/);
    await expect(store.run('SET enable_external_access = true')).rejects.toThrow();
  });
});

describe('a damaged database', () => {
  const damages = {
    'is no database': (file) => writeFileSync(file, 'this is no database, and long enough to be one '.repeat(400)),
    'is cut short': (file) => truncateSync(file, 4096),
    'is empty of its first page': (file) => writeFileSync(file, Buffer.alloc(20_000)),
    'is of another time zone': undefined,
  };

  it.each(Object.keys(damages))('that %s is set aside and rebuilt from the journal', async (how) => {
    const first = await openServer();
    await first.post(makeBatch({ events: [makeEvent(), makeEvent({ seq: 1 })] }));
    await first.count();
    await first.close();
    const file = join(first.dataFolder, 'insight.duckdb');
    damages[how]?.(file);
    const second = await openServer(damages[how] ? {} : { INSIGHT_TIME_ZONE: 'UTC' }, first.dataFolder);
    expect(await second.count()).toBe(2);
    expect((await (await fetch(`${second.url}/api/status`)).json()).rebuilt.reason).toBeTruthy();
    expect(readdirSync(first.dataFolder).some((name) => name.includes('damaged'))).toBe(true);
    await second.close();
    second.remove();
  });

  it('whose log is nonsense loses nothing', async () => {
    const first = await openServer();
    await first.post(makeBatch());
    await first.count();
    await first.close();
    writeFileSync(join(first.dataFolder, 'insight.duckdb.wal'), Buffer.alloc(5000, 7));
    const second = await openServer({}, first.dataFolder);
    await second.post(makeBatch());
    expect(await second.count()).toBe(2);
    await second.close();
    second.remove();
  });

  it('goes on from where the journal was loaded, after half a line was cut off', async () => {
    const first = await openServer();
    await first.post(makeBatch());
    await first.count();
    const { file } = first.journal.end();
    await first.close();
    appendFileSync(join(first.dataFolder, 'journal', file), '{"received_at":17952');
    const second = await openServer({}, first.dataFolder);
    expect(second.store.rebuilt()).toBe(undefined);
    await second.post(makeBatch());
    expect(await second.count()).toBe(2);
    await second.close();
    second.remove();
  });
});

describe('a database of before', () => {
  it('that has the batch of every event is opened and loaded into', async () => {
    const url = join(mkdtempSync(join(tmpdir(), 'insight-')), 'insight.duckdb');
    const before = await openStore({ url });
    for (const table of ['events', 'arrivals']) await before.run(`ALTER TABLE ${table} ADD COLUMN batch_id UUID`);
    await before.close();
    const store = await openStore({ url });
    const line = JSON.stringify({ received_at: 1_790_000_000_000, body: makeBatch({ events: [makeEvent()] }) });
    expect(await store.loader.load([line])).toMatchObject({ events: 1 });
    await store.close();
  });

  it('that lacks the numbers of names and words of the source gets them from its rows, as the loader writes them', async () => {
    const url = join(mkdtempSync(join(tmpdir(), 'insight-')), 'insight.duckdb');
    const before = await openStore({ url });
    const source = { scene: '1011', utm_medium: 'print', utm_content: 'code1', qr_scene: 'qr1' };
    const contexts = [makeContext({ user_id: 'u1', source, first_source: source })];
    const events = [
      makeEvent({ name: 'order_paid', properties: { order_id: 'o1', value: 10, items: [{ product_id: 'p1' }] } }),
      makeEvent({ seq: 1, name: 'share', properties: { share_id: 'sh1' } }),
    ];
    await loadLines(before, [makeLine(makeBatch({ contexts, events }))]);
    const lacking = {
      events: ['visitor_no', 'session_no', 'source_utm_content', 'first_utm_medium', 'first_utm_content', 'first_qr'],
      items: ['visitor_no'],
      order_events: ['visitor_no'],
      shares: ['visitor_no'],
      persons: ['visitor_no', 'person_no'],
    };
    const kept = (store) =>
      Promise.all(
        Object.entries(lacking).map(([table, columns]) =>
          store.query(`SELECT ${columns.map((column) => `CAST(${column} AS VARCHAR) AS ${column}`).join(', ')} FROM ${table}`),
        ),
      );
    const loaded = await kept(before);
    const visitor_no = createHash('md5').update('visitor1').digest().readBigUInt64LE(8).toString();
    expect(loaded.flat().map((row) => row.visitor_no)).toEqual(Array(6).fill(visitor_no));
    expect(loaded[0][0]).toMatchObject({ source_utm_content: 'code1', first_utm_medium: 'print', first_qr: 'qr1' });
    await before.run('DROP VIEW orders');
    // It had all words of the source in the maps.
    const words = Object.entries(source).map(([key, value]) => `'${key}': '${value}'`);
    const inMaps = 'SELECT DISTINCT cardinality(source) + cardinality(first_source) AS n FROM events';
    expect(await before.query(inMaps)).toEqual([{ n: 0 }]);
    await before.run(`UPDATE events SET source = MAP {${words.join(', ')}}, first_source = MAP {${words.join(', ')}}`);
    for (const [table, columns] of Object.entries(lacking))
      for (const column of columns) await before.run(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    await before.close();
    const store = await openStore({ url });
    expect(await kept(store)).toEqual(loaded);
    await store.close();
  });

  it('that lacks what is kept of orders, sessions and visits gets it from its events', async () => {
    const url = join(mkdtempSync(join(tmpdir(), 'insight-')), 'insight.duckdb');
    const before = await openStore({ url });
    const events = [
      makeEvent({ name: 'order_paid', properties: { order_id: 'o1', value: 10 } }),
      makeEvent({ seq: 1, name: 'page_view', properties: { path: 'a', resumed: true } }),
      makeEvent({ seq: 2, name: 'page_leave', properties: { path: 'a', recovered: true } }),
    ];
    await loadLines(before, [makeLine(makeBatch({ events }))]);
    const kept = (store) =>
      Promise.all([
        store.query('SELECT seq, in_session, resumed FROM events ORDER BY seq'),
        store.query('SELECT order_id, net FROM orders'),
        store.query('SELECT in_session, touches, seq FROM visit_days ORDER BY seq'),
      ]);
    const loaded = await kept(before);
    await before.run('ALTER TABLE events DROP COLUMN in_session');
    await before.run('ALTER TABLE events DROP COLUMN resumed');
    await before.run('DROP TABLE order_events');
    await before.run('DROP TABLE visit_days');
    await before.close();
    const store = await openStore({ url });
    expect(await kept(store)).toEqual(loaded);
    expect(loaded).toEqual([
      [
        { seq: 0, in_session: true, resumed: false },
        { seq: 1, in_session: true, resumed: true },
        { seq: 2, in_session: false, resumed: false },
      ],
      [{ order_id: 'o1', net: 10 }],
      [
        { in_session: true, touches: false, seq: 0 },
        { in_session: false, touches: false, seq: 2 },
      ],
    ]);
    await store.close();
  });
});

describe('erasing a person', () => {
  it('takes all their installations out of database and journal, and leaves the others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'insight-'));
    const server = await openServer({}, folder);
    const contexts = [
      makeContext({ anonymous_id: 'phone-of-ann', user_id: 'ann' }),
      makeContext({ anonymous_id: 'tablet-of-ann', user_id: 'ann' }),
      makeContext({ anonymous_id: 'bob' }),
    ];
    const events = contexts.map((_, context) => makeEvent({ context }));
    await server.post(makeBatch({ contexts, events }));
    await server.post(makeBatch({ contexts: [contexts[0]] }));
    const answer = await fetch(`${server.url}/api/people/tablet-of-ann`, { method: 'DELETE' });
    expect(await answer.json()).toEqual({ installations: 2, events: 3 });
    const left = () =>
      server.store.query(
        'SELECT anonymous_id FROM events UNION ALL SELECT anonymous_id FROM persons UNION ALL SELECT anonymous_id FROM links',
      );
    expect(await left()).toEqual([{ anonymous_id: 'bob' }]);
    await server.post(makeBatch({ contexts: [makeContext({ anonymous_id: 'carl' })] }));
    expect(await server.count()).toBe(2);
    await server.close();
    // And a database that is made anew has not got them either.
    for (const end of ['', '.wal']) rmSync(join(folder, `insight.duckdb${end}`), { force: true });
    const again = await openServer({}, folder);
    expect(await again.count()).toBe(2);
    expect(await again.store.query("SELECT anonymous_id FROM events WHERE user_id = 'ann'")).toEqual([]);
    await again.close();
    again.remove();
  });
});

describe('the schema of a cluster', () => {
  it('is sharded by the visitor, replicated, and has persons on every node', () => {
    const text = clusterSchema(schemaStatements('clickhouse'), 'shop').join(';\n');
    expect(text).toContain("ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/events', '{replica}', version)");
    expect(text).toContain('ENGINE = Distributed(shop, currentDatabase(), events_local, sipHash64(anonymous_id))');
    expect(text).toContain("ReplicatedReplacingMergeTree('/clickhouse/tables/all/persons', '{shard}-{replica}', version)");
    for (const table of ['events_local', 'events_rows'])
      expect(text).toContain(`ALTER TABLE ${table} ON CLUSTER shop DROP COLUMN IF EXISTS batch_id`);
    for (const statement of clusterSchema(schemaStatements('clickhouse'), 'shop'))
      expect(statement).toContain('ON CLUSTER shop');
  });
});
