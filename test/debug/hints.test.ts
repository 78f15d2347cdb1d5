import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { alipayFunction } from '../../src/cloud/alipayFunction';
import { douyinContainer } from '../../src/cloud/douyinContainer';
import { wechatContainer } from '../../src/cloud/wechatContainer';
import { wechatFunction } from '../../src/cloud/wechatFunction';
import * as codes from '../../src/codes';
import { createTracker } from '../../src/createTracker';
import { debug } from '../../src/debug';
import { autotrack } from '../../src/plugins/autotrack';
import { pageView } from '../../src/plugins/pageView';
import { persistentProperties } from '../../src/plugins/persistentProperties';
import { SDK } from '../../src/semantic';
import type { TrackEvent } from '../../src/types/event';
import type { PluginList } from '../../src/types/plugin';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

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

it.each(['https://a.test/v1', { url: 'https://a.test/v1' }])(
  'tells the start in one line, and each event as it leaves: %j',
  (endpoint) => {
    const note = vi.fn();
    const plugins = [
      pageView(),
      { name: 'marks', enrich: (event: TrackEvent) => ({ ...event, properties: { marked: true } }) },
    ];
    const { tracker } = startTracker(plugins, { options: { endpoint, debug: debug({ note }) } });
    tracker.track('x');
    expect(note.mock.calls[0]).toEqual([
      'start',
      { sdk: SDK, platform: 'fake', endpoint: 'https://a.test/v1', plugins: ['pageView', 'marks'] },
    ]);
    expect(note.mock.calls.filter(([what]) => what === 'event')).toEqual([['event', expect.stringContaining('"marked":true')]]);
  },
);

it('writes to the console where it is not told where else', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { note } = debug();
  note('wait');
  note('drop', { reason: 'filtered' });
  expect(log.mock.calls).toEqual([
    ['[minitrail] wait', ''],
    ['[minitrail] drop', { reason: 'filtered' }],
  ]);
});

it.each([
  ['http://collect.example.com/v1', 1],
  [{ url: 'http://collect.example.com/v1' }, 1],
  ['https://collect.example.com/v1', 0],
  ['https://collect.example.com/?to=http://other.example.com', 0],
  ['http://localhost:8080/v1', 0],
  [{ url: 'http://127.0.0.1:8080' }, 0],
])('says of %j that a device refuses it: %d', (endpoint, times) => {
  const warnings = spyOnWarnings();
  startTracker([], { options: { endpoint, debug: debug({ note: () => undefined }) } });
  expect(warnings()).toHaveLength(times);
  expect(warnings().join()).toMatch(times ? /E21 http:/ : '');
});

it.each([
  [wechatContainer({ env: '', service: 'events' }), 1],
  [wechatContainer({ env: 'prod-01' } as never), 1],
  [wechatContainer({ env: 'prod-01', service: 'events' }), 0],
  [wechatFunction({ name: '' }), 1],
  [wechatFunction({ name: 'events' }), 0],
  [douyinContainer({ env: 'env-x1', service: '' }), 1],
  [douyinContainer({ env: 'env-x1', service: 's1' }), 0],
  [alipayFunction({ name: 'events' } as never), 1],
  [alipayFunction({ env: 'env-00jx', name: 'events' }), 0],
])('says of a cloud that lacks a name: $0.url, %d', (endpoint, times) => {
  const warnings = spyOnWarnings();
  startTracker([], { options: { endpoint, debug: debug({ note: () => undefined }) } });
  expect(warnings()).toHaveLength(times);
  expect(warnings().join()).toMatch(times ? /E20 (wx|tt|my)cloud:/ : '');
});

it('has a text in both languages for every code', () => {
  const { explain } = debug();
  for (const code of Object.values(codes)) expect(explain(code, '')).toMatch(/[\u3400-\u9fff].*。 [ -~…]+$/);
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
    expect(vi.getTimerCount()).toBe(0);
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

describe('the hint that a plugin is there twice', () => {
  const twins = (warnings: () => string[]) => warnings().filter((text) => text.includes('E15'));
  const second = (host: ReturnType<typeof start>, plugins: PluginList, namespace = 'second') =>
    createTracker({
      adapter: host.device.adapter,
      endpoint: ENDPOINT,
      namespace,
      plugins,
      debug: debug({ note: () => undefined }),
    });

  it('names one that the preset brings as well', () => {
    const { warnings } = start([pageView(), autotrack({ pageView: true, tap: true })] as never);
    expect(twins(warnings)).toEqual([expect.stringContaining('E15 pageView')]);
  });

  it('names one that another tracker was given: they would mix what they remember', () => {
    const kept = persistentProperties();
    const world = start([kept, pageView()] as never);
    second(world, [kept, pageView()]);
    expect(twins(world.warnings)).toEqual([expect.stringContaining('E15 persistentProperties')]);
  });

  it('says nothing of trackers with plugins of their own, nor of a list that is used again after destroy()', () => {
    const list = [pageView(), persistentProperties()];
    const world = start(list as never);
    const other = second(world, [pageView(), persistentProperties()]);
    world.tracker.destroy();
    other.destroy();
    second(world, list, 'third');
    expect(twins(world.warnings)).toEqual([]);
  });
});
