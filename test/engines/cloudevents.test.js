import { CloudEvent, HTTP } from 'cloudevents';
import { expect, it } from 'vitest';
import { cloudevents } from '../../src/formats/cloudevents.ts';
import { batchOf, EVENTS } from '../formats/sampleBatch.ts';

const { body, headers } = cloudevents().encode(batchOf());

it('is read as a batch by the official SDK, each event valid in strict mode', () => {
  const events = HTTP.toEvent({ headers, body });
  expect(events).toHaveLength(2);
  events.forEach((event, index) => {
    expect(event).toBeInstanceOf(CloudEvent);
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({
      id: EVENTS[index].id,
      type: `minitrail.${EVENTS[index].name}`,
      source: 'minitrail/wechat/wx1234',
    });
    expect(event.data).toMatchObject(EVENTS[index]);
  });
});

it('has no attribute that the SDK would not write', () => {
  const [event] = JSON.parse(body);
  expect(JSON.parse(JSON.stringify(new CloudEvent(event)))).toEqual(event);
});
