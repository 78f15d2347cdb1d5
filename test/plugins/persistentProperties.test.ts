import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { persistentProperties } from '../../src/plugins/persistentProperties';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
});

const launch = (values = new Map<string, string>()) => ({ ...startTracker([persistentProperties()], { values }), values });

describe('persistentProperties', () => {
  it('puts properties on the events of this launch and of the next ones', async () => {
    const first = launch();
    first.tracker.track('before');
    first.tracker.registerPersistent({ level: 'gold', store: 'A' });
    first.tracker.registerPersistent({ store: 'B' });
    first.tracker.track('after');
    expect([first.last('before'), first.last('after')]).toEqual([{}, { level: 'gold', store: 'B' }]);
    await flushed(first.tracker);
    first.tracker.destroy();
    const second = launch(first.values);
    second.tracker.track('later');
    expect(second.last('later')).toEqual({ level: 'gold', store: 'B' });
    second.tracker.unregisterPersistent('store');
    second.tracker.track('fewer');
    expect(second.last('fewer')).toEqual({ level: 'gold' });
  });

  it('lets the event and register() win, and leaves events on the visitor alone', () => {
    const { tracker, last } = launch();
    tracker.registerPersistent({ a: 'kept', b: 'kept', c: 'kept' });
    tracker.register({ b: 'registered' });
    tracker.track('x', { c: 'own' });
    tracker.identify('u1');
    expect(last('x')).toEqual({ a: 'kept', b: 'registered', c: 'own' });
    expect(last('identify')).toEqual({});
  });

  it('puts them on automatic events, too', () => {
    const { host, tracker, last } = startTracker([appLifecycle(), persistentProperties()]);
    tracker.registerPersistent({ level: 'gold' });
    host.launch();
    expect(last('app_show')).toMatchObject({ level: 'gold' });
  });

  it('forgets them with reset() and with a denied consent', () => {
    const { tracker, last } = launch();
    tracker.registerPersistent({ level: 'gold' });
    tracker.reset();
    tracker.track('x');
    expect(last('x')).toEqual({});
    tracker.registerPersistent({ level: 'gold' });
    tracker.setConsent('denied');
    tracker.setConsent('granted');
    tracker.track('y');
    expect(last('y')).toEqual({});
  });

  it('says that it cannot keep a function, and keeps the rest', () => {
    const { tracker, last } = launch();
    tracker.registerPersistent({ cart: 'kept' });
    tracker.registerPersistent({ cart: () => 1, level: 'gold' });
    tracker.registerPersistent(undefined as unknown as object);
    tracker.track('x');
    expect(last('x')).toEqual({ cart: 'kept', level: 'gold' });
    expect(warnings().join()).toContain('registerPersistent cart');
  });

  it('keeps what JSON can carry of each, and says which it cannot', () => {
    const { tracker, last } = launch();
    const loop: Record<string, unknown> = { kept: 1 };
    loop.loop = loop;
    const given = {
      level: 'gold',
      loop,
      get broken() {
        throw new Error('not loaded');
      },
      store: undefined,
      tags: new Set(['a']),
    };
    tracker.registerPersistent({ store: 'A' });
    expect(() => tracker.registerPersistent(given)).not.toThrow();
    tracker.track('x');
    expect(last('x')).toEqual({ level: 'gold', loop: { kept: 1 }, tags: ['a'] });
    expect(warnings().map((text) => text.split(' ').slice(1, 4).join(' '))).toEqual([
      'E7 registerPersistent loop:',
      'E1 registerPersistent broken',
    ]);
  });

  it('does not hold on to what it was given', () => {
    const { tracker, last } = launch();
    const cart = { items: 1 };
    tracker.registerPersistent({ cart });
    cart.items = 2;
    tracker.track('x');
    expect(last('x')).toEqual({ cart: { items: 1 } });
  });
});
