import type { Edit, EnterOptions, Maker, Options, OwnWraps, Query, WrapKit, Wraps } from '../types/host';
import { replaceConstructor } from './constructors';
import { hidePage, loadPage, type Pages, pageOf, showPage } from './pages';
import { type AnyFunction, patch, put } from './patch';
import { isReplaceable } from './standIn';
import { type Before, hookAlone, wrapLifecycle, wrapMethod, wrapReturning } from './wrapFunctions';

// How the options of `App`, `Page`, `Component` and `Behavior` become ones that tell of pages and taps.

// Never added to a page that lacks them: on all hosts their mere presence changes what the menu offers.
const RETURNING = ['onShareAppMessage', 'onShareTimeline', 'onAddToFavorites'];
// What the host calls on a page without an event of the view; never added either: `onPageScroll` costs frames.
const PAGE_CALLS = ['onPullDownRefresh', 'onReachBottom', 'onTabItemTap', 'onPageScroll'];
/** No methods; Alipay lets the state be a function. */
const APART = ['onLoad', 'onShow', 'onHide', 'onUnload', 'data'];

interface Hooks {
  readonly before: Readonly<Record<string, Before>>;
  /** What stands where the app has no function: the same for all pages. */
  readonly alone: Readonly<Record<string, AnyFunction>>;
}

export interface Wrapping extends Pages {
  /** What options became, and what they became by itself: nothing is wrapped twice. */
  readonly copies: WeakMap<object, object>;
  /** The host's own constructors of what stands in these lists. */
  readonly makers: Record<string, Maker | undefined>;
  /** What the adapter adds. */
  own: OwnWraps;
}

const hooksOf = (pages: Pages, before: Hooks['before']): Hooks => {
  const alone: Record<string, AnyFunction> = {};
  for (const name of Object.keys(before)) alone[name] = hookAlone(pages, before[name] as Before);
  return { before, alone };
};

/** `isPage`: these are the functions of a page. A component may have methods of such names and be none. */
const pageHooks = (pages: Pages, isPage?: boolean): Hooks => {
  const on =
    (run: (pages: Pages, page: HostInstance, query?: Query) => void): Before =>
    (self, args) => {
      const page = pageOf(pages, self) || (isPage && self);
      if (page) run(pages, page, args[0] as Query);
    };
  const hide = on(hidePage);
  return hooksOf(pages, { onLoad: on(loadPage), onShow: on(showPage), onHide: hide, onUnload: hide });
};

/** Told by the host, and not by code of the app within one of its functions. */
const appHooks = (pages: Pages): Hooks => {
  const { host } = pages;
  return hooksOf(pages, {
    onLaunch: (_, args) => host.appLaunch(args[0] as EnterOptions),
    onShow: (_, args) => host.depth || host.appShow('App', args[0] as EnterOptions),
    onHide: (_, args) => host.depth || host.appHide('App', args[0] as object),
  });
};

const functionOf = (options: object, name: string): unknown => (options as Options)[name];

const addMethods = (pages: Pages, copy: PropertyDescriptorMap, options: object, names?: readonly string[]): void => {
  const { host } = pages;
  const isHeard = host.has('call') || host.has('return') || host.has('pageCall');
  // Whether the app's own code calls these is seen only from within its functions.
  if (!isHeard && !functionOf(options, 'onHide') && !functionOf(options, 'onUnload')) return;
  let all: Readonly<Record<string, PropertyDescriptor | undefined>> = copy;
  // Pages of a class have their functions on prototypes, of which the last is that of all objects.
  for (let each = Object.getPrototypeOf(options); each && Object.getPrototypeOf(each); each = Object.getPrototypeOf(each))
    all = Object.assign(Object.getOwnPropertyDescriptors(each), { constructor: undefined }, all);
  // Two options that are one function stay one.
  const made = new Map<AnyFunction, AnyFunction>();
  for (const name of names || Object.keys(all)) {
    const old = all[name];
    const own: unknown = old && old.value;
    if (!isReplaceable(own) || APART.includes(name)) continue;
    const isPageCall = PAGE_CALLS.includes(name);
    let ours = made.get(own);
    if (RETURNING.includes(name)) ours = wrapReturning(pages, name, own);
    else if (isPageCall || !ours) made.set(own, (ours = wrapMethod(pages, name, own, isPageCall)));
    put(copy, name, ours, old);
  }
};

/** Hooks for the functions that are there. */
const addHooks = (pages: Pages, copy: PropertyDescriptorMap, options: object, { before }: Hooks): void => {
  for (const name of Object.keys(before)) {
    const own = functionOf(options, name);
    if (typeof own === 'function') put(copy, name, wrapLifecycle(pages, own as AnyFunction, before[name] as Before));
  }
};

