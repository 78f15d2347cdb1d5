import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickhouse } from '../../src/formats/clickhouse.ts';
import { batchOf, EVENTS, IDS } from '../formats/sampleBatch.ts';
import { createRandom } from '../helpers/device.mjs';
import { readSql } from './helpers/readSql.js';
import { send } from './helpers/send.js';
import { openShop, runShop } from './helpers/shop.js';
import { startChdb } from './helpers/startChdb.js';
import { startFaultyProxy } from './helpers/startFaultyProxy.js';

let engine;
beforeAll(async () => {
  engine = await startChdb();
});
afterAll(() => engine?.stop());
beforeEach(() => {
  engine.query('DROP TABLE IF EXISTS events SYNC');
  engine.query(readSql('events'));
});

const format = (options) => clickhouse({ table: 'events', ...options });
const insert = async (batch, options) => {
  const { body, headers, query } = format(options).encode(batch);
  const response = await send({ url: `${engine.url}/?${query}`, headers, body });
  return {
    response,
    verdict: format(options).interpret(
      response,
      batch.events.map(({ id }) => id),
    ),
  };
};
const count = () => +engine.rows('SELECT toUInt32(count()) AS n FROM events')[0].n;

describe('clickhouse, against the engine of today (chdb)', () => {
  it('stores every field of an event that has a column, and reads into the properties', async () => {
    const batch = batchOf(EVENTS, { drops: { overflow: 3 } });
    expect((await insert(batch)).response).toMatchObject({ status: 200, body: '' });
    const [row] = engine.rows(
      'SELECT *, toUnixTimestamp64Milli(ts) AS ms, properties.price::Float64 AS price FROM events ORDER BY seq',
    );
    expect(row).toMatchObject({
      id: IDS[0],
      boot: 3,
      seq: 41,
      name: 'add_to_cart',
      device_brand: 'Maker',
      device_os: 'Android 14',
      user_id: 'u_1024',
      batch_id: batch.id,
      drops: '{"overflow":3}',
      price: 19.9,
    });
    expect(+row.ms).toBe(EVENTS[0].ts);
    expect(row.properties).toMatchObject({ sku: 'A1', note: '生日快乐 🎂', tags: ['a', 'b'] });
  });

  it('takes properties into a column of text as well', async () => {
    engine.query('DROP TABLE events SYNC');
    engine.query(readSql('events').replace(/properties +JSON/, 'properties String'));
    expect((await insert(batchOf())).response.status).toBe(200);
    expect(JSON.parse(engine.rows('SELECT properties FROM events ORDER BY seq')[0].properties)).toEqual(EVENTS[0].properties);
  });

  it('does not store a repeat of the same batch a second time', async () => {
    await insert(batchOf());
    await insert(batchOf());
    expect(count()).toBe(2);
  });

  it('stores a repeat that has more drops to tell, and merges it away', async () => {
    await insert(batchOf());
    await insert(batchOf(EVENTS, { drops: { overflow: 1 } }));
    expect(count()).toBe(4);
    expect(engine.rows('SELECT drops FROM events FINAL ORDER BY seq')).toEqual([{ drops: '{"overflow":1}' }, { drops: '' }]);
  });

  it.each([
    ['a time that is none', { ts: 'yesterday' }],
    ['a number out of range', { boot: 'many' }],
    ['properties that are no object', { properties: 7 }],
    ['an id that is no UUID', { id: 'x' }],
  ])('names the row of %s, and stores none of the others', async (_what, change) => {
    const { response, verdict } = await insert(batchOf([EVENTS[0], { ...EVENTS[1], ...change }]));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(verdict).toEqual({ type: 'reject', rejected: [change.id || IDS[1]] });
    expect(count()).toBe(0);
  });

  it.each([{ table: 'nowhere' }, { database: 'nowhere' }])('answers %j in a way that keeps the events', async (options) => {
    const { response, verdict } = await insert(batchOf(), options);
    expect(response.status).toBe(404);
    expect(verdict).toBeUndefined();
  });

  it.each([1, 2, 3])('has each accepted event once behind a proxy that loses requests and answers, seed %i', async (seed) => {
    const proxy = await startFaultyProxy(engine.url, createRandom(seed));
    try {
      const shop = await openShop({ url: `${proxy.url}/`, format: format() }, seed);
      const stats = await runShop(shop, { launches: 8, eventsPerLaunch: 40 });
      expect(stats).toMatchObject({ waiting: 0, dropped: {} });
      expect(proxy.counts.requestsLost).toBeGreaterThan(0);
      expect(proxy.counts.answersLost).toBeGreaterThan(0);
      expect(shop.killedInFlight).toBeGreaterThan(0);
      expect(shop.device.faults).toEqual([]);
      const [{ stored, unique }] = engine.rows(
        'SELECT toUInt32(count()) AS stored, toUInt32(uniqExact(id)) AS unique FROM events',
      );
      expect(unique).toBe(shop.accepted);
      expect(engine.rows('SELECT toUInt32(count()) AS n FROM events FINAL')).toEqual([{ n: shop.accepted }]);
      expect(engine.rows(readSql('audit'))).toEqual([]);
      expect(engine.rows(readSql('audit').replace(/HAVING.*/, ''))).toHaveLength(8);
      const { killedInFlight } = shop;
      console.log(`seed ${seed}: ${shop.accepted} accepted, ${unique} unique, ${stored} stored;`, {
        ...proxy.counts,
        killedInFlight,
      });
    } finally {
      await proxy.close();
    }
  });

  it('loses only the bad events of a batch, at one request for each', async () => {
    const shop = await openShop({ url: `${engine.url}/`, format: format() }, 1);
    shop.launch({
      flushAt: 100,
      flushIntervalMs: 60_000,
      beforeSend: (event) => (event.properties.bad ? Object.assign({}, event, { ts: 'yesterday' }) : event),
    });
    for (let i = 0; i < 50; i++) shop.track('tap', i % 25 === 7 ? { bad: true } : { n: i });
    await shop.drain();
    expect(shop.stats()).toMatchObject({ waiting: 0, dropped: { rejected: 2 }, acknowledged: 48 });
    expect(shop.requests).toHaveLength(3);
    expect(count()).toBe(48);
  });

  it('understands the other definitions of the document', () => {
    const parsed = (sql) => engine.rows(`EXPLAIN AST ${sql}`).length;
    const replicated = readSql('events')
      .replace('TABLE events', 'TABLE events ON CLUSTER shop')
      .replace(
        /ReplacingMergeTree\(.*\)/,
        "ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/events', '{replica}', received_at)",
      )
      .replace(/\nSETTINGS.*/, '');
    expect(replicated).toContain('ENGINE = Replicated');
    expect(parsed(replicated)).toBeGreaterThan(20);
    expect(parsed(readSql('distributed'))).toBeGreaterThan(5);
    for (const statement of readSql('user')
      .split(';')
      .filter((each) => each.trim()))
      expect(parsed(statement)).toBeGreaterThan(0);
  });
});
