import { describe, expect, it } from 'vitest';
import { posthog } from '../../src/formats/posthog';
import { batchOf, CONTEXT, EVENTS, IDS, SPOILED } from './sampleBatch';

const format = () => posthog({ apiKey: 'phc_1' });
const bodyOf = (...given: Parameters<typeof batchOf>) => JSON.parse(format().encode(batchOf(...given)).body);

describe('posthog', () => {
  it('sends an event with its id as uuid, its time as ISO 8601 and the user as distinct_id', () => {
    const { api_key, batch, sent_at } = bodyOf();
    expect({ api_key, sent_at }).toEqual({ api_key: 'phc_1', sent_at: '2026-11-21T19:37:55.411Z' });
    expect(batch[0]).toMatchObject({
      event: 'add_to_cart',
      distinct_id: 'u_1024',
      uuid: IDS[0],
      timestamp: '2026-11-21T19:37:50.411Z',
      properties: { ...EVENTS[0]?.properties, $lib: 'minitrail', $lib_version: '0.1.0', $os: 'android', boot: 3, seq: 41 },
    });
  });

  it('goes by the anonymous id before the visitor is known', () => {
    expect(bodyOf(EVENTS, { context: { anonymous_id: 'a' } }).batch[0].distinct_id).toBe('a');
    expect(bodyOf(EVENTS, { context: {} }).batch[0].distinct_id).toBe('unknown');
  });

  it('joins the anonymous visitor to the user by $identify', () => {
    expect(bodyOf().batch[1]).toMatchObject({
      event: '$identify',
      distinct_id: 'u_1024',
      properties: { $set: { level: 'gold' }, $anon_distinct_id: CONTEXT.anonymous_id },
    });
    expect(bodyOf().batch[1].properties).not.toHaveProperty('level');
  });

  it.each([
    ['identify', 'alias', { openid: 'o1' }, { $set: { openid: 'o1' } }],
    ['profile', 'profile_set', { city: 'Shenzhen' }, { $set: { city: 'Shenzhen' } }],
    ['profile', 'profile_set_once', { city: 'Shenzhen' }, { $set_once: { city: 'Shenzhen' } }],
    ['profile', 'profile_unset', { keys: ['city'] }, { $unset: ['city'] }],
  ])('brings %s %s to the person by $set', (type, name, properties, said) => {
    const [sent] = bodyOf([{ ...EVENTS[0], type, name, properties }]).batch;
    expect(sent).toMatchObject({ event: '$set', properties: said });
    expect(sent.properties).not.toHaveProperty(Object.keys(properties)[0] as string);
    expect(sent.properties).not.toHaveProperty('$anon_distinct_id');
  });

  it.each([
    ['profile', 'profile_increment'],
    ['profile', 'profile_append'],
    ['track', 'profile_set'],
    ['track', 'identify'],
  ])('leaves %s %s an event', (type, name) => {
    const [sent] = bodyOf([{ ...EVENTS[0], type, name, properties: { orders: 1 } }]).batch;
    expect(sent).toMatchObject({ event: name, properties: { orders: 1 } });
  });

  it("says in PostHog's words alone what has one there", () => {
    const [{ properties }] = bodyOf().batch;
    for (const name of ['user_id', 'sdk', 'app_version', 'device']) expect(properties).not.toHaveProperty(name);
  });

  it('carries the drops on the first event only', () => {
    const { batch } = bodyOf(EVENTS, { drops: { overflow: 3 } });
    expect(batch.map(({ properties }: { properties: { drops?: object } }) => properties.drops)).toEqual([
      { overflow: 3 },
      undefined,
    ]);
  });

  it.each(SPOILED)('encodes what a beforeSend spoiled: %j', (event) => {
    expect(bodyOf([event]).batch[0].timestamp).toMatch(/^-?\d+-\d\d-\d\dT/);
  });

  it.each([undefined, {}, { apiKey: '' }])('names the missing key for %j', (options) => {
    expect(posthog(options as never).error).toContain('posthog({ apiKey })');
    expect(format().error).toBeUndefined();
  });

  it.each(['boot', 'seq', 'session_id', 'platform', 'drops', 'anonymous_id', 'source', 'network_type', '$lib', '$os'])(
    'lets no property take the place of what the SDK says: %s',
    (name) => {
      const event = { ...EVENTS[0], properties: { [name]: 'of the app', sku: 'A1' } };
      const [plain, own] = [{ ...EVENTS[0], properties: {} }, event].map(
        (each) => bodyOf([each], { drops: { overflow: 2 } }).batch[0].properties,
      );
      expect(own).toEqual({ ...plain, sku: 'A1', [`property_${name}`]: 'of the app' });
    },
  );
});
