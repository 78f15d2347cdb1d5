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

describe('reset()', () => {
  it('does not wait for the first page: a kill before that must not bring back who was there', async () => {
    const values = new Map<string, string>();
    const launch = () => {
      createFakeHost();
      const { adapter, bodies } = createFakeAdapter({ values });
      return { tracker: createTracker({ adapter, endpoint: ENDPOINT, plugins: [pageView()] }), bodies };
    };
    launch().tracker.identify('u1');
    await vi.advanceTimersByTimeAsync(1000);
    launch().tracker.reset();
    vi.advanceTimersByTime(0);
    vi.clearAllTimers();
    const { tracker, bodies } = launch();
    tracker.track('looked');
    await flushed(tracker);
    expect(bodies()[0].contexts.map(({ user_id }: { user_id?: string }) => user_id)).toEqual(['u1', undefined]);
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

  it('leaves none of the ids that the app gives', async () => {
    const { tracker, stored } = start({}, undefined, [sample(0)]);
    tracker.identify('u1');
    tracker.setIds({ openid: 'o1' });
    await vi.advanceTimersByTimeAsync(5000);
    tracker.destroy();
    expect(stored()).not.toMatch(/u1|o1/);
  });

  it('costs one write, however much happens', async () => {
    const { tracker, values } = start({}, undefined, [sample(0)]);
    for (let i = 0; i < 10; i++) {
      tracker.track('looked');
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect([tracker.stats().writes, values.size]).toEqual([1, 1]);
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

describe('an event as large as it may be', () => {
  /** The event as it is stored and sent: of the same length each time. */
  const lineOf = (): string => {
    const note = vi.fn();
    start({ debug: { explain: () => '', note } }).tracker.track('looked', { text: '商品'.repeat(50) }, { durable: true });
    return note.mock.calls.find(([what]) => what === 'event')?.[1];
  };

  it('is taken to the last byte', () => {
    const bytes = encodeURIComponent(lineOf()).replace(/%../g, '.').length;
    const dropped = [bytes, bytes - 1].map((maxEventBytes) => {
      const { tracker } = start({ maxEventBytes });
      tracker.track('looked', { text: '商品'.repeat(50) }, { durable: true });
      return tracker.stats().dropped;
    });
    expect(dropped).toEqual([{}, { too_large: 1 }]);
  });

  it('has all its 2,000 properties where no filter looks at it', async () => {
    const { tracker, requests } = start();
    const properties = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`p${i}`, i]));
    tracker.track('looked', properties);
    await flushed(tracker);
    expect(JSON.parse(requests[0]?.body as string).batch[0].properties).toEqual(properties);
    expect(warnings()).toEqual([]);
  });
});

describe('a plugin that throws when the visitor is forgotten', () => {
  it('is named, and the others forget', () => {
    const forget = vi.fn();
    const plugins = [
      () => {
        throw new Error('not now');
      },
      forget,
    ].map((listener, i) => ({ name: `${i}`, setup: ({ onForget }: PluginContext) => void onForget(listener) }));
    start({}, undefined, plugins).tracker.reset();
    expect(forget).toHaveBeenCalledTimes(1);
    expect(warnings()).toEqual([expect.stringMatching(/E1 onForget .*not now/)]);
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
