import { beforeEach, expect, it, vi } from 'vitest';
import { anonymousId } from '../../src/plugins/anonymousId';
import { launchSource } from '../../src/plugins/launchSource';
import { mirror } from '../../src/plugins/mirror';
import { persistentProperties } from '../../src/plugins/persistentProperties';
import { share } from '../../src/plugins/share';
import type { Plugin } from '../../src/types/plugin';
import { ENDPOINT, flushed, startTracker } from '../helpers/fakeHostTracker';

// `beforeSend`, which the helper brings, has all that a plugin puts off run at once.

const SECOND = 'https://second.example.com/events';

beforeEach(() => {
  vi.useFakeTimers();
});

const EARLY: readonly (readonly [string, () => Plugin])[] = [
  ['launchSource', launchSource],
  ['share', share],
  ['persistentProperties', persistentProperties],
  ['one that tells a fact', () => ({ name: 'own', setup: ({ setContext }) => setContext({ shop: '12' }) })],
  ['one that tracks', () => ({ name: 'own', setup: ({ track }) => track('own_start') })],
];

it.each(EARLY)('a plugin behind %s decides on the visitor and the endpoints, too', async (_, early) => {
  const { tracker, device } = startTracker([early(), anonymousId({ from: 'from-before' }), mirror({ endpoint: SECOND })]);
  tracker.track('x');
  await flushed(tracker);
  expect(tracker.anonymousId()).toBe('from-before');
  expect(device.requests.map(({ url }) => url).sort()).toEqual([ENDPOINT, SECOND]);
});

it('what plugins tell as they are set up passes enrich and beforeSend of all', () => {
  const { tracker, events } = startTracker([
    { name: 'early', setup: ({ track }) => track('own_start') },
    { name: 'late', enrich: (event) => ({ ...event, properties: { ...event.properties, shop: '12' } }) },
  ]);
  tracker.stats();
  expect(events.map(({ name, properties }) => [name, properties.shop])).toEqual([['own_start', '12']]);
});
