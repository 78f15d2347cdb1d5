import { describe, expect, it } from 'vitest';
import { cloudevents } from '../../src/formats/cloudevents';
import { batchOf, CONTEXT, EVENTS, IDS, SPOILED } from './sampleBatch';

describe('cloudevents', () => {
  it('sends a JSON batch whose events are recognised by source and id', () => {
    const { body, headers } = cloudevents({ typePrefix: 'com.example.' }).encode(batchOf(EVENTS, { drops: { overflow: 3 } }));
    expect(headers).toEqual({ 'content-type': 'application/cloudevents-batch+json' });
    expect(JSON.parse(body)[0]).toEqual({
      specversion: '1.0',
      id: IDS[0],
      source: 'minitrail/wechat/wx1234',
      type: 'com.example.add_to_cart',
      time: '2026-11-21T19:37:50.411Z',
      subject: CONTEXT.anonymous_id,
      datacontenttype: 'application/json',
      data: { ...EVENTS[0], context: CONTEXT, batch_id: batchOf().id, sent_at: batchOf().sentAt, drops: { overflow: 3 } },
    });
    expect(JSON.parse(body)[1].data).not.toHaveProperty('drops');
  });

  it('names source and type by itself where they are not given', () => {
    const eventOf = (options: Parameters<typeof cloudevents>[0], context: object) =>
      JSON.parse(cloudevents(options).encode(batchOf(EVENTS, { context: context as typeof CONTEXT })).body)[0];
    expect(eventOf({}, CONTEXT).type).toBe('minitrail.add_to_cart');
    expect(eventOf({}, { platform: 'alipay' }).source).toBe('minitrail/alipay/');
    expect(eventOf({ source: 'urn:shop' }, CONTEXT).source).toBe('urn:shop');
  });

  it.each(SPOILED)('encodes what a beforeSend spoiled: %j', (event) => {
    expect(JSON.parse(cloudevents().encode(batchOf([event])).body)[0].id).toBe(IDS[0]);
  });
});
