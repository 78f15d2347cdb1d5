import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../../src/instrument/createHost';
import { instrument } from '../../src/instrument/instrument';
import type { HostEvents, HostSource } from '../../src/types/host';
import { createLog } from '../../src/utils/log';
import { createFakeHost, type FakeHost, type Fn, type Options } from '../helpers/fakeHost';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

const CONSTRUCTORS = ['App', 'Page', 'Component', 'Behavior', 'Mixin'] as const;
type Constructor = (typeof CONSTRUCTORS)[number];

/** What holds functions: the options of a constructor, or a part of them. */
interface Holder {
  readonly by: Constructor;
  readonly part?: readonly (string | number)[];
}
interface Place extends Holder {
  readonly name: string;
}

const LIFE = ['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload'];
const LIFECYCLE = ['onLoad', 'onShow', 'onHide', 'onUnload'];
const MENU = ['onShareAppMessage', 'onShareTimeline', 'onAddToFavorites'];
const PAGE = ['onPullDownRefresh', 'onReachBottom', 'onTabItemTap', 'onPageScroll'];
const table: (Holder & { readonly names: readonly string[] })[] = [
  { by: 'App', names: ['onLaunch', 'onShow', 'onHide', 'onError', 'onShareAppMessage', 'anything'] },
  { by: 'Page', names: [...LIFE, ...MENU, ...PAGE, 'onTap'] },
  // Alipay: https://opendocs.alipay.com/mini/framework/page-detail
  { by: 'Page', part: ['events'], names: ['onLoad', 'onShow', 'onHide', 'onBack', 'onTabItemTap'] },
  { by: 'Component', names: ['attached', 'detached'] },
  { by: 'Component', part: ['methods'], names: [...LIFE, 'onShareAppMessage', 'onReachBottom', 'onTap'] },
  { by: 'Component', part: ['lifetimes'], names: ['created', 'attached', 'detached'] },
  { by: 'Component', part: ['pageLifetimes'], names: ['show', 'hide', 'resize'] },
  { by: 'Component', part: ['mixins', 0, 'methods'], names: ['onTap', 'onShareAppMessage'] },
  { by: 'Behavior', part: ['methods'], names: ['onLoad', 'onReachBottom', 'onTap', 'onShareAppMessage'] },
  { by: 'Mixin', part: ['methods'], names: ['onTap', 'onShareAppMessage'] },
];
const places: Place[] = table.flatMap(({ names, ...holder }) => names.map((name) => ({ ...holder, name })));

const containers: Record<string, (name: string, own: unknown) => Options> = {
  plain: (name, own) => ({ [name]: own }),
  frozen: (name, own) => Object.freeze({ [name]: own }),
  'getter-defined': (name, own) => Object.defineProperty({}, name, { get: () => own, enumerable: true, configurable: false }),
  'read-only': (name, own) => Object.defineProperty({}, name, { value: own, enumerable: true }),
  hidden: (name, own) => Object.defineProperty({}, name, { value: own, enumerable: false, configurable: true }),
  'prototype method': (name, own) => Object.create({ [name]: own }),
  'class instance': (name, own) => {
    class Base {}
    Object.defineProperty(Base.prototype, name, { value: own, enumerable: false });
    return new (class extends Base {})() as unknown as Options;
  },
  'null prototype': (name, own) => Object.assign(Object.create(null), { [name]: own }),
};

const rows = places.flatMap((place) => Object.keys(containers).map((container) => ({ ...place, container })));
const label = '$by $part $name, $container';

const EVENTS: readonly (keyof HostEvents)[] = [
  'appLaunch',
  'appShow',
  'appHide',
  'pageShow',
  'pageHide',
  'call',
  'pageCall',
  'return',
];

/** Options that hold `holder` at `part`. */
const optionsOf = (holder: unknown, part: Holder['part'] = []): Options =>
  part.reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), holder) as Options;
const holderOf = (options: Options, part: Holder['part'] = []): Options =>
  part.reduce<unknown>((outer, key) => (outer as Record<string | number, unknown>)[key], options) as Options;

