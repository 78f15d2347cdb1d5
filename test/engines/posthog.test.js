import { PostHog } from 'posthog-node';
import { beforeAll, expect, it } from 'vitest';
import { posthog } from '../../src/formats/posthog.ts';
import { batchOf, CONTEXT, EVENTS } from '../formats/sampleBatch.ts';
import { startCapture } from './helpers/listen.js';
import { send } from './helpers/send.js';

let official;
let ours;
beforeAll(async () => {
  const capture = await startCapture('{"status":"Ok"}');
  const client = new PostHog('phc_1', { host: capture.url, flushAt: 100, disableCompression: true, disableGeoip: false });
  const [track, identify] = EVENTS;
  client.capture({
    distinctId: CONTEXT.user_id,
    event: track.name,
    uuid: track.id,
    timestamp: new Date(track.ts),
    properties: track.properties,
  });
  client.identify({
    distinctId: CONTEXT.user_id,
    properties: { $set: identify.properties, $anon_distinct_id: CONTEXT.anonymous_id },
  });
  await client.shutdown();
  const encoded = posthog({ apiKey: 'phc_1' }).encode(batchOf());
  await send({ url: `${capture.url}/batch/`, headers: { 'content-type': 'application/json' }, ...encoded });
  [official, ours] = capture.requests.map((request) => ({ ...request, body: JSON.parse(request.body) }));
  await capture.close();
});

it('goes to the path, with the method and the content type of the official client', () => {
  const common = ({ method, url, headers }) => [method, url, headers['content-type']];
  expect(common(ours)).toEqual(common(official));
});

it('has the same members around the batch, and in each event', () => {
  expect(Object.keys(ours.body).sort()).toEqual(Object.keys(official.body).sort());
  for (const index of [0, 1])
    expect(Object.keys(ours.body.batch[index]).sort()).toEqual(Object.keys(official.body.batch[index]).sort());
});

it('encodes a captured event field by field as the official client', () => {
  const [mine, theirs] = [ours, official].map(({ body }) => body.batch[0]);
  const { $lib, $lib_version, $is_server, ...properties } = theirs.properties;
  expect({ ...mine, properties: {} }).toEqual({ ...theirs, properties: {} });
  expect(mine.properties).toMatchObject(properties);
  expect(mine.properties).toMatchObject({ $lib: expect.any(String), $lib_version: expect.any(String) });
  expect([$lib, $lib_version]).toEqual([expect.any(String), expect.any(String)]);
});

it('encodes an identify as the official client', () => {
  const [mine, theirs] = [ours, official].map(({ body }) => body.batch[1]);
  const pick = ({ event, distinct_id, properties: { $set, $anon_distinct_id } }) => ({
    event,
    distinct_id,
    $set,
    $anon_distinct_id,
  });
  expect(pick(mine)).toEqual(pick(theirs));
});

it('has the form of uuid and time of the official client', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  for (const { body } of [ours, official]) {
    expect(body.sent_at).toMatch(iso);
    for (const event of body.batch) {
      expect(event.uuid).toMatch(uuid);
      expect(event.timestamp).toMatch(iso);
    }
  }
});
