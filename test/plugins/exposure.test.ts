import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExposureOptions, exposure } from '../../src/plugins/exposure';
import type { Options } from '../helpers/fakeHost';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page' | 'Component', (options: Options) => void>;

type Entry = Record<string, unknown>;

interface Element {
  readonly selector: string;
  readonly id?: string;
  readonly dataset?: Record<string, unknown>;
  ratio: number;
}

interface Watcher {
  readonly element: Element;
  readonly thresholds: readonly number[];
  readonly callback: (entry: Entry) => void;
}

/** What a view shows, and the observers that watch it. */
const createView = ({ entryOf }: { entryOf?: (element: Element) => Entry } = {}) => {
  const elements: Element[] = [];
  const observers = new Set<Watcher[]>();
  const created: { readonly settings: object; readonly selectors: string[] }[] = [];
  const report = ({ element, callback }: Watcher): void =>
    callback({
      id: element.id || '',
      dataset: element.dataset || {},
      intersectionRatio: element.ratio,
      ...(entryOf && entryOf(element)),
    });
  return {
    created,
    live: () => [...observers].flat().length,
    show(selector: string, ratio: number, attributes: Omit<Element, 'selector' | 'ratio'> = {}): Element {
      const element = { selector, ratio, ...attributes };
      elements.push(element);
      return element;
    },
    remove(element: Element): void {
      elements.splice(elements.indexOf(element), 1);
      this.move(element, 0);
    },
    move(element: Element, ratio: number): void {
      const before = element.ratio;
      element.ratio = ratio;
      for (const watchers of observers) {
        for (const watcher of watchers) {
          const crosses = watcher.thresholds.some((each) => before < each !== ratio < each);
          if (watcher.element === element && crosses) report(watcher);
        }
      }
    },
    // The nodes that are there when it is called, and those in sight are reported soon after.
    createIntersectionObserver(settings: { thresholds: readonly number[]; observeAll?: boolean; selectAll?: boolean }) {
      const watchers: Watcher[] = [];
      const log = { settings, selectors: [] as string[] };
      created.push(log);
      observers.add(watchers);
      const observer = {
        relativeToViewport: () => observer,
        observe(selector: string, callback: Watcher['callback']) {
          log.selectors.push(selector);
          for (const element of elements.filter((each) => each.selector === selector)) {
            const watcher = { element, thresholds: settings.thresholds, callback };
            watchers.push(watcher);
            setTimeout(() => {
              if (observers.has(watchers) && settings.thresholds.some((each) => element.ratio >= each)) report(watcher);
            }, 1);
          }
        },
        disconnect: () => void observers.delete(watchers),
      };
      return observer;
    },
  };
};

type View = ReturnType<typeof createView>;

const start = (
  view: View,
  options?: ExposureOptions,
  { own = {}, ...world }: { own?: Options; api?: object; platform?: string } = {},
) => {
  const started = startTracker([exposure(options)], world);
  const page = { createIntersectionObserver: view.createIntersectionObserver, onTap() {}, onReachBottom() {}, ...own };
  started.host.file('home', () => globals.Page({ ...page }));
  started.host.file('list', () => globals.Component({ methods: { ...page } }));
  started.host.launch();
  started.host.open('home');
  const ids = (): unknown[] =>
    started.events.filter(({ name }) => name === 'exposure').map(({ properties }) => properties.element_id);
  return { ...started, ids };
};
const run = (ms: number) => vi.advanceTimersByTime(ms);

beforeEach(() => {
  vi.useFakeTimers();
});

