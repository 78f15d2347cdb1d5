import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseFromJournal } from '../../src/erase/eraseFromJournal.js';
import { loadJournal } from '../../src/loader/loadJournal.js';
import { loadLines } from '../../src/loader/loadLines.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent, makeLine } from '../helpers/makeBatch.js';

const HOUR = 3_600_000;
const SENT_AT = makeBatch().sent_at;

let store;
beforeEach(async () => {
  store = await openStore({ url: ':memory:' });
});
afterEach(() => store.close());
const load = (...lines) => loadLines(store, lines);
const times = async () => (await store.query('SELECT t FROM events ORDER BY boot, seq')).map(({ t }) => t);

describe('the clock of a launch', () => {
  it('is corrected where it is wrong by more than two minutes', async () => {
    await load(makeLine(makeBatch(), SENT_AT + HOUR));
    expect(await times()).toEqual([SENT_AT + HOUR]);
  });

  it('is left alone where it is nearly right', async () => {
    await load(makeLine(makeBatch(), SENT_AT + 120_000));
    expect(await times()).toEqual([SENT_AT]);
  });

  it.each([[[0, 1]], [[1, 0]]])(
    'is corrected once for all its batches, by the one that came fastest, in whatever order they come: %s',
    async (order) => {
      const batches = [0, 1].map((seq) => makeBatch({ events: [makeEvent({ seq, ts: SENT_AT + seq })] }));
      const lines = [makeLine(batches[0], SENT_AT + HOUR + 5000), makeLine(batches[1], SENT_AT + HOUR + 100)];
      for (const index of order) await load(lines[index]);
      expect(await times()).toEqual([SENT_AT + HOUR + 100, SENT_AT + HOUR + 101]);
    },
  );

  it('moves the days of goods and shares with the event', async () => {
    const events = [
      makeEvent({
        name: 'order_paid',
        properties: { order_id: 'o1', value: 10, items: [{ product_id: 'p1', price: 5, quantity: 2 }] },
      }),
      makeEvent({ seq: 1, name: 'share', properties: { share_id: 'sh1', root_id: 'sh1', depth: 1 } }),
    ];
    const day = 24 * HOUR;
    await load(makeLine(makeBatch({ events }), SENT_AT + 2 * day));
    await load(makeLine(makeBatch({ events: [makeEvent({ seq: 2 })] }), SENT_AT));
    expect(await times()).toEqual([SENT_AT, SENT_AT, SENT_AT]);
    expect(await store.query('SELECT t, day FROM items')).toEqual([{ t: SENT_AT, day: '2026-11-20' }]);
    expect(await store.query('SELECT t FROM shares')).toEqual([{ t: SENT_AT }]);
  });

  it('counts a page that a kill took along when it was last in sight', async () => {
    const events = [
      makeEvent({ name: 'page_leave', properties: { path: 'a', duration_ms: 5, recovered: true, ended_at: SENT_AT - HOUR } }),
    ];
    await load(makeLine(makeBatch({ events })));
    expect(await times()).toEqual([SENT_AT - HOUR]);
  });
});

