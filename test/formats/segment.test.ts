import { describe, expect, it } from 'vitest';
import { segment } from '../../src/formats/segment';
import { answer, batchOf, CONTEXT, EVENTS, IDS, SPOILED } from './sampleBatch';

const format = segment({ writeKey: 'KEY' });
const bodyOf = (...given: Parameters<typeof batchOf>) => JSON.parse(format.encode(batchOf(...given)).body);
const verdict = (...given: Parameters<typeof answer>) => format.interpret?.(answer(...given), IDS);

describe('segment', () => {
  it('sends a track with its id, its time and both ids of the visitor', () => {
    const { batch, sentAt, writeKey } = bodyOf();
    expect(batch[0]).toMatchObject({
      type: 'track',
      event: 'add_to_cart',
      messageId: IDS[0],
      anonymousId: CONTEXT.anonymous_id,
      userId: 'u_1024',
      timestamp: '2026-11-21T19:37:50.411Z',
      properties: EVENTS[0]?.properties,
    });
    expect({ sentAt, writeKey }).toEqual({ sentAt: '2026-11-21T19:37:55.411Z', writeKey: 'KEY' });
  });

  it('sends an identify with traits and without an event', () => {
    const [, identify] = bodyOf().batch;
    expect(identify).toMatchObject({ type: 'identify', traits: { level: 'gold' } });
    expect(identify).not.toHaveProperty('event');
    expect(identify).not.toHaveProperty('properties');
  });

  it.each([
    ['identify', 'alias', 'identify'],
    ['profile', 'profile_set', 'identify'],
    ['profile', 'profile_increment', 'track'],
    ['track', 'profile_set', 'track'],
  ])('sends %s %s as %s', (type, name, as) => {
    const [sent] = bodyOf([{ ...EVENTS[0], type, name, properties: { level: 1 } }]).batch;
    expect(sent).toMatchObject(
      as === 'track' ? { type: as, event: name, properties: { level: 1 } } : { type: as, traits: { level: 1 } },
    );
  });

  it('lets no fact of the context take the place of what the SDK says of an event', () => {
    const body = segment({ writeKey: 'KEY' }).encode(
      batchOf(EVENTS, { context: { ...CONTEXT, type: 'own', boot: 99, seq: 'own', session_id: 'own' } }),
    ).body;
    expect(JSON.parse(body).batch[0].context.minitrail).toMatchObject({
      type: 'track',
      boot: 3,
      seq: 41,
      session_id: 'a1b2c3d4e5f6',
    });
  });

  it('puts the context where Segment has names for it, and the rest, boot and seq in context.minitrail', () => {
    expect(bodyOf().batch[0].context).toEqual({
      library: { name: 'minitrail', version: '0.1.0' },
      app: { namespace: 'wx1234', version: '1.2.3' },
      device: { manufacturer: 'Maker', ...CONTEXT.device },
      os: { name: 'android', version: 'Android 14' },
      screen: { width: 360, height: 780, density: 3 },
      locale: 'zh_CN',
      minitrail: {
        type: 'track',
        boot: 3,
        seq: 41,
        session_id: 'a1b2c3d4e5f6',
        platform: 'wechat',
        network_type: 'wifi',
        app_env: 'release',
        host_version: '8.0.50',
        source: CONTEXT.source,
      },
    });
  });

  it('carries the drops on the first event only', () => {
    const { batch } = bodyOf(EVENTS, { drops: { overflow: 3 } });
    expect(batch.map((event: { context: { minitrail: object } }) => event.context.minitrail)).toMatchObject([
      { drops: { overflow: 3 } },
      {},
    ]);
    expect(batch[1].context.minitrail).not.toHaveProperty('drops');
  });

  it('authenticates by the write key, as in RFC 7617', () => {
    const { headers } = segment({ writeKey: 'Aladdin' }).encode(batchOf());
    expect(headers).toEqual({ authorization: 'Basic QWxhZGRpbjo=' });
  });

  it('always has an anonymousId, without which RudderStack refuses the batch', () => {
    expect(bodyOf(EVENTS, { context: {} }).batch[0].anonymousId).toBe('unknown');
  });

  it.each(SPOILED)('encodes what a beforeSend spoiled: %j', (event) => {
    expect(bodyOf([event]).batch[0].messageId).toBe(IDS[0]);
  });

  it('encodes an event whose stored context was damaged', () => {
    const batch = batchOf();
    const events = batch.events.map((event) => ({ ...event, context: '{"anonymous_id":"c0f' }));
    expect(JSON.parse(format.encode({ ...batch, events }).body).batch).toHaveLength(2);
  });

  it('takes 400 for a size, as Segment answers it', () => {
    expect(verdict(400, '{"success":false,"message":"malformed JSON"}')).toEqual({ type: 'split' });
  });

  it.each(['error processing message', 'invalid content type'])('keeps all when Jitsu answers 400 for %s', (error) => {
    expect(verdict(400, JSON.stringify({ error }))).toEqual({ type: 'blocked' });
  });

  it("counts the events that Jitsu's 200 names as failed", () => {
    const body = { ok: false, errors: [`Message ID: ${IDS[1]}: event error`], receivedEvents: 2, okEvents: 1 };
    expect(verdict(200, JSON.stringify(body))).toEqual({ type: 'ack', rejected: [IDS[1]] });
  });

  it('keeps all when Jitsu has no destination', () => {
    const errors = IDS.map((id) => `Message ID: ${id}: no destination found for stream`);
    expect(verdict(200, JSON.stringify({ ok: false, errors, receivedEvents: 2, okEvents: 0 }))).toEqual({ type: 'blocked' });
  });

  it.each([
    [200, '{"success":true}'],
    [200, '{"ok":true,"receivedEvents":2,"okEvents":2}'],
    [200, '"OK"'],
    [200, ''],
    [200, '<html>'],
    [401, ''],
    [404, 'source is disabled'],
    [413, ''],
    [429, ''],
    [503, ''],
  ])('leaves %i %s to the status', (status, body) => {
    expect(verdict(status, body)).toBeUndefined();
  });

  it.each([undefined, {}, { writeKey: '' }, { writeKey: 7 }])('names the missing key for %j', (options) => {
    expect(segment(options as never).error).toContain('segment({ writeKey })');
    expect(format.error).toBeUndefined();
  });

  it('reads what Jitsu says of a 2xx only, with or without blanks', () => {
    const body = `{"ok": false,"errors":["Message ID: ${IDS[1]}"]}`;
    expect(verdict(299, body)).toEqual({ type: 'ack', rejected: [IDS[1]] });
    expect(verdict(500, body)).toBeUndefined();
    expect(verdict(200, body.replace('": f', '":f'))).toEqual({ type: 'ack', rejected: [IDS[1]] });
  });
});
