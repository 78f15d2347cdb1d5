import { beforeEach, describe, expect, it, vi } from 'vitest';
import { manualPages } from '../../src/plugins/manualPages';
import { pageLeave } from '../../src/plugins/pageLeave';
import { pageView } from '../../src/plugins/pageView';
import type { PluginContext } from '../../src/types/plugin';
import { deliver, eventsOf, filesOf, useFakeTime } from '../adapters/contract';
import type { Options } from '../helpers/fakeHost';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';
import { alipayHost } from '../helpers/simulatedHosts/alipay';
import { createSimulatedHost } from '../helpers/simulatedHosts/createSimulatedHost';
import { createDevice } from '../helpers/simulatedHosts/device';
import { douyinHost } from '../helpers/simulatedHosts/douyin';
import { wechatHost } from '../helpers/simulatedHosts/wechat';

const globals = globalThis as unknown as Record<'Page', (options: Options) => void>;

const start = (values = new Map<string, string>()) => {
  const world = startTracker([manualPages([pageView(), pageLeave()])], { values });
  for (const path of ['home', 'list']) world.host.file(path, () => globals.Page({}));
  world.host.launch();
  return world;
};
const durations = ({ events }: ReturnType<typeof start>) =>
  events.filter(({ name }) => name === 'page_leave').map(({ properties }) => [properties.path, properties.duration_ms]);

