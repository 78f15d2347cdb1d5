import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { anonymousId } from '../../src/plugins/anonymousId';
import { autotrack } from '../../src/plugins/autotrack';
import { experiment } from '../../src/plugins/experiment';
import { manualPages } from '../../src/plugins/manualPages';
import { pageView } from '../../src/plugins/pageView';
import { persistentProperties } from '../../src/plugins/persistentProperties';
import { profile } from '../../src/plugins/profile';
import { timers } from '../../src/plugins/timers';
import { webviewLink } from '../../src/plugins/webviewLink';
import type { TrackerOptions } from '../../src/types/options';
import type { PluginMethods } from '../../src/types/plugin';
import type { Tracker } from '../../src/types/tracker';
import { createFakeHost } from '../helpers/fakeHost';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, flushed, spyOnWarnings } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
});

const globals = globalThis as unknown as { Page: unknown; App: unknown };
const ALL = { launchSource: true, appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true, errors: true };
const plugins = () => [
  autotrack({ ...ALL, exposure: true, pageInteraction: true, performance: true, subscribeMessage: true }),
  experiment({ experiments: { coupon: { none: 1 } } }),
  profile(),
  timers(),
  persistentProperties(),
  anonymousId({ from: 'old' }),
  webviewLink(),
  manualPages([pageView()]),
];
const start = (options: object): Tracker & PluginMethods =>
  createTracker({ endpoint: ENDPOINT, plugins: plugins(), ...options } as unknown as TrackerOptions) as never;

// A build for a host that has no adapter, and an adapter of one's own that throws.
describe.each<[string, () => object, string]>([
  ['without an adapter', () => ({}), 'E2'],
  [
    'whose adapter throws',
    () => ({
      adapter: {
        ...createFakeAdapter().adapter,
        onAppShow() {
          throw new Error('not here');
        },
      },
    }),
    'E1 createTracker',
  ],
])('a tracker %s', (_, options, warning) => {
  it('takes every call, also of its plugins, and nothing comes of it', async () => {
    const tracker = start(options());
    tracker.track('x');
    tracker.identify('u', { a: 1 });
    tracker.setIds({ openid: 'o' });
    tracker.register({ a: 1 });
    tracker.setConsent('granted');
    tracker.reset();
    tracker.profile.set({ level: 'gold' });
    tracker.profile.increment({ points: 1 });
    tracker.startTimer('x');
    tracker.registerPersistent({ a: 1 });
    tracker.unregisterPersistent('a');
    tracker.pageView('a');
    tracker.pageLeave();
    expect(tracker.variant('coupon')).toBe('none');
    expect(tracker.anonymousId()).toBeUndefined();
    expect(tracker.shareToken()).toBe('');
    expect(tracker.decorateUrl('https://e.com')).toBe('https://e.com');
    expect(await flushed(tracker)).toEqual({ state: 'stopped', sent: 0, waiting: 0 });
    expect(tracker.stats()).toMatchObject({ accepted: 0, waiting: 0, state: 'stopped' });
    tracker.destroy();
    expect(warnings()).toEqual([expect.stringContaining(warning)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves the app as it is', () => {
    createFakeHost();
    const { Page, App } = globals;
    const tracker = start(options());
    expect(globals).toMatchObject({ Page, App });
    const page = {};
    expect(tracker.wrapPage(page)).toBe(page);
  });
});

it('throws nothing of options that cannot be read', () => {
  const tracker = createTracker({
    get plugins() {
      throw new Error('not yet');
    },
  } as never);
  expect(tracker.stats().state).toBe('stopped');
});
