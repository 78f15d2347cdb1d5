import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TapOptions, tap } from '../../src/plugins/tap';
import type { Options } from '../helpers/fakeHost';
import { startTracker } from '../helpers/fakeHostTracker';

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

const start = (options?: TapOptions, own: Options = handlers) => {
  const world = startTracker([tap(options)]);
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
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('tap', () => {
  it('tracks element, handler, page and dataset', () => {
    const { page, sent } = start();
    page.onBuy?.(tapOn('buy', { dataset: { skuId: 'A1', index: 3 } }));
    expect(sent('tap')).toEqual({
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
  it.each(['tap', 'longpress', 'longtap', 'longTap'])('takes %s for a tap', (type) => {
    const { page, names } = start();
    page.onBuy?.(tapOn('buy', { type }));
    expect(names()).toEqual(['tap']);
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

  it('names the tapped element where the one with the handler has no id', () => {
    const { page, last } = start();
    page.onCard?.(tapOn('icon', { through: '' }));
    expect(last('tap')).toMatchObject({ element_id: 'icon' });
  });

  it('tracks an element without id and dataset', () => {
    const { page, sent } = start();
    page.onBuy?.({ type: 'tap', timeStamp: 1, target: {}, currentTarget: {} });
    expect(sent('tap')).toEqual({ handler: 'onBuy', page_path: 'home' });
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
    page.onBuy?.(tapOn('other', { dataset: { phone: '138' } }));
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

  it('tracks nothing after destroy', () => {
    const { page, names, tracker } = start();
    tracker.destroy();
    page.onBuy?.(tapOn('buy'));
    expect(names()).toEqual([]);
  });
});
