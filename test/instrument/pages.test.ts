import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../../src/instrument/createHost';
import { instrument } from '../../src/instrument/instrument';
import type { HostSource } from '../../src/types/host';
import { createLog } from '../../src/utils/log';
import { createFakeHost, type FakeHost, type Options } from '../helpers/fakeHost';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

const noop = (): void => {};
const LIFECYCLE = { onLoad: noop, onShow: noop, onReady: noop, onHide: noop, onUnload: noop };

/** How an app may make a page. */
const forms: Record<string, (globals: { Page(options: Options): void; Component(options: Options): void }) => void> = {
  'Page without lifecycle functions': ({ Page }) => Page({ data: {} }),
  'Page with all of them': ({ Page }) => Page({ ...LIFECYCLE }),
  'Page with frozen options': ({ Page }) => Page(Object.freeze({ ...LIFECYCLE })),
  'Page of a class': ({ Page }) =>
    Page(
      new (class {
        onLoad() {}
        onShow() {}
        onHide() {}
        onUnload() {}
      })() as unknown as Options,
    ),
  'Page with getters': ({ Page }) =>
    Page({
      get onShow() {
        return noop;
      },
      get onHide() {
        return noop;
      },
      get onUnload() {
        return noop;
      },
    }),
  'Component without any function': ({ Component }) => Component({}),
  'Component with methods only': ({ Component }) => Component({ methods: { ...LIFECYCLE } }),
  'Component with lifetimes only': ({ Component }) =>
    Component({ lifetimes: { attached: noop, detached: noop }, pageLifetimes: { show: noop, hide: noop } }),
  'Component with both': ({ Component }) =>
    Component({
      methods: { ...LIFECYCLE },
      pageLifetimes: { show: noop, hide: noop },
      lifetimes: { attached: noop, detached: noop },
    }),
  'Component with a top-level detached': ({ Component }) => Component({ detached: noop, methods: { onTap: noop } }),
  'Component with frozen parts': ({ Component }) =>
    Component(
      Object.freeze({
        methods: Object.freeze({ ...LIFECYCLE }),
        pageLifetimes: Object.freeze({ show: noop }),
        lifetimes: Object.freeze({}),
      }),
    ),
};

let fake: FakeHost;
let source: HostSource;
let log: string[];

/** What happened since the last call. */
const steps = () => log.splice(0);
const globals = globalThis as unknown as { Page(options: Options): void; Component(options: Options): void };

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeHost();
  source = createHost(createFakeAdapter({ host: fake }).adapter, createLog());
  log = [];
  source.on('pageShow', ({ page }) => log.push(`show ${page.path}${JSON.stringify(page.query)}`));
  source.on('pageHide', ({ page }) => log.push(`hide ${page.path}`));
  instrument(source);
});

describe.each(Object.keys(forms))('instrument: pages made by %s', (form) => {
  const make = forms[form] as (typeof forms)[string];

  beforeEach(() => {
    for (const path of ['a', 'b', 'c']) fake.file(path, () => make(globals));
    fake.launch();
  });

  it('are shown once with their path and query', () => {
    fake.open('a', { id: '7' });
    expect(steps()).toEqual(['show a{"id":"7"}']);
  });

  it('are hidden by the page above and shown on the way back, once each', () => {
    fake.open('a');
    fake.open('b', { x: '1' });
    fake.back();
    expect(steps()).toEqual(['show a{}', 'hide a', 'show b{"x":"1"}', 'hide b', 'show a{}']);
  });

  it('end once on redirect', () => {
    fake.open('a');
    fake.redirect('b');
    expect(steps()).toEqual(['show a{}', 'hide a', 'show b{}']);
  });

  it('are not hidden a second time when unloaded after being hidden', () => {
    fake.open('a');
    fake.open('b');
    steps();
    fake.relaunch('c');
    expect(steps()).toEqual(['hide b', 'show c{}']);
  });

  it('are told apart on a way back over several', () => {
    fake.open('a');
    fake.open('b');
    fake.open('c');
    steps();
    fake.back(2);
    expect(steps()).toEqual(['hide c', 'show a{}']);
  });

  it('are told apart when one route is twice on the stack', () => {
    fake.open('a', { id: '1' });
    fake.open('a', { id: '2' });
    expect(steps()).toEqual(['show a{"id":"1"}', 'hide a', 'show a{"id":"2"}']);
    fake.back();
    expect(steps()).toEqual(['hide a', 'show a{"id":"1"}']);
  });

  it('are told apart when one route is redirected to itself', () => {
    fake.open('a', { id: '1' });
    fake.redirect('a', { id: '2' });
    expect(steps()).toEqual(['show a{"id":"1"}', 'hide a', 'show a{"id":"2"}']);
  });

  it('are shown each time their tab is', () => {
    fake.tab('a');
    fake.tab('b');
    fake.tab('a');
    expect(steps()).toEqual(['show a{}', 'hide a', 'show b{}', 'hide b', 'show a{}']);
  });

  it('are the same state object from first to last', () => {
    const seen: unknown[] = [];
    source.on('pageShow', ({ page }) => seen.push(page));
    source.on('pageHide', ({ page }) => seen.push(page));
    fake.open('a');
    fake.hide();
    fake.show();
    expect(new Set(seen).size).toBe(1);
    expect(seen).toHaveLength(3);
  });

  it('are hidden with the app and shown with it', () => {
    fake.open('a');
    fake.hide();
    expect(source.page).toBeUndefined();
    fake.show();
    expect(source.page).toMatchObject({ path: 'a' });
    expect(steps()).toEqual(['show a{}', 'hide a', 'show a{}']);
  });
});

