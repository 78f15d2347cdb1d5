import type { EnterOptions, HostSource, PageState, ReturnEvent } from '../types/host';
import { type AnyFunction, patch, put } from './patch';

// The functions whose return value a plugin may replace. They are never added to a page that lacks them: on all
// hosts their mere presence changes what the menu offers.
const RETURNING = ['onShareAppMessage', 'onShareTimeline', 'onAddToFavorites'];
const HINT_AFTER_MS = 5000;

type Before = (self: unknown, args: ArrayLike<unknown>) => void;
type Hooks = Readonly<Record<string, Before>>;

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

  // --- pages
  const load = (self: object, query?: Readonly<Record<string, string>>): MutablePage => {
    let page = pages.get(self);
    if (!page) {
      page = { path: '', query: {} };
      pages.set(self, page);
    }
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
    host.emit('pageShow', { page });
  };
  const pageHide = (page: MutablePage | undefined): void => {
    if (!page || !page.shown) return;
    page.shown = false;
    host.page = undefined;
    host.emit('pageHide', { page });
  };
  /** The page that `self` is, if it is one: a component and a page made by `Component` are told apart by the stack. */
  const pageOf = (self: object): object | undefined => {
    const stack = typeof getCurrentPages === 'function' ? getCurrentPages().slice().reverse() : [];
    const { is } = self as HostInstance;
    return (
      stack.find((page) => page === self) ||
      // Off the stack already.
      (pages.has(self) ? self : stack.find((page) => page && is && routeOf(page) === is) || undefined)
    );
  };
  const hooksOf = (isPage?: boolean): Hooks => {
    const on =
      (run: (page: object, query?: Readonly<Record<string, string>>) => void): Before =>
      (self, args) => {
        const page = pageOf(self as object) || (isPage && (self as object));
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
      return typeof own === 'function' ? own.apply(this, arguments as never) : undefined;
    };
  const wrapMethod = (name: string, own: AnyFunction): AnyFunction => {
    const returns = RETURNING.includes(name);
    return function (this: unknown) {
      const args = arguments;
      if (isEvent(args[0]) || isEvent(args[args.length - 1])) host.emit('call', { name, args, page: last });
      // A handler that calls another one asks for itself: `onShareTimeline` often takes the title of the card.
      if (!returns || returning) return own.apply(this, args as never);
      let result: unknown;
      returning = true;
      try {
        result = own.apply(this, args as never);
      } finally {
        returning = false;
      }
      const event: ReturnEvent = { name, args, page: last, result };
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
  const addMethods = (copy: PropertyDescriptorMap, names = Object.keys(copy)): void => {
    if (!host.has('call') && !host.has('return')) return;
    for (const name of names) {
      const own = (copy[name] || ({} as PropertyDescriptor)).value;
      if (typeof own === 'function' && !lifecycle[name] && name !== 'data') put(copy, name, wrapMethod(name, own));
    }
  };
  /** Wraps once, and hands back the options as they were if we fail. */
  const once = <T extends object>(options: T, edit: (copy: PropertyDescriptorMap) => void): T => {
    if (typeof options !== 'object' || !options || wrapped.has(options)) return options;
    const copy = log.guard('wrapping', () => patch(options, edit)) || options;
    wrapped.add(copy);
    return copy;
  };
  const nested = (
    copy: PropertyDescriptorMap,
    options: object,
    name: string,
    edit: (copy: PropertyDescriptorMap, own: object) => void,
  ): void => {
    const own = ((options as Record<string, unknown>)[name] || {}) as object;
    put(
      copy,
      name,
      patch(own, (inner) => edit(inner, own)),
    );
  };

  const app = <T extends object>(options: T): T =>
    once(options, (copy) => {
      // Alipay's app may share for all pages that do not. https://opendocs.alipay.com/mini/framework/app-detail
      addMethods(copy, RETURNING);
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
  const page = <T extends object>(options: T): T =>
    once(options, (copy) => {
      const { events } = options as { events?: object };
      addMethods(copy);
      if (events) nested(copy, options, 'events', (inner, own) => addHooks(inner, own, lifecycle));
      addHooks(copy, options, lifecycle, events || {});
    });
  /** Functions that components and pages share: `Behavior`, Alipay's `Mixin`, its plain objects in `mixins`. */
  const mixin = <T extends object>(options: T): T =>
    once(options, (copy) => {
      if ('methods' in options) nested(copy, options, 'methods', (inner) => addMethods(inner));
    });
  const component = <T extends object>(options: T): T =>
    once(options, (copy) => {
      const { mixins } = options as { mixins?: readonly object[] };
      if (mixins) put(copy, 'mixins', mixins.map(mixin));
      if ('methods' in options) {
        nested(copy, options, 'methods', (inner, own) => {
          addMethods(inner);
          addHooks(inner, own, methods);
        });
      }
      nested(copy, options, 'pageLifetimes', (inner, own) => addHooks(inner, own, pageLifetimes, {}));
      // `lifetimes.detached` hides a `detached` beside it, so ours goes where the component has its own.
      // https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/lifetimes.html
      if ('detached' in options && !('detached' in ((options as { lifetimes?: object }).lifetimes || {}))) {
        addHooks(copy, options, lifetimes);
      } else nested(copy, options, 'lifetimes', (inner, own) => addHooks(inner, own, lifetimes, {}));
    });
  host.wraps = { app, page, component };

  // Free identifiers, each on its own: a host may lack one (no `App` in an independent subpackage) or forbid the write.
  const replace = (
    own: HostConstructor | undefined,
    wrapOptions: (options: object) => object,
    assign: (value: HostConstructor) => void,
    current: () => unknown,
  ): void => {
    if (typeof own !== 'function') return;
    const ours = Object.assign(function (this: unknown, ...args: unknown[]): unknown {
      if (host.wraps && args[0]) args[0] = wrapOptions(args[0]);
      return own.apply(this, args as never);
    }, own);
    log.guard('replacing a constructor', () => assign(ours));
    host.undo.push(() => {
      if (current() === ours) log.guard('restoring a constructor', () => assign(own));
    });
  };
  replace(
    typeof App === 'function' ? App : undefined,
    app,
    (value) => (App = value),
    () => App,
  );
  replace(
    typeof Page === 'function' ? Page : undefined,
    page,
    (value) => (Page = value),
    () => Page,
  );
  replace(
    typeof Component === 'function' ? Component : undefined,
    component,
    (value) => (Component = value),
    () => Component,
  );
  replace(
    typeof Behavior === 'function' ? Behavior : undefined,
    mixin,
    (value) => (Behavior = value),
    () => Behavior,
  );
  replace(
    typeof Mixin === 'function' ? Mixin : undefined,
    mixin,
    (value) => (Mixin = value),
    () => Mixin,
  );
  host.undo.push(
    () => {
      host.wraps = undefined;
    },
    host.on('appShow', () => {
      hint =
        hint ||
        setTimeout(() => {
          if (!sawPage && host.wraps && typeof getCurrentPages === 'function' && getCurrentPages().length) {
            log.warn('no page is seen. Import the tracker first in app, or use Page(tracker.wrapPage({ … })).');
          }
        }, HINT_AFTER_MS);
    }),
  );
};
