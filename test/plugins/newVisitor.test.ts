import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { exposure } from '../../src/plugins/exposure';
import { launchSource } from '../../src/plugins/launchSource';
import { pageInteraction } from '../../src/plugins/pageInteraction';
import { pageLeave } from '../../src/plugins/pageLeave';
import { pageView } from '../../src/plugins/pageView';
import { performance } from '../../src/plugins/performance';
import { share } from '../../src/plugins/share';
import { subscribeMessage } from '../../src/plugins/subscribeMessage';
import type { PluginList } from '../../src/types/plugin';
import type { Options } from '../helpers/fakeHost';
import { startTracker } from '../helpers/fakeHostTracker';

const { Page } = { Page: (options: Options) => (globalThis as unknown as { Page(o: Options): void }).Page(options) };

/** Observers that see one element of `.exposure` at once. */
const createIntersectionObserver = () => {
  const observer = {
    relativeToViewport: () => observer,
    observe: (_: string, seen: (entry: object) => void) =>
      void setTimeout(() => seen({ id: 'banner', dataset: {}, intersectionRatio: 1 }), 1),
    disconnect: () => undefined,
  };
  return observer;
};

const start = (plugins: PluginList, api: object = {}) => {
  const world = startTracker(plugins, { api });
  const own = { createIntersectionObserver, onPageScroll() {} };
  for (const path of ['home', 'list']) world.host.file(path, () => Page({ ...own }));
  world.host.launch();
  return world;
};
const wait = (seconds: number): void => void vi.advanceTimersByTime(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers();
});

// 20 s granted, 20 s denied, 10 s granted.
const ways: readonly (readonly [string, (world: ReturnType<typeof start>) => void])[] = [
  [
    'a denial and a consent',
    ({ tracker }) => {
      tracker.setConsent('denied');
      wait(20);
      tracker.setConsent('granted');
    },
  ],
  ['reset()', ({ tracker }) => tracker.reset()],
];

describe.each(ways)('after %s, of who was there before is told nothing:', (_, change) => {
  it('the time on the page', () => {
    const world = start([pageLeave()]);
    world.host.open('home');
    wait(20);
    change(world);
    wait(10);
    world.host.open('list');
    expect(world.last('page_leave')).toEqual({ path: 'home', duration_ms: 10_000 });
  });

  it('the time in the foreground', () => {
    const world = start([appLifecycle()]);
    wait(20);
    change(world);
    wait(10);
    world.host.hide();
    expect(world.last('app_hide')).toMatchObject({ duration_ms: 10_000 });
  });

  it('the page before', () => {
    const world = start([pageView()]);
    world.host.open('home');
    change(world);
    world.host.open('list');
    expect(world.sent('page_view')).toEqual({ path: 'list', query: {} });
  });

  it('how far the page was scrolled', () => {
    const world = start([pageInteraction()]);
    const page = world.host.open('home') as unknown as { onPageScroll(event: object): void };
    page.onPageScroll({ scrollTop: 900 });
    change(world);
    page.onPageScroll({ scrollTop: 40 });
    world.host.open('list');
    expect(world.last('page_scroll')).toMatchObject({ scroll_top: 40 });
  });

  it('what was in sight, which is told again', () => {
    const world = start([exposure()]);
    world.host.open('home');
    wait(5);
    const before = world.events.length;
    change(world);
    wait(5);
    expect(world.events.slice(before).map(({ name }) => name)).toEqual(['exposure']);
  });

  it('a request that began before', () => {
    const asked: { success(answer: object): void }[] = [];
    const api = { request: (options: (typeof asked)[0]) => void asked.push(options) };
    const world = start([performance({ slowRequestMs: 1000 })], api);
    api.request({ url: 'https://api.example.com/slow', success() {} } as never);
    wait(2);
    change(world);
    asked[0]?.success({ statusCode: 200 });
    expect(world.names()).not.toContain('slow_request');
  });

  it.each([
    ['returned', (late: Promise<object>) => late],
    ['in the field `promise`', (late: Promise<object>) => ({ title: 'now', promise: late })],
  ])('a share that its promise, %s, had not given yet: the card goes as the page made it', async (_, answer) => {
    const world = startTracker([share()]);
    const card = { title: 'late', path: '/home?id=7' };
    let give = (_: object): void => undefined;
    const late = new Promise<object>((resolve) => {
      give = resolve;
    });
    world.host.file('home', () => Page({ onShareAppMessage: () => answer(late) }));
    world.host.launch();
    const page = world.host.open('home') as unknown as { onShareAppMessage(asked: object): { promise?: unknown } };
    const returned = page.onShareAppMessage({ from: 'menu' });
    const before = world.names().filter((name) => name === 'share').length;
    change(world);
    give(card);
    expect(await (returned.promise ?? returned)).toEqual(card);
    expect(world.names().filter((name) => name === 'share')).toHaveLength(before);
  });

  it('the answer to a question that somebody else was asked', () => {
    const asked: { success(answer: object): void }[] = [];
    const api = { requestSubscribeMessage: (options: (typeof asked)[0]) => void asked.push(options) };
    const world = start([subscribeMessage()], api);
    api.requestSubscribeMessage({ tmplIds: ['paid'], success() {} } as never);
    change(world);
    asked[0]?.success({ paid: 'accept' });
    expect(world.events.map(({ properties }) => properties.action)).toEqual(['asked']);
  });

  it('the sessions and the source', () => {
    const world = start([launchSource()]);
    world.tracker.track('before');
    world.host.hide();
    wait(3600);
    world.host.show();
    change(world);
    world.tracker.track('after');
    const [before, after] = ['before', 'after'].map((name) => world.events.find((event) => event.name === name));
    expect(after?.session_id).not.toBe(before?.session_id);
    wait(1);
    world.host.hide();
    const stored = [...world.device.values.values()].join('\n');
    expect(stored.match(/"session_index":\d+/g)?.pop()).toBe('"session_index":1');
  });
});