describe('instrument: pages', () => {
  it('are hidden before the next one is shown when the host shows the next one first', () => {
    fake.file('a', () => globals.Page({}));
    const given = fake.given('a') as Record<'onShow' | 'onUnload', (this: unknown) => void>;
    const [one, two] = [{ route: 'a' }, { route: 'b' }];
    given.onShow.call(one);
    given.onShow.call(two);
    given.onUnload.call(one);
    expect(steps()).toEqual(['show a{}', 'hide a', 'show b{}']);
  });

  it('are hidden by their own onUnload, off the stack already, while another of the same route is on it', () => {
    fake.file('a', () => globals.Page({ onUnload: () => log.push('own onUnload') }));
    fake.open('a');
    fake.open('a');
    steps();
    fake.back();
    expect(steps()).toEqual(['hide a', 'own onUnload', 'show a{}']);
  });

  it('are not shown twice when the app calls its own onShow to refresh', () => {
    fake.file('a', () => globals.Page({ onShow() {} }));
    const page = fake.open('a') as unknown as { onShow(): void };
    page.onShow();
    expect(steps()).toEqual(['show a{}']);
  });

  it('keep their query when the app calls its own onLoad without one', () => {
    fake.file('a', () => globals.Page({ onLoad() {} }));
    fake.file('b', () => globals.Page({}));
    const page = fake.open('a', { id: '7' }) as unknown as { onLoad(): void };
    page.onLoad();
    fake.open('b');
    fake.back();
    expect(steps().pop()).toBe('show a{"id":"7"}');
  });

  it('have the query of the host where their onLoad calls itself with another', () => {
    fake.file('a', () =>
      globals.Page({
        onLoad(this: { onLoad(query: object): void }, { again }: { again?: number }) {
          if (!again) this.onLoad({ id: '8', again: 1 });
        },
        onHide() {},
      }),
    );
    fake.open('a', { id: '7' });
    expect(steps()).toEqual(['show a{"id":"7"}']);
  });

  it.each(['onHide', 'onUnload'])('stay in sight when their own code calls %s', (name) => {
    fake.file('a', () =>
      globals.Page({
        [name]() {},
        stop(this: Record<string, () => void>) {
          this[name]?.();
        },
      }),
    );
    const page = fake.open('a') as unknown as { stop(): void };
    page.stop();
    expect(steps()).toEqual(['show a{}']);
    expect(source.page).toMatchObject({ path: 'a' });
  });

  it('are shown by their own functions where a mixin cannot be looked into and the host makes none', () => {
    const warnings = spyOnWarnings();
    fake.file('a', () => globals.Page({ mixins: ['of a library'], onShow() {} }));
    fake.open('a');
    expect(steps()).toEqual(['show a{}']);
    expect(warnings()).toEqual([]);
  });

  it('are not shown beneath another of their route, whoever calls their onShow', () => {
    fake.file('a', () => globals.Page({ onShow() {} }));
    const beneath = fake.open('a', { id: '1' }) as unknown as { onShow(): void };
    fake.open('a', { id: '2' });
    steps();
    beneath.onShow();
    expect(steps()).toEqual([]);
    expect(source.page).toMatchObject({ query: { id: '2' } });
  });

  it('keep their query when code calls their onLoad with an event, later', () => {
    fake.file('a', () => globals.Page({ onLoad() {} }));
    fake.file('b', () => globals.Page({}));
    const page = fake.open('a', { id: '7' }) as unknown as { onLoad(event: object): void };
    page.onLoad({ type: 'tap' });
    fake.open('b');
    fake.back();
    expect(steps().pop()).toBe('show a{"id":"7"}');
  });

  // Alipay's stack carries no query.
  it('have the query of the host where the stack has none and their onLoad calls itself with another', () => {
    vi.stubGlobal('getCurrentPages', undefined);
    type Life = { onLoad(query: object): void; onShow(): void };
    fake.file('a', () =>
      globals.Page({
        onLoad(this: Life, { again }: { again?: number }) {
          if (!again) this.onLoad({ id: '8', again: 1 });
        },
      }),
    );
    const page = Object.assign(Object.create(fake.given('a')), { route: 'a' }) as Life;
    page.onLoad({ id: '7' });
    page.onShow();
    expect(steps()).toEqual(['show a{"id":"7"}']);
  });

  it('have the query of the host that tells of it after their first show, in the background', () => {
    vi.stubGlobal('getCurrentPages', undefined);
    fake.file('a', () => globals.Page({}));
    const given = fake.given('a') as Record<'onLoad' | 'onShow', (this: unknown, query?: object) => void>;
    const page = { route: 'a' };
    source.appHide('listener', {});
    given.onShow.call(page);
    given.onLoad.call(page, { id: '7' });
    source.appShow('listener', {});
    expect(steps()).toEqual(['show a{"id":"7"}']);
  });

  it('have not the query of an entry that led elsewhere', () => {
    fake.file('a', () => globals.Page({}));
    source.entered = { path: 'b', query: { id: '7' } };
    fake.open('a');
    expect(steps()).toEqual(['show a{}']);
  });

  it('are not brought back from the background by what happens there', () => {
    fake.file('a', () => globals.Page({ onShow() {} }));
    fake.launch();
    const page = fake.open('a') as unknown as { onShow(): void };
    fake.hide();
    steps();
    source.pages?.notice();
    page.onShow();
    expect(steps()).toEqual([]);
  });

  it('are none before the first one is shown, whatever stands on the stack', () => {
    vi.stubGlobal('getCurrentPages', () => [{ route: 'a' }]);
    expect(source.pages?.notice()).toBeUndefined();
  });

  it('survive functions that are called on nothing, and say so', () => {
    const warnings = spyOnWarnings();
    fake.file('a', () => globals.Page({}));
    fake.open('a');
    (fake.given('a').onHide as () => void).call(undefined);
    expect(warnings().join()).toContain('E1 hook');
  });

  it('have the query of the entry as the first page only', () => {
    for (const path of ['a', 'b']) fake.file(path, () => globals.Page({}));
    source.entered = { path: 'a', query: { id: '7' } };
    fake.open('a');
    fake.open('b');
    fake.open('a');
    expect(steps().filter((step) => step.startsWith('show'))).toEqual(['show a{"id":"7"}', 'show b{}', 'show a{}']);
  });

  it('are not shown on the way to another when the app is hidden before them', () => {
    fake.file('a', () => globals.Page({ onHide() {} }));
    fake.file('b', () => globals.Page({}));
    const page = fake.open('a') as unknown as { onHide(): void };
    source.appHide('listener', {});
    page.onHide();
    steps();
    source.appShow('listener', {});
    fake.relaunch('b');
    expect(steps()).toEqual(['show b{}']);
  });

  it('are shown with the app when the host tells the page first, and when code has called its onShow before', () => {
    fake.file('a', () => globals.Page({ onShow() {} }));
    fake.launch();
    const page = fake.open('a') as unknown as { onShow(): void };
    source.on('appShow', () => log.push('app'));
    fake.hide();
    steps();
    page.onShow();
    page.onShow();
    expect(steps()).toEqual([]);
    fake.show();
    expect(steps()).toEqual(['app', 'show a{}']);
  });

  // Older Douyin hosts know `__route__` only; Alipay's stack carries no query.
  it('are named by __route__ and by the query of onLoad where the host offers no more', () => {
    vi.stubGlobal('getCurrentPages', undefined);
    fake.file('a', () => globals.Page({}));
    const given = fake.given('a') as Record<'onLoad' | 'onShow', (this: unknown, query?: object) => void>;
    const page = { __route__: 'pages/a' };
    given.onLoad.call(page, { id: '1' });
    given.onShow.call(page);
    expect(steps()).toEqual(['show pages/a{"id":"1"}']);
  });

  // https://opendocs.alipay.com/mini/framework/page-detail
  it('tell of themselves by all four functions of `events`', () => {
    vi.stubGlobal('getCurrentPages', undefined);
    fake.file('a', () => globals.Page({ events: { ...LIFECYCLE } }));
    const events = fake.given('a').events as Record<string, (this: unknown, query?: object) => void>;
    const page = { route: 'a' };
    events.onLoad?.call(page, { id: '7' });
    for (const name of ['onShow', 'onHide', 'onShow', 'onUnload']) events[name]?.call(page);
    expect(steps()).toEqual(['show a{"id":"7"}', 'hide a', 'show a{"id":"7"}', 'hide a']);
  });

  // https://opendocs.alipay.com/mini/framework/getcurrentpages: pages of plugins are null.
  it('are found beside null entries of the stack', () => {
    fake.file('a', () => globals.Component({}));
    const page = { route: 'a', is: 'a', options: {} };
    vi.stubGlobal('getCurrentPages', () => [null, page, null]);
    const { onShow, onHide } = fake.given('a').methods as Record<'onShow' | 'onHide', (this: unknown) => void>;
    onShow.call(page);
    expect(steps()).toEqual(['show a{}']);
    onHide.call({ is: 'a' });
    expect(steps()).toEqual(['hide a']);
  });

  // In glass-easel `this` of a component's function may be another object than the entry of the stack.
  it('are found by their path where this is not the entry of the stack', () => {
    fake.file('a', () => globals.Component({}));
    const entry = { route: 'a', options: { id: '1' } };
    vi.stubGlobal('getCurrentPages', () => [entry]);
    const { onShow, onHide } = fake.given('a').methods as Record<string, (this: unknown) => void>;
    onShow?.call({ is: 'a' });
    onHide?.call({ is: 'a' });
    expect(steps()).toEqual(['show a{"id":"1"}', 'hide a']);
  });
});

