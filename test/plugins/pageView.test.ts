import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type PageFilter, pageView } from '../../src/plugins/pageView';
import type { Options } from '../helpers/fakeHost';
import { startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page' | 'Component', (options: Options) => void>;

const start = (options?: PageFilter) => {
  const world = startTracker([pageView(options)]);
  world.host.file('home', () => globals.Page({}));
  world.host.file('list', () => globals.Component({}));
  world.host.file('pay', () => globals.Page({}));
  world.host.launch();
  return world;
};

beforeEach(() => {
  vi.useFakeTimers();
});

describe('pageView', () => {
  it('tracks path and query of the first page, which has no referrer', () => {
    const { host, sent, names } = start();
    host.open('home', { id: '7' });
    expect(names()).toEqual(['page_view']);
    expect(sent('page_view')).toEqual({ path: 'home', query: { id: '7' } });
  });

  it('names the page before, also on the way back', () => {
    const { host, sent } = start();
    host.open('home');
    host.open('list');
    expect(sent('page_view')).toEqual({ path: 'list', query: {}, referrer_path: 'home' });
    host.back();
    expect(sent('page_view')).toEqual({ path: 'home', query: {}, referrer_path: 'list' });
  });

  it('names the page itself as its referrer when it opens anew', () => {
    const { host, sent } = start();
    host.open('home');
    host.open('home', { id: '2' });
    expect(sent('page_view')).toEqual({ path: 'home', query: { id: '2' }, referrer_path: 'home' });
  });

  it('marks a page that is back from the background, which no other page referred', () => {
    const { host, sent } = start();
    host.open('home');
    host.open('list');
    host.hide();
    host.show();
    expect(sent('page_view')).toEqual({ path: 'list', query: {}, resumed: true });
  });

  it('does not mark the page after one that was resumed', () => {
    const { host, sent } = start();
    host.open('home');
    host.hide();
    host.show();
    host.open('list');
    expect(sent('page_view')).toEqual({ path: 'list', query: {}, referrer_path: 'home' });
    host.back();
    expect(sent('page_view').resumed).toBeUndefined();
  });

  it('does not mark a page that a native view covered while the app stayed in the foreground', () => {
    const { host, sent } = start();
    const page = host.open('home');
    host.hide();
    host.show();
    const given = host.given('home') as Record<'onHide' | 'onShow', (this: unknown) => void>;
    given.onHide.call(page);
    vi.advanceTimersByTime(3000);
    given.onShow.call(page);
    expect(sent('page_view').resumed).toBeUndefined();
  });

  it('does not mark another page that the app comes back with', () => {
    const { host, sent } = start();
    host.open('home');
    host.hide();
    host.relaunch('list', { from: 'card' });
    host.show();
    expect(sent('page_view')).toEqual({ path: 'list', query: { from: 'card' }, referrer_path: 'home' });
  });

  it('tracks no page that is excluded, but names it as referrer', () => {
    const { host, steps, sent } = start({ exclude: ['pay'] });
    host.open('home');
    host.open('pay');
    host.open('list');
    expect(steps()).toEqual(['page_view home', 'page_view list']);
    expect(sent('page_view')).toMatchObject({ referrer_path: 'pay' });
  });

  it('tracks nothing after destroy', () => {
    const { host, names, tracker } = start();
    host.open('home');
    tracker.destroy();
    host.open('list');
    expect(names()).toEqual(['page_view']);
  });
});
