import { afterEach, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { maskQuery } from '../../src/plugins/maskQuery';
import { startTracker } from '../helpers/fakeHostTracker';

afterEach(() => {
  vi.unstubAllGlobals();
});

const enc = encodeURIComponent;
const launchWith = (query: Record<string, string>, exclude: readonly string[]) => {
  const world = startTracker([maskQuery({ exclude }), appLifecycle()], { launchOptions: { query } });
  world.host.launch({ query });
  return world;
};

it.each([
  ['a parameter', { phone: '138', id: '7' }, { id: '7' }],
  ['a link that holds one, as a whole', { q: enc('https://e.com/?a=1&phone=138'), id: '7' }, { id: '7' }],
  ['a link that holds one, encoded twice', { q: enc(enc('https://e.com/?phone=138')), id: '7' }, { id: '7' }],
  ['a QR code that holds one', { scene: enc('phone=138'), id: '7' }, { id: '7' }],
  ['a JSON that holds one', { data: enc('{"a":1,"phone":"138"}'), id: '7' }, { id: '7' }],
  ['nothing else', { telephone: '1', phone2: '2', q: enc('https://e.com/?telephone=1') }, undefined],
  ['nothing of a damaged value', { a: '%E0%A4%A' }, undefined],
])('takes out %s', (_, query, kept) => {
  const { sent } = launchWith(query as never, ['phone', 'a.b', '[']);
  expect(sent('app_launch').query).toEqual(kept || query);
  expect(sent('app_show').query).toEqual(kept || query);
});

it('takes names as they are, whatever they mean in a pattern', () => {
  const { sent } = launchWith({ 'a.b': '1', axb: '2', '[': '3' }, ['a.b', '[']);
  expect(sent('app_launch').query).toEqual({ axb: '2' });
});

it('changes nothing without names, and nothing that the app tracks itself', () => {
  expect(launchWith({ phone: '138' }, []).sent('app_launch').query).toEqual({ phone: '138' });
  vi.unstubAllGlobals();
  const { tracker, sent } = launchWith({ phone: '138' }, ['phone']);
  tracker.track('call', { query: { phone: '138' } });
  expect(sent('call')).toEqual({ query: { phone: '138' } });
});

it('leaves the query that the app sees alone', () => {
  const query = { phone: '138' };
  launchWith(query, ['phone']);
  expect(query).toEqual({ phone: '138' });
});