describe('instrument: pages whose this is not the entry of the stack', () => {
  type Life = Record<'onLoad' | 'onShow' | 'onHide' | 'onUnload', (this: unknown, query?: object) => void>;
  let given: Life;

  beforeEach(() => {
    fake.file('a', () => globals.Page({}));
    given = fake.given('a') as Life;
  });

  it('are shown when one of their route is on top', () => {
    vi.stubGlobal('getCurrentPages', () => [{ route: 'a' }]);
    given.onShow.call({ route: 'a' });
    expect(steps()).toEqual(['show a{}']);
  });

  it('are not shown once another route is on top, whoever calls their onShow', () => {
    const gone = { route: 'a' };
    let stack: object[] = [gone];
    vi.stubGlobal('getCurrentPages', () => stack);
    given.onShow.call(gone);
    stack = [{ route: 'b' }];
    given.onUnload.call(gone);
    given.onShow.call(gone);
    expect(steps()).toEqual(['show a{}', 'hide a']);
  });

  it('have no path where the host names none', () => {
    vi.stubGlobal('getCurrentPages', undefined);
    const page = {};
    given.onShow.call(page);
    given.onHide.call(page);
    expect(steps()).toEqual(['show {}', 'hide ']);
  });

  it('keep the path that they had when the host names none any more', () => {
    vi.stubGlobal('getCurrentPages', undefined);
    const page: { route?: string } = { route: 'a' };
    given.onShow.call(page);
    page.route = '';
    given.onHide.call(page);
    given.onShow.call(page);
    expect(steps()).toEqual(['show a{}', 'hide a', 'show a{}']);
  });

  it('are not shown when something happens on a page on top that nobody has wrapped', () => {
    let stack = [{ route: 'a' }];
    vi.stubGlobal('getCurrentPages', () => stack);
    given.onShow.call(stack[0]);
    stack = [...stack, { route: 'raw' }];
    expect(source.pages?.notice()).toMatchObject({ path: 'a' });
    expect(steps()).toEqual(['show a{}']);
  });
});

