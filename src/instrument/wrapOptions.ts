import type { Edit, EnterOptions, HostSource, Options, OwnWraps, Query, Wraps } from '../types/host';
import { replaceConstructor } from './constructors';
import type { Pages } from './pages';
import { type AnyFunction, patch, put } from './patch';
import { isReplaceable } from './standIn';
import { CALLED_BY_HOST, wrapFunction, wrapMethod } from './wrapFunctions';

// How the options of `App`, `Page`, `Component` and `Behavior` become ones that tell of pages and taps.

/** What functions come from that are not among the options. */
const LISTS = ['behaviors', 'mixins'] as const;

/** What tells of the app's or a page's life, by the names of its functions; stands by itself where the app has none. */
type Hooks = Readonly<Record<string, AnyFunction>>;

const hookOf = (host: HostSource, run: (self: HostInstance, first: unknown) => void): AnyFunction =>
  function (this: unknown, first): void {
    host.log.guard('hook', () => run(this as HostInstance, first));
  };

/** `isPage`: these are the functions of a page. A component may have methods of such names and be none. */
const pageHooks = (host: HostSource, { pageOf, load, show, hide }: Pages, isPage?: boolean): Hooks => {
  const on = (run: (page: HostInstance, query?: Query) => void): AnyFunction =>
    hookOf(host, (self, query) => {
      const page = pageOf(self) || (isPage && self);
      if (page) run(page, query as Query);
    });
  const onHide = on(hide);
  return { onLoad: on(load), onShow: on(show), onHide, onUnload: onHide };
};

/** Told by the host, and not by code of the app within one of its functions. */
const appHooks = (host: HostSource): Hooks => ({
  onLaunch: hookOf(host, (_, options) => host.appLaunch(options as EnterOptions)),
  onShow: hookOf(host, (_, options) => host.depth || host.appShow('App', options as EnterOptions)),
  onHide: hookOf(host, (_, event) => host.depth || host.appHide('App', event as object)),
});

/** Wraps the functions that are there: of these names, or all. */
const wrapAll = (
  host: HostSource,
  copy: PropertyDescriptorMap,
  options: Options,
  hooks: Hooks,
  names?: readonly string[],
): void => {
  // Who listens to none of these needs no methods; but whether the app's own code calls `onHide` and `onUnload` is seen
  // only from within its functions.
  const isHeard = host.has('call') || host.has('return') || host.has('pageCall') || options.onHide || options.onUnload;
  let all: Readonly<Record<string, PropertyDescriptor | undefined>> = copy;
  // Pages of a class have their functions on prototypes, of which the last is that of all objects.
  for (let each = Object.getPrototypeOf(options); each && Object.getPrototypeOf(each); each = Object.getPrototypeOf(each))
    all = Object.assign(Object.getOwnPropertyDescriptors(each), { constructor: undefined }, all);
  const made = new Map<unknown, AnyFunction>();
  const hooked = Object.keys(hooks);
  for (const name of names || Object.keys(all)) {
    const old = all[name];
    const hook = hooked.includes(name) && hooks[name];
    const own: unknown = hook ? options[name] : old && old.value;
    // Alipay lets the state be a function.
    if (!isReplaceable(own) || !(hook || (isHeard && name !== 'data'))) continue;
    const place = CALLED_BY_HOST.indexOf(name);
    // Two options that are one function stay one.
    const key = hook || place >= 0 ? name : own;
    const ours = made.get(key) || (hook ? wrapFunction(host, own, hook) : wrapMethod(host, name, own, place));
    made.set(key, ours);
    put(copy, name, ours, hook ? copy[name] : old);
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

const nest = (copy: PropertyDescriptorMap, options: Options, name: string, edit: Edit): void =>
  put(copy, name, patch((options[name] || {}) as Options, edit));

/** `own`: what makes entries of lists on this host, as the adapter and `instrument` add it. */
export const createWraps = (host: HostSource, pages: Pages, own: OwnWraps): Wraps => {
  const { copies } = pages;
  const life = pageHooks(host, pages, true);
  const methods = pageHooks(host, pages);
  const appLife = appHooks(host);

  /** Wraps once, and hands back the options as they were if we fail. What is `shared` stays one for all who use it. */
  const once =
    (edit: Edit, shared?: boolean) =>
    <T>(options: T): T => {
      if (!isObject(options)) return options;
      let copy = copies.get(options) as (T & object) | undefined;
      if (copy) return copy;
      const wrap: Edit = (parts, { mixins }) => {
        if (Array.isArray(mixins)) put(parts, 'mixins', mixins.map(mixin));
        edit(parts, options);
      };
      copy = host.log.guard('wrap', () => patch(options, wrap)) || options;
      copies.set(copy, copy);
      if (shared) copies.set(options, copy);
      return copy;
    };

  /**
   * Hooks for what is missing, as far as ours hide no function of the app: what `behaviors` or `mixins` bring, a function of
   * the page itself hides. There ours are in the first of the list, which all others hide.
   */
  const addMissing = (copy: PropertyDescriptorMap, functions: Options, hooks: Hooks, top = copy, options = functions): void => {
    const closed = LISTS.filter((list) => listOf(options, list).some((each) => list === 'behaviors' || !isObject(each)));
    for (const list of closed) {
      const make = own[list];
      if (make) put(top, list, [make(hooks, top === copy)].concat((top[list] as PropertyDescriptor).value));
    }
    // Alipay has a place of its own for them, `events`.
    for (const name of closed.length ? [] : Object.keys(hooks))
      if (!functions[name] && !(options.mixins && isMixedIn(options, name)) && !(name in Object(options.events)))
        put(copy, name, hooks[name]);
  };

  /** What components and pages share. */
  const mixin = once((copy, options) => {
    if (isObject(options.methods))
      nest(copy, options, 'methods', (inner, functions) => wrapAll(host, inner, functions, methods));
    wrapAll(host, copy, options, methods);
  }, true);
  if (host.ownWraps)
    Object.assign(
      own,
      host.ownWraps({
        nest,
        wrapLife: (copy, options, names) => wrapAll(host, copy, options, life, names),
        replace: (identifier) => replaceConstructor(host, mixin, identifier),
      }),
    );
  return {
    behavior: mixin,
    app: once((copy, options) => {
      wrapAll(host, copy, options, appLife, Object.keys(appLife).concat(own.app || []));
      addMissing(copy, options, appLife);
    }),
    page: once((copy, options) => {
      wrapAll(host, copy, options, life);
      if (own.page) own.page(copy, options);
      addMissing(copy, options, life);
    }),
    component: once((copy, options) => {
      // A page made by `Component` has its functions here. What only a page is told costs other components nothing.
      nest(copy, options, 'methods', (inner, functions) => {
        wrapAll(host, inner, functions, methods);
        addMissing(inner, functions, methods, copy, options);
      });
    }),
  };
};
