import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import type { Options } from '../helpers/fakeHost';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'App' | 'Page', (options: Options) => void>;

beforeEach(() => {
  vi.useFakeTimers();
});

describe('appLifecycle', () => {
  it('tracks launch, show and hide', () => {
    const { host, names } = startTracker([appLifecycle()]);
    host.launch();
    host.hide();
    host.show();
    expect(names()).toEqual(['app_launch', 'app_show', 'app_hide', 'app_show']);
  });

  it('carries how the visitor entered', () => {
    const entry = {
      path: 'pages/home/home',
      query: { utm_source: 'poster' },
      scene: 1037,
      referrerInfo: { appId: 'wxother', extraData: { secret: 1 } },
    };
    const { host, sent } = startTracker([appLifecycle()], { launchOptions: entry });
    host.launch(entry);
    const properties = {
      path: 'pages/home/home',
      query: { utm_source: 'poster' },
      scene: '1037',
      referrer_app_id: 'wxother',
    };
    expect(sent('app_launch')).toEqual(properties);
    expect(sent('app_show')).toEqual(properties);
  });

  // Alipay has a scene `0000`, Douyin `021001`: as numbers they would lose their zeros.
  it.each([
    [1001, '1001'],
    ['0000', '0000'],
    ['021001', '021001'],
    [0, '0'],
  ])('gives the scene %s as the string %s', (scene, text) => {
    const { host, last } = startTracker([appLifecycle()]);
    host.launch({ scene });
    expect(last('app_show')).toMatchObject({ scene: text });
  });

  it('leaves out what the host does not tell', () => {
    const { host, sent } = startTracker([appLifecycle()]);
    host.launch({});
    expect(sent('app_show')).toEqual({});
  });

  it('measures the time in the foreground', () => {
    const { host, last } = startTracker([appLifecycle()]);
    host.launch();
    vi.advanceTimersByTime(7000);
    host.hide({ reason: 0 });
    expect(last('app_hide')).toEqual({ duration_ms: 7000, reason: 0 });
    vi.advanceTimersByTime(100_000);
    host.show();
    vi.advanceTimersByTime(500);
    host.hide();
    expect(last('app_hide')).toMatchObject({ duration_ms: 500 });
  });

  it('never gives a negative duration when the clock was set back', () => {
    const { host, last } = startTracker([appLifecycle()]);
    host.launch();
    vi.setSystemTime(Date.now() - 3_600_000);
    host.hide();
    expect(last('app_hide')).toMatchObject({ duration_ms: 0 });
  });

  it('gives no duration when the app was not seen to come', () => {
    const { host, sent } = startTracker([appLifecycle()]);
    host.hide();
    expect(sent('app_hide')).toEqual({});
  });

  it('needs no App when pages are not instrumented', () => {
    const before = globals.App;
    const { host } = startTracker([appLifecycle()]);
    globals.App({ own: 1 });
    expect(host.app).toEqual({ own: 1 });
    expect(globals.App).not.toBe(before);
  });

  it('tracks nothing after destroy', () => {
    const warnings = spyOnWarnings();
    const { host, names, tracker } = startTracker([appLifecycle()]);
    tracker.destroy();
    host.launch();
    host.hide();
    expect(names()).toEqual([]);
    expect(warnings()).toEqual([]);
  });
});

describe('the time in the foreground', () => {
  const start = () => {
    const world = startTracker([appLifecycle()]);
    world.host.launch();
    return world;
  };
  const DAY = 86_400_000;

  it.each([DAY, -DAY])('has no day in it when the clock is set by %d', (by) => {
    const { host, last } = start();
    vi.advanceTimersByTime(20_000);
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(10_000);
    host.hide();
    expect(last('app_hide')?.duration_ms).toBeGreaterThanOrEqual(10_000);
    expect(last('app_hide')?.duration_ms).toBeLessThan(60_000);
  });

  it('goes on over a second show, which is none', () => {
    const { host, names, last } = start();
    vi.advanceTimersByTime(10_000);
    host.listeners.show?.({});
    vi.advanceTimersByTime(10_000);
    host.hide();
    expect(names()).toEqual(['app_launch', 'app_show', 'app_hide']);
    expect(last('app_hide')).toMatchObject({ duration_ms: 20_000 });
  });

  it('is asked for by no timer in the background or after destroy()', () => {
    const { host, tracker } = start();
    host.hide();
    const hidden = vi.getTimerCount();
    host.show();
    expect(vi.getTimerCount()).toBeGreaterThan(hidden);
    tracker.destroy();
    expect(vi.getTimerCount()).toBeLessThanOrEqual(hidden);
  });
});