describe('instrument: a page that is hidden and shown in one go', () => {
  it.each([
    [99, []],
    [100, ['hide a', 'show a{}']],
  ])('after %i ms', (ms, expected) => {
    fake.file('a', () => globals.Page({ onHide() {}, onShow() {} }));
    fake.launch();
    const page = fake.open('a') as unknown as { onHide(): void; onShow(): void };
    steps();
    page.onHide();
    vi.advanceTimersByTime(ms);
    page.onShow();
    expect(steps()).toEqual(expected);
  });
});

describe('instrument: components that are no pages', () => {
  beforeEach(() => {
    fake.file('a', () => globals.Page({}));
    fake.file('b', () => globals.Component({ methods: { onLoad() {} } }));
    fake.file('card', () =>
      globals.Component({
        // Names that mean something else in a component: `<image bindload="onLoad">`, a popup with onShow and onHide.
        methods: { onLoad() {}, onShow() {}, onHide() {}, onUnload() {} },
        pageLifetimes: { show() {}, hide() {} },
        lifetimes: { detached() {} },
      }),
    );
    fake.launch();
  });

  it.each(['a', 'b'])('are not seen when page %s shows, hides and unloads them', (path) => {
    fake.open(path);
    fake.place('card');
    fake.hide();
    fake.show();
    fake.redirect('a');
    expect(steps()).toEqual([`show ${path}{}`, `hide ${path}`, `show ${path}{}`, `hide ${path}`, 'show a{}']);
  });

  it.each(['a', 'b'])('are not seen when page %s calls methods with the names of a lifecycle', (path) => {
    fake.open(path, { id: '1' });
    const card = fake.place('card') as unknown as Record<string, (event?: object) => void>;
    for (const name of ['onLoad', 'onShow', 'onHide', 'onUnload', 'onShow']) {
      card[name]?.({ type: 'load', detail: {} });
      vi.advanceTimersByTime(1000);
    }
    expect(steps()).toEqual([`show ${path}{"id":"1"}`]);
    expect(source.page).toMatchObject({ path, query: { id: '1' } });
  });
});

