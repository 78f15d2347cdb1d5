import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type AutotrackOptions, autotrack } from '../../src/plugins/autotrack';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const namesOf = (options: AutotrackOptions) => autotrack(options).map(({ name }) => name);

beforeEach(() => {
  vi.useFakeTimers();
});

describe('autotrack', () => {
  it('gives the plugins that are named, in the order in which they must be set up', () => {
    expect(namesOf({ tap: true, appLifecycle: true, pageLeave: {}, pageView: true })).toEqual([
      'appLifecycle',
      'pageView',
      'pageLeave',
      'tap',
    ]);
  });

  it('leaves out what is false', () => {
    expect(namesOf({ tap: false, pageView: true })).toEqual(['pageView']);
    expect(namesOf({})).toEqual([]);
  });

  it('hands over the options of a plugin', () => {
    const [plugin] = autotrack({ pageView: { exclude: ['home'] } });
    const world = startTracker([plugin as never]);
    const { Page } = globalThis as unknown as { Page(options: object): void };
    for (const path of ['home', 'list']) world.host.file(path, () => Page({}));
    world.host.launch();
    world.host.open('home');
    world.host.open('list');
    expect(world.steps()).toEqual(['page_view list']);
  });

  it('does not throw at a caller without types', () => {
    expect(autotrack(undefined as never)).toEqual([]);
    expect(autotrack({ pageViews: false } as never)).toEqual([]);
  });

  const typos: readonly object[] = [{ pageview: true }, { experiment: true }, { constructor: true }];
  it.each(typos)('has the tracker warn of %j', (options) => {
    const warnings = spyOnWarnings();
    const { names, host } = startTracker(autotrack({ appLifecycle: true, ...options } as never));
    host.launch();
    expect(warnings()).toEqual([`[minitrail] E8 ${Object.keys(options)}`]);
    expect(names()).toEqual(['app_launch', 'app_show']);
  });

  it('names each plugin as the plugin names itself', () => {
    const all = {
      appLifecycle: true,
      pageView: true,
      pageLeave: true,
      tap: true,
      share: true,
      exposure: true,
      pageInteraction: true,
      favorite: true,
    } as const;
    expect(namesOf(all)).toEqual(Object.keys(all));
  });
});
