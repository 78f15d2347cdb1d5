import { Analytics } from '@segment/analytics-node';
import { beforeAll, expect, it } from 'vitest';
import { segment } from '../../src/formats/segment.ts';
import { batchOf, CONTEXT, EVENTS } from '../formats/sampleBatch.ts';
import { startCapture } from './helpers/listen.js';
import { send } from './helpers/send.js';

const WRITE_KEY = 'kEy-OF.a_source1';
let official;
let ours;
beforeAll(async () => {
  const capture = await startCapture();
  const encoded = segment({ writeKey: WRITE_KEY }).encode(batchOf());
  const [context] = JSON.parse(encoded.body).batch.map((event) => event.context);
  const analytics = new Analytics({ writeKey: WRITE_KEY, host: capture.url });
  const [track, identify] = EVENTS;
  const common = (event) => ({
    messageId: event.id,
    anonymousId: CONTEXT.anonymous_id,
    userId: CONTEXT.user_id,
    timestamp: new Date(event.ts),
    context,
  });
  analytics.track({ event: track.name, properties: track.properties, ...common(track) });
  analytics.identify({ traits: identify.properties, ...common(identify) });
  await analytics.closeAndFlush();
  await send({
    url: `${capture.url}/v1/batch`,
    ...encoded,
    headers: { 'content-type': 'application/json', ...encoded.headers },
  });
  [official, ours] = capture.requests.map((request) => ({ ...request, body: JSON.parse(request.body) }));
  await capture.close();
});

/** What the official client adds of itself: its name, its runtime, and an empty object of integrations. */
const withoutItself = ({ _metadata, integrations, context: { library, minitrail, ...context }, ...event }) => ({
  ...event,
  context,
});

it('goes to the path, with the method and the headers of the official client', () => {
  const common = ({ method, url, headers }) => [method, url, headers.authorization, headers['content-type']];
  expect(common(ours)).toEqual(common(official));
});

it('has the same members around the batch', () => {
  expect(Object.keys(ours.body).sort()).toEqual(Object.keys(official.body).sort());
  expect(ours.body.writeKey).toBe(official.body.writeKey);
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  expect([ours.body.sentAt, official.body.sentAt]).toEqual([expect.stringMatching(iso), expect.stringMatching(iso)]);
});

it.each([
  [0, 'track'],
  [1, 'identify'],
])('encodes event %i, a %s, field by field as the official client', (index, type) => {
  const [mine, theirs] = [ours, official].map(({ body }) => withoutItself(body.batch[index]));
  expect(mine).toEqual(theirs);
  expect(mine.type).toBe(type);
});

it('names its library as the official client names itself', () => {
  const shape = ({ body }) => Object.keys(body.batch[0].context.library);
  expect(shape(ours)).toEqual(shape(official));
});
