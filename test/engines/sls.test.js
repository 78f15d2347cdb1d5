import { createRequire } from 'node:module';
import { beforeAll, expect, it, vi } from 'vitest';
import { sls } from '../../src/formats/sls.ts';
import { batchOf } from '../formats/sampleBatch.ts';

let official;
beforeAll(() => {
  // The client looks for its host when it is loaded.
  const requests = [];
  vi.stubGlobal('wx', { request: (request) => void requests.push(request) });
  const { default: Tracker } = createRequire(import.meta.url)('@aliyun-sls/web-track-mini');
  const client = new Tracker({
    host: 'cn-hangzhou.log.aliyuncs.com',
    project: 'shop',
    logstore: 'events',
    topic: 'topic',
    source: 'source',
  });
  client.sendBatchLogsImmediate(batchOf().events.map(({ line }) => JSON.parse(line)));
  [official] = requests;
});

const { body, query } = sls({ topic: 'topic', source: 'source' }).encode(batchOf());

it('goes to the URL of the official client', () => {
  expect(`https://shop.cn-hangzhou.log.aliyuncs.com/logstores/events/track?${query}`).toBe(official.url);
  expect(official.method).toBe('POST');
});

it('has the members of the official client, and no others', () => {
  const [mine, theirs] = [body, official.data].map((text) => JSON.parse(text));
  expect(Object.keys(mine).sort()).toEqual(Object.keys(theirs).sort());
  expect({ ...mine, __logs__: [] }).toEqual({ ...theirs, __logs__: [] });
});

it('writes each field of an event as the official client writes it', () => {
  const [mine, theirs] = [body, official.data].map((text) => JSON.parse(text).__logs__);
  expect(theirs).toHaveLength(2);
  theirs.forEach((log, index) => {
    expect(mine[index]).toMatchObject(log);
    expect(Object.values(mine[index]).every((value) => typeof value === 'string')).toBe(true);
  });
});
