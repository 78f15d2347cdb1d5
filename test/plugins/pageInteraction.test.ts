import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pageInteraction } from '../../src/plugins/pageInteraction';
import type { PageFilter } from '../../src/plugins/pageView';
import type { Fn, Options } from '../helpers/fakeHost';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page' | 'Component', (options: Options) => void>;

type Handlers = Record<string, (argument?: unknown) => unknown>;

const noop = (): void => {};
const HANDLERS = { onPullDownRefresh: noop, onReachBottom: noop, onTabItemTap: noop, onPageScroll: noop, onTap: noop };

/** A page as the view sees it. */
const createView = (window = 600, height: number | undefined = 3000) => {
  const view = { window, height, top: 0, looks: 0, answers: true };
  const api = {
    createSelectorQuery: () => ({
      selectViewport: () => ({ boundingClientRect: noop, scrollOffset: noop }),
      exec(done: (found: readonly unknown[]) => void) {
        view.looks++;
        const found = [
          { width: 400, height: view.window },
          { scrollTop: view.top, scrollLeft: 0, scrollHeight: view.height },
        ];
        if (view.answers) setTimeout(() => done(found), 5);
      },
    }),
  };
  return { view, api };
};

const start = (own: Options = HANDLERS, { options, api = {} }: { options?: PageFilter; api?: object } = {}) => {
  const world = startTracker([pageInteraction(options)], { api });
  world.host.file('home', () => globals.Page({ ...own }));
  world.host.file('list', () => globals.Component({ methods: { ...own } }));
  world.host.file('other', () => globals.Page({}));
  world.host.launch();
  return { ...world, page: world.host.open('home') as unknown as Handlers };
};

beforeEach(() => {
  vi.useFakeTimers();
});

describe('pageInteraction', () => {
  it('tracks pull-down refresh and reach bottom with their page', () => {
    const { page, events } = start();
    page.onPullDownRefresh?.();
    page.onReachBottom?.();
    expect(events.map(({ type, name, properties }) => [type, name, properties.page_path])).toEqual([
      ['auto', 'pull_down_refresh', 'home'],
      ['auto', 'reach_bottom', 'home'],
    ]);
  });

  it('hears pages made by Component', () => {
    const { host, last } = start();
    (host.open('list') as unknown as Handlers).onReachBottom?.();
    expect(last('reach_bottom')).toMatchObject({ page_path: 'list' });
  });

  it('hears functions of the class that a page is made of', () => {
    const { host, last } = start();
    class Feed {
      onReachBottom() {}
    }
    host.file('feed', () => globals.Page(new Feed() as unknown as Options));
    (host.open('feed') as unknown as Handlers).onReachBottom?.();
    expect(last('reach_bottom')).toMatchObject({ page_path: 'feed' });
  });

  it('adds no function that a page lacks', () => {
    const { host } = start({ data: {} });
    expect(Object.keys(host.given('home')).sort()).toEqual(['data', 'onHide', 'onLoad', 'onShow', 'onUnload']);
  });

  it('does not take a call by another function of the page for one of the host', () => {
    const { page, names, host } = start({
      ...HANDLERS,
      onLoad(this: Handlers) {
        this.onPullDownRefresh?.();
      },
      onShow(this: Handlers) {
        this.onReachBottom?.();
      },
      onTap(this: Handlers) {
        this.onPullDownRefresh?.();
      },
    });
    page.onTap?.({ type: 'tap' });
    host.hide();
    host.show();
    expect(names()).toEqual([]);
    page.onPullDownRefresh?.();
    expect(names()).toEqual(['pull_down_refresh']);
  });

  it('goes on hearing the host after a function of the page threw', () => {
    const { page, names } = start({
      ...HANDLERS,
      onTap() {
        throw new Error('broken');
      },
    });
    expect(() => page.onTap?.({ type: 'tap' })).toThrow('broken');
    page.onReachBottom?.();
    expect(names()).toEqual(['reach_bottom']);
  });

  // https://opendocs.alipay.com/mini/framework/page-detail
  it('leaves out what Alipay says the app did itself', () => {
    const { page, names } = start();
    page.onPullDownRefresh?.({ from: 'code' });
    page.onTabItemTap?.({ from: 'api', index: 1, pagePath: 'home', text: 'Home' });
    expect(names()).toEqual([]);
    page.onPullDownRefresh?.({ from: 'manual' });
    page.onTabItemTap?.({ from: 'user', index: 1, pagePath: 'home', text: 'Home' });
    expect(names()).toEqual(['pull_down_refresh', 'tab_tap']);
  });

  it.each([
    // The typings of WeChat call the index a string.
    ['WeChat', { index: '1', pagePath: 'pages/cart/index', text: 'Cart' }],
    ['Alipay', { from: 'user', index: 1, pagePath: 'pages/cart/index', text: 'Cart' }],
  ])('tracks the tab that was tapped on %s', (_, item) => {
    const { page, sent } = start();
    page.onTabItemTap?.(item);
    expect(sent('tab_tap')).toEqual({ page_path: 'pages/cart/index', index: 1, text: 'Cart' });
  });

  it('tracks a tap on a tab of which the host tells nothing', () => {
    const { page, sent } = start();
    page.onTabItemTap?.();
    expect(sent('tab_tap')).toEqual({ page_path: 'home' });
  });

  describe("Alipay's events of a page", () => {
    const open = (options: Options) => {
      const world = start();
      world.host.file('tab', () => globals.Page(options));
      world.host.open('tab');
      const { events } = world.host.given('tab') as { events: Handlers };
      return { ...world, events, tab: world.host.given('tab') as unknown as Handlers };
    };

    it('are heard', () => {
      const { events, names } = open({ events: { onTabItemTap() {}, onPullDownRefresh() {} } });
      events.onTabItemTap?.({ from: 'user', index: 0, pagePath: 'tab', text: 'Tab' });
      events.onPullDownRefresh?.({ from: 'manual' });
      expect(names()).toEqual(['tab_tap', 'pull_down_refresh']);
    });

    it('count a tap once when the page has the function in both places', () => {
      const own = vi.fn();
      const { tab, events, names } = open({ onTabItemTap: own, events: { onTabItemTap: own } });
      const item = { from: 'user', index: 0, pagePath: 'tab', text: 'Tab' };
      tab.onTabItemTap?.(item);
      events.onTabItemTap?.(item);
      expect(own).toHaveBeenCalledTimes(2);
      expect(names()).toEqual(['tab_tap']);
    });
  });

  it('tracks nothing of excluded pages', () => {
    const { host, page, names } = start(HANDLERS, { options: { exclude: ['home', 'pages/secret'] } });
    page.onReachBottom?.();
    page.onPageScroll?.({ scrollTop: 100, scrollHeight: 1000 });
    page.onTabItemTap?.({ pagePath: 'pages/secret' });
    host.open('other');
    expect(names()).toEqual([]);
  });

  it('has nothing to forget on an excluded page', () => {
    const warnings = spyOnWarnings();
    const { tracker } = start(HANDLERS, { options: { exclude: ['home'] } });
    tracker.reset();
    expect(warnings()).toEqual([]);
  });

  it('tracks nothing after destroy', () => {
    const { view, api } = createView();
    const { page, names, tracker } = start({}, { api });
    tracker.destroy();
    page.onReachBottom?.();
    vi.advanceTimersByTime(60_000);
    expect([names(), view.looks]).toEqual([[], 0]);
  });
});

