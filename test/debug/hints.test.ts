import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { debug } from '../../src/debug';
import { pageView } from '../../src/plugins/pageView';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as { Page(options: object): void };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const start = (plugins = [pageView()], world = {}) => {
  const warnings = spyOnWarnings();
  return { ...startTracker(plugins, { ...world, options: { debug: debug({ note: () => undefined }) } }), warnings };
};

it('a note that throws keeps no event from its way', async () => {
  const warnings = spyOnWarnings();
  const options = {
    debug: debug({
      note() {
        throw new Error('own');
      },
    }),
  };
  const { tracker, device } = startTracker([], { options });
  tracker.track('x');
  await flushed(tracker);
  expect(device.bodies().map(({ batch }) => batch[0].name)).toEqual(['x']);
  expect(warnings().filter((text) => !/E1 debug/.test(text))).toEqual([]);
});

describe('the hint that no page is seen', () => {
  it('is printed once after 5 s when a page is on the stack that no one told of', () => {
    const { host, warnings } = start();
    vi.stubGlobal('getCurrentPages', () => [{ route: 'a' }]);
    host.launch();
    vi.advanceTimersByTime(4999);
    expect(warnings()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatch(/E40.*wrapPage/);
    host.hide();
    host.show();
    vi.advanceTimersByTime(60_000);
    expect(warnings()).toHaveLength(1);
  });

  it('is not printed when a page was seen', () => {
    const { host, warnings } = start();
    host.file('a', () => globals.Page({}));
    host.launch();
    host.open('a');
    vi.advanceTimersByTime(60_000);
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['no page is shown, as when an app wakes in the background', [pageView()], []],
    ['no plugin looks at pages', [], [{ route: 'a' }]],
  ])('is not printed when %s', (_, plugins, stack) => {
    const { host, warnings } = start(plugins);
    vi.stubGlobal('getCurrentPages', () => stack);
    host.launch();
    vi.advanceTimersByTime(60_000);
    expect(warnings()).toEqual([]);
  });

  it('does not come after destroy()', () => {
    const { host, tracker, warnings } = start();
    vi.stubGlobal('getCurrentPages', () => [{ route: 'a' }]);
    host.launch();
    tracker.destroy();
    vi.advanceTimersByTime(60_000);
    expect(warnings()).toEqual([]);
  });
});

describe('the hint on the list of domains', () => {
  it('names the endpoint, once, however often the host refuses it', async () => {
    const { device, tracker, warnings } = start([]);
    device.adapter.request = (_, done) =>
      done({ status: 0, headers: {}, body: '', message: 'request:fail url not in domain list' });
    tracker.track('x');
    await flushed(tracker);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tracker.stats().requests).toBeGreaterThan(1);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatch(/E24 https:\/\/collect\.example\.com/);
  });
});
