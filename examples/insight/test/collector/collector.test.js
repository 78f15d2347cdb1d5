import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBatch, makeContext, makeEvent } from '../helpers/makeBatch.js';
import { openServer } from '../helpers/openServer.js';

describe('POST /v1/events', () => {
  let server;
  beforeAll(async () => {
    server = await openServer({ INSIGHT_KEYS: 'shop:good-key,other:second-key' });
  });
  afterAll(async () => {
    await server.close();
    server.remove();
  });
  const KEY = { authorization: 'Bearer good-key' };
  const post = (body, headers = KEY) => server.post(body, headers);

  it('accepts each event of a batch, and a repeat as well, and keeps it once', async () => {
    const batch = makeBatch({ events: [makeEvent(), makeEvent({ seq: 1 })] });
    const before = await server.count();
    const ids = batch.batch.map(({ id }) => id);
    expect(await (await post(batch)).json()).toEqual({ accepted: ids, rejected: [] });
    expect(await (await post(batch)).json()).toEqual({ accepted: ids, rejected: [] });
    expect((await server.count()) - before).toBe(2);
  });

  it('takes gzip', async () => {
    const batch = makeBatch();
    const answer = await post(gzipSync(JSON.stringify(batch)), { ...KEY, 'content-encoding': 'gzip' });
    expect((await answer.json()).accepted).toEqual([batch.batch[0].id]);
  });

  it('rejects an event alone, and says which field', async () => {
    const good = makeEvent();
    const bad = makeEvent({ ts: -5 });
    const foreign = makeEvent({ context: 7 });
    const answer = await (await post(makeBatch({ events: [bad, good, foreign] }))).json();
    expect(answer.accepted).toEqual([good.id]);
    expect(answer.rejected).toEqual([bad.id, foreign.id]);
    expect(answer.reasons.map(({ field }) => field)).toEqual(['ts', 'context']);
  });

  it('rejects an event of a time so far away that a report could not sort it', async () => {
    const events = [8.64e15, 7e12].map((ts, seq) => makeEvent({ ts, seq, name: 'far' }));
    const answer = await (await post(makeBatch({ events, contexts: [makeContext({ anonymous_id: 'far' })] }))).json();
    expect(answer.rejected).toEqual([events[0].id]);
    await server.count();
    for (const range of ['', '?from=2191-01-01&to=2191-12-31'])
      expect((await fetch(`${server.url}/api/analyses/retention${range}`)).status).toBe(200);
  });

  it('rejects the events of a context that is wrong, and keeps those of the others', async () => {
    const [first, second] = [makeEvent({ context: 0 }), makeEvent({ context: 1 })];
    const batch = makeBatch({
      events: [first, second],
      contexts: [{ anonymous_id: 'x' }, makeContext({ anonymous_id: 'kept' })],
    });
    const answer = await (await post(batch)).json();
    expect(answer).toMatchObject({ accepted: [second.id], rejected: [first.id] });
    expect(answer.reasons[0].field).toBe('context.platform');
    await server.count();
    expect(await server.store.query("SELECT anonymous_id FROM events WHERE anonymous_id IN ('kept', 'x')")).toEqual([
      { anonymous_id: 'kept' },
    ]);
  });

  it.each([
    ['{', 'body'],
    ['', 'body'],
    ['null', 'body'],
    ['{"schema":"minitrail/1"}', 'batch_id'],
    [JSON.stringify(makeBatch({ sent_at: 'now' })), 'sent_at'],
    [JSON.stringify(makeBatch({ drops: { nonsense: 1 } })), 'drops.nonsense'],
  ])('answers %.40s with 400 and the field', async (body, field) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect((await answer.json()).field).toBe(field);
  });

  it('refuses a key that is wrong or missing with 401', async () => {
    expect((await post(makeBatch(), { authorization: 'Bearer bad-key' })).status).toBe(401);
    expect((await post(makeBatch(), {})).status).toBe(401);
    expect((await post(makeBatch(), { 'x-write-key': 'second-key' })).status).toBe(200);
  });

  it('refuses a body over the limit, and one that inflates beyond it, with 413', async () => {
    expect((await post('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
    expect((await post(bomb, { ...KEY, 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it('refuses an encoding that it does not know with 415, and gzip that is none with 400', async () => {
    expect((await post(makeBatch(), { ...KEY, 'content-encoding': 'zstd' })).status).toBe(415);
    expect((await post(makeBatch(), { ...KEY, 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it('lets a page of any origin post, and read Retry-After', async () => {
    const headers = {
      origin: 'https://m.example.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const answer = await fetch(`${server.url}/v1/events`, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(
      (await post(makeBatch(), { ...KEY, origin: headers.origin })).headers.get('access-control-expose-headers'),
    ).toContain('retry-after');
  });

  it('keeps an event whose text has half an emoji or a line feed', async () => {
    const event = makeEvent({ properties: { cut: 'x\ud83d', backslash: '\\ud83d', lines: 'a\nb', whole: '🎂' } });
    expect((await post(makeBatch({ events: [event] }))).status).toBe(200);
    await server.count();
    const [{ properties }] = await server.store.query('SELECT properties FROM events WHERE id = CAST($id AS UUID)', {
      id: event.id,
    });
    expect(properties).toEqual({ cut: 'x\ufffd', backslash: '\\ud83d', lines: 'a\nb', whole: '🎂' });
  });
});

describe('the rate limit', () => {
  it('answers 429 with Retry-After', async () => {
    const server = await openServer({ INSIGHT_REQUESTS_PER_MINUTE: '3' });
    const answers = [];
    for (let each = 0; each < 5; each += 1) answers.push(await server.post(makeBatch()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(answers[4].headers.get('retry-after'))).toBeGreaterThan(0);
    await server.close();
    server.remove();
  });
});
