import { describe, expect, it } from 'vitest';
import { otlp } from '../../src/formats/otlp';
import { answer, batchOf, CONTEXT, EVENTS, IDS, SPOILED } from './sampleBatch';

interface Attribute {
  readonly key: string;
  readonly value: unknown;
}

const bodyOf = (...given: Parameters<typeof batchOf>) => JSON.parse(otlp().encode(batchOf(...given)).body);
const recordsOf = (...given: Parameters<typeof batchOf>) => bodyOf(...given).resourceLogs[0].scopeLogs[0].logRecords;
const asObject = (attributes: readonly Attribute[]) => Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
const verdict = (...given: Parameters<typeof answer>) => otlp().interpret?.(answer(...given), IDS);

describe('otlp', () => {
  it('writes 64-bit integers as text, other numbers as doubles, and lists and objects as such', () => {
    expect(asObject(recordsOf()[0].attributes)).toMatchObject({
      sku: { stringValue: 'A1' },
      price: { doubleValue: 19.9 },
      count: { intValue: '2' },
      gift: { boolValue: true },
      tags: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } },
      extra: { kvlistValue: { values: [{ key: 'deep', value: {} }] } },
      'log.record.uid': { stringValue: IDS[0] },
      'session.id': { stringValue: 'a1b2c3d4e5f6' },
      'app.installation.id': { stringValue: CONTEXT.anonymous_id },
      'user.id': { stringValue: 'u_1024' },
      'minitrail.boot': { intValue: '3' },
      'minitrail.seq': { intValue: '41' },
    });
  });

  it('names the event, its time in nanoseconds as text, and its severity as a number', () => {
    const [record] = recordsOf();
    expect(record).toMatchObject({
      timeUnixNano: '1795289870411000000',
      observedTimeUnixNano: '1795289870411000000',
      severityNumber: 9,
      eventName: 'add_to_cart',
      body: { stringValue: 'add_to_cart' },
    });
    expect(recordsOf([{ ...EVENTS[0], name: 'app_error' }])[0]).toMatchObject({ severityNumber: 17 });
  });

  it('puts app and device into the resource, by the semantic conventions where they have a name', () => {
    const { resource, scopeLogs } = bodyOf().resourceLogs[0];
    expect(asObject(resource.attributes)).toMatchObject({
      'service.name': { stringValue: 'wx1234' },
      'service.version': { stringValue: '1.2.3' },
      'deployment.environment.name': { stringValue: 'release' },
      'device.manufacturer': { stringValue: 'Maker' },
      'device.model.name': { stringValue: 'M1' },
      'os.name': { stringValue: 'android' },
      platform: { stringValue: 'wechat' },
    });
    expect(scopeLogs[0].scope).toEqual({ name: 'minitrail', version: '0.1.0' });
  });

  it('takes a service name, and has one in any case', () => {
    const nameOf = (body: string) => JSON.parse(body).resourceLogs[0].resource.attributes[0];
    const value = (stringValue: string) => ({ key: 'service.name', value: { stringValue } });
    expect(nameOf(otlp({ serviceName: 'shop' }).encode(batchOf()).body)).toEqual(value('shop'));
    expect(nameOf(otlp().encode(batchOf(EVENTS, { context: {} })).body)).toEqual(value('unknown_service'));
  });

  it('makes one resource of contexts that differ in visitor or network only', () => {
    const first = batchOf();
    const moved = batchOf(EVENTS, { context: { ...CONTEXT, network_type: '4g', user_id: 'u_2' } });
    const other = batchOf(EVENTS, { context: { ...CONTEXT, app_version: '1.2.4' } });
    const events = [...first.events, ...moved.events, ...other.events];
    const { resourceLogs } = JSON.parse(otlp().encode({ ...first, events }).body);
    expect(
      resourceLogs.map((each: { scopeLogs: { logRecords: unknown[] }[] }) => each.scopeLogs[0]?.logRecords.length),
    ).toEqual([4, 2]);
  });

  it('carries the drops on the first record only', () => {
    const records = recordsOf(EVENTS, { drops: { overflow: 3 } });
    const drops = { kvlistValue: { values: [{ key: 'overflow', value: { intValue: '3' } }] } };
    expect(records.map(({ attributes }: { attributes: Attribute[] }) => asObject(attributes)['minitrail.drops'])).toEqual([
      drops,
      undefined,
    ]);
  });

  it('has each attribute once, its own before a property of the same name', () => {
    const [{ attributes }] = recordsOf([{ ...EVENTS[0], properties: { 'session.id': 'mine' } }]);
    expect(attributes.filter(({ key }: Attribute) => key === 'session.id')).toEqual([
      { key: 'session.id', value: { stringValue: 'a1b2c3d4e5f6' } },
    ]);
  });

  it.each(SPOILED)('encodes what a beforeSend spoiled: %j', (event) => {
    expect(recordsOf([event])[0].timeUnixNano).toMatch(/^\d+$/);
  });

  it.each([429, 502, 503, 504, 400, 413, 422, 302])('leaves %i to the status', (status) => {
    expect(verdict(status)).toBeUndefined();
  });

  it.each([401, 403, 404, 408, 425, 500, 501, 505, 599])('does not send %i again before somebody looked', (status) => {
    expect(verdict(status)).toEqual({ type: 'blocked' });
  });

  it.each([
    '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"x"}}',
    '{"partialSuccess": {"rejectedLogRecords": 1}}',
    // The name in the protocol's own spelling.
    '{"partialSuccess":{"rejected_log_records":"1"}}',
  ])('counts as many as %s says, and sends none again', (body) => {
    expect(verdict(200, body)).toEqual({ type: 'ack', rejected: [IDS[0]] });
  });

  it.each([
    '',
    '{}',
    '{"partialSuccess":{}}',
    '{"partialSuccess":{"rejectedLogRecords":"0","errorMessage":"a warning"}}',
    '<html>',
  ])('takes 200 with "%s" for all', (body) => {
    expect(verdict(200, body)).toBeUndefined();
  });

  it.each(['session.id', 'minitrail.seq', 'log.record.uid', 'user.id'])('lets no property take the place of %s', (name) => {
    const [record] = recordsOf([{ ...EVENTS[0], properties: { [name]: 'of the app' } }]);
    const values = record.attributes.filter(({ key }: { key: string }) => key === name);
    expect(values).toHaveLength(1);
    expect(JSON.stringify(values)).not.toContain('of the app');
    expect(record.attributes).toContainEqual({ key: `property_${name}`, value: { stringValue: 'of the app' } });
  });

  it('keeps all at a status that only contains one of those that are sent again', () => {
    for (const status of [1400, 4001]) expect(verdict(status)).toEqual({ type: 'blocked' });
    expect(verdict(299)).toBeUndefined();
  });

  it('counts as many as the collector says, in all digits', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `id${i}`);
    const response = answer(200, '{"partialSuccess":{"rejectedLogRecords":"11"}}');
    expect(otlp().interpret?.(response, ids)).toEqual({ type: 'ack', rejected: ids.slice(0, 11) });
  });

  it('writes a time that does not fit as 0', () => {
    const timeOf = (ts: number) =>
      JSON.parse(otlp().encode(batchOf([{ id: IDS[0], name: 'x', ts }])).body).resourceLogs[0].scopeLogs[0].logRecords[0]
        .timeUnixNano;
    expect([0, 1, 9_999_999_999_999, 1e13].map(timeOf)).toEqual(['0', '1000000', '9999999999999000000', '0']);
  });
});
