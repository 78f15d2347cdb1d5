import { NO_PAGE_SEEN } from '../codes';
import type { EnterOptions, HostSource, PageState, ReturnEvent, Wraps } from '../types/host';
import { type AnyFunction, patch, put } from './patch';

// The functions whose return value a plugin may replace. They are never added to a page that lacks them: on all
// hosts their mere presence changes what the menu offers.
const RETURNING = ['onShareAppMessage', 'onShareTimeline', 'onAddToFavorites'];
// What the host calls on a page without an event of the view; never added either: `onPageScroll` costs frames.
const PAGE_CALLS = ['onPullDownRefresh', 'onReachBottom', 'onTabItemTap', 'onPageScroll'];
/** A state that Alipay lets be a function, and the class of a page. */
const UNTOUCHED = ['data', 'constructor'];
const HINT_AFTER_MS = 5000;

type Before = (self: unknown, args: ArrayLike<unknown>) => void;
type Hooks = Readonly<Record<string, Before>>;

/** What the options of a constructor may hold beside functions. */
interface Options {
  readonly events?: object;
  readonly methods?: object;
  readonly mixins?: readonly object[];
  readonly pageLifetimes?: object;
  readonly lifetimes?: object;
}
type Edit = (copy: PropertyDescriptorMap, own: Options) => void;

interface MutablePage extends PageState {
  path: string;
  query: Readonly<Record<string, string>>;
  shown?: boolean;
}

const isEvent = (value: unknown): boolean => {
  try {
    return !!value && !!(value as { type?: unknown }).type;
  } catch {
    // An accessor of the app's own object threw: not an event, and the app meets it when it looks itself.
    return false;
  }
};
const stackNow = (): readonly (HostInstance | null)[] => (typeof getCurrentPages === 'function' ? getCurrentPages() : []);
const routeOf = (page: HostInstance): string => page.route || page.__route__ || '';

/**
 * Makes `App`, `Page` and `Component` tell `host` of pages and taps: by free identifiers, each guarded, once. Wrapped
 * functions keep `this`, arguments, return value and throw; our code runs before the app's own.
 */