describe('instrument: transparency', () => {
  let fake: FakeHost;
  let source: HostSource;
  let received: Options | undefined;
  let warnings: () => string[];
  /** What `Behavior` was called with. */
  let made: Options[];

  const start = (listener: (type: string) => void = () => {}) => {
    source = createHost(createFakeAdapter({ host: fake }).adapter, createLog());
    for (const type of EVENTS) source.on(type, () => listener(type));
    instrument(source);
  };
  /** Calls the constructor as an app does and gives back what reaches the host. */
  const construct = (by: Constructor, options: Options): Options => {
    fake.file('pages/x/x', () => (globalThis as unknown as Record<Constructor, Fn>)[by](options));
    if (by === 'App') received = fake.app;
    else if (by === 'Page' || by === 'Component') received = fake.given('pages/x/x');
    return received as Options;
  };
  const build = ({ part, name, container }: Place & { container: string }, own: unknown): Options =>
    optionsOf((containers[container] as (name: string, own: unknown) => Options)(name, own), part);
  const pick = (options: Options, { part, name }: Place): Fn => holderOf(options, part)[name] as Fn;

  beforeEach(() => {
    vi.useFakeTimers();
    warnings = spyOnWarnings();
    fake = createFakeHost();
    made = [];
    for (const name of ['Behavior', 'Mixin']) {
      const own = (options: Options) => {
        received = options;
        if (name === 'Behavior') made.push(options);
        return `returned by ${name}`;
      };
      vi.stubGlobal(name, Object.assign(own, { [`staticOf${name}`]: 1 }));
    }
    start();
  });

  describe.each(rows)(label, (row) => {
    it('keeps this, all arguments and the returned value', () => {
      const result = {};
      const own = vi.fn(function (this: unknown, ..._args: unknown[]) {
        return result;
      });
      const called = pick(construct(row.by, build(row, own)), row);
      const self = { route: 'pages/x/x' };
      const args = [{ type: 'tap', target: {}, currentTarget: {} }, undefined, null, 4, [5]];
      expect(called.apply(self, args)).toBe(result);
      expect(own).toHaveBeenCalledTimes(1);
      expect(own.mock.contexts[0]).toBe(self);
      expect(own.mock.calls[0]).toEqual(args);
      expect(own.mock.calls[0]?.[0]).toBe(args[0]);
    });

    it('keeps what is thrown', () => {
      const thrown = new Error('the own function throws');
      const called = pick(
        construct(
          row.by,
          build(row, () => {
            throw thrown;
          }),
        ),
        row,
      );
      let caught: unknown;
      try {
        called.call({ route: 'pages/x/x' });
      } catch (error) {
        caught = error;
      }
      expect(caught).toBe(thrown);
      expect(warnings()).toEqual([]);
    });

    it('keeps the promise of an async function', () => {
      const promise = Promise.resolve('later');
      const called = pick(
        construct(
          row.by,
          build(row, () => promise),
        ),
        row,
      );
      expect(called.call({})).toBe(promise);
    });

    it('keeps the promise that an async function rejects', async () => {
      const thrown = new Error('the own function rejects');
      const promise = Promise.reject(thrown);
      const called = pick(
        construct(
          row.by,
          build(row, () => promise),
        ),
        row,
      );
      const returned = called.call({}, { type: 'tap', currentTarget: {} });
      expect(returned).toBe(promise);
      await expect(returned).rejects.toBe(thrown);
    });

    it('is called as often as the own function, whoever listens and throws', () => {
      start(() => {
        throw new Error('a listener throws');
      });
      const own = vi.fn((): unknown => 'own');
      const called = pick(construct(row.by, build(row, own)), row);
      expect(called.call({}, { type: 'tap', target: {}, currentTarget: {} })).toBe('own');
      expect(called.call({})).toBe('own');
      expect(own).toHaveBeenCalledTimes(2);
    });

    it('leaves the original options as they were', () => {
      const options = build(row, () => {});
      const part = holderOf(options, row.part);
      const before = [Object.getOwnPropertyDescriptors(options), Object.getOwnPropertyDescriptors(part)];
      construct(row.by, options);
      expect([Object.getOwnPropertyDescriptors(options), Object.getOwnPropertyDescriptors(part)]).toEqual(before);
      expect(Object.getOwnPropertyDescriptors(part)[row.name]?.value).toBe(before[1]?.[row.name]?.value);
    });

    it('is as visible to the host as it was', () => {
      const visible = (holder: Options): boolean => {
        const names: string[] = [];
        for (const name in holder) names.push(name);
        return names.includes(row.name);
      };
      const options = build(row, () => {});
      const given = construct(row.by, options);
      // What the host looks for by name is there for it to find.
      if (!visible(holderOf(given, row.part))) expect(visible(holderOf(options, row.part))).toBe(false);
      if (visible(holderOf(options, row.part))) expect(visible(holderOf(given, row.part))).toBe(true);
    });
  });

  describe.each(table)('what is beside functions in $by $part', ({ by, part }) => {
    it('is kept: data, symbols, what is hidden, what is read-only, the prototype', () => {
      const key = Symbol('key');
      const data = { n: 1 };
      class Holder {
        inherited = 1;
      }
      const holder = Object.defineProperties(new Holder(), {
        state: { value: data, enumerable: true, writable: true, configurable: true },
        hidden: { value: 1, enumerable: false, writable: true, configurable: true },
        constant: { value: 2, enumerable: true },
        [key]: { value: 3, enumerable: true },
      });
      const before = Object.getOwnPropertyDescriptors(holder);
      const given = holderOf(construct(by, optionsOf(holder, part)), part);
      expect(Object.getOwnPropertyDescriptors(given)).toMatchObject(before);
      expect(Object.getOwnPropertySymbols(given)).toEqual([key]);
      expect(given.state).toBe(data);
      expect(given).toBeInstanceOf(Holder);
      expect(given.constructor).toBe(Holder);
    });

    it('is not run: a getter that is none of our business', () => {
      const get = vi.fn(() => 1);
      const own = Object.defineProperty({ onTap() {} }, 'costly', { get, enumerable: true });
      class Base {
        get alsoCostly() {
          return get();
        }
      }
      construct(by, optionsOf(own, part));
      construct(by, optionsOf(new Base(), part));
      expect(get).not.toHaveBeenCalled();
    });
  });

  describe.each(places)('$by $part $name', (place) => {
    it.each([
      ['undefined', undefined],
      ['null', null],
      ['a number', 7],
      ['a string', 'self'],
      ['a symbol', Symbol('self')],
      ['a frozen object', Object.freeze({})],
      ['a function', () => {}],
      ['an object without a prototype', Object.create(null)],
      ['an instance of a class', new (class Home {})()],
      [
        'an object that refuses to be read',
        new Proxy(
          {},
          {
            get() {
              throw new Error('read');
            },
          },
        ),
      ],
    ])('keeps %s as this', (_, self) => {
      const own = vi.fn(function (this: unknown) {
        return this;
      });
      const called = pick(construct(place.by, build({ ...place, container: 'plain' }, own)), place);
      expect(called.call(self, { type: 'tap', currentTarget: {} })).toBe(self);
    });

    it.each([
      ['null', null],
      ['undefined', undefined],
      ['false', false],
      ['zero', 0],
      ['a string', 'text'],
      ['an object', {}],
      ['an array', [1]],
    ])('does not throw over %s in its place', (_, value) => {
      const options = construct(place.by, build({ ...place, container: 'plain' }, value));
      const there: unknown = pick(options, place);
      // Hosts take none of these for a function; an observer may stand where there was nothing.
      if (value) expect(there).toBe(value);
      else if (typeof there === 'function') expect((there as Fn).call({})).toBe(undefined);
      else expect(there).toBe(value);
      expect(warnings()).toEqual([]);
    });
  });

  describe('what is added', () => {
    it('is the lifecycle of App', () => {
      expect(Object.keys(construct('App', { globalData: {} })).sort()).toEqual(['globalData', 'onHide', 'onLaunch', 'onShow']);
    });

    it('is the lifecycle of Page, and never a function whose presence changes the menu or costs frames', () => {
      const keys = Object.keys(construct('Page', { data: {} })).sort();
      expect(keys).toEqual(['data', 'onHide', 'onLoad', 'onShow', 'onUnload']);
    });

    it('is what the host calls on a Component that is a page, and nothing that a card of a list would be told', () => {
      for (const methods of [{ onTap() {} }, undefined]) {
        const given = construct('Component', { methods, properties: {} });
        expect(Object.keys(given).sort()).toEqual(['methods', 'properties']);
        expect(Object.keys(given.methods as Options).filter((name) => name !== 'onTap')).toEqual(LIFECYCLE);
      }
    });

    const onShow = (): void => {};
    it.each([
      ['that have none of its functions', [{ onTap() {} }, { methods: {} }], LIFECYCLE],
      ['of which one has onShow', [{ onTap() {} }, { onShow }], ['onLoad', 'onHide', 'onUnload']],
      ['with onShow in methods', [{ methods: { onShow } }], ['onLoad', 'onHide', 'onUnload']],
      ['with onShow in a mixin of theirs', [{ mixins: [{ onShow }] }], ['onLoad', 'onHide', 'onUnload']],
      ['with a mixin that cannot be looked into', [{ mixins: ['made before'] }], []],
    ])('hides no function of mixins %s', (_, mixins, added) => {
      const keys = Object.keys(construct('Page', { mixins }));
      expect(keys.filter((name) => name !== 'mixins').sort()).toEqual([...added].sort());
    });

    it('is one behavior in front of those of the app, whatever form they have', () => {
      for (const theirs of ['made before', { methods: { onShow } }]) {
        const page = construct('Page', { behaviors: [theirs] });
        expect(Object.keys(page)).toEqual(['behaviors']);
        expect(page).toEqual({ behaviors: ['returned by Behavior', theirs] });
        const component = construct('Component', { behaviors: [theirs] });
        expect(component).toEqual({ behaviors: ['returned by Behavior', theirs], methods: {} });
        const [ofPage, ofComponent] = made.splice(0) as [Options, Options];
        const { methods } = ofPage as { methods: Options };
        expect(Object.keys(methods)).toEqual(LIFECYCLE);
        expect(ofPage).toEqual({
          methods,
          pageLifetimes: { show: methods.onShow, hide: methods.onHide },
          lifetimes: { detached: methods.onUnload },
        });
        expect(Object.keys(ofComponent)).toEqual(['methods']);
        expect(Object.keys(ofComponent.methods as Options)).toEqual(LIFECYCLE);
      }
    });

    it('is nothing to a behavior without methods', () => {
      expect(Object.keys(construct('Behavior', {}))).toEqual([]);
    });

    it('leaves a mixin of two pages one', () => {
      const mixins = [{ onTap() {} }];
      const [one, two] = [construct('Page', { mixins }), construct('Page', { mixins })].map((page) => page.mixins as Options[]);
      expect(one?.[0]).not.toBe(mixins[0]);
      expect(one?.[0]).toBe(two?.[0]);
    });

    it('keeps data, symbols, the prototype and what is not enumerable', () => {
      const data = { n: 1 };
      const key = Symbol('key');
      const proto = { inherited: true };
      const options = Object.create(proto, {
        data: { value: data, enumerable: true },
        secret: { value: 1, enumerable: false },
        [key]: { value: 2, enumerable: true },
      });
      const given = construct('Page', options);
      expect(given.data).toBe(data);
      expect(Object.getPrototypeOf(given)).toBe(proto);
      expect(Object.getOwnPropertyDescriptor(given, 'secret')).toMatchObject({ value: 1, enumerable: false });
      expect((given as { [key]: unknown })[key]).toBe(2);
    });

    it('does not run a getter that is none of its business', () => {
      const get = vi.fn(() => 1);
      construct('Page', Object.defineProperty({ onTap() {} }, 'costly', { get, enumerable: true }));
      expect(get).not.toHaveBeenCalled();
    });

    it("leaves Alipay's `data` function alone", () => {
      const data = () => ({});
      expect(construct('Page', { data }).data).toBe(data);
    });

    it('is nothing that a host would copy where a class has functions of its own', () => {
      class Home {
        onTap() {
          return 'tapped';
        }
      }
      const given = construct('Page', new Home() as unknown as Options);
      expect((given.onTap as Fn)()).toBe('tapped');
      expect(given).toBeInstanceOf(Home);
      expect(Object.keys(given).sort()).toEqual(['onHide', 'onLoad', 'onShow', 'onUnload']);
      expect(Home.prototype.onTap).not.toBe(given.onTap);
    });

    it('is the function nearest to the page, as a class that overrides another has it', () => {
      const told = vi.fn();
      source.on('call', told);
      class Base {
        onTap() {
          return 'base';
        }
      }
      class Home extends Base {
        override onTap() {
          return `${super.onTap()}, home`;
        }
      }
      const given = construct('Page', new Home() as unknown as Options);
      expect((given.onTap as Fn).call(given, { type: 'tap' })).toBe('base, home');
      expect(told).toHaveBeenCalledTimes(1);
    });
  });

  describe('a function', () => {
    it.each([...MENU, ...PAGE])('is told of as %s and as a handler where both are one', (name) => {
      const told: string[] = [];
      for (const type of ['call', 'pageCall', 'return'] as const)
        source.on(type, (event) => told.push(`${type} ${event.name}`));
      const own = (): void => {};
      const given = construct('Page', { buy: own, [name]: own }) as Record<string, Fn>;
      given[name]?.call({}, { from: 'menu' });
      given.buy?.call({}, { type: 'tap' });
      expect(told).toEqual([`${MENU.includes(name) ? 'return' : 'pageCall'} ${name}`, 'call buy']);
    });

    it('that makes pages, as compilers to ES5 write a class, stays what made them', () => {
      function Home() {}
      Home.prototype.onTap = () => {};
      const given = construct('Page', new (Home as unknown as new () => Options)());
      expect(given.constructor).toBe(Home);
    });

    it.each(['__workletHash', '__worklet'])('stays itself if %s marks it for another thread', (mark) => {
      const own = Object.assign(() => {}, { [mark]: 1 });
      expect(construct('Page', { own }).own).toBe(own);
    });

    it('has the members that the app put on it, as visible as they were, and a prototype only if its own has one', () => {
      const own = Object.assign(() => {}, { cancel: 1 });
      const given = construct('Page', { own }).own as object;
      expect(given).not.toBe(own);
      expect(Object.keys(given)).toEqual(['cancel']);
      expect(given).toHaveProperty('prototype', undefined);
      Object.defineProperty(given, 'cancel', { value: 2 });
      expect(given).toHaveProperty('cancel', 2);
    });
  });

  describe('what a framework does to the options that the host was given', () => {
    // Over an accessor nobody could assign before.
    it.each(Object.keys(containers).filter((name) => name !== 'getter-defined'))(
      'is to assign over a function: %s',
      (container) => {
        source.on('call', () => {});
        const given = construct(
          'Page',
          build({ by: 'Page', name: 'onTap', container }, () => 'own'),
        );
        given.onTap = () => 'assigned';
        expect((given.onTap as Fn)()).toBe('assigned');
      },
    );

    it('is to define it anew, where the app had fixed it', () => {
      const own = Object.defineProperty({}, 'onTap', { value: () => 'own', writable: false, configurable: false });
      const given = construct('Page', own);
      Object.defineProperty(given, 'onTap', { value: () => 'defined' });
      expect((given.onTap as Fn)()).toBe('defined');
      Object.defineProperty(given, 'onTap', { get: () => () => 'got' });
      expect((given.onTap as Fn)()).toBe('got');
    });
  });

  describe('order', () => {
    it('tells listeners before the own function runs', () => {
      const order: string[] = [];
      start((type) => order.push(type));
      const given = construct('Page', {
        onShow: () => order.push('own onShow'),
        onTap: () => order.push('own onTap'),
        onHide: () => order.push('own onHide'),
      });
      const page = { route: 'pages/x/x' };
      (given.onShow as Fn).call(page);
      (given.onTap as Fn).call(page, { type: 'tap', currentTarget: {} });
      (given.onHide as Fn).call(page);
      expect(order).toEqual(['appLaunch', 'pageShow', 'own onShow', 'call', 'own onTap', 'pageHide', 'own onHide']);
    });

    it('lets the own function run when an accessor of an argument throws', () => {
      const own = vi.fn();
      const given = construct('Page', { onPick: own });
      const item = Object.defineProperty({}, 'type', {
        get() {
          throw new Error('not ready');
        },
      });
      const told = vi.fn();
      source.on('call', told);
      (given.onPick as Fn).call({}, item);
      expect(own).toHaveBeenCalledTimes(1);
      expect(told).not.toHaveBeenCalled();
    });

    it('lets a listener replace what a sharing function returns, after it ran', () => {
      source.on('return', (event) => {
        event.result = { replaced: event.result };
      });
      const given = construct('Page', { onShareAppMessage: () => 'own' });
      expect((given.onShareAppMessage as Fn).call({}, { from: 'menu' })).toEqual({ replaced: 'own' });
    });

    it('does not let a listener replace what any other function returns', () => {
      source.on('return', (event) => {
        event.result = 'replaced';
      });
      const given = construct('Page', { onTap: () => 'own', onLoad: () => 'own' });
      expect((given.onTap as Fn).call({}, { type: 'tap' })).toBe('own');
      expect((given.onLoad as Fn).call({})).toBe('own');
    });
  });

  describe('options that are used twice', () => {
    it('make two pages of one object', () => {
      const own = vi.fn();
      const options = { onShow: own };
      const [one, two] = [construct('Page', options), construct('Page', options)];
      expect(one).not.toBe(two);
      (one.onShow as Fn).call({});
      (two.onShow as Fn).call({});
      expect(own).toHaveBeenCalledTimes(2);
    });

    it('are wrapped once when wrapped by name and by the constructor', () => {
      const calls: string[] = [];
      source.on('call', ({ name }) => calls.push(name));
      const { wraps } = source;
      const wrapped = wraps?.page(wraps.page({ onTap() {} })) as unknown as Options;
      const given = construct('Page', wrapped);
      expect(given).toBe(wrapped);
      (given.onTap as Fn).call({}, { type: 'tap' });
      expect(calls).toEqual(['onTap']);
    });

    it('are wrapped once when instrumented twice', () => {
      const calls: string[] = [];
      source.on('call', ({ name }) => calls.push(name));
      const { Page: first } = globalThis as unknown as { Page: Fn };
      instrument(source);
      expect((globalThis as unknown as { Page: Fn }).Page).toBe(first);
      (construct('Page', { onTap() {} }).onTap as Fn).call({}, { type: 'tap' });
      expect(calls).toEqual(['onTap']);
    });
  });

  describe('what is no options', () => {
    it.each([
      ['nothing', undefined],
      ['null', null],
      ['a string', 'text'],
      ['a number', 1],
      ['a function', () => ({})],
    ])('passes %s on to the host', (_, value) => {
      expect(construct('Page', value as unknown as Options)).toBe(value);
      expect(construct('Component', value as unknown as Options)).toBe(value);
      expect(construct('App', value as unknown as Options)).toBe(value);
      expect(warnings()).toEqual([]);
    });

    it('passes the options on as they are when they cannot be copied', () => {
      const options = new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('no');
          },
        },
      );
      expect(construct('Page', options)).toBe(options);
      expect(warnings()[0]).toContain('E1 wrap');
    });
  });

  describe('constructors', () => {
    const globals = globalThis as unknown as Record<Constructor, Fn & Record<string, unknown>>;

    it('keep their return value', () => {
      for (const name of CONSTRUCTORS) expect(globals[name]({})).toBe(`returned by ${name}`);
    });

    it('keep their static properties', () => {
      for (const name of CONSTRUCTORS) expect(globals[name][`staticOf${name}`]).toBe(1);
    });

    it('keep this and later arguments', () => {
      vi.unstubAllGlobals();
      const own = vi.fn(function (this: unknown, ..._args: unknown[]) {});
      vi.stubGlobal('Page', own);
      start();
      const self = {};
      globals.Page.call(self, {}, 'second', 3);
      expect(own.mock.contexts[0]).toBe(self);
      expect(own.mock.calls[0]?.slice(1)).toEqual(['second', 3]);
    });

    it('keep what they throw', () => {
      vi.unstubAllGlobals();
      const thrown = new Error('registered twice');
      vi.stubGlobal('Page', () => {
        throw thrown;
      });
      start();
      expect(() => globals.Page({})).toThrow(thrown);
    });
  });
});
