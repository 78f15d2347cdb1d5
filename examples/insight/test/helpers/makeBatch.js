import { randomUUID } from 'node:crypto';

const SENT_AT = Date.UTC(2026, 10, 20, 4);

/** An event of the first context, at the time the batch is sent. */
export const makeEvent = (given = {}) => ({
  id: randomUUID(),
  boot: 1,
  seq: 0,
  type: 'track',
  name: 'product_viewed',
  ts: SENT_AT,
  session_id: 's1',
  properties: {},
  context: 0,
  ...given,
});

export const makeContext = (given = {}) => ({
  anonymous_id: 'visitor1',
  platform: 'wechat',
  sdk: 'minitrail/0.1.0',
  network_type: 'wifi',
  ...given,
});

/** A batch in the format json(). */
export const makeBatch = ({ events = [makeEvent()], contexts = [makeContext()], ...given } = {}) => ({
  schema: 'minitrail/1',
  batch_id: randomUUID(),
  sent_at: SENT_AT,
  clock_offset_ms: 0,
  contexts,
  batch: events,
  drops: {},
  ...given,
});

/** A line of the journal, received when it was sent unless said otherwise. */
export const makeLine = (batch, receivedAt = batch.sent_at) =>
  JSON.stringify({ received_at: receivedAt, key: 'shop', rejected: 0, body: batch });
