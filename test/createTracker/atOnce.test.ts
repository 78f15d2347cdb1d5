import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { pageView } from '../../src/plugins/pageView';
import { sample } from '../../src/plugins/sample';
import type { HttpResponse } from '../../src/types/adapter';
import type { TrackerOptions } from '../../src/types/options';
import type { PluginContext, PluginList } from '../../src/types/plugin';
import type { Tracker } from '../../src/types/tracker';
import { createFakeHost } from '../helpers/fakeHost';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, flushed, spyOnWarnings } from '../helpers/fakeHostTracker';

let warnings: () => string[];

/** A tracker on which nobody looks, so that all that can wait does. */
const start = (
  options: Partial<TrackerOptions> = {},
  answer: () => Partial<HttpResponse> = () => ({}),
  plugins: PluginList = [],
) => {
  const { adapter, values, requests } = createFakeAdapter({ answer });
  const tracker = createTracker({ adapter, endpoint: ENDPOINT, plugins, ...options }) as Tracker;
  return { tracker, values, requests, stored: () => [...values.keys(), ...values.values()].join('\n') };
};

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
});

describe('what does not wait', () => {
  it('is who the visitor is', () => {
    const { tracker, stored } = start();
    tracker.track('looked');
    expect(stored()).not.toContain('looked');
    tracker.identify('u1');
    expect(stored()).toContain('identify');
    expect(stored()).toContain('looked');
  });

  it('is what ids the visitor has', () => {
    const { tracker, stored } = start();
    tracker.setIds({ openid: 'o1' });
    expect(stored()).toContain('"o1"');
  });

  it('is a denial; a consent waits for its turn', () => {
    const { tracker, stored } = start({ consent: 'pending' });
    tracker.setConsent('granted');
    expect(stored()).not.toContain('granted');
    vi.advanceTimersByTime(0);
    expect(stored()).toContain('minitrail:granted');
    tracker.setConsent('denied');
    expect(stored()).toContain('minitrail:denied');
  });
});

describe('ids', () => {
  it('have 512 characters at the most', () => {
    const { tracker, stored } = start();
    tracker.identify('i'.repeat(513));
    expect(warnings()).toEqual([expect.stringContaining('E9 identify')]);
    expect(stored()).toBe('');
    tracker.identify('i'.repeat(512));
    expect(stored()).toContain('i'.repeat(512));
  });
});

describe('a visitor who is not in the sample', () => {
  it('leaves the id by which that was decided, and no event', async () => {
    const { tracker, stored, requests } = start({}, undefined, [sample(0)]);
    tracker.track('looked');
    await vi.advanceTimersByTimeAsync(5000);
    expect(stored()).toMatch(/[0-9a-f]{32}/);
    expect(stored()).not.toContain('looked');
    expect(requests).toEqual([]);
  });
});

describe('destroy', () => {
  it('sends nothing more, whatever waits', async () => {
    const { tracker, requests } = start();
    tracker.track('looked');
    tracker.destroy();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toEqual([]);
  });
});

describe('one of two trackers that is destroyed', () => {
  it('leaves the host to the other, and the last one leaves it as it was', () => {
    const host = createFakeHost();
    const globals = globalThis as unknown as { Page(options: object): void };
    const own = globals.Page;
    const { adapter } = createFakeAdapter({ host });
    const names: string[] = [];
    const [one, two] = ['one', 'two'].map((namespace) =>
      createTracker({
        adapter,
        endpoint: ENDPOINT,
        namespace,
        plugins: [pageView()],
        beforeSend(event) {
          names.push(`${namespace} ${event.name}`);
          return event;
        },
      }),
    );
    one?.destroy();
    host.file('a', () => globals.Page({}));
    host.launch();
    host.open('a');
    expect(names).toEqual(['two page_view']);
    two?.destroy();
    expect(globals.Page).toBe(own);
  });
});

describe('what a plugin remembers', () => {
  it('has 8,192 characters at the most', () => {
    const told: unknown[] = [];
    const keeper = {
      name: 'keeper',
      setup({ memory }: PluginContext) {
        for (const length of [8190, 8191]) {
          memory.set('x'.repeat(length));
          told.push(`${memory.get()}`.length);
        }
      },
    };
    start({}, undefined, [keeper]);
    expect(told).toEqual([8190, 8190]);
    expect(warnings()).toEqual(['[minitrail] E14 keeper']);
  });
});

describe('an event that is too large', () => {
  it('is told by its first 200 characters', async () => {
    const onDrop = vi.fn();
    const { tracker } = start({ onDrop });
    tracker.track('looked', { list: Array.from({ length: 10 }, () => 'x'.repeat(4000)) });
    await vi.advanceTimersByTimeAsync(1000);
    expect(onDrop).toHaveBeenCalledWith('too_large', 1, [expect.stringMatching(/^\{"id".{195}$/)], 0);
  });
});

describe('onBlocked', () => {
  it('is told the status and the endpoint, and may throw', async () => {
    const onBlocked = vi.fn(() => {
      throw new Error('not ready');
    });
    const { tracker } = start({ onBlocked }, () => ({ status: 401 }));
    tracker.track('looked');
    await flushed(tracker);
    expect(onBlocked.mock.calls).toEqual([[401, 0]]);
    expect(warnings().join()).toMatch(/E1 onBlocked .*not ready/);
  });
});

describe('a tracker that cannot start', () => {
  it('says that it is stopped', async () => {
    const tracker = createTracker({} as TrackerOptions);
    expect(tracker.stats()).toMatchObject({ state: 'stopped', waiting: 0, accepted: 0 });
    expect(await tracker.flush()).toEqual({ state: 'stopped', sent: 0, waiting: 0 });
  });
});
