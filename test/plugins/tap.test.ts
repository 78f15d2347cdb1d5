import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TapOptions, tap } from '../../src/plugins/tap';
import type { Options } from '../helpers/fakeHost';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page' | 'Component', (options: Options) => void>;

type Handlers = Record<string, (...args: unknown[]) => unknown>;

const handlers = {
  onBuy() {},
  onCard() {},
  onRoot() {},
  onPick() {},
  refresh() {},
  onReachBottom() {},
};

const start = (options?: TapOptions, own: Options = handlers, api: object = {}) => {
  const world = startTracker([tap(options)], { api });
  world.host.file('home', () => globals.Page({ ...own }));
  world.host.file('list', () => globals.Component({ methods: { ...own } }));
  world.host.file('card', () => globals.Component({ methods: { ...own } }));
  world.host.launch();
  return { ...world, page: world.host.open('home') as unknown as Handlers };
};

/**
 * An event as the view layer delivers it.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html
 */
const tapOn = (id: string, { dataset = {}, timeStamp = 895, type = 'tap', through = id } = {}) => ({
  type,
  timeStamp,
  target: { id, dataset: {} },
  currentTarget: { id: through, dataset },
  detail: { x: 1, y: 2 },
});

beforeEach(() => {
  vi.useFakeTimers();
});