describe('exposure', () => {
  it('tracks an element that is in sight long enough', () => {
    const view = createView();
    view.show('.exposure', 0.8, { id: 'banner', dataset: { campaign: 'spring' } });
    const { sent, events } = start(view);
    run(600);
    expect(events).toEqual([]);
    run(500);
    expect(sent('exposure')).toEqual({
      page_path: 'home',
      selector: '.exposure',
      element_id: 'banner',
      dataset: { campaign: 'spring' },
      ratio: 0.8,
      duration_ms: 500,
    });
  });

  it('tracks nothing that is too little in sight', () => {
    const view = createView();
    view.show('.exposure', 0.49, { id: 'banner' });
    const { ids } = start(view);
    run(10_000);
    expect(ids()).toEqual([]);
  });

  it('tracks nothing that leaves too early, and starts anew when it is back', () => {
    const view = createView();
    const banner = view.show('.exposure', 1, { id: 'banner' });
    const { ids } = start(view);
    run(600);
    view.move(banner, 0.2);
    run(10_000);
    expect(ids()).toEqual([]);
    view.move(banner, 0.6);
    run(499);
    expect(ids()).toEqual([]);
    run(1);
    expect(ids()).toEqual(['banner']);
  });

  it('takes how much and how long from the options', () => {
    const view = createView();
    view.show('.exposure', 0.1, { id: 'tall' });
    const { ids } = start(view, { ratio: 0.1, durationMs: 2000 });
    run(2100);
    expect(ids()).toEqual([]);
    run(200);
    expect(ids()).toEqual(['tall']);
  });

  it('counts an element once, however often it is seen again', () => {
    const view = createView();
    const banner = view.show('.exposure', 1, { id: 'banner' });
    const { ids } = start(view);
    for (let times = 0; times < 5; times++) {
      run(2000);
      view.move(banner, 0);
      run(2000);
      view.move(banner, 1);
    }
    expect(ids()).toEqual(['banner']);
  });

  it('counts it again the next time that the page is shown', () => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids, host } = start(view);
    host.file('other', () => globals.Page({}));
    run(2000);
    spyOnWarnings();
    host.open('other');
    host.back();
    run(2000);
    expect(ids()).toEqual(['banner', 'banner']);
  });

  it('tells elements apart by id, by dataset and by selector', () => {
    const view = createView();
    for (const index of [0, 1]) view.show('.card', 1, { dataset: { index } });
    view.show('.card', 1, { id: 'a' });
    view.show('.banner', 1, { id: 'a' });
    const { events } = start(view, { selectors: { home: ['.card', '.banner'] } });
    run(2000);
    const seen = events.map(({ properties: { selector, element_id, dataset } }) => [selector, element_id, dataset]);
    expect(seen).toEqual([
      ['.card', undefined, { index: 0 }],
      ['.card', undefined, { index: 1 }],
      ['.card', 'a', undefined],
      ['.banner', 'a', undefined],
    ]);
  });

  it('watches what is declared for the page and for all pages', () => {
    const view = createView();
    const { host } = start(view, { selectors: { '*': '.everywhere', home: '.home', list: ['.one', '.two'] } });
    run(300);
    expect(view.created.map(({ selectors }) => selectors)).toEqual([['.everywhere'], ['.home']]);
    view.created.length = 0;
    host.open('list');
    run(300);
    expect(view.created.map(({ selectors }) => selectors)).toEqual([['.everywhere'], ['.one'], ['.two']]);
  });

  it.each([['.card'], [['.card', '.banner']]])('watches %j on all pages', (selectors) => {
    const view = createView();
    const { host } = start(view, { selectors });
    host.open('list');
    run(300);
    expect(view.created.flatMap((each) => each.selectors)).toEqual([selectors].flat());
  });

  it('creates no observer on a page without selectors, and on an excluded one', () => {
    const view = createView();
    const warnings = spyOnWarnings();
    const { host, tracker } = start(view, { exclude: ['list'], selectors: { list: '.card' } });
    run(10_000);
    const page = host.open('list') as unknown as Record<'onReachBottom' | 'onTap', (event?: object) => void>;
    page.onReachBottom();
    page.onTap({ type: 'tap' });
    tracker.reset();
    run(10_000);
    host.hide();
    expect(view.created).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  it('takes only what is allowed of the dataset, and nothing that is too large', () => {
    const warnings = spyOnWarnings();
    const view = createView();
    view.show('.exposure', 1, { dataset: { sku: 'A1', phone: '138' } });
    const big = createView();
    big.show('.exposure', 1, { dataset: { sku: 'x'.repeat(2000) } });
    const first = start(view, { dataset: ['sku'] });
    run(2000);
    expect(first.sent('exposure').dataset).toEqual({ sku: 'A1' });
    vi.unstubAllGlobals();
    const second = start(big);
    run(2000);
    expect('dataset' in second.sent('exposure')).toBe(false);
    expect(warnings()[0]).toContain('E60 1024');
  });
});