describe('loading', () => {
  it('keeps the order of the journal, in which columns pack best and a range of days is found soonest', async () => {
    const contexts = Array.from({ length: 40 }, (_, i) => makeContext({ anonymous_id: `visitor${i}` }));
    const batches = contexts.map((context, boot) =>
      makeBatch({ contexts: [context], events: Array.from({ length: 30 }, (_, seq) => makeEvent({ boot, seq })) }),
    );
    await load(...batches.map((batch) => makeLine(batch)));
    const ids = (await store.query('SELECT id FROM events ORDER BY rowid')).map(({ id }) => id);
    expect(ids).toEqual(batches.flatMap(({ batch }) => batch.map(({ id }) => id)));
  });

  it('keeps an event once, also within one load, and counts the repeats by request', async () => {
    const batch = makeBatch({ events: [makeEvent(), makeEvent({ seq: 1 })], drops: { overflow: 3 } });
    expect(await load(makeLine(batch), makeLine(batch, SENT_AT + 50))).toEqual({ events: 2, repeats: 2, unreadable: 0 });
    expect(await load(makeLine(batch, SENT_AT + 99))).toEqual({ events: 0, repeats: 2, unreadable: 0 });
    expect(await store.query('SELECT events, repeats FROM arrivals ORDER BY received_at')).toEqual([
      { events: 2, repeats: 0 },
      { events: 2, repeats: 2 },
      { events: 2, repeats: 2 },
    ]);
    expect(await store.query('SELECT received_at FROM events')).toEqual([{ received_at: SENT_AT }, { received_at: SENT_AT }]);
    expect(await store.query('SELECT reason, n FROM drops')).toEqual([{ reason: 'overflow', n: 3 }]);
  });

  it('writes days and hours in the zone of the shop', async () => {
    await load(makeLine(makeBatch({ events: [makeEvent({ ts: Date.UTC(2026, 10, 19, 16) })] })));
    expect(await store.query('SELECT day, hour FROM events')).toEqual([{ day: '2026-11-20', hour: 0 }]);
  });

  it.each([
    ['test', { app_env: 'trial' }, {}],
    ['automated', { source: { is_automated: true } }, {}],
    ['single_page', { single_page: true }, {}],
    ['own', {}, { name: 'share_open', properties: { own: true } }],
    ['overridden', {}, { name: 'experiment_exposure', properties: { overridden: true } }],
    [null, { app_env: 'release' }, { name: 'share_open', properties: { own: false } }],
    [null, { app_env: 'production' }, {}],
  ])('says that %s is why an event is not counted', async (reason, context, event) => {
    await load(makeLine(makeBatch({ contexts: [makeContext(context)], events: [makeEvent(event)] })));
    expect(await store.query('SELECT excluded FROM events')).toEqual([{ excluded: reason }]);
  });

  it('goes on where a line is no JSON or of other types', async () => {
    const odd = makeBatch({
      events: [makeEvent({ boot: 'x' }), makeEvent({ id: 'no uuid' }), makeEvent({ properties: [1] }), makeEvent({ seq: 1e3 })],
    });
    expect(await load('{"received_at":', makeLine(odd), '[]', makeLine({ ...odd, contexts: 5, batch: 6 }))).toEqual({
      events: 2,
      repeats: 0,
      unreadable: 1,
    });
  });

  it('keeps a batch in which a page was left at no time of a calendar', async () => {
    const left = makeEvent({ name: 'page_leave', properties: { path: 'a', ended_at: 9e18 } });
    expect(await load(makeLine(makeBatch({ events: [left, makeEvent({ seq: 1 })] })))).toMatchObject({ events: 2 });
    expect(await times()).toEqual([SENT_AT, SENT_AT]);
  });

  it('keeps in the maps of the source what is no column', async () => {
    const source = { scene: '1011', click_id: 'k', ad_id: 'a7' };
    await load(makeLine(makeBatch({ contexts: [makeContext({ source, first_source: source })] })));
    const columns = 'source, source_scene, source_click_id, first_source, first_scene';
    expect(await store.query(`SELECT DISTINCT ${columns} FROM events`)).toEqual([
      {
        source: { ad_id: 'a7' },
        source_scene: '1011',
        source_click_id: 'k',
        first_source: { ad_id: 'a7', click_id: 'k' },
        first_scene: '1011',
      },
    ]);
  });

  it('gives a batch whose id is no UUID the same one each time', async () => {
    const told = (n) => makeLine(makeBatch({ batch_id: `night run ${n}`, events: [makeEvent()], drops: { overflow: 2 } }));
    await load(told(7), told(7), told(8));
    expect(await store.query('SELECT count(DISTINCT batch_id) AS n, count(*) AS reports FROM drops')).toEqual([
      { n: 2, reports: 2 },
    ]);
  });
});

describe('a file of the journal', () => {
  // From Node 24 on, readline ends a line at U+2028.
  it('is read and rewritten by its line feeds alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    const path = join(folder, 'journal-00000001.ndjson');
    const line = (anonymousId) =>
      makeLine(
        makeBatch({
          contexts: [makeContext({ anonymous_id: anonymousId })],
          // Longer than what is read at once.
          events: [makeEvent({ properties: { text: `a\u2028b\u2029${'茶'.repeat(50_000)}` } })],
        }),
      );
    const [kept, gone] = [line('kept'), line('gone')];
    writeFileSync(path, `${kept}\n${gone}\n`);
    expect(await loadJournal(store, folder)).toMatchObject({ events: 2, unreadable: 0 });
    expect(
      await eraseFromJournal(folder, 'journal-00000002.ndjson', { anonymousIds: ['gone'], userIds: [], unionids: [] }),
    ).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(`${kept}\n`);
    rmSync(folder, { recursive: true });
  });
});

describe('orders', () => {
  const paid = (given, properties) =>
    makeEvent({ name: 'order_paid', ...given, properties: { order_id: 'o1', value: 100, items: [], ...properties } });

  it('has one row for an order that phone and server tell, with the source of the phone and refunds no higher than the amount', async () => {
    const contexts = [
      makeContext({ anonymous_id: 'u1', user_id: 'u1', platform: 'server' }),
      makeContext({ user_id: 'u1', source: { channel_group: 'ads' } }),
    ];
    const events = [
      paid({ context: 0, ts: SENT_AT - 1000 }),
      paid({ context: 1 }),
      makeEvent({ name: 'order_refunded', context: 0, seq: 2, properties: { order_id: 'o1', value: 30, refund_id: 'r1' } }),
      makeEvent({ name: 'order_refunded', context: 1, seq: 3, properties: { order_id: 'o1', value: 30, refund_id: 'r1' } }),
    ];
    await load(makeLine(makeBatch({ contexts, events })));
    const read = () => store.query('SELECT anonymous_id, source_group, t, amount, refunded, net, cancelled FROM orders');
    const order = { anonymous_id: 'visitor1', source_group: 'ads', t: SENT_AT - 1000, amount: 100, cancelled: false };
    expect(await read()).toEqual([{ ...order, refunded: 30, net: 70 }]);
    await load(
      makeLine(
        makeBatch({
          contexts,
          events: [makeEvent({ name: 'order_refunded', seq: 4, properties: { order_id: 'o1', value: 500 } })],
        }),
      ),
    );
    expect(await read()).toEqual([{ ...order, refunded: 100, net: 0 }]);
  });
});