describe('manualPages', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it('counts the tabs of a swiper as pages', () => {
    const warnings = spyOnWarnings();
    const world = start();
    world.host.open('home');
    world.tracker.pageView('home#new', { sort: 'price' });
    vi.advanceTimersByTime(1000);
    world.tracker.pageView('home#deals');
    vi.advanceTimersByTime(500);
    world.tracker.pageLeave();
    vi.advanceTimersByTime(500);
    world.tracker.pageLeave();
    expect(world.steps()).toEqual([
      'page_view home#new',
      'page_leave home#new',
      'page_view home#deals',
      'page_leave home#deals',
    ]);
    expect(world.events.map(({ type }) => type)).toEqual(['auto', 'auto', 'auto', 'auto']);
    expect(world.events[0]?.properties).toMatchObject({ query: { sort: 'price' } });
    expect(world.last('page_view')).toMatchObject({ referrer_path: 'home#new' });
    expect(durations(world)).toEqual([
      ['home#new', 1000],
      ['home#deals', 500],
    ]);
    expect(warnings()).toEqual([]);
  });

  it('tells nobody of a part that ends where none was open', () => {
    const told: unknown[] = [];
    const counted = { name: 'counted', setup: ({ host }: PluginContext) => host.on('pageHide', ({ page }) => told.push(page)) };
    const { host, tracker } = startTracker([manualPages([counted])]);
    host.file('home', () => globals.Page({}));
    host.launch();
    host.open('home');
    host.hide();
    tracker.pageLeave();
    expect(told).toEqual([]);
  });

  it('counts a part before the host told of a page', () => {
    const world = start();
    world.tracker.pageLeave();
    world.tracker.pageView('splash');
    vi.advanceTimersByTime(300);
    world.tracker.pageLeave();
    expect(durations(world)).toEqual([['splash', 300]]);
  });

  it('leaves the part as its page goes out of sight, however long the next one takes', () => {
    const world = start();
    world.host.file('slow', () =>
      globals.Page({
        onLoad() {
          vi.advanceTimersByTime(700);
        },
      }),
    );
    world.host.open('home');
    world.tracker.pageView('home#deals');
    vi.advanceTimersByTime(1000);
    world.host.open('slow');
    expect(durations(world)).toEqual([['home#deals', 1000]]);
  });

  it('says of a part that it came back from the background with its page', () => {
    const { host, tracker, sent } = start();
    host.open('home');
    tracker.pageView('home#deals');
    expect(sent('page_view')).not.toHaveProperty('resumed');
    host.hide();
    host.show();
    expect(sent('page_view')).toMatchObject({ path: 'home#deals', resumed: true });
  });

  it('leaves nothing behind after destroy(), and takes one plugin for a list of one', () => {
    const world = startTracker([manualPages(pageLeave() as never)]);
    world.host.file('home', () => globals.Page({}));
    world.host.launch();
    world.host.open('home');
    world.tracker.pageView('home#new');
    vi.advanceTimersByTime(1000);
    world.tracker.pageLeave();
    expect(world.steps()).toEqual(['page_leave home#new']);
    world.tracker.destroy();
    world.tracker.pageView('home#late');
    vi.advanceTimersByTime(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not view a part anew that was left', () => {
    const { host, tracker, steps } = start();
    host.open('home');
    tracker.pageView('home#deals');
    tracker.pageLeave();
    host.open('list');
    host.back();
    expect(steps()).toEqual(['page_view home#deals', 'page_leave home#deals']);
  });

  it.each(['', 5, null, undefined, { path: 'a' }])('refuses %j for a path, and says so', (path) => {
    const warnings = spyOnWarnings();
    const { host, tracker, steps } = start();
    host.open('home');
    tracker.pageView(path as string);
    expect(steps()).toEqual([]);
    expect(warnings()).toEqual([expect.stringContaining('E4 pageView')]);
  });

  it('leaves the part with its page and views it anew when the page comes back', () => {
    const world = start();
    world.host.open('home');
    world.tracker.pageView('home#deals');
    vi.advanceTimersByTime(1000);
    world.host.open('list');
    vi.advanceTimersByTime(9000);
    world.host.back();
    vi.advanceTimersByTime(200);
    world.tracker.pageLeave();
    expect(durations(world)).toEqual([
      ['home#deals', 1000],
      ['home#deals', 200],
    ]);
  });

  it('counts no time in the background, where nothing is viewed either', () => {
    const world = start();
    world.host.open('home');
    world.tracker.pageView('home#new');
    vi.advanceTimersByTime(1000);
    world.host.hide();
    world.tracker.pageView('home#deals');
    vi.advanceTimersByTime(60_000);
    expect(world.steps()).toEqual(['page_view home#new', 'page_leave home#new']);
    world.host.show();
    vi.advanceTimersByTime(300);
    world.tracker.pageLeave();
    expect(world.steps().slice(2)).toEqual(['page_view home#deals', 'page_leave home#deals']);
    expect(durations(world).pop()).toEqual(['home#deals', 300]);
  });

  it('says that a path is missing, and goes on', () => {
    const warnings = spyOnWarnings();
    const world = start();
    world.host.open('home');
    world.tracker.pageView(undefined as unknown as string);
    world.tracker.pageLeave();
    expect(world.events).toEqual([]);
    expect(warnings().join()).toContain('pageView');
  });
});

describe.each([wechatHost, alipayHost, douyinHost])('manualPages on $name', (spec) => {
  useFakeTime();

  it('tells of a part, and of the one that a kill took along at the next launch', async () => {
    const device = createDevice({ answer: () => ({ status: 200, body: '{}' }) });
    const launch = () => {
      const host = createSimulatedHost(spec, device);
      host.launch(
        filesOf(spec, { plugins: 'sdk.manualPages([sdk.pageView(), sdk.pageLeave()])' }),
        { path: 'pages/home', query: {} },
        'pages/home',
      );
      return host;
    };
    const first = launch();
    (first.exports('app').tracker as unknown as { pageView(path: string): void }).pageView('pages/home#deals');
    for (let i = 0; i < 4; i++) await deliver(first);
    first.kill();
    await deliver(launch());
    const named = (name: string) =>
      eventsOf(device).filter((event) => event.name === name && event.properties.path === 'pages/home#deals');
    expect(named('page_view')).toHaveLength(1);
    expect(named('page_leave').map(({ properties }) => properties.recovered)).toEqual([true]);
  });
});