export const instrument = (host: HostSource): void => {
  if (host.wraps) return;
  const { log } = host;
  const wrapped = new WeakSet<object>();
  const pages = new WeakMap<object, MutablePage>();
  let hint: number | undefined;
  let sawPage = false;
  let last: MutablePage | undefined;
  let returning = false;
  /** How many functions of the app run within each other: what is called inside of one, the host did not call. */
  let depth = 0;

  // --- pages
  const load = (self: object, query?: Readonly<Record<string, string>>): MutablePage => {
    const page: MutablePage = pages.get(self) || { path: '', query: {} };
    pages.set(self, page);
    page.path = routeOf(self) || page.path;
    // A copy: pages decode what they were given, or put more on it.
    page.query = Object.assign({}, query || (self as HostInstance).options || page.query);
    return page;
  };
  const pageShow = (self: object): void => {
    const known = pages.get(self);
    const page = load(self, known && known.query);
    sawPage = true;
    if (page.shown) return;
    pageHide(last);
    host.appLaunch();
    page.shown = true;
    host.page = last = page;
    host.emit('pageShow', { page, instance: self });
  };
  const pageHide = (page: MutablePage | undefined): void => {
    if (!page || !page.shown) return;
    page.shown = false;
    host.page = undefined;
    host.emit('pageHide', { page });
  };
  /** The page that `self` is, if it is one: a component and a page made by `Component` are told apart by the stack. */
  const pageOf = (self: HostInstance): object | undefined => {
    const stack = stackNow();
    const { is } = self;
    // What is off the stack already was a page if it was known as one.
    if (stack.includes(self) || pages.has(self)) return self;
    return stack
      .slice()
      .reverse()
      .find((page) => page && is && routeOf(page) === is) as HostInstance | undefined;
  };
  const hooksOf = (isPage?: boolean): Hooks => {
    const on =
      (run: (page: object, query?: Readonly<Record<string, string>>) => void): Before =>
      (self, args) => {
        const page = pageOf(self as HostInstance) || (isPage && (self as object));
        if (page) run(page, args[0] as Readonly<Record<string, string>>);
      };
    const hide = on((page) => pageHide(pages.get(page)));
    return { onLoad: on(load), onShow: on(pageShow), onHide: hide, onUnload: hide };
  };
  const lifecycle = hooksOf(true);
  // A component may have methods of these names and be no page.
  const methods = hooksOf();
  // A page made by `Component` hears of its life by `methods`, by these, or by both.
  const pageLifetimes = { show: methods.onShow, hide: methods.onHide } as Hooks;
  const lifetimes = { detached: methods.onHide } as Hooks;

  // --- wrapping
  const wrap = (own: unknown, before: Before): AnyFunction =>
    function (this: unknown) {
      log.guard('a lifecycle hook', () => before(this, arguments));
      depth++;
      try {
        return typeof own === 'function' ? own.apply(this, arguments as never) : undefined;
      } finally {
        depth--;
      }
    };
  const wrapMethod = (name: string, own: AnyFunction): AnyFunction => {
    const returns = RETURNING.includes(name);
    const isPageCall = PAGE_CALLS.includes(name);
    return function (this: unknown) {
      const args = arguments;
      if (isEvent(args[0]) || isEvent(args[args.length - 1])) host.emit('call', { name, args, page: last, nested: !!depth });
      else if (isPageCall && !depth) host.emit('pageCall', { name, args, page: last });
      // A handler that calls another one asks for itself: `onShareTimeline` often takes the title of the card.
      const asks = returns && !returning;
      let result: unknown;
      depth++;
      returning = returning || asks;
      try {
        result = own.apply(this, args as never);
      } finally {
        depth--;
        returning = returning && !asks;
      }
      if (!asks) return result;
      const event: ReturnEvent = { name, args, page: last, nested: !!depth, result };
      host.emit('return', event);
      return event.result;
    };
  };
  /** Hooks go where the app has functions of their names; what it lacks is added too, unless it is `elsewhere`. */
  const addHooks = (copy: PropertyDescriptorMap, options: object, hooks: Hooks, elsewhere?: object): void => {
    for (const name of Object.keys(hooks)) {
      const own = (options as Record<string, unknown>)[name];
      if (typeof own === 'function' || (elsewhere && !own && !(name in elsewhere)))
        put(copy, name, wrap(own, hooks[name] as Before));
    }
  };
  const addMethods = (copy: PropertyDescriptorMap, options: object, names?: readonly string[]): void => {
    if (!host.has('call') && !host.has('return') && !host.has('pageCall')) return;
    let all = copy;
    // Pages of a class have their functions on prototypes, of which the last is that of all objects.
    for (let each = Object.getPrototypeOf(options); each && Object.getPrototypeOf(each); each = Object.getPrototypeOf(each))
      all = Object.assign(Object.getOwnPropertyDescriptors(each), all);
    for (const name of names || Object.keys(all)) {
      const old = all[name] || ({} as PropertyDescriptor);
      const own = old.value;
      if (typeof own === 'function' && !lifecycle[name] && !UNTOUCHED.includes(name))
        put(copy, name, wrapMethod(name, own), old);
    }
  };
  /** Wraps once, and hands back the options as they were if we fail. */
  const once =
    (edit: Edit): Wraps['page'] =>
    (options) => {
      if (typeof options !== 'object' || !options || wrapped.has(options)) return options;
      const copy = log.guard('wrapping', () => patch(options, edit)) || options;
      wrapped.add(copy);
      return copy;
    };
  const nested = (copy: PropertyDescriptorMap, options: Options, name: keyof Options, edit: Edit): void =>
    put(copy, name, patch(options[name] || {}, edit));

  const app = once((copy, options) => {
    // Alipay's app may share for all pages that do not. https://opendocs.alipay.com/mini/framework/app-detail
    addMethods(copy, options, RETURNING);
    addHooks(
      copy,
      options,
      {
        onLaunch: (_, args) => host.appLaunch(args[0] as EnterOptions),
        onShow: (_, args) => host.appShow('App', args[0] as EnterOptions),
        onHide: (_, args) => host.appHide('App', args[0] as object),
      },
      {},
    );
  });
  /** Alipay's pages may hold their functions in `events`. https://opendocs.alipay.com/mini/framework/page-detail */
  const page = once((copy, options) => {
    const { events } = options;
    addMethods(copy, options);
    if (events) {
      nested(copy, options, 'events', (inner, own) => {
        // Alipay calls a function of both places twice for one tap on a tab.
        addMethods(
          inner,
          own,
          PAGE_CALLS.filter((name) => !(name in options)),
        );
        addHooks(inner, own, lifecycle);
      });
    }
    addHooks(copy, options, lifecycle, events || {});
  });
  /** Functions that components and pages share: `Behavior`, Alipay's `Mixin`, its plain objects in `mixins`. */
  const mixin = once((copy, options) => {
    if ('methods' in options) nested(copy, options, 'methods', addMethods);
  });
  const component = once((copy, options) => {
    const { mixins } = options;
    if (mixins) put(copy, 'mixins', mixins.map(mixin));
    if ('methods' in options) {
      nested(copy, options, 'methods', (inner, own) => {
        addMethods(inner, own);
        addHooks(inner, own, methods);
      });
    }
    nested(copy, options, 'pageLifetimes', (inner, own) => addHooks(inner, own, pageLifetimes, {}));
    // `lifetimes.detached` hides a `detached` beside it, so ours goes where the component has its own.
    // https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/lifetimes.html
    if ('detached' in options && !('detached' in (options.lifetimes || {}))) addHooks(copy, options, lifetimes);
    else nested(copy, options, 'lifetimes', (inner, own) => addHooks(inner, own, lifetimes, {}));
  });
  host.wraps = { app, page, component };

  // Free identifiers, each on its own: a host may lack one (no `App` in an independent subpackage) or forbid the write.
  const replace = (wrapOptions: (options: object) => object, identifier: (value?: HostConstructor) => unknown): void => {
    const own = identifier() as HostConstructor;
    if (typeof own !== 'function') return;
    const ours = Object.assign(function (this: unknown, ...args: unknown[]): unknown {
      if (host.wraps && args[0]) args[0] = wrapOptions(args[0]);
      return own.apply(this, args as never);
    }, own);
    log.guard('replacing a constructor', () => identifier(ours));
    host.undo.push(() => {
      if (identifier() === ours) log.guard('restoring a constructor', () => identifier(own));
    });
  };
  replace(app, (value) => (value ? (App = value) : typeof App !== 'undefined' && App));
  replace(page, (value) => (value ? (Page = value) : typeof Page !== 'undefined' && Page));
  replace(component, (value) => (value ? (Component = value) : typeof Component !== 'undefined' && Component));
  replace(mixin, (value) => (value ? (Behavior = value) : typeof Behavior !== 'undefined' && Behavior));
  replace(mixin, (value) => (value ? (Mixin = value) : typeof Mixin !== 'undefined' && Mixin));
  host.undo.push(
    () => {
      host.wraps = undefined;
    },
    host.on('appShow', () => {
      hint =
        hint ||
        setTimeout(() => {
          if (!sawPage && host.wraps && stackNow().length) log.warn(NO_PAGE_SEEN);
        }, HINT_AFTER_MS);
    }),
  );
};