const isObject = (value: unknown): value is Options => typeof value === 'object' && !!value;
const listOf = (options: Options, name: string): readonly unknown[] => {
  const list = options[name];
  return Array.isArray(list) ? list : [];
};

/** Whether the `mixins` of a library or of Alipay have such a function, or cannot be looked into. */
const isMixedIn = (options: Options, name: string): boolean =>
  listOf(options, 'mixins').some(
    (each) => !isObject(each) || name in each || (isObject(each.methods) && name in each.methods) || isMixedIn(each, name),
  );

/**
 * Hooks for what is there and for what is missing, as far as ours hide no function of the app: what `behaviors` or
 * `mixins` bring, a function of the page itself hides. There ours are in the first of the list, which all others hide.
 */
const completeHooks = (
  pages: Wrapping,
  copy: PropertyDescriptorMap,
  functions: object,
  hooks: Hooks,
  top = copy,
  options = functions as Options,
): void => {
  addHooks(pages, copy, functions, hooks);
  const { makers, own } = pages;
  const { alone } = hooks;
  const closed = ['behaviors', 'mixins'].filter((list) =>
    listOf(options, list).some((each) => list === 'behaviors' || !isObject(each)),
  );
  for (const list of closed) {
    const make = makers[list];
    if (make) put(top, list, [make(alone, top === copy)].concat((top[list] as PropertyDescriptor).value));
  }
  if (closed.length) return;
  for (const name of Object.keys(alone))
    if (!functionOf(functions, name) && !isMixedIn(options, name) && !(own.isElsewhere && own.isElsewhere(options, name)))
      put(copy, name, alone[name]);
};

const nest = (copy: PropertyDescriptorMap, options: Options, name: string, edit: Edit): void =>
  put(copy, name, patch((options[name] || {}) as Options, edit));

/** Wraps once, and hands back the options as they were if we fail. */
const once =
  ({ host, copies }: Wrapping, edit: Edit) =>
  <T>(options: T): T => {
    if (!isObject(options)) return options;
    let copy = copies.get(options) as (T & object) | undefined;
    if (copy) return copy;
    copy = host.log.guard('wrapping', () => patch(options, edit)) || options;
    copies.set(copy, copy);
    return copy;
  };

export const createWraps = (pages: Wrapping): Wraps => {
  const { host, copies } = pages;
  const life = pageHooks(pages, true);
  const methods = pageHooks(pages);
  const appLife = appHooks(pages);

  /** Functions that components and pages share. */
  const behavior: Edit = (copy, options) => {
    if (isObject(options.methods))
      nest(copy, options, 'methods', (inner, own) => {
        addMethods(pages, inner, own);
        addHooks(pages, inner, own, methods);
      });
  };
  const mixin = once(pages, (copy, options) => {
    behavior(copy, options);
    mixIn(copy, options);
    addMethods(pages, copy, options);
    addHooks(pages, copy, options, methods);
  });
  /** The same mixin stays one for all who use it. */
  const mixIn = (copy: PropertyDescriptorMap, options: Options): void => {
    if (!listOf(options, 'mixins').length) return;
    put(
      copy,
      'mixins',
      listOf(options, 'mixins').map((each) => {
        const ours = mixin(each);
        if (isObject(each)) copies.set(each, ours as object);
        return ours;
      }),
    );
  };
  const ownBehavior = once(pages, behavior);
  const kit: WrapKit = {
    state: pages,
    life,
    pageCalls: PAGE_CALLS,
    shares: RETURNING,
    behavior: ownBehavior,
    nest,
    addMethods,
    addHooks,
    replaceConstructor,
  };
  const own: OwnWraps = host.ownWraps ? host.ownWraps(host, kit) : {};
  pages.own = own;
  pages.makers.mixins = own.mixin;

  return {
    behavior: ownBehavior,
    app: once(pages, (copy, options) => {
      if (own.app) own.app(copy, options);
      completeHooks(pages, copy, options, appLife);
    }),
    page: once(pages, (copy, options) => {
      mixIn(copy, options);
      addMethods(pages, copy, options);
      if (own.page) own.page(copy, options);
      completeHooks(pages, copy, options, life);
    }),
    component: once(pages, (copy, options) => {
      mixIn(copy, options);
      // A page made by `Component` has its functions here. What only a page is told costs other components nothing.
      nest(copy, options, 'methods', (inner, functions) => {
        addMethods(pages, inner, functions);
        completeHooks(pages, inner, functions, methods, copy, options);
      });
    }),
  };
};
