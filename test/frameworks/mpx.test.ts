import { describe, expect, it } from 'vitest';
import { mpx } from '../../src/frameworks/mpx';
import { tap } from '../../src/plugins/tap';
import type { Options } from '../helpers/fakeHost';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

type Methods = Record<string, (...args: unknown[]) => unknown>;

const globals = globalThis as unknown as Record<'Page', (options: Options) => void>;

const start = (methods: Options = {}) => {
  const plugin = mpx();
  const world = startTracker([tap(), plugin]);
  let created = function (this: object) {};
  const types: string[] = [];
  plugin.install({
    mixin(given, where) {
      created = (given as { created: typeof created }).created;
      types.push(...where);
    },
  });
  world.host.file('home', () => globals.Page(methods));
  world.host.launch();
  return { ...world, page: world.host.open('home') as unknown as Methods, types, create: (own: object) => created.call(own) };
};

/** A page on which `setup()` has returned `result`, as mpx's runtime lays it open. */
const pageWith = (result: Methods): Methods => {
  const page = { inOptions: () => {} };
  for (const name of Object.keys(result)) {
    Object.defineProperty(page, name, {
      get: () => result[name],
      set(value) {
        result[name] = value;
      },
      configurable: true,
      enumerable: true,
    });
  }
  return page as unknown as Methods;
};

const tapOn = (id: string, dataset = {}) => ({
  type: 'tap',
  timeStamp: 895,
  target: { id, dataset },
  currentTarget: { id, dataset },
});

const BOUND = { eventconfigs: { bubble: { tap: [['add', 'sencha', 2]] } } };

describe('mpx', () => {
  it('joins the life of pages and components', () => {
    expect(start().types).toEqual(['page', 'component']);
  });

  it('tells of a tap that reaches a handler returned by setup, and keeps its result', () => {
    const { create, sent } = start();
    const page = pageWith({ plus: () => 'own' });
    create(page);
    expect(page.plus?.(tapOn('plus'))).toBe('own');
    expect(sent('tap')).toMatchObject({ element_id: 'plus', handler: 'plus', page_path: 'home' });
  });

  it('tells of taps beside a computed value that throws until its data are there', () => {
    const warnings = spyOnWarnings();
    const { create, sent } = start();
    const result: Methods = { plus: () => 'own' };
    const page = Object.defineProperties({} as Methods, {
      title: {
        get() {
          throw new TypeError("Cannot read properties of null (reading 'title')");
        },
        set() {},
        enumerable: true,
      },
      ...Object.getOwnPropertyDescriptors(pageWith(result)),
    });
    create(page);
    page.plus?.(tapOn('plus'));
    expect(sent('tap')).toMatchObject({ element_id: 'plus', handler: 'plus' });
    expect(warnings()).toEqual([expect.stringContaining('E1 handlers')]);
  });

  it('wraps a handler once', () => {
    const { create } = start();
    const page = pageWith({ plus: () => {} });
    create(page);
    const wrapped = page.plus;
    create(page);
    expect(page.plus).toBe(wrapped);
  });

  it('leaves all other members of the page as they are', () => {
    const { create } = start();
    const page = pageWith({});
    const own = page.inOptions;
    create(page);
    expect(page.inOptions).toBe(own);
  });

  it('names a handler that is bound with arguments, and leaves the arguments out', () => {
    const { page, sent } = start({ __invoke() {} });
    page.__invoke?.(tapOn('add', { eventconfigs: { bubble: { tap: [['add', 'sencha', 2]] } }, sku: 'A1' }));
    expect(sent('tap')).toMatchObject({ element_id: 'add', handler: 'add', dataset: { sku: 'A1' } });
  });

  it('keeps the name of the handler where the template binds others by arguments', () => {
    const { page, sent } = start({ open() {} });
    page.open?.(tapOn('add', { eventconfigs: { bubble: { longpress: [['add', 'sencha']] } } }));
    expect(sent('tap')).toMatchObject({ handler: 'open' });
    expect(sent('tap')).not.toHaveProperty('dataset');
  });

  it('leaves the arguments out of what any plugin takes of the element, and what the app tracks itself as it is', () => {
    const { tracker, sent } = startTracker([
      mpx(),
      { name: 'own', setup: ({ track }) => track('exposure', { element_id: 'add', dataset: { ...BOUND, sku: 'A1' } }) },
    ]);
    expect(sent('exposure')).toEqual({ element_id: 'add', dataset: { sku: 'A1' } });
    tracker.track('read', { dataset: BOUND });
    expect(sent('read')).toEqual({ dataset: BOUND });
  });

  it('has no dataset where mpx alone put something there', () => {
    const { page, sent } = start({ __captureInvoke() {} });
    page.__captureInvoke?.(tapOn('add', { eventconfigs: { capture: { tap: [['add']] } } }));
    expect(sent('tap')).toMatchObject({ handler: 'add' });
    expect(sent('tap')).not.toHaveProperty('dataset');
  });

  it('calls handlers in silence after destroy', () => {
    const { create, tracker, names } = start();
    const page = pageWith({ plus: () => 'own' });
    create(page);
    tracker.destroy();
    expect(page.plus?.(tapOn('plus'))).toBe('own');
    expect(names()).not.toContain('tap');
  });

  it('says on the console that mpx.use() was forgotten', () => {
    const warnings = spyOnWarnings();
    const { host } = startTracker([tap(), mpx()]);
    host.file('home', () => globals.Page({}));
    host.launch();
    host.open('home');
    expect(warnings()).toEqual(['[minitrail] E80 mpx.use()']);
  });
});
