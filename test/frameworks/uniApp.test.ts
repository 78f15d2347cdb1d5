import { describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { uniApp } from '../../src/frameworks/uniApp';
import { pageView } from '../../src/plugins/pageView';
import { share } from '../../src/plugins/share';
import { tap } from '../../src/plugins/tap';
import type { Options } from '../helpers/fakeHost';
import { ENDPOINT, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const globals = globalThis as unknown as Record<'Page', (options: Options) => void>;

interface Invoker {
  (event: object): unknown;
  value: (event: object) => unknown;
}

type Hook = (this: { $scope?: object }) => void;

/** As uni-app's runtime makes one. */
const invokerOf = (value: Invoker['value']): Invoker => {
  const invoker: Invoker = Object.assign((event: object) => invoker.value(event), { value });
  return invoker;
};

/** An app whose page has the handlers `scope`; what Vue would call is in `mixin`. */
const start = (scope: Record<string, unknown> = {}) => {
  const plugin = uniApp();
  const world = startTracker([plugin, pageView(), tap()]);
  const mixin = {} as Record<'mounted' | 'updated', Hook>;
  plugin.install({ mixin: (given) => Object.assign(mixin, given) });
  world.host.file('home', () => globals.Page({}));
  world.host.launch();
  world.host.open('home', { __id__: '3', tea: 'sencha' });
  return { ...world, plugin, mixin, scope, mount: () => mixin.mounted.call({ $scope: scope }) };
};

const tapOn = (id: string, timeStamp = 895) => ({
  type: 'tap',
  timeStamp,
  target: { id, dataset: {} },
  currentTarget: { id, dataset: {} },
  // Where the finger was, as all three hosts tell it.
  detail: { x: 12, y: 34 },
});

describe('uniApp', () => {
  it('tells of a tap that reaches a handler of the instance, and keeps its result', () => {
    const scope = { e0_f7: invokerOf(() => 'own') };
    const { mount, sent } = start(scope);
    mount();
    expect(scope.e0_f7(tapOn('buy'))).toBe('own');
    expect(sent('tap')).toMatchObject({ element_id: 'buy', handler: 'e0_f7', page_path: 'home' });
  });

  it('calls what a later render put behind a handler, and reads it back', () => {
    const scope = { e0: invokerOf(() => 'first') };
    const { mount, events } = start(scope);
    mount();
    const second = () => 'second';
    scope.e0.value = second;
    expect(scope.e0.value).toBe(second);
    expect(scope.e0(tapOn('buy'))).toBe('second');
    expect(events.filter(({ name }) => name === 'tap')).toHaveLength(1);
  });

  it('wraps a handler once, and one that an update added', () => {
    const scope: Record<string, Invoker> = { e0: invokerOf(() => {}) };
    const { mount, mixin, events } = start(scope);
    mount();
    const wrapped = scope.e0;
    scope.e1 = invokerOf(() => {});
    mixin.updated.call({ $scope: scope });
    expect(scope.e0).toBe(wrapped);
    scope.e1(tapOn('late'));
    expect(events.filter(({ name }) => name === 'tap').map(({ properties }) => properties.element_id)).toEqual(['late']);
  });

  it('leaves all other members of the instance as they are', () => {
    const own = { setData: () => {}, e: () => {}, edit: () => {}, e0: 'no function' };
    const scope = { ...own };
    start(scope).mount();
    expect(scope).toEqual(own);
    expect(scope.edit).toBe(own.edit);
  });

  it('does not take for a tap what a component emits under that name', () => {
    const scope = { e0: invokerOf(() => {}) };
    const { mount, names } = start(scope);
    mount();
    scope.e0({ ...tapOn('card'), detail: { __args__: [] } });
    expect(names()).not.toContain('tap');
  });

  it.each([
    ['first', (event: object) => [event, { tea: 'sencha' }]],
    ['last', (event: object) => [{ tea: 'sencha' }, event]],
    ['with more behind it', (event: object) => [event, 1, 2]],
  ])('tells of an event that comes %s, and hands all on', (_, argumentsOf) => {
    const own = vi.fn();
    const scope = { e0: Object.assign((...args: unknown[]) => own(...args), { value: () => {} }) };
    const { mount, sent } = start(scope);
    mount();
    const given = argumentsOf(tapOn('buy'));
    (scope.e0 as (...args: unknown[]) => unknown)(...given);
    expect(own.mock.calls).toEqual([given]);
    expect(sent('tap')).toMatchObject({ element_id: 'buy', handler: 'e0' });
  });

  it('tells of events of the view alone, and which of them were handed on by the app', () => {
    const calls: unknown[] = [];
    const plugin = uniApp();
    const world = startTracker([
      plugin,
      { name: 'calls', setup: ({ host }) => host.on('call', ({ name, nested }) => calls.push([name, nested])) },
    ]);
    const mixin = {} as Record<'mounted', Hook>;
    plugin.install({ mixin: (given) => Object.assign(mixin, given) });
    world.host.launch();
    const event = tapOn('buy');
    const scope: Record<string, Invoker> = {
      e0: invokerOf(() => scope.e1?.(event)),
      e1: invokerOf(() => {}),
      e2: invokerOf(() => {
        throw new Error('broken');
      }),
    };
    mixin.mounted.call({ $scope: scope });
    const call = (name: string, given?: unknown) => scope[name]?.(given as object);
    call('e0', event);
    for (const given of [undefined, 5, {}]) call('e1', given);
    expect(() => call('e2', event)).toThrow('broken');
    call('e1', event);
    expect(calls).toEqual([
      ['e0', false],
      ['e1', true],
      ['e2', false],
      ['e1', false],
    ]);
  });

  it('calls a handler whose event cannot be read, and says so', () => {
    const warnings = spyOnWarnings();
    const scope = { e0: invokerOf(() => 'own') };
    start(scope).mount();
    const event = Object.defineProperty({}, 'type', {
      get() {
        throw new Error('detached');
      },
    });
    expect(scope.e0(event)).toBe('own');
    expect(warnings()).toEqual([expect.stringContaining('E1 a handler')]);
  });

  it('touches no handler after destroy', () => {
    const own = invokerOf(() => 'own');
    const scope = { e0: own };
    const { mount, tracker } = start(scope);
    tracker.destroy();
    mount();
    expect(scope.e0).toBe(own);
  });

  it('says nothing once app.use() was called', () => {
    const warnings = spyOnWarnings();
    start();
    expect(warnings()).toEqual([]);
  });

  it('keeps a card that a handler asks of its own page as it is', () => {
    const scope = { e0: invokerOf(() => (page as unknown as { onShareAppMessage(): object }).onShareAppMessage()) };
    const plugin = uniApp();
    const world = startTracker([plugin, share()]);
    const mixin = {} as Record<'mounted', Hook>;
    plugin.install({ mixin: (given) => Object.assign(mixin, given) });
    world.host.file('home', () => globals.Page({ onShareAppMessage: () => ({ path: '/home?own=1' }) }));
    world.host.launch();
    const page = world.host.open('home');
    mixin.mounted.call({ $scope: scope });
    expect(scope.e0(tapOn('copy'))).toEqual({ path: '/home?own=1' });
    expect(world.names()).not.toContain('share');
  });

  it("keeps uni-app's number of an event channel out of the page's query", () => {
    expect(start().sent('page_view')).toMatchObject({ query: { tea: 'sencha' } });
    expect(start().sent('page_view').query).not.toHaveProperty('__id__');
  });

  it('calls handlers in silence after destroy', () => {
    const scope = { e0: invokerOf(() => 'own') };
    const { mount, tracker, names } = start(scope);
    mount();
    tracker.destroy();
    expect(scope.e0(tapOn('buy'))).toBe('own');
    expect(names()).not.toContain('tap');
  });

  it('tells the tracker that stays when another one with the same plugin is destroyed', () => {
    const scope = { e0: invokerOf(() => 'own') };
    const { mount, tracker, device, plugin } = start(scope);
    const heard: string[] = [];
    createTracker({
      adapter: device.adapter,
      endpoint: ENDPOINT,
      namespace: 'second',
      plugins: [plugin, tap()],
      beforeSend(event) {
        heard.push(event.name);
        return event;
      },
    });
    mount();
    tracker.destroy();
    scope.e0(tapOn('buy'));
    expect(heard).toEqual(['tap']);
  });

  it('does nothing on an instance without a page, as that of the app', () => {
    const { mixin } = start();
    expect(() => mixin.mounted.call({})).not.toThrow();
  });

  it('says on the console that app.use() was forgotten', () => {
    const warnings = spyOnWarnings();
    const { host } = startTracker([uniApp(), tap()]);
    host.file('home', () => globals.Page({}));
    host.launch();
    host.open('home');
    expect(warnings()).toEqual(['[minitrail] E80 app.use()']);
  });
});
