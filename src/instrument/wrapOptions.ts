import type { Edit, EnterOptions, Options, OwnWraps, Query, Wraps } from '../types/host';
import { replaceConstructor } from './constructors';
import { hidePage, loadPage, type Pages, pageOf, showPage } from './pages';
import { type AnyFunction, patch, put } from './patch';
import { isReplaceable } from './standIn';
import { wrapFunction, wrapMethod, wrapReturning } from './wrapFunctions';

// How the options of `App`, `Page`, `Component` and `Behavior` become ones that tell of pages and taps.

// Never added to a page that lacks them: on all hosts their mere presence changes what the menu offers.
const RETURNING = /^on(ShareAppMessage|ShareTimeline|AddToFavorites)$/;
// What the host calls on a page without an event of the view; never added either: `onPageScroll` costs frames.
const PAGE_CALLS = /^on(PullDownRefresh|ReachBottom|TabItemTap|PageScroll)$/;
/** What functions come from that are not among the options. */
const LISTS = ['behaviors', 'mixins'] as const;
/** Who listens to none of these needs no methods. */
const HEARD = ['call', 'return', 'pageCall'] as const;
/** No methods; Alipay lets the state be a function. */
const APART = /^(on(Load|Show|Hide|Unload)|data)$/;

/** What tells of the app's or a page's life, by the names of its functions; stands by itself where the app has none. */
type Hooks = Readonly<Record<string, AnyFunction>>;

export interface Wrapping extends Pages {
  /** What options became, and what they became by itself: nothing is wrapped twice. */
  readonly copies: WeakMap<object, object>;
  /** What the adapter adds, and the host's own constructors of what stands in lists of options. */
  own: OwnWraps;
}

const hookOf = ({ host }: Pages, run: (self: HostInstance, first: unknown) => void): AnyFunction =>
  function (this: unknown, first): void {
    host.log.guard('a lifecycle hook', () => run(this as HostInstance, first));
  };

/** `isPage`: these are the functions of a page. A component may have methods of such names and be none. */
const pageHooks = (pages: Pages, isPage?: boolean): Hooks => {
  const on = (run: (pages: Pages, page: HostInstance, query?: Query) => void): AnyFunction =>
    hookOf(pages, (self, query) => {
      const page = pageOf(pages, self) || (isPage && self);
      if (page) run(pages, page, query as Query);
    });
  const hide = on(hidePage);
  return { onLoad: on(loadPage), onShow: on(showPage), onHide: hide, onUnload: hide };
};

/** Told by the host, and not by code of the app within one of its functions. */
const appHooks = (pages: Pages): Hooks => {
  const { host } = pages;
  return {
    onLaunch: hookOf(pages, (_, options) => host.appLaunch(options as EnterOptions)),
    onShow: hookOf(pages, (_, options) => host.depth || host.appShow('App', options as EnterOptions)),
    onHide: hookOf(pages, (_, event) => host.depth || host.appHide('App', event as object)),
  };
};

const addMethods = (pages: Pages, copy: PropertyDescriptorMap, options: Options, names?: readonly string[]): void => {
  // Whether the app's own code calls `onHide` and `onUnload` is seen only from within its functions.
  if (!HEARD.some(pages.host.has) && !options.onHide && !options.onUnload) return;
  let all: Readonly<Record<string, PropertyDescriptor | undefined>> = copy;
  // Pages of a class have their functions on prototypes, of which the last is that of all objects.
  for (let each = Object.getPrototypeOf(options); each && Object.getPrototypeOf(each); each = Object.getPrototypeOf(each))
    all = Object.assign(Object.getOwnPropertyDescriptors(each), { constructor: undefined }, all);
  // Two options that are one function stay one.
  const made = new Map<AnyFunction, AnyFunction>();
  for (const name of names || Object.keys(all)) {
    const old = all[name];
    const own: unknown = old && old.value;
    if (!isReplaceable(own) || APART.test(name)) continue;
    const isPageCall = PAGE_CALLS.test(name);
    let ours = made.get(own);
    if (RETURNING.test(name)) ours = wrapReturning(pages, name, own);
    else if (isPageCall || !ours) made.set(own, (ours = wrapMethod(pages, name, own, isPageCall)));
    put(copy, name, ours, old);
  }
};

/** Hooks for the functions that are there. */
const addHooks = (pages: Pages, copy: PropertyDescriptorMap, options: Options, hooks: Hooks): void => {
  for (const name of Object.keys(hooks)) {
    const own = options[name];
    if (typeof own === 'function') put(copy, name, wrapFunction(pages, own as AnyFunction, hooks[name] as AnyFunction));
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
    (each) => !isObject(each) || name in each || name in Object(each.methods) || isMixedIn(each, name),
  );

/**
 * Hooks for what is there and for what is missing, as far as ours hide no function of the app: what `behaviors` or
 * `mixins` bring, a function of the page itself hides. There ours are in the first of the list, which all others hide.
 */
const completeHooks = (
  pages: Wrapping,
  copy: PropertyDescriptorMap,
  functions: Options,
  hooks: Hooks,
  top = copy,
  options = functions,
): void => {
  addHooks(pages, copy, functions, hooks);
  const { own } = pages;
  const closed = LISTS.filter((list) => listOf(options, list).some((each) => list === 'behaviors' || !isObject(each)));
  for (const list of closed) {
    const make = own[list];
    if (make) put(top, list, [make(hooks, top === copy)].concat((top[list] as PropertyDescriptor).value));
  }
  if (closed.length) return;
  for (const name of Object.keys(hooks))
    if (!functions[name] && !isMixedIn(options, name) && !(own.isElsewhere && own.isElsewhere(options, name)))
      put(copy, name, hooks[name]);
};

const nest = (copy: PropertyDescriptorMap, options: Options, name: string, edit: Edit): void =>
  put(copy, name, patch((options[name] || {}) as Options, edit));

/** Wraps once, and hands back the options as they were if we fail. What is `shared` stays one for all who use it. */
const once =
  ({ host, copies }: Wrapping, edit: Edit, shared?: boolean) =>
  <T>(options: T): T => {
    if (!isObject(options)) return options;
    let copy = copies.get(options) as (T & object) | undefined;
    if (copy) return copy;
    copy = host.log.guard('wrapping', () => patch(options, edit)) || options;
    copies.set(copy, copy);
    if (shared) copies.set(options, copy);
    return copy;
  };

export const createWraps = (pages: Wrapping): Wraps => {
  const { host } = pages;
  const life = pageHooks(pages, true);
  const methods = pageHooks(pages);
  const appLife = appHooks(pages);

  const add: Edit = (copy, own) => {
    addMethods(pages, copy, own);
    addHooks(pages, copy, own, methods);
  };
  /** Functions that components and pages share. */
  const behavior: Edit = (copy, options) => {
    if (isObject(options.methods)) nest(copy, options, 'methods', add);
  };
  const mixIn: Edit = (copy, { mixins }) => {
    if (Array.isArray(mixins)) put(copy, 'mixins', mixins.map(mixin));
  };
  const mixin = once(
    pages,
    (copy, options) => {
      behavior(copy, options);
      mixIn(copy, options);
      add(copy, options);
    },
    true,
  );
  const wrapBehavior = once(pages, behavior);
  const own: OwnWraps = host.ownWraps
    ? host.ownWraps({
        nest,
        addMethods: (copy, options, names) => addMethods(pages, copy, options, names),
        addLife: (copy, options) => addHooks(pages, copy, options, life),
        replace: (identifier) => replaceConstructor(host, wrapBehavior, identifier),
      })
    : {};
  pages.own = own;

  return {
    behavior: wrapBehavior,
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