describe('exposure: elements that come later', () => {
  it('are found a little after the page was shown', () => {
    const view = createView();
    const { ids } = start(view);
    run(700);
    view.show('.exposure', 1, { id: 'loaded' });
    run(2000);
    expect(ids()).toEqual(['loaded']);
  });

  it.each([
    ['the bottom was reached', (page: Record<string, (event?: object) => void>) => page.onReachBottom?.()],
    ['something was tapped', (page: Record<string, (event?: object) => void>) => page.onTap?.({ type: 'tap' })],
  ])('are found after %s', (_, act) => {
    const view = createView();
    const { ids, host } = start(view);
    run(20_000);
    act(host.stack[0] as unknown as Record<string, () => void>);
    run(700);
    view.show('.exposure', 1, { id: 'more' });
    run(2000);
    expect(ids()).toEqual(['more']);
  });

  it('do not restart the time of those that are in sight already', () => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids } = start(view, { durationMs: 1500 });
    // In sight since 201 ms; asked anew at 1,000.
    run(1690);
    expect(ids()).toEqual([]);
    run(20);
    expect(ids()).toEqual(['banner']);
    run(10_000);
    expect(ids()).toEqual(['banner']);
  });

  it('are looked for three times, with one set of observers at any time', () => {
    const view = createView();
    for (let index = 0; index < 10; index++) view.show('.exposure', 0, { dataset: { index } });
    start(view);
    run(60_000);
    expect(view.created).toHaveLength(3);
    expect(view.live()).toBe(10);
  });

  it.each([
    ['the page is scrolled', { onPageScroll() {} }, 'onPageScroll', { scrollTop: 5 }],
    ['something is typed', { onInput() {} }, 'onInput', { type: 'input' }],
    ['a function of its own is called', { load() {} }, 'load', undefined],
  ])('are not looked for when %s', (_, own, name, argument) => {
    const view = createView();
    const { host } = start(view, {}, { own });
    run(20_000);
    view.created.length = 0;
    (host.stack[0] as unknown as Record<string, (argument?: object) => void>)[name]?.(argument);
    run(20_000);
    expect(view.created).toEqual([]);
  });

  it('are not looked for on each of many taps in a row', () => {
    const view = createView();
    const { host } = start(view);
    run(20_000);
    view.created.length = 0;
    const page = host.stack[0] as unknown as Record<string, (event?: object) => void>;
    for (let times = 0; times < 20; times++) {
      page.onTap?.({ type: 'tap', timeStamp: times });
      run(100);
    }
    expect(view.created).toHaveLength(0);
    run(60_000);
    expect(view.created).toHaveLength(3);
  });
});

describe('exposure: out of sight', () => {
  it.each([
    ['the page is covered', (host: ReturnType<typeof start>['host']) => host.open('bare')],
    ['the page is closed', (host: ReturnType<typeof start>['host']) => host.redirect('bare')],
    ['the app goes to the background', (host: ReturnType<typeof start>['host']) => host.hide()],
  ])('releases the observers and counts nothing once %s', (_, leave) => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids, host } = start(view, { selectors: { home: '.exposure' } });
    host.file('bare', () => globals.Page({}));
    run(400);
    expect(view.live()).toBe(1);
    leave(host);
    expect(view.live()).toBe(0);
    run(60_000);
    expect([ids(), view.created.length]).toEqual([[], 1]);
  });

  it('begins anew on return', () => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids, host } = start(view);
    run(400);
    host.hide();
    run(60_000);
    host.show();
    run(690);
    expect(ids()).toEqual([]);
    run(20);
    expect(ids()).toEqual(['banner']);
  });

  it('begins anew for the next visitor', () => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids, tracker } = start(view);
    run(2000);
    tracker.reset();
    run(690);
    expect(ids()).toEqual(['banner']);
    run(20);
    expect(ids()).toEqual(['banner', 'banner']);
  });

  it('ends with destroy', () => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids, tracker } = start(view);
    run(400);
    tracker.destroy();
    expect(view.live()).toBe(0);
    run(60_000);
    expect([ids(), view.created.length]).toEqual([[], 1]);
  });
});

