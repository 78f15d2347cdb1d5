import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickhouse } from '../../src/formats/clickhouse.ts';
import { batchOf, EVENTS, IDS } from '../formats/sampleBatch.ts';
import { createRandom } from '../helpers/device.mjs';
import { readSql } from './helpers/readSql.js';
import { send } from './helpers/send.js';
import { openShop, runShop } from './helpers/shop.js';
import { startClickhouse } from './helpers/startClickhouse.js';
import { startFaultyProxy } from './helpers/startFaultyProxy.js';

let engine;
beforeAll(async () => {
  engine = await startClickhouse();
});
afterAll(() => engine?.stop());
beforeEach(async () => {
  await engine.query('DROP TABLE IF EXISTS events');
  await engine.query(readSql('legacy'));
});

const format = (options) => clickhouse({ table: 'events', legacy: true, ...options });
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

describe('clickhouse, against a server of Debian (18.16)', () => {
  it('stores every field of an event that has a column', async () => {
    const batch = batchOf(EVENTS, { drops: { overflow: 3 } });
    const { response, verdict } = await insert(batch);
    expect(response.status).toBe(200);
    expect(verdict).toBeUndefined();
    const [row, next] = await engine.rows('SELECT * FROM events ORDER BY seq');
    expect(row).toMatchObject({ id: IDS[0], ts: `${EVENTS[0].ts}`, boot: 3, seq: 41, name: 'add_to_cart', platform: 'wechat' });
    expect(row).toMatchObject({
      anonymous_id: expect.any(String),
      user_id: 'u_1024',
      batch_id: batch.id,
      drops: '{"overflow":3}',
    });
    expect(JSON.parse(row.properties)).toEqual(EVENTS[0].properties);
    expect(next.drops).toBe('');
  });

  it('takes a user and a password from the headers, and answers wrong ones in a way that keeps the events', async () => {
    expect((await insert(batchOf(), { user: 'app', password: 'secret' })).response.status).toBe(200);
    expect((await insert(batchOf(), { user: 'app', password: 'wrong' })).response.status).toBe(401);
  });

  it('names the row of a bad event in a 500, and stores none of the others', async () => {
    const { response, verdict } = await insert(batchOf([EVENTS[0], { ...EVENTS[1], ts: 'yesterday' }]));
    expect(response.status).toBe(500);
    expect(verdict).toEqual({ type: 'reject', rejected: [IDS[1]] });
    expect(await engine.query('SELECT count() FROM events')).toBe('0');
  });

  it('answers a missing table and an unknown setting in a way that keeps the events', async () => {
    for (const options of [{ table: 'nowhere' }, { database: 'nowhere' }]) {
      const { response, verdict } = await insert(batchOf(), options);
      expect(response.status).toBe(404);
      expect(verdict).toBeUndefined();
    }
    const { response, verdict } = await insert(batchOf(), { legacy: false });
    expect(response.body).toContain('Unknown setting');
    expect(verdict ?? { type: response.status >= 500 ? 'retry' : 'blocked' }).toEqual({
      type: expect.stringMatching(/retry|blocked/),
    });
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
      const [{ stored, unique }] = await engine.rows(
        'SELECT toUInt32(count()) AS stored, toUInt32(uniqExact(id)) AS unique FROM events',
      );
      expect(unique).toBe(shop.accepted);
      expect(+(await engine.query('SELECT count() FROM events FINAL'))).toBe(shop.accepted);
      expect(await engine.rows(readSql('audit'))).toEqual([]);
      const launches = await engine.rows(readSql('audit').replace(/HAVING.*/, ''));
      expect(launches).toHaveLength(8);
      const { killedInFlight } = shop;
      console.log(`seed ${seed}: ${shop.accepted} accepted, ${unique} unique, ${stored} stored;`, {
        ...proxy.counts,
        killedInFlight,
      });
    } finally {
      await proxy.close();
    }
  });

  it('loses only the bad event of a batch, at one request for each', async () => {
    const shop = await openShop({ url: `${engine.url}/`, format: format() }, 1);
    shop.launch({
      flushAt: 100,
      flushIntervalMs: 60_000,
      beforeSend: (event) => (event.properties.bad ? Object.assign({}, event, { session_id: { not: 'text' } }) : event),
    });
    for (let i = 0; i < 50; i++) shop.track('tap', i % 25 === 7 ? { bad: true } : { n: i });
    await shop.drain();
    expect(shop.stats()).toMatchObject({ waiting: 0, dropped: { rejected: 2 }, acknowledged: 48 });
    expect(shop.requests).toHaveLength(3);
    expect(await engine.query('SELECT count() FROM events')).toBe('48');
  });

  it('keeps all while the table is missing, and delivers when it is there', async () => {
    await engine.query('DROP TABLE events');
    const shop = await openShop({ url: `${engine.url}/`, format: format() }, 1);
    shop.launch();
    for (let i = 0; i < 25; i++) shop.track('tap', { n: i });
    await shop.pass(30_000);
    expect(shop.stats()).toMatchObject({ waiting: 25, state: 'blocked', dropped: {} });
    await engine.query(readSql('legacy'));
    await shop.drain();
    expect(await engine.query('SELECT uniqExact(id) FROM events')).toBe('25');
  });

  it('spreads events over two shards behind a Distributed table, whole and readable as one', async () => {
    for (const database of ['shard_1', 'shard_2']) {
      await engine.query(`CREATE DATABASE IF NOT EXISTS ${database}`);
      await engine.query(`DROP TABLE IF EXISTS ${database}.events`);
      await engine.query(readSql('legacy').replace('TABLE events', `TABLE ${database}.events`));
    }
    await engine.query('DROP TABLE IF EXISTS events_all');
    // Both shards are this server, so the database is the one that each is told, and there is nothing to run ON CLUSTER.
    await engine.query(readSql('distributed').replace(' ON CLUSTER shop', '').replace('currentDatabase()', "''"));
    const proxy = await startFaultyProxy(engine.url, createRandom(9));
    try {
      let accepted = 0;
      for (let phone = 0; phone < 16; phone++) {
        const shop = await openShop({ url: `${proxy.url}/`, format: format({ table: 'events_all' }) }, phone);
        await runShop(shop, { launches: 2, eventsPerLaunch: 14 });
        accepted += shop.accepted;
      }
      expect(+(await engine.query('SELECT uniqExact(id) FROM events_all'))).toBe(accepted);
      const perShard = await Promise.all(
        ['shard_1', 'shard_2'].map((name) => engine.query(`SELECT uniqExact(id) FROM ${name}.events`)),
      );
      expect(perShard.map(Number).every((count) => count > 0)).toBe(true);
      expect(+perShard[0] + +perShard[1]).toBe(accepted);
    } finally {
      await proxy.close();
    }
  });
});
