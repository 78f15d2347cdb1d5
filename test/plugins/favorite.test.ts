import { beforeEach, describe, expect, it, vi } from 'vitest';
import { favorite } from '../../src/plugins/favorite';
import { share } from '../../src/plugins/share';
import type { PluginList } from '../../src/types/plugin';
import type { Options } from '../helpers/fakeHost';
import { startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page' | 'Component', (options: Options) => void>;
type Handlers = Record<string, (argument?: unknown) => unknown>;

const own = { onAddToFavorites: () => ({ title: 'Kettle', query: 'id=7' }), onShareAppMessage: () => ({ title: 'Kettle' }) };
const start = (plugins: PluginList = [favorite()]) => {
  const world = startTracker(plugins);
  world.host.file('item', () => globals.Page({ ...own }));
  world.host.file('list', () => globals.Component({ methods: { ...own } }));
  world.host.launch();
  return { ...world, page: world.host.open('item', { id: '7' }) as unknown as Handlers };
};

beforeEach(() => {
  vi.useFakeTimers();
});

describe('favorite', () => {
  it('tracks the page that is added to the favourites', () => {
    const { page, sent, names } = start();
    page.onAddToFavorites?.();
    expect(names()).toEqual(['favorite']);
    expect(sent('favorite')).toEqual({ page_path: 'item', method: 'menu' });
  });

  it('leaves the card as the page returns it', () => {
    const { page } = start();
    expect(page.onAddToFavorites?.()).toEqual({ title: 'Kettle', query: 'id=7' });
  });

  it('tracks no other card', () => {
    const { page, names } = start([favorite(), share()]);
    page.onShareAppMessage?.({ from: 'menu' });
    expect(names()).not.toContain('favorite');
  });

  it('hears pages made by Component', () => {
    const { host, last } = start();
    (host.open('list') as unknown as Handlers).onAddToFavorites?.();
    expect(last('favorite')).toMatchObject({ page_path: 'list' });
  });

  it('does not offer the menu on a page that lacks the function', () => {
    const { host } = start();
    host.file('bare', () => globals.Page({}));
    expect('onAddToFavorites' in host.given('bare')).toBe(false);
  });

  it.each([
    ['before', [favorite(), share()]],
    ['after', [share(), favorite()]],
  ])('goes with share, %s it in the list', (_, plugins) => {
    const { page, names, last } = start(plugins);
    const card = page.onAddToFavorites?.() as { query: string };
    expect(card.query).toMatch(/^id=7&_mt=mt\./);
    expect(names().sort()).toEqual(['favorite', 'share']);
    expect(last('share')).toMatchObject({ method: 'favorite', page_path: 'item' });
  });

  it('tracks nothing on an excluded page and after destroy', () => {
    const { page, names } = start([favorite({ exclude: ['item'] })]);
    page.onAddToFavorites?.();
    expect(names()).toEqual([]);
    vi.unstubAllGlobals();
    const world = start();
    world.tracker.destroy();
    world.page.onAddToFavorites?.();
    expect(world.names()).toEqual([]);
  });

  it('takes no call by the code of the app, which gets its own card', () => {
    const world = startTracker([favorite(), share()]);
    const cards: unknown[] = [];
    world.host.file('item', () =>
      globals.Page({
        ...own,
        onBuy(this: Handlers) {
          cards.push(this.onAddToFavorites?.(), this.onShareAppMessage?.());
        },
      }),
    );
    world.host.launch();
    (world.host.open('item') as unknown as Handlers).onBuy?.({ type: 'tap' });
    expect(world.names()).toEqual([]);
    expect(cards).toEqual([{ title: 'Kettle', query: 'id=7' }, { title: 'Kettle' }]);
  });
});