describe('exposure: hosts', () => {
  it('asks the page for all elements on WeChat and Douyin, also one made by Component', () => {
    const view = createView();
    const { host } = start(view, {}, { platform: 'douyin' });
    host.open('list');
    run(300);
    expect(view.created[0]?.settings).toMatchObject({ thresholds: [0.5], observeAll: true });
  });

  // https://opendocs.alipay.com/mini/api/intersectionobserver
  it('asks `my` for all elements with their dataset on Alipay', () => {
    const [page, my] = [createView(), createView()];
    my.show('.exposure', 1, { id: 'banner' });
    const { ids } = start(page, {}, { platform: 'alipay', api: my });
    run(2000);
    expect(my.created[0]?.settings).toMatchObject({ thresholds: [0.5], selectAll: true, dataset: true });
    expect([page.created, ids()]).toEqual([[], ['banner']]);
  });

  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/ttml/intersection-observer/intersection-observer-observe
  it('does not take 30 of 100 for all of an element on Douyin', () => {
    // Not in the corner of the window.
    const rect = (height: number) => ({ left: 40, right: 140, top: 60, bottom: 60 + height });
    const view = createView({
      entryOf: ({ ratio }) => ({
        intersectionRatio: ratio * 100,
        boundingClientRect: rect(200),
        intersectionRect: rect(200 * ratio),
      }),
    });
    const element = view.show('.exposure', 0.6, { id: 'banner' });
    const { ids, last } = start(view);
    run(400);
    view.move(element, 0.3);
    run(10_000);
    expect(ids()).toEqual([]);
    view.move(element, 0.75);
    run(1000);
    expect(last('exposure')).toMatchObject({ ratio: 0.75 });
  });

  it('takes the part that is left and right of the window for out of sight', () => {
    const box = (left: number, right: number) => ({ left, right, top: 60, bottom: 260 });
    const view = createView({
      entryOf: () => ({ boundingClientRect: box(40, 140), intersectionRect: box(80, 140) }),
    });
    view.show('.exposure', 1, { id: 'banner' });
    const { sent } = start(view);
    run(2000);
    expect(sent('exposure').ratio).toBe(0.6);
  });

  it.each([
    ['no intersection', { boundingClientRect: { left: 0, right: 10, top: 0, bottom: 10 } }],
    ['no element', { intersectionRect: { left: 0, right: 10, top: 0, bottom: 10 } }],
    [
      'an element without area',
      {
        boundingClientRect: { left: 0, right: 0, top: 0, bottom: 0 },
        intersectionRect: { left: 0, right: 0, top: 0, bottom: 0 },
      },
    ],
  ])('goes by the ratio of the host where that tells %s', (_, entry) => {
    const view = createView({ entryOf: () => entry });
    view.show('.exposure', 0.8);
    const { sent } = start(view);
    run(2000);
    expect(sent('exposure').ratio).toBe(0.8);
  });

  it('names itself where a callback of the host is given nothing', () => {
    const warnings = spyOnWarnings();
    let told: (entry: unknown) => void = () => undefined;
    const observer = {
      relativeToViewport: () => observer,
      observe: (_: string, heard: typeof told) => void (told = heard),
      disconnect() {},
    };
    start(createView(), {}, { own: { createIntersectionObserver: () => observer } });
    run(300);
    told(null);
    expect(warnings()).toEqual([expect.stringContaining('E1 exposure')]);
  });

  it('says so once and goes on where there are no observers', () => {
    const warnings = spyOnWarnings();
    const { names } = start(createView(), {}, { own: { createIntersectionObserver: undefined } });
    run(60_000);
    expect(names()).toEqual([]);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E1 exposure');
  });

  it('watches the other elements where the host refuses one selector', () => {
    const warnings = spyOnWarnings();
    const view = createView();
    view.show('.card', 1, { id: 'card' });
    const createIntersectionObserver = (settings: never) => {
      const observer = view.createIntersectionObserver(settings);
      const { observe } = observer;
      observer.observe = (selector, callback) => {
        if (selector === '>>>') throw new Error('no selector');
        observe(selector, callback);
      };
      return observer;
    };
    const { ids, host } = start(view, { selectors: { home: ['>>>', '.card'] } }, { own: { createIntersectionObserver } });
    run(10_000);
    expect(ids()).toEqual(['card']);
    expect(warnings()).toEqual([expect.stringContaining('E1 exposure')]);
    host.hide();
    expect(view.live()).toBe(0);
  });

  it('takes its defaults where an option is undefined', () => {
    const view = createView();
    view.show('.exposure', 0.4, { id: 'a' });
    view.show('.exposure', 0.6, { id: 'b' });
    const { ids } = start(view, { ratio: undefined, durationMs: undefined } as never);
    run(690);
    expect(ids()).toEqual([]);
    run(20);
    expect(ids()).toEqual(['b']);
  });

  it('survives an observer that throws on disconnect', () => {
    const warnings = spyOnWarnings();
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const createIntersectionObserver = (settings: never) => ({
      ...view.createIntersectionObserver(settings),
      relativeToViewport() {
        return this;
      },
      disconnect() {
        throw new Error('gone');
      },
    });
    const { ids, host } = start(view, {}, { own: { createIntersectionObserver } });
    run(1500);
    host.open('list');
    expect(ids()).toEqual(['banner']);
    expect(warnings()).toEqual([expect.stringMatching(/E1 exposure.*gone/)]);
  });
});

