import { expect, it } from 'vitest';
import { profileOf } from '../../src/api/profileOf.js';

const call = (name, properties) => ({ name, properties });
const told = (events) => Object.fromEntries(profileOf(events).map(({ key, value }) => [key, value]));

it('makes a profile of what was told, one call after the other', () => {
  expect(
    told([
      call('identify', { level: '"gold"', city: 'sz' }),
      call('profile_set', { level: 'silver', points: '10' }),
      call('profile_set_once', { city: 'bj', since: '2026', card: '6222020000000000001' }),
      call('profile_increment', { points: '5', visits: '1' }),
      call('profile_append', { likes: '["tea"]' }),
      call('profile_append', { likes: 'milk' }),
      call('product_viewed', { price: '5' }),
    ]),
  ).toEqual({
    card: '6222020000000000001',
    city: 'sz',
    level: 'silver',
    likes: ['tea', 'milk'],
    points: 15,
    since: 2026,
    visits: 1,
  });
});

it('forgets what was unset, and all of a profile that was deleted', () => {
  expect(told([call('identify', { a: '1', b: '2', c: '3' }), call('profile_unset', { keys: '["a","b"]' })])).toEqual({ c: 3 });
  expect(told([call('identify', { a: '1' }), call('profile_delete', {}), call('profile_set', { b: '2' })])).toEqual({ b: 2 });
  expect(profileOf([call('profile_set', null)])).toEqual([]);
});