describe('tap', () => {
  it('tracks element, handler, page and dataset', () => {
    const { page, sent } = start();
    page.onBuy?.(tapOn('buy', { dataset: { skuId: 'A1', index: 3 } }));
    expect(sent('tap')).toEqual({
      kind: 'tap',
      element_id: 'buy',
      handler: 'onBuy',
      page_path: 'home',
      dataset: { skuId: 'A1', index: 3 },
    });
  });

  it('counts a tap that bubbles through several handlers once, by the innermost', () => {
    const { page, events } = start();
    for (const [name, through] of [
      ['onBuy', 'buy'],
      ['onCard', 'card'],
      ['onRoot', 'root'],
    ] as const)
      page[name]?.(tapOn('buy', { through }));
    expect(events.map(({ properties }) => properties.handler)).toEqual(['onBuy']);
  });

  // Outside of a component the element of an event is the component.
  // https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/events.html
  it('counts a tap that leaves a component once, though its element is another one outside', () => {
    const { host, page, events } = start();
    const card = host.place('card') as unknown as Handlers;
    card.onCard?.(tapOn('icon'));
    page.onRoot?.(tapOn('card'));
    expect(events.map(({ properties }) => properties.element_id)).toEqual(['icon']);
  });

  it('counts a component that answers a tap by an event tap of its own once', () => {
    const { host, page, events } = start(undefined, {
      onRoot() {},
      onCard() {
        // `triggerEvent('tap')` runs the handler of the page at once, with a time of its own.
        page.onRoot?.({ type: 'tap', timeStamp: 897, target: { id: 'card' }, currentTarget: { id: 'card' }, detail: {} });
      },
    });
    const card = host.place('card') as unknown as Handlers;
    card.onCard?.(tapOn('icon'));
    card.onCard?.(tapOn('icon', { timeStamp: 1500 }));
    expect(events.map(({ properties }) => properties.element_id)).toEqual(['icon', 'icon']);
  });

  // Taro has one handler `eh` for all elements; the host calls it for each element on the way up.
  it('counts one handler that is called for each element on the way up once', () => {
    const { page, names } = start(undefined, { eh() {} });
    for (const through of ['buy', 'card', 'root']) page.eh?.(tapOn('buy', { through }));
    expect(names()).toEqual(['tap']);
  });

  it('counts taps of one time on two pages, as the time starts with the page', () => {
    const { host, page, names } = start();
    page.onBuy?.(tapOn('buy'));
    (host.open('list') as unknown as Handlers).onBuy?.(tapOn('buy'));
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('counts a handler that passes its event on to another method once', () => {
    const { page, names } = start(undefined, {
      ...handlers,
      onBuy(this: Handlers, event: unknown) {
        this.onPick?.('sku', event);
      },
    });
    page.onBuy?.(tapOn('buy'));
    expect(names()).toEqual(['tap']);
  });

  it('counts the next tap on the same element', () => {
    const { page, names } = start();
    page.onBuy?.(tapOn('buy', { timeStamp: 895 }));
    page.onBuy?.(tapOn('buy', { timeStamp: 1200 }));
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('counts every tap where the host gives no time', () => {
    const { page, names } = start();
    const event = { type: 'tap', currentTarget: { id: 'buy' } };
    page.onBuy?.(event);
    page.onBuy?.(event);
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('takes no call by code for a tap', () => {
    const { page, names } = start();
    page.refresh?.();
    page.refresh?.('tap');
    page.refresh?.({ type: 'tap' });
    page.refresh?.(null, undefined, 0);
    page.onPick?.({ type: 'fruit', currentTarget: { id: 'x' } });
    page.onReachBottom?.();
    expect(names()).toEqual([]);
  });

  it('takes no other event of the view for a tap', () => {
    const { page, names } = start();
    for (const type of ['input', 'change', 'scroll', 'touchstart', 'load', 'toString']) page.onPick?.(tapOn('x', { type }));
    expect(names()).toEqual([]);
  });

  // https://opendocs.alipay.com/mini/framework/events: longTap; WeChat and Douyin: longpress, longtap.
  it.each([
    ['tap', 'tap'],
    ['longpress', 'longpress'],
    ['longtap', 'longpress'],
    ['longTap', 'longpress'],
  ])('takes %s for a %s', (type, kind) => {
    const { page, last } = start();
    page.onBuy?.(tapOn('buy', { type }));
    expect(last('tap')).toMatchObject({ kind });
  });

  it('finds the event when it is the last argument, as template compilers put it', () => {
    const { page, last } = start();
    page.onPick?.('A1', tapOn('pick'));
    expect(last('tap')).toMatchObject({ element_id: 'pick' });
  });

  it('finds it behind an argument that has a type of its own', () => {
    const { page, last } = start();
    page.onPick?.({ type: 'fruit', name: 'pear' }, tapOn('pick'));
    expect(last('tap')).toMatchObject({ element_id: 'pick' });
  });

  it('is not hurt by what is no event in its place', () => {
    const { page, events } = start();
    const warnings = spyOnWarnings();
    for (const nothing of [null, undefined, 0, 'tap', {}]) page.onPick?.({ type: 'fruit', name: 'pear' }, nothing);
    expect(warnings()).toEqual([]);
    expect(events.filter(({ name }) => name === 'tap')).toEqual([]);
  });

  it('takes the element that was tapped where the one with the handler is null', () => {
    const { page, last } = start();
    page.onBuy?.({ ...tapOn('buy'), currentTarget: null });
    expect(last('tap')).toMatchObject({ element_id: 'buy' });
  });

  it('names the tapped element where the one with the handler has no id', () => {
    const { page, last } = start();
    page.onCard?.(tapOn('icon', { through: '' }));
    expect(last('tap')).toMatchObject({ element_id: 'icon' });
  });

  it('tracks an element without id and dataset', () => {
    const { page, sent } = start();
    page.onBuy?.({ type: 'tap', timeStamp: 1, target: {}, currentTarget: {} });
    expect(sent('tap')).toEqual({ kind: 'tap', handler: 'onBuy', page_path: 'home' });
  });

  // A touch on a canvas has no currentTarget.
  // https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html
  it('tracks an event without currentTarget', () => {
    const { page, sent } = start();
    page.onBuy?.({ type: 'tap', timeStamp: 1, target: { id: 'canvas', dataset: { a: 1 } } });
    expect(sent('tap')).toMatchObject({ element_id: 'canvas', dataset: { a: 1 } });
  });

  it('takes only the named attributes of the dataset', () => {
    const { page, sent } = start({ dataset: ['skuId'] });
    page.onBuy?.(tapOn('buy', { dataset: { skuId: 'A1', phone: '138' } }));
    expect(sent('tap').dataset).toEqual({ skuId: 'A1' });
    page.onBuy?.(tapOn('other', { dataset: { phone: '138' }, timeStamp: 1200 }));
    expect('dataset' in sent('tap')).toBe(false);
  });

  it('tracks nothing on an excluded page', () => {
    const { host, page, names } = start({ exclude: ['list'] });
    const list = host.open('list') as unknown as Handlers;
    list.onBuy?.(tapOn('buy'));
    expect(names()).toEqual([]);
    host.back();
    page.onBuy?.(tapOn('buy', { timeStamp: 2000 }));
    expect(names()).toEqual(['tap']);
  });

  it('hears pages made by Component', () => {
    const { host, last } = start();
    const list = host.open('list') as unknown as Handlers;
    list.onBuy?.(tapOn('buy'));
    expect(last('tap')).toMatchObject({ page_path: 'list', handler: 'onBuy' });
  });

  it('hears components, on the page they are placed on', () => {
    const { host, last } = start();
    const card = host.place('card') as unknown as Handlers;
    card.onCard?.(tapOn('card'));
    expect(last('tap')).toMatchObject({ page_path: 'home', handler: 'onCard' });
  });

  it('does not change what a handler gets and returns, and lets it throw', () => {
    const thrown = new Error('sold out');
    const seen: unknown[] = [];
    const { page } = start(undefined, {
      onBuy(event: unknown) {
        seen.push(event);
        return 'bought';
      },
      onCard() {
        throw thrown;
      },
    });
    const event = Object.freeze(tapOn('buy'));
    expect(page.onBuy?.(event)).toBe('bought');
    expect(seen[0]).toBe(event);
    expect(() => page.onCard?.(tapOn('card'))).toThrow(thrown);
  });

  it('hears functions of the class that a page is made of', () => {
    class Base {
      onCard() {
        return this;
      }
    }
    class Home extends Base {
      label = 'home';
      onBuy() {
        return this.label;
      }
    }
    const { host, events } = start();
    host.file('class', () => globals.Page(new Home() as unknown as Options));
    const page = host.open('class') as unknown as Handlers;
    expect(page.onBuy?.(tapOn('buy'))).toBe('home');
    expect(page.onCard?.(tapOn('card', { timeStamp: 1200 }))).toBe(page);
    expect(events.map(({ properties }) => properties.handler)).toEqual(['onBuy', 'onCard']);
  });

  it('tracks nothing after destroy', () => {
    const { page, names, tracker } = start();
    tracker.destroy();
    page.onBuy?.(tapOn('buy'));
    expect(names()).toEqual([]);
  });
});

describe('tap: the dataset', () => {
  let warnings: () => string[];
  beforeEach(() => {
    warnings = spyOnWarnings();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is left out as a whole when it is too large, and the console says so once', () => {
    const { page, sent } = start();
    // 3 bytes each in UTF-8.
    page.onBuy?.(tapOn('buy', { dataset: { title: '咖'.repeat(400) } }));
    page.onBuy?.(tapOn('buy', { dataset: { title: '咖'.repeat(401) }, timeStamp: 1200 }));
    expect(sent('tap')).toEqual({ kind: 'tap', element_id: 'buy', handler: 'onBuy', page_path: 'home' });
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E60 1024');
  });

  it('is measured after the names were picked, against the limit of the options', () => {
    const { page, sent } = start({ dataset: ['sku'], maxDatasetBytes: 14 });
    const dataset = { sku: 'A1', title: 'x'.repeat(5000) };
    page.onBuy?.(tapOn('buy', { dataset }));
    expect(sent('tap').dataset).toEqual({ sku: 'A1' });
    page.onBuy?.(tapOn('buy', { dataset: { sku: 'A1234' }, timeStamp: 1200 }));
    expect('dataset' in sent('tap')).toBe(false);
    expect(warnings()[0]).toContain('E60 14');
  });

  it('is left out when it cannot be written as JSON', () => {
    const { page, last } = start();
    const dataset: Record<string, unknown> = {};
    dataset.self = dataset;
    page.onBuy?.(tapOn('buy', { dataset }));
    expect(last('tap')).toMatchObject({ element_id: 'buy' });
    expect(last('tap')).not.toHaveProperty('dataset');
  });
});

describe('tap: the position', () => {
  const touchAt = (clientX: number, clientY: number) => ({
    ...tapOn('buy'),
    detail: { x: clientX, y: clientY + 1000 },
    changedTouches: [{ identifier: 0, clientX, clientY, pageX: clientX, pageY: clientY + 1000 }],
  });
  const window = { windowWidth: 400, windowHeight: 800 };

  it('is a share of the window, wherever the page is scrolled to', () => {
    const { page, sent } = start(undefined, handlers, { getWindowInfo: () => window });
    page.onBuy?.(touchAt(100, 799));
    expect(sent('tap')).toMatchObject({ x_fraction: 0.25, y_fraction: 0.999 });
  });

  it('is there at the right and bottom edge, too', () => {
    const { page, sent } = start(undefined, handlers, { getWindowInfo: () => window });
    page.onBuy?.(touchAt(400, 800));
    expect(sent('tap')).toMatchObject({ x_fraction: 1, y_fraction: 1 });
  });

  it('is there at the left and top edge, too', () => {
    const { page, sent } = start(undefined, handlers, { getWindowInfo: () => window });
    page.onBuy?.(touchAt(0, 0));
    expect(sent('tap')).toMatchObject({ x_fraction: 0, y_fraction: 0 });
  });

  it('is taken from the detail where the event has no touches', () => {
    const { page, sent } = start(undefined, handlers, { getWindowInfo: () => window });
    page.onBuy?.({ ...tapOn('buy'), detail: { x: 200, y: 200 } });
    expect(sent('tap')).toMatchObject({ x_fraction: 0.5, y_fraction: 0.25 });
  });

  it('tells where the element is, if the event does', () => {
    const { page, sent } = start();
    page.onBuy?.({ ...tapOn('buy'), currentTarget: { id: 'buy', offsetLeft: 12, offsetTop: 1340 } });
    expect(sent('tap')).toMatchObject({ offset_left: 12, offset_top: 1340 });
  });

  it('asks for the window once, and again after it was resized', () => {
    let onResize = () => {};
    const getWindowInfo = vi.fn(() => window);
    const offWindowResize = vi.fn();
    const { page, last, tracker } = start(undefined, handlers, {
      getWindowInfo,
      offWindowResize,
      onWindowResize: (listener: () => void) => {
        onResize = listener;
      },
    });
    page.onBuy?.(touchAt(100, 100));
    page.onBuy?.({ ...touchAt(100, 100), timeStamp: 1200 });
    expect(getWindowInfo).toHaveBeenCalledTimes(1);
    getWindowInfo.mockReturnValue({ windowWidth: 800, windowHeight: 400 });
    onResize();
    page.onBuy?.({ ...touchAt(100, 100), timeStamp: 1500 });
    expect(last('tap')).toMatchObject({ x_fraction: 0.125, y_fraction: 0.25 });
    tracker.destroy();
    expect(offWindowResize).toHaveBeenCalledWith(onResize);
  });

  it('comes from the system info on hosts without window info', () => {
    const { page, sent } = start(undefined, handlers, { getSystemInfoSync: () => window });
    page.onBuy?.(touchAt(100, 100));
    expect(sent('tap')).toMatchObject({ x_fraction: 0.25 });
  });

  // https://opendocs.alipay.com/mini/api/system-info: undefined on a time-out.
  it.each([
    ['tells nothing', [], () => undefined],
    [
      'throws',
      [expect.stringContaining('E1 window size')],
      () => {
        throw new Error('denied');
      },
    ],
  ])('is left out where the host %s', (_, said, getSystemInfoSync) => {
    const warnings = spyOnWarnings();
    const { page, sent } = start(undefined, handlers, { getSystemInfoSync });
    page.onBuy?.(touchAt(100, 100));
    expect(warnings()).toEqual(said);
    expect(sent('tap')).toEqual({ kind: 'tap', element_id: 'buy', handler: 'onBuy', page_path: 'home' });
  });
});

describe('tap: kinds', () => {
  const SECRET = 'typed by the visitor';
  const eventOf = (type: string) => ({
    type,
    timeStamp: 1,
    target: { id: 'field', dataset: {} },
    currentTarget: { id: 'field', dataset: { field: 'city' } },
    detail: { value: SECRET, x: 7, y: 7, code: SECRET, encryptedData: SECRET, path: SECRET, query: { a: SECRET } },
  });
  const all: TapOptions = { kinds: ['submit', 'change', 'phone', 'contact'] };

  it.each([
    ['submit', 'submit'],
    ['change', 'change'],
    ['getphonenumber', 'phone'],
    // Alipay writes types in camel case.
    ['getPhoneNumber', 'phone'],
    ['getrealtimephonenumber', 'phone'],
    ['contact', 'contact'],
    // Douyin's buttons of customer service.
    ['im', 'contact'],
    ['lifeim', 'contact'],
    ['platformim', 'contact'],
  ])('track %s as %s, and nothing that was typed or chosen', (type, kind) => {
    const { page, sent, events } = start(all, handlers, {
      getWindowInfo: () => ({ windowWidth: 100, windowHeight: 100 }),
    });
    page.onPick?.(eventOf(type));
    expect(sent('tap')).toEqual({
      kind,
      element_id: 'field',
      handler: 'onPick',
      page_path: 'home',
      dataset: { field: 'city' },
    });
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });

  it('never read the detail of what was typed or chosen', () => {
    const { page, names } = start(all);
    const event = Object.defineProperty({ ...eventOf('change') }, 'detail', {
      get() {
        return new Proxy(
          {},
          {
            get(_, name) {
              throw new Error(`read ${String(name)}`);
            },
          },
        );
      },
    });
    page.onPick?.(event);
    expect(names()).toEqual(['tap']);
  });

  it('are off unless they are asked for', () => {
    const { page, names } = start({ kinds: ['submit'] });
    for (const type of ['change', 'getphonenumber', 'contact', 'im']) page.onPick?.(eventOf(type));
    expect(names()).toEqual([]);
    page.onPick?.(eventOf('submit'));
    expect(names()).toEqual(['tap']);
  });

  it('count what a component makes of a tap as its own event, each time', () => {
    const { host, page, events } = start(all, {
      onPick() {},
      onCard() {
        page.onPick?.({ ...eventOf('change'), timeStamp: Math.random() });
      },
      onRoot() {},
    });
    const card = host.place('card') as unknown as Handlers;
    for (const timeStamp of [895, 1500]) {
      card.onCard?.(tapOn('box', { timeStamp }));
      page.onRoot?.(tapOn('box', { timeStamp }));
    }
    expect(events.map(({ properties }) => properties.kind)).toEqual(['tap', 'change', 'tap', 'change']);
  });
});

describe('tap: one tap or several', () => {
  it('counts taps on two elements where the host gives no time', () => {
    const { page, names } = start();
    for (const id of ['a', 'b']) page.onBuy?.({ ...tapOn(id), timeStamp: undefined });
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('counts a tap on another element of another page, whose time is the same', () => {
    const { host, page, names } = start();
    page.onBuy?.(tapOn('buy'));
    (host.open('list') as unknown as Handlers).onCard?.(tapOn('card'));
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('counts two quick taps on one element whose time is always 0, through several handlers each', () => {
    const { page, names } = start();
    for (let i = 0; i < 2; i++)
      for (const handler of ['onBuy', 'onRoot']) page[handler]?.(tapOn('buy', { timeStamp: 0, through: handler }));
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('takes handlers of half a second in all for those of one tap, and no more', () => {
    const { page, names } = start();
    page.onBuy?.(tapOn('buy', { timeStamp: 0 }));
    vi.advanceTimersByTime(500);
    page.onCard?.(tapOn('buy', { timeStamp: 0, through: 'card' }));
    expect(names()).toEqual(['tap']);
    vi.advanceTimersByTime(1);
    page.onRoot?.(tapOn('buy', { timeStamp: 0, through: 'root' }));
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('knows a tap within a form that is submitted within a tap', () => {
    const warnings = spyOnWarnings();
    const { page, names } = start(
      { kinds: ['submit'] },
      {
        ...handlers,
        onBuy(this: Handlers) {
          this.onPick?.({ ...tapOn('form', { type: 'submit' }), timeStamp: 896 });
        },
        onPick(this: Handlers) {
          this.onRoot?.(tapOn('root', { timeStamp: 897 }));
        },
      },
    );
    page.onBuy?.(tapOn('buy'));
    expect(names()).toEqual(['tap', 'tap']);
    expect(warnings()).toEqual([]);
  });

  it.each([0, 1, 500, undefined])('counts three taps on one element whose time is always %s', (timeStamp) => {
    const { page, names } = start();
    for (let i = 0; i < 3; i++) page.onBuy?.({ ...tapOn('buy'), timeStamp });
    expect(names()).toEqual(['tap', 'tap', 'tap']);
  });

  it.each([0, 1])('counts taps on three elements whose time is always %d', (timeStamp) => {
    const { page, names } = start();
    for (const id of ['a', 'b', 'c']) {
      page.onBuy?.(tapOn(id, { timeStamp }));
      page.onRoot?.(tapOn(id, { timeStamp, through: 'root' }));
      vi.advanceTimersByTime(600);
    }
    expect(names()).toEqual(['tap', 'tap', 'tap']);
  });

  it('takes the first tap of a launch for one, however late the framework calls the others or calls again', () => {
    const { page, names } = start();
    for (const through of ['onBuy', 'onRoot', 'onBuy']) {
      page[through]?.(tapOn('buy', { timeStamp: 895, through }));
      vi.advanceTimersByTime(5000);
    }
    expect(names()).toEqual(['tap']);
    page.onBuy?.(tapOn('buy', { timeStamp: 15_895 }));
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('loses the taps of ten seconds at the most where a host has one time for all that could be a time', () => {
    const { page, names } = start();
    for (let i = 0; i < 4; i++) {
      page.onBuy?.(tapOn('buy', { timeStamp: 1_700_000_000_000 }));
      vi.advanceTimersByTime(5001);
    }
    expect(names()).toEqual(['tap', 'tap']);
  });

  it('takes one tap for one however slow its handlers are, where the times differ', () => {
    const { page, names } = start();
    page.onBuy?.(tapOn('a', { timeStamp: 100 }));
    for (const handler of ['onBuy', 'onRoot']) {
      page[handler]?.(tapOn('b', { timeStamp: 5000, through: handler }));
      vi.advanceTimersByTime(3000);
    }
    expect(names()).toEqual(['tap', 'tap']);
  });
});

describe('tap: what may change', () => {
  it('is the dataset as it was when the tap came', () => {
    const item = { sku: 'A1', count: 1 };
    const { page, sent } = start(undefined, {
      ...handlers,
      onBuy(...[event]: unknown[]) {
        const { dataset } = (event as { currentTarget: { dataset: { item: typeof item } } }).currentTarget;
        dataset.item.count = 99;
      },
    });
    page.onBuy?.(tapOn('buy', { dataset: { item } }));
    expect(item.count).toBe(99);
    expect(sent('tap').dataset).toEqual({ item: { sku: 'A1', count: 1 } });
  });

  it.each([
    ['detail in document coordinates', { ...tapOn('buy'), detail: { x: 50, y: 1208 } }],
    ['a finger above the window', { ...tapOn('buy'), changedTouches: [{ clientX: 50, clientY: -3 }] }],
  ])('leaves out a position outside of the window: %s', (_, event) => {
    const { page, sent } = start(undefined, handlers, { getWindowInfo: () => ({ windowWidth: 400, windowHeight: 750 }) });
    page.onBuy?.(event);
    expect(sent('tap').x_fraction).toBe(0.125);
    expect(sent('tap')).not.toHaveProperty('y_fraction');
  });

  it('takes no event whose type is the name of what every object has', () => {
    const { page, names } = start();
    page.onBuy?.(tapOn('buy', { type: 'constructor' }));
    expect(names()).toEqual([]);
  });
});