interface Tabbed {
  onTabItemTap(): void;
}

describe('instrument: calls', () => {
  it('are told with name, arguments and the page in sight when an argument is an event', () => {
    const calls: unknown[] = [];
    // Before the page registers: pages of an app without such a listener run unwrapped.
    source.on('call', ({ name, args, page }) => calls.push([name, args.length, page?.path]));
    fake.file('a', () => globals.Page({ onTap() {}, onPick() {}, add() {} }));
    fake.launch();
    const page = fake.open('a') as unknown as Record<string, (...args: unknown[]) => void>;
    page.onTap?.({ type: 'tap' });
    page.onPick?.('first', { type: 'change' });
    page.add?.(1, 2);
    page.add?.();
    expect(calls).toEqual([
      ['onTap', 1, 'a'],
      ['onPick', 2, 'a'],
    ]);
  });

  it('are calls and no cards when a function that shares handles a tap, or when code calls it', () => {
    source.on('return', ({ name }) => log.push(`return ${name}`));
    source.on('call', ({ name }) => log.push(`call ${name}`));
    fake.file('a', () =>
      globals.Page({
        onShareAppMessage() {},
        copy(this: { onShareAppMessage(): void }) {
          this.onShareAppMessage();
        },
      }),
    );
    const page = fake.open('a') as unknown as Record<string, (given: object) => void>;
    steps();
    page.onShareAppMessage?.({ type: 'tap' });
    page.copy?.({});
    expect(steps()).toEqual(['call onShareAppMessage']);
    page.onShareAppMessage?.({ from: 'menu' });
    expect(steps()).toEqual(['return onShareAppMessage']);
  });

  it('are told of the page as a whole to who listens to nothing else', () => {
    source.on('pageCall', ({ name }) => log.push(name));
    fake.file('a', () => globals.Page({ onReachBottom() {} }));
    const page = fake.open('a') as unknown as { onReachBottom(): void };
    steps();
    page.onReachBottom();
    expect(steps()).toEqual(['onReachBottom']);
  });

  // https://opendocs.alipay.com/mini/framework/page-detail
  it('are told once where Alipay calls a function of `events` beside that of the page', () => {
    source.on('pageCall', ({ name }) => log.push(name));
    fake.file('a', () => globals.Page({ onTabItemTap() {}, events: { onTabItemTap() {} } }));
    const page = fake.open('a') as unknown as Tabbed & { events: Tabbed };
    steps();
    page.onTabItemTap();
    page.events.onTabItemTap.call(page);
    expect(steps()).toEqual(['onTabItemTap']);
  });

  it('leave the handlers of a page alone when nobody listens', () => {
    const onTap = (): void => {};
    fake.file('a', () => globals.Page({ onTap }));
    expect(fake.given('a').onTap).toBe(onTap);
  });
});

