import { describe, expect, it } from 'vitest';
import { createNameLimit } from '../../src/collector/createNameLimit.js';

describe('createNameLimit', () => {
  it('keeps what comes under further names, but not by its name, until the next day', () => {
    let now = 0;
    const limit = createNameLimit({ maxNames: 2, maxKeys: 3, now: () => now });
    const take = (name, properties) => {
      const event = { name, properties };
      limit('shop', [event]);
      return event;
    };
    take('a', { x: 1, y: 2 });
    take('b', { z: 3 });
    expect(take('c', { x: 4 })).toEqual({ name: '…', properties: { x: 4, event_name: 'c' } });
    expect(take('a', { x: 5, w: 6 })).toEqual({ name: 'a', properties: { x: 5, '…': { w: 6 } } });
    now = 86_400_000;
    expect(take('c', { w: 7 })).toEqual({ name: 'c', properties: { w: 7 } });
  });

  it('is soon through with an event of very many keys', { timeout: 10_000 }, () => {
    const properties = Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`key${index}`, 1]));
    const event = { name: 'a', properties };
    createNameLimit({ maxKeys: 1 })('shop', [event]);
    expect(Object.keys(event.properties)).toEqual(['key0', '…']);
    expect(Object.keys(event.properties['…'])).toHaveLength(149_999);
  });
});