describe('pageInteraction: page_scroll', () => {
  it('tells the deepest part seen, once, as the page goes out of sight', async () => {
    const { view, api } = createView();
    const { host, page, sent, names } = start(HANDLERS, { api });
    for (const scrollTop of [0, 300, 900, 600]) {
      view.top = scrollTop;
      page.onPageScroll?.({ scrollTop });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(names()).toEqual([]);
    host.open('other');
    // 900 above the window of 600, of 3,000.
    expect(sent('page_scroll')).toEqual({ page_path: 'home', depth: 0.5, scroll_top: 900 });
    host.back();
    host.open('other');
    expect(names()).toEqual(['page_scroll']);
  });

  it('asks the view once for a page that listens to its scrolling, however often it scrolls', async () => {
    const { view, api } = createView();
    const { page } = start(HANDLERS, { api });
    for (let scrollTop = 0; scrollTop < 500; scrollTop++) page.onPageScroll?.({ scrollTop });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(view.looks).toBe(1);
  });

  it('asks the view of a page that does not, at growing intervals', async () => {
    const { view, api } = createView();
    const { host, sent } = start({ data: {} }, { api });
    await vi.advanceTimersByTimeAsync(1100);
    expect(view.looks).toBe(1);
    view.top = 1800;
    await vi.advanceTimersByTimeAsync(2000);
    view.top = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(view.looks).toBe(6);
    host.open('other');
    expect(sent('page_scroll')).toEqual({ page_path: 'home', depth: 0.8, scroll_top: 1800 });
  });

  it('asks when the bottom is reached and when something is tapped, which often leads away', async () => {
    const { view, api } = createView();
    const { host, page, sent } = start({ onTap: noop, onReachBottom: noop }, { api });
    view.top = 600;
    page.onTap?.({ type: 'tap' });
    await vi.advanceTimersByTimeAsync(20);
    expect(view.looks).toBe(1);
    view.top = 2400;
    page.onReachBottom?.();
    await vi.advanceTimersByTimeAsync(20);
    page.onTap?.({ type: 'touchmove' });
    expect(view.looks).toBe(2);
    host.open('other');
    expect(sent('page_scroll')).toMatchObject({ depth: 1 });
  });

  it('does not ask while the page is out of sight', async () => {
    const { view, api } = createView();
    const { host } = start({ data: {} }, { api });
    host.hide();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(view.looks).toBe(0);
    for (let times = 0; times < 3; times++) {
      host.show();
      host.hide();
    }
    host.show();
    await vi.advanceTimersByTimeAsync(64_100);
    expect(view.looks).toBe(6);
  });

  it('keeps an answer that comes too late from the page after it', async () => {
    const { view, api } = createView();
    const { host, page, names } = start({ onTap: noop }, { api });
    view.top = 900;
    page.onTap?.({ type: 'tap' });
    host.open('other');
    view.top = 0;
    await vi.advanceTimersByTimeAsync(20);
    host.back();
    expect(names()).toEqual([]);
  });

  it('is never deeper than the page, which may have shrunk', async () => {
    const { view, api } = createView();
    const { host, page, sent } = start({ onTap: noop }, { api });
    view.top = 2400;
    page.onTap?.({ type: 'tap' });
    await vi.advanceTimersByTimeAsync(20);
    view.height = 700;
    view.top = 100;
    page.onTap?.({ type: 'tap' });
    await vi.advanceTimersByTimeAsync(20);
    host.open('other');
    expect(sent('page_scroll')).toEqual({ page_path: 'home', depth: 1, scroll_top: 2400 });
  });

  // https://opendocs.alipay.com/mini/framework/page-detail
  it("takes the page's height from Alipay's onPageScroll", async () => {
    const { view, api } = createView(500);
    view.height = undefined as never;
    const { host, page, sent } = start(HANDLERS, { api });
    page.onPageScroll?.({ scrollTop: 500, scrollHeight: 2000 });
    await vi.advanceTimersByTimeAsync(20);
    host.open('other');
    expect(sent('page_scroll')).toMatchObject({ depth: 0.5 });
  });

  it('tells the next visitor only how far they scrolled themselves', async () => {
    const { host, page, sent, tracker } = start(HANDLERS, createView());
    page.onPageScroll?.({ scrollTop: 1800 });
    await vi.advanceTimersByTimeAsync(20);
    tracker.reset();
    page.onPageScroll?.({ scrollTop: 300 });
    await vi.advanceTimersByTimeAsync(20);
    host.open('other');
    expect(sent('page_scroll')).toEqual({ page_path: 'home', depth: 0.3, scroll_top: 300 });
  });

  it('has no depth where the host tells the height of the window alone', async () => {
    const { view, api } = createView();
    view.height = undefined as never;
    const { host, page, sent } = start(HANDLERS, { api });
    page.onPageScroll?.({ scrollTop: 500 });
    await vi.advanceTimersByTimeAsync(20);
    host.open('other');
    expect(sent('page_scroll')).toEqual({ page_path: 'home', scroll_top: 500 });
  });

  it('says so and tells how far it was scrolled where the query throws', () => {
    const warnings = spyOnWarnings();
    const createSelectorQuery = () => {
      throw new Error('no view');
    };
    const { host, page, sent } = start(HANDLERS, { api: { createSelectorQuery } });
    page.onPageScroll?.({ scrollTop: 500 });
    host.open('other');
    expect(sent('page_scroll')).toEqual({ page_path: 'home', scroll_top: 500 });
    expect(warnings()).toEqual([expect.stringContaining('E1 scroll')]);
  });

  it('has no depth where the host does not tell the height, or not in time', () => {
    const { view, api } = createView();
    view.answers = false;
    const { host, page, sent } = start(HANDLERS, { api });
    page.onPageScroll?.({ scrollTop: 500 });
    host.open('other');
    expect(sent('page_scroll')).toEqual({ page_path: 'home', scroll_top: 500 });
  });

  it('survives hosts without a query, and queries that find nothing', async () => {
    const warnings = spyOnWarnings();
    const { page } = start(HANDLERS);
    page.onPageScroll?.({ scrollTop: 500 });
    page.onPageScroll?.();
    expect(warnings()).toEqual([]);
    vi.unstubAllGlobals();
    for (const found of [[null, null], [], null, undefined]) {
      const answers: (() => void)[] = [];
      const exec = (done: Fn) => answers.push(() => done(found));
      const api = {
        createSelectorQuery: () => ({ selectViewport: () => ({ boundingClientRect: noop, scrollOffset: noop }), exec }),
      };
      const { host, page: second, sent } = start(HANDLERS, { api });
      second.onPageScroll?.({ scrollTop: 500 });
      for (const answer of answers) answer();
      expect(answers).toHaveLength(1);
      host.open('other');
      expect(sent('page_scroll')).toEqual({ page_path: 'home', scroll_top: 500 });
      expect(warnings()).toEqual([]);
      vi.unstubAllGlobals();
    }
  });
});
