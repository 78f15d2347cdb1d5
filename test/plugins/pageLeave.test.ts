import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pageLeave } from '../../src/plugins/pageLeave';
import { pageView } from '../../src/plugins/pageView';
import type { Options } from '../helpers/fakeHost';
import { startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page' | 'Component', (options: Options) => void>;

const start = (exclude?: string[], values = new Map<string, string>()) => {
  const world = startTracker([pageView(), pageLeave(exclude && { exclude })], { values });
  world.host.file('home', () => globals.Page({}));
  world.host.file('list', () => globals.Component({ methods: { onHide() {}, onUnload() {}, onTap() {} } }));
  world.host.launch();
  return world;
};

beforeEach(() => {
  vi.useFakeTimers();
});

describe('pageLeave', () => {
  it('measures how long a page was shown', () => {
    const { host, last } = start();
    host.open('home');
    vi.advanceTimersByTime(3000);
    host.open('list');
    expect(last('page_leave')).toEqual({ path: 'home', duration_ms: 3000 });
    vi.advanceTimersByTime(450);
    host.back();
    expect(last('page_leave')).toEqual({ path: 'list', duration_ms: 450 });
  });

  it('leaves out what a native view covers while the app stays in the foreground', () => {
    const { host, events, steps } = start();
    const page = host.open('home') as unknown as Record<'onHide' | 'onShow', () => void>;
    vi.advanceTimersByTime(1000);
    page.onHide();
    vi.advanceTimersByTime(60_000);
    page.onShow();
    vi.advanceTimersByTime(200);
    host.redirect('list');
    expect(steps()).toEqual(['page_view home', 'page_leave home', 'page_view home', 'page_leave home', 'page_view list']);
    const durations = events.filter(({ name }) => name === 'page_leave').map(({ properties }) => properties.duration_ms);
    expect(durations).toEqual([1000, 200]);
  });

  it('comes before what the next page tracks as it loads', () => {
    const { host, tracker, steps } = start();
    host.open('home');
    host.file('next', () =>
      globals.Page({
        onLoad() {
          tracker.track('loaded');
        },
      }),
    );
    host.open('next');
    expect(steps()).toEqual(['page_view home', 'page_leave home', 'loaded', 'page_view next']);
  });

  it('counts on where something happens on the page after its code has called onHide', () => {
    const { host, last } = start();
    host.file('shop', () => globals.Page({ onHide() {}, buy() {} }));
    const page = host.open('shop') as unknown as { onHide(): void; buy(event: object): void };
    vi.advanceTimersByTime(1000);
    page.onHide();
    vi.advanceTimersByTime(5000);
    page.buy({ type: 'tap' });
    host.open('home');
    expect(last('page_leave')).toEqual({ path: 'shop', duration_ms: 6000 });
  });

  it('goes by the page alone where nobody tells of the app, as in a plugin of WeChat', () => {
    const world = startTracker([pageLeave()], { listens: false });
    world.host.file('home', () => globals.Page({ onHide() {} }));
    const page = world.host.open('home') as unknown as { onHide(): void };
    vi.advanceTimersByTime(1000);
    page.onHide();
    expect(world.last('page_leave')).toEqual({ path: 'home', duration_ms: 1000 });
  });

  it('is never below 0 when the clock is set forward after the page was told to hide', () => {
    const { host, last } = start();
    const page = host.open('home') as unknown as { onHide(): void };
    vi.advanceTimersByTime(1000);
    page.onHide();
    vi.setSystemTime(Date.now() + 86_400_000);
    host.relaunch('list');
    expect(last('page_leave')?.duration_ms).toBeGreaterThanOrEqual(0);
  });

  it('comes before the view of the next page', () => {
    const { host, steps } = start();
    host.open('home');
    host.redirect('list');
    host.relaunch('home');
    expect(steps()).toEqual(['page_view home', 'page_leave home', 'page_view list', 'page_leave list', 'page_view home']);
  });

  it('never counts the time in the background', () => {
    const { host, events } = start();
    host.open('home');
    vi.advanceTimersByTime(1000);
    host.hide();
    vi.advanceTimersByTime(3_600_000);
    host.show();
    vi.advanceTimersByTime(200);
    host.redirect('list');
    const durations = events.filter(({ name }) => name === 'page_leave').map(({ properties }) => properties.duration_ms);
    expect(durations).toEqual([1000, 200]);
  });

  it('never counts the time in the background when a timer of the page goes on to call its onShow', () => {
    const { host, events, steps } = start();
    const page = host.open('home');
    vi.advanceTimersByTime(1000);
    host.hide();
    vi.advanceTimersByTime(3000);
    (page.onShow as () => void)();
    vi.advanceTimersByTime(60_000);
    host.show();
    vi.advanceTimersByTime(200);
    host.redirect('list');
    expect(steps()).toEqual(['page_view home', 'page_leave home', 'page_view home', 'page_leave home', 'page_view list']);
    const durations = events.filter(({ name }) => name === 'page_leave').map(({ properties }) => properties.duration_ms);
    expect(durations).toEqual([1000, 200]);
  });

  it('never counts the time a page lies beneath another one', () => {
    const { host, events } = start();
    host.open('home');
    vi.advanceTimersByTime(10);
    host.open('list');
    vi.advanceTimersByTime(5000);
    host.back();
    vi.advanceTimersByTime(20);
    host.redirect('list');
    const durations = events.filter(({ name }) => name === 'page_leave').map(({ properties }) => properties.duration_ms);
    expect(durations).toEqual([10, 5000, 20]);
  });

  it('counts a page that is unloaded in the background once', () => {
    const { host, steps } = start();
    host.open('home');
    host.hide();
    host.relaunch('list');
    host.show();
    expect(steps()).toEqual(['page_view home', 'page_leave home', 'page_view list']);
  });

  // By a timer, or the answer to a request or a payment.
  it.each(['open', 'redirect', 'relaunch', 'tab'] as const)(
    'counts no background of a page that code brings there by %s',
    (by) => {
      const { host, steps, last } = start();
      if (by === 'tab') host.tab('home');
      else host.open('home');
      host.hide();
      host[by]('list');
      vi.advanceTimersByTime(60_000);
      expect(steps()).toEqual(['page_view home', 'page_leave home']);
      host.show();
      vi.advanceTimersByTime(1000);
      host.hide();
      expect(steps()).toEqual(['page_view home', 'page_leave home', 'page_view list', 'page_leave list']);
      expect(last('page_leave')).toEqual({ path: 'list', duration_ms: 1000 });
    },
  );

  it('counts a page from its first tap where nobody tells of the return of the app', () => {
    const { host, steps, last } = start();
    host.open('home');
    host.hide();
    const page = host.open('list') as unknown as { onTap(event: object): void };
    page.onTap({ type: 'tap' });
    vi.advanceTimersByTime(1000);
    host.back();
    expect(steps().slice(2)).toEqual(['page_view list', 'page_leave list', 'page_view home']);
    expect(last('page_leave')).toEqual({ path: 'list', duration_ms: 1000 });
  });

  it('is 0 and not negative when the clock was set back', () => {
    const { host, last } = start();
    host.open('home');
    vi.setSystemTime(Date.now() - 86_400_000);
    host.open('list');
    expect(last('page_leave')).toEqual({ path: 'home', duration_ms: 0 });
  });

  it('tracks no page that is excluded', () => {
    const { host, names } = start(['home']);
    host.open('home');
    host.open('list');
    host.back();
    expect(names().filter((name) => name === 'page_leave')).toHaveLength(1);
  });

  it('tracks nothing after destroy', () => {
    const { host, names, tracker } = start();
    host.open('home');
    tracker.destroy();
    host.open('list');
    expect(names()).toEqual(['page_view']);
  });

  it('counts no more than the time that passed when the clock was set forward', () => {
    const { host, last } = start();
    host.open('home');
    vi.advanceTimersByTime(7000);
    vi.setSystemTime(Date.now() + 3 * 86_400_000);
    vi.advanceTimersByTime(1000);
    host.open('list');
    // Seven seconds and what a sign of life that is late may be late by.
    expect(last('page_leave')?.duration_ms).toBeLessThanOrEqual(7000 + 2 * 10_000);
  });

  it('leaves a page that a kill took along at the next launch, from its last sign of life', () => {
    const values = new Map<string, string>();
    const { host } = start(undefined, values);
    const opened = Date.now();
    host.open('home');
    vi.advanceTimersByTime(17_000);
    // The process ends here: no hide, no timer runs on.
    vi.clearAllTimers();
    const next = start(undefined, values);
    next.host.open('home');
    expect(next.events[0]).toMatchObject({
      name: 'page_leave',
      properties: { path: 'home', duration_ms: 15_000, ended_at: opened + 15_000, recovered: true },
    });
    next.host.hide();
    vi.clearAllTimers();
    const third = start(undefined, values);
    third.host.open('home');
    expect(third.names()).toEqual(['page_view']);
  });

  it('recovers nothing of a page that was left', () => {
    const values = new Map<string, string>();
    const { host } = start(undefined, values);
    host.open('home');
    vi.advanceTimersByTime(20_000);
    host.hide();
    vi.clearAllTimers();
    const next = start(undefined, values);
    next.host.open('home');
    expect(next.names()).toEqual(['page_view']);
  });

  it('does not tell again after a kill of a page that was left, or that is excluded', async () => {
    const values = new Map<string, string>();
    const first = start(['list'], values);
    first.host.open('home');
    await vi.advanceTimersByTimeAsync(20_000);
    first.host.open('list');
    await vi.advanceTimersByTimeAsync(200_000);
    first.host.hide();
    await vi.advanceTimersByTimeAsync(200_000);
    expect(first.names().filter((name) => name === 'page_leave')).toHaveLength(1);
    vi.clearAllTimers();
    vi.unstubAllGlobals();
    const second = start(['list'], values);
    second.host.open('home');
    await vi.advanceTimersByTimeAsync(1000);
    expect(second.names()).not.toContain('page_leave');
  });
});
