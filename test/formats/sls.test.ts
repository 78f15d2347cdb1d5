import { describe, expect, it } from 'vitest';
import { sls } from '../../src/formats/sls';
import { tls } from '../../src/formats/tls';
import { byteLength } from '../../src/utils/byteLength';
import { answer, batchOf, EVENTS, IDS, SPOILED } from './sampleBatch';

const logsOf = (body: string): Record<string, unknown>[] => {
  const { __logs__, Logs } = JSON.parse(body);
  return __logs__ || Logs;
};

describe('sls', () => {
  it('sends topic, source and logs to the version of the interface that the official client names', () => {
    const { body, query } = sls({ topic: 'shop', source: 'app' }).encode(batchOf());
    expect(query).toBe('APIVersion=0.6.0');
    expect(Object.keys(JSON.parse(body))).toEqual(['__topic__', '__source__', '__logs__']);
    expect(JSON.parse(body)).toMatchObject({ __topic__: 'shop', __source__: 'app' });
  });

  it('leaves an empty topic out, and has a source of its own', () => {
    const body = JSON.parse(sls().encode(batchOf()).body);
    expect(Object.keys(body)).toEqual(['__source__', '__logs__']);
    expect(body.__source__).toBe('minitrail');
  });
});

describe('tls', () => {
  it('sends source and logs, and the bytes of the body', () => {
    const { body, headers } = tls({ source: 'app' }).encode(batchOf());
    expect(Object.keys(JSON.parse(body))).toEqual(['Source', 'Logs']);
    expect(headers).toEqual({ 'x-tls-apiversion': '0.3.0', 'x-tls-bodyrawsize': `${byteLength(body)}` });
    expect(JSON.parse(tls().encode(batchOf()).body).Source).toBe('minitrail');
    expect(byteLength(body)).toBeGreaterThan(body.length);
  });
});

describe.each([
  ['sls', sls],
  ['tls', tls],
])('%s', (_name, format) => {
  it('sends every value as text, the properties as JSON text', () => {
    const [log = {}] = logsOf(format().encode(batchOf()).body);
    expect(Object.values(log).every((value) => typeof value === 'string')).toBe(true);
    expect(log).toMatchObject({
      id: IDS[0],
      seq: '41',
      ts: '1795289870411',
      name: 'add_to_cart',
      device_brand: 'Maker',
      device_pixel_ratio: '3',
      batch_id: batchOf().id,
    });
    expect(JSON.parse(log.properties as string)).toEqual(EVENTS[0]?.properties);
  });

  it('carries the drops on the first log only', () => {
    const logs = logsOf(format().encode(batchOf(EVENTS, { drops: { overflow: 3 } })).body);
    expect(logs.map(({ drops }) => drops)).toEqual(['{"overflow":3}', undefined]);
  });

  it.each(SPOILED)('encodes what a beforeSend spoiled as text: %j', (event) => {
    const [log = {}] = logsOf(format().encode(batchOf([event])).body);
    expect(Object.values(log).every((value) => typeof value === 'string')).toBe(true);
  });

  it.each([
    [403, 'WriteQuotaExceed', 'retry'],
    [403, 'ShardWriteQuotaExceed', 'retry'],
    [403, 'ExceedQPSLimit', 'retry'],
    [400, 'ExceedRateLimit', 'retry'],
    [400, 'PostBodyTooLarge', 'split'],
    [400, 'PostBodyInvalid', 'invalid'],
    [400, 'InvalidArgumentsTypes', 'invalid'],
    [403, 'PostBodyInvalid', 'blocked'],
    [400, 'PostBodyInvalidSize', 'blocked'],
    [400, 'NoPostBodyInvalid', 'blocked'],
    [400, 'InvalidAPIVersion', 'blocked'],
    [400, 'MissingBodyRawSize', 'blocked'],
    [403, 'LogStoreWithoutShard', 'blocked'],
  ])('takes %i %s for %s', (status, errorCode, type) => {
    const body = JSON.stringify({ errorCode, errorMessage: 'words' });
    expect(format().interpret?.(answer(status, body), IDS)).toEqual({ type });
  });

  it.each([
    [200, ''],
    [200, '<html>'],
    [400, ''],
    [403, '<html>'],
    [404, '{"errorCode":"LogStoreNotExist"}'],
    [500, '{"errorCode":"InternalServerError"}'],
  ])('leaves %i %s to the status', (status, body) => {
    expect(format().interpret?.(answer(status, body), IDS)).toBeUndefined();
  });
});
