import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { fromJson, fromJsonString, toJson } from 'protobufjs/ext/protojson.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { otlp } from '../../src/formats/otlp.ts';
import { answer, batchOf, CONTEXT, EVENTS, IDS, SPOILED } from '../formats/sampleBatch.ts';
import { listen, startCapture } from './helpers/listen.js';
import { readOtlpSchema } from './helpers/readOtlpSchema.js';
import { send } from './helpers/send.js';
import { openShop } from './helpers/shop.js';

const { request, response, severity } = readOtlpSchema();
const recordsOf = ({ resourceLogs }) =>
  resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));

/** Through the schema: JSON, message, bytes, message, JSON. Throws at a field that the schema does not know. */
const decode = (body) => toJson(request, request.decode(request.encode(fromJsonString(request, body)).finish()));
const answerOf = (partialSuccess) =>
  JSON.stringify(toJson(response, fromJson(response, partialSuccess ? { partialSuccess } : {})));

describe('otlp, by the official schema', () => {
  it('refuses what it does not know, so that the next tests mean something', () => {
    expect(() => decode('{"resourceLogs":[{"unknown":1}]}')).toThrow();
    expect(() => decode('{"resource_logs":"no list"}')).toThrow();
  });

  it('reads every record, and nothing is lost on the way to bytes and back', () => {
    const { body } = otlp().encode(batchOf(EVENTS, { drops: { overflow: 3 } }));
    expect(recordsOf(decode(body))).toHaveLength(2);
    expect(decode(body)).toEqual(
      // The schema writes the name of an enum; OTLP wants its number: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
      JSON.parse(body, (key, value) => (key === 'severityNumber' ? severity.valuesById[value] : value)),
    );
  });

  it('reads times, numbers, lists, objects and null as what they are', () => {
    const [record] = recordsOf(decode(otlp().encode(batchOf()).body));
    const values = Object.fromEntries(record.attributes.map(({ key, value }) => [key, value]));
    expect(record.timeUnixNano).toBe(`${EVENTS[0].ts}000000`);
    expect(record.severityNumber).toBe('SEVERITY_NUMBER_INFO');
    expect(record.eventName).toBe('add_to_cart');
    expect(values['log.record.uid'].stringValue).toBe(IDS[0]);
    expect(values.count.intValue).toBe('2');
    expect(values.price.doubleValue).toBe(19.9);
    expect(values.gift.boolValue).toBe(true);
    expect(values.note.stringValue).toBe('生日快乐 🎂');
    expect(values.tags.arrayValue.values.map(({ stringValue }) => stringValue)).toEqual(['a', 'b']);
    expect(values.extra.kvlistValue.values).toEqual([{ key: 'deep', value: {} }]);
  });

  it.each(SPOILED)('reads what a beforeSend spoiled: %j', (event) => {
    // A name that is no text is the app's own doing; all else must fit.
    const { name } = event;
    if (name !== undefined && typeof name !== 'string') return;
    expect(recordsOf(decode(otlp().encode(batchOf([event])).body))).toHaveLength(1);
  });

  it('reads every record of a shop, and counts those that a collector says it rejected', async () => {
    const seen = new Map();
    let requests = 0;
    const collector = await listen((_request, body, reply) => {
      for (const { attributes } of recordsOf(decode(body.toString()))) {
        const { value } = attributes.find(({ key }) => key === 'log.record.uid');
        seen.set(value.stringValue, true);
      }
      const partialSuccess = ++requests === 2 ? { rejectedLogRecords: 3, errorMessage: 'too old' } : undefined;
      reply(200, answerOf(partialSuccess), { 'content-type': 'application/json' });
    });
    const shop = await openShop({ url: `${collector.url}/v1/logs`, format: otlp({ serviceName: 'shop' }) }, 1);
    shop.launch();
    for (let i = 0; i < 50; i++) {
      shop.track('tap', { n: i });
      await shop.pass(200);
    }
    const stats = await shop.drain();
    await collector.close();
    expect(seen.size).toBe(50);
    expect(stats).toMatchObject({ waiting: 0, dropped: { rejected: 3 }, acknowledged: 47, requests });
  });
});

describe('otlp, beside the official exporter', () => {
  let official;
  let ours;
  beforeAll(async () => {
    const capture = await startCapture();
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ 'service.name': 'shop' }),
      processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${capture.url}/v1/logs` }) })],
    });
    const [event] = EVENTS;
    provider.getLogger('minitrail', '0.1.0').emit({
      timestamp: event.ts,
      observedTimestamp: event.ts,
      severityNumber: 9,
      eventName: event.name,
      body: event.name,
      attributes: { ...event.properties, 'log.record.uid': event.id },
    });
    await provider.forceFlush();
    await provider.shutdown();
    await send({
      url: `${capture.url}/v1/logs`,
      headers: { 'content-type': 'application/json' },
      ...otlp({ serviceName: 'shop' }).encode(batchOf([event], { context: { sdk: CONTEXT.sdk } })),
    });
    await capture.close();
    [official, ours] = capture.requests.map((each) => ({ ...each, body: JSON.parse(each.body) }));
  });

  it('goes to the path, with the method and the content type of the exporter', () => {
    const common = ({ method, url, headers }) => [method, url, headers['content-type']];
    expect(common(ours)).toEqual(common(official));
  });

  it('has the same nesting, scope and service', () => {
    const frame = ({ body: { resourceLogs } }) =>
      resourceLogs.map(({ resource, scopeLogs }) => ({
        service: resource.attributes.filter(({ key }) => key === 'service.name'),
        scopes: scopeLogs.map(({ scope: { name, version } }) => ({ name, version })),
      }));
    expect(frame(ours)).toEqual(frame(official));
  });

  it('encodes the record field by field as the exporter', () => {
    const [mine, theirs] = [ours, official].map(({ body }) => recordsOf(body)[0]);
    const { attributes: own, ...record } = mine;
    const { attributes, droppedAttributesCount, flags, ...reference } = theirs;
    // The exporter may write integers as numbers; the schema says that they are text, and takes both.
    const values = (list) =>
      Object.fromEntries(
        JSON.parse(JSON.stringify(list), (key, value) => (key === 'intValue' ? `${value}` : value)).map(({ key, value }) => [
          key,
          value,
        ]),
      );
    expect(record).toEqual(reference);
    expect(values(own)).toMatchObject(values(attributes));
    expect(Object.keys(values(attributes))).toHaveLength(8);
    expect([droppedAttributesCount, flags || 0]).toEqual([0, 0]);
  });

  it('reads both by the schema to the same record', () => {
    const [mine, theirs] = [ours, official].map(({ body }) => recordsOf(decode(JSON.stringify(body)))[0]);
    expect({ ...mine, attributes: [] }).toEqual({ ...theirs, attributes: [] });
    expect(mine.attributes).toEqual(expect.arrayContaining(theirs.attributes));
  });
});

it('takes the answers of a collector by the schema', () => {
  const verdict = (partialSuccess) => otlp().interpret(answer(200, answerOf(partialSuccess)), IDS);
  expect(verdict({ rejectedLogRecords: 1 })).toEqual({ type: 'ack', rejected: [IDS[0]] });
  expect(verdict({ errorMessage: 'a warning' })).toBeUndefined();
  expect(verdict(undefined)).toBeUndefined();
});