describe('exposure: time', () => {
  it('is not told of a page that was hidden before the time was over', () => {
    const view = createView();
    view.show('.exposure', 1, { id: 'a' });
    const { host, names } = start(view);
    vi.advanceTimersByTime(400);
    host.hide();
    vi.advanceTimersByTime(60_000);
    expect(names()).toEqual([]);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });

  it.each([-86_400_000, 86_400_000])('is bounded when the clock is set by %d meanwhile', (by) => {
    const view = createView();
    view.show('.exposure', 1, { id: 'a' });
    const { sent } = start(view);
    vi.advanceTimersByTime(300);
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(1000);
    expect(sent('exposure').duration_ms).toBeGreaterThanOrEqual(500);
    expect(sent('exposure').duration_ms).toBeLessThanOrEqual(1000);
  });

  it.each([
    [-1, 500],
    [60_001, 500],
    [Number.NaN, 500],
    [null as unknown as number, 500],
    [0, 0],
    [60_000, 60_000],
  ])('with durationMs %s is told after %d', (durationMs, told) => {
    const view = createView();
    view.show('.exposure', 1, { id: 'banner' });
    const { ids } = start(view, { durationMs });
    // Looked for after 200 ms, and reported within one.
    run(200 + told);
    expect(ids()).toEqual([]);
    run(1);
    expect(ids()).toEqual(told ? ['banner'] : []);
    run(1);
    expect(ids()).toEqual(['banner']);
  });

  it('tells the ratio to a thousandth', () => {
    const view = createView();
    view.show('.exposure', 2 / 3, { id: 'banner' });
    const { sent } = start(view);
    run(2000);
    expect(sent('exposure').ratio).toBe(0.667);
  });

  it.each([0, 50, Number.NaN, -1])('takes the default for a ratio of %d', (ratio) => {
    const view = createView();
    start(view, { ratio });
    vi.advanceTimersByTime(300);
    expect(view.created[0]?.settings).toMatchObject({ thresholds: [0.5] });
  });
});