describe('instrument: hosts that do not let themselves be instrumented', () => {
  const restart = (options: Parameters<typeof createFakeHost>[0]) => {
    vi.unstubAllGlobals();
    fake = createFakeHost(options);
    source = createHost(createFakeAdapter({ host: fake }).adapter, createLog());
    instrument(source);
  };

  // https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/independent.html
  it('goes on without App, as in an independent subpackage', () => {
    const warnings = spyOnWarnings();
    restart({ missing: ['App'] });
    source.on('pageShow', ({ page }) => log.push(`show ${page.path}`));
    fake.file('a', () => globals.Page({}));
    fake.open('a');
    expect(steps()).toEqual(['show a']);
    expect(warnings()).toEqual([]);
  });

  it('goes on without Component and without any constructor', () => {
    const warnings = spyOnWarnings();
    restart({ missing: ['Component'] });
    restart({ missing: ['App', 'Page', 'Component', 'getCurrentPages'] });
    expect(warnings()).toEqual([]);
    expect(source.wraps).toBeDefined();
  });

  it('says so and instruments the rest when one constructor is read-only', () => {
    const warnings = spyOnWarnings();
    restart({ readOnly: ['Page'] });
    source.on('pageShow', ({ page }) => log.push(`show ${page.path}`));
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('E1 replace');
    fake.file('a', () => globals.Page({}));
    fake.file('b', () => globals.Component({}));
    fake.file('c', () => globals.Page(source.wraps?.page({}) as Options));
    fake.open('a');
    fake.open('b');
    fake.open('c');
    expect(steps()).toEqual(['show b', 'show c']);
  });

  it('works by wrapPage and wrapComponent where each module is handed the constructors', () => {
    vi.unstubAllGlobals();
    fake = createFakeHost();
    // The app's own modules got these as parameters, whatever the tracker assigns.
    const { Page, Component } = globals;
    source = createHost(createFakeAdapter({ host: fake }).adapter, createLog());
    instrument(source);
    source.on('pageShow', ({ page }) => log.push(`show ${page.path}`));
    fake.file('a', () => Page({}));
    fake.file('b', () => Page(source.wraps?.page({}) as Options));
    fake.file('c', () => Component(source.wraps?.component({}) as Options));
    fake.launch();
    fake.open('a');
    fake.open('b');
    fake.open('c');
    expect(steps()).toEqual(['show b', 'show c']);
  });
});

describe('instrument: undo', () => {
  const undo = () => {
    for (const each of source.undo) each();
  };

  it('puts the constructors back', () => {
    vi.unstubAllGlobals();
    fake = createFakeHost();
    const names = ['App', 'Page', 'Component'] as const;
    const all = () => names.map((name) => (globalThis as unknown as Record<string, unknown>)[name]);
    const before = all();
    source = createHost(createFakeAdapter({ host: fake }).adapter, createLog());
    instrument(source);
    expect(all()).not.toEqual(before);
    undo();
    expect(all()).toEqual(before);
    all().forEach((each, i) => {
      expect(each).toBe(before[i]);
    });
  });

  it('leaves the wrapper of somebody who came later, and is silent beneath it', () => {
    const ours = globals.Page;
    const theirs = vi.fn((options: Options) => ours(options));
    globals.Page = theirs;
    undo();
    expect(globals.Page).toBe(theirs);
    const options = {};
    fake.file('a', () => globals.Page(options));
    expect(theirs).toHaveBeenCalledTimes(1);
    expect(fake.given('a')).toBe(options);
  });

  it('takes the listeners off the host', () => {
    expect(fake.listeners.show).toBeDefined();
    undo();
    expect(fake.listeners).toEqual({ show: undefined, hide: undefined });
  });

  it('prints no hint afterwards', () => {
    const warnings = spyOnWarnings();
    vi.stubGlobal('getCurrentPages', () => [{ route: 'a' }]);
    source.appShow('listener', {});
    undo();
    vi.advanceTimersByTime(60_000);
    expect(warnings()).toEqual([]);
  });
});
