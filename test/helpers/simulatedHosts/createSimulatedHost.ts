import { createContext, runInContext } from 'node:vm';
import { bundle } from './bundle';
import type { Device } from './device';

export type Options = Record<string, unknown>;
export type Query = Record<string, string>;
type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

export interface Element {
  readonly id?: string;
  readonly dataset?: Readonly<Record<string, unknown>>;
}

/** How modules see `App`, `Page` and `Component`. */
export type Binding = 'writable' | 'read-only' | 'parameter';

/** What the app's files contain, by their paths: `app`, `pages/home`, `components/card`. */
export type AppFiles = Readonly<Record<string, string>>;

export interface Instance {
  [member: string]: unknown;
}

interface Registered {
  readonly options: Options;
  readonly kind: 'Page' | 'Component';
}

export interface LivePage extends Registered {
  readonly instance: Instance;
  readonly path: string;
  readonly openedAt: number;
  shown: boolean;
}

export type Listeners = Record<'show' | 'hide' | 'network', ((event?: object) => void)[]>;

/** In what one host differs from the others. */
export interface HostSpec {
  readonly name: 'wechat' | 'alipay' | 'douyin';
  readonly apiName: 'wx' | 'my' | 'tt';
  /** Names that modules of this host do not see. */
  readonly hidden: readonly string[];
  readonly constructors: readonly string[];
  createApi(device: Device, listeners: Listeners, launch: () => object): Options;
  /** What the host puts on a page: its route and its query, where it does. */
  dress(instance: Instance, path: string, query: Query): void;
  /** What is in the stack for a page. */
  readonly stackEntry?: (page: LivePage) => unknown;
  /** The functions that run for a page's `name`, in the host's order. */
  functions(page: Registered, name: string): unknown[];
  /** The members of a page or a component. */
  members(page: Registered): Options;
  event(type: string, element: Element, target: Element, page: LivePage | undefined): object;
  readonly shareArgument: (from: string) => object;
  /** Whether the app's own sharing function serves pages that have none. */
  readonly appShares?: boolean;
}

export interface SimulatedHost {
  readonly device: Device;
  readonly api: Options;
  /** What `require('minitrail')` gives. */
  readonly sdk: Record<string, (...args: unknown[]) => never>;
  /** What the module `path` exports. */
  exports(path: string): Record<string, never>;
  /** Everything that the app logged by `log(…)`. */
  readonly logged: unknown[][];
  readonly warnings: string[];
  readonly stack: readonly LivePage[];
  /** Evaluates code as a module of the app would be. */
  run(code: string): unknown;
  launch(files: AppFiles, options?: object, path?: string, query?: Query): LivePage;
  open(path: string, query?: Query): LivePage;
  redirect(path: string, query?: Query): LivePage;
  back(): void;
  hide(event?: object): void;
  show(options?: object): void;
  /** The app without its page, as on runtimes that tell only components. */
  hideAppAlone(): void;
  showAppAlone(): void;
  /** The app takes the functions of its life off its own object. */
  forgetApp(): void;
  /** The listeners of `show` are told this, and App nothing. */
  tellListeners(argument: object | null | undefined): void;
  /** A page is on top of the stack and was told of its loading only. */
  openSilently(path: string, query: Query): LivePage;
  place(path: string): Instance;
  /** A finger on `target`; the handlers run from the inside out, each with its element. */
  tap(handlers: readonly (readonly [object, string, Element])[], type?: string, extra?: readonly unknown[]): void;
  /** The card that the host shares for the page in sight; undefined where its menu offers nothing. */
  share(from?: string): unknown;
  callApp(name: string, ...args: unknown[]): void;
  setNetwork(event: object): void;
  /** The process is gone: no callback and no timer of it fires any more. */
  kill(): void;
}

/**
 * A mini-program host that runs modules in a context of its own, where only that exists which the real one has. Nothing
 * here proves a device; it holds the library against what typings and documents say.
 */
export const createSimulatedHost = (spec: HostSpec, device: Device, binding: Binding = 'writable'): SimulatedHost => {
  const files = new Map<string, Registered>();
  const modules = new Map<string, { exports: Record<string, never> }>();
  const listeners: Listeners = { show: [], hide: [], network: [] };
  const logged: unknown[][] = [];
  const warnings: string[] = [];
  let sources: AppFiles = {};
  let current = '';
  let app: Options | undefined;
  let launchOptions: object = {};
  let stack: LivePage[] = [];
  let alive = true;

  const guarded =
    <T extends unknown[]>(run: (...args: T) => void) =>
    (...args: T): void => {
      if (alive) run(...args);
    };
  // Functions given to the host are called back only while the process lives.
  const survive = (value: unknown): unknown =>
    typeof value === 'function'
      ? guarded((...args: unknown[]) => value(...args))
      : value && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value).map(([name, each]) => [name, typeof each === 'function' ? survive(each) : each]),
          )
        : value;
  const bare = spec.createApi(device, listeners, () => launchOptions);
  for (const name of device.missing) delete bare[name];
  const api: Options = {};
  for (const [name, value] of Object.entries(bare)) {
    const listens = /^(on|off)[A-Z]/.test(name);
    api[name] = typeof value === 'function' && !listens ? (...args: unknown[]) => value.apply(bare, args.map(survive)) : value;
  }

  const register =
    (kind: Registered['kind']) =>
    (options: Options): void => {
      files.set(current, { options, kind });
    };
  const all: Record<string, unknown> = {
    App: (options: Options) => {
      app = options;
    },
    Page: register('Page'),
    Component: register('Component'),
    // Alipay says that the result is a string; WeChat's is of no documented type.
    Behavior: (options: Options) => {
      behaviors.push(options);
      return `behavior ${behaviors.length - 1}`;
    },
    Mixin: (options: Options) => {
      behaviors.push(options);
      return `behavior ${behaviors.length - 1}`;
    },
  };
  const behaviors: Options[] = [];
  const given = Object.fromEntries(spec.constructors.map((name) => [name, all[name]]));
  const sandbox: Options = {
    setTimeout: (run: () => void, ms: number) => setTimeout(guarded(run), ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
    Date,
    console: {
      log() {},
      warn: (...values: unknown[]) => void warnings.push(values.map(String).join(' ').trim()),
    },
    getCurrentPages: () => stack.map((page) => (spec.stackEntry ? spec.stackEntry(page) : page.instance)),
    log: (...values: unknown[]) => void logged.push(values),
    [spec.apiName]: api,
  };
  if (binding !== 'parameter') Object.assign(sandbox, given);
  if (binding === 'read-only') {
    for (const name of Object.keys(given)) Object.defineProperty(sandbox, name, { writable: false });
  }
  const context = createContext(sandbox, { codeGeneration: { strings: false, wasm: false } });
  for (const name of spec.hidden) runInContext(`delete this.${name}`, context);

  const parameters = binding === 'parameter' ? Object.keys(given) : [];
  const evaluate = (path: string, code: string): { exports: Record<string, never> } => {
    const module = { exports: {} };
    modules.set(path, module);
    const wrapped = runInContext(`(function (require, module, exports, ${parameters}) {${code}\n})`, context, {
      filename: `${path}.js`,
    }) as AnyFunction;
    const before = current;
    current = path;
    wrapped.call(undefined, requireModule, module, module.exports, ...parameters.map((name) => given[name]));
    current = before;
    return module;
  };
  const requireModule = (path: string): unknown => {
    const name = path.replace(/^\//, '');
    const found = modules.get(name) || evaluate(name, name === 'minitrail' ? bundle() : (sources[name] as string));
    return found.exports;
  };

  /** All that a list of mixins or behaviors brings, what each of them uses before it. */
  const shared = (list: unknown): Options[] =>
    [list]
      .flat()
      .filter(Boolean)
      .map((each) => (typeof each === 'string' ? behaviors[Number(each.split(' ')[1])] : each) as Options)
      .flatMap((each) => [...shared(each.mixins), ...shared(each.behaviors), each]);
  const mixed = ({ options, kind }: Registered): Registered => ({
    kind,
    options: Object.assign({}, options, { mixins: [...shared(options.mixins), ...shared(options.behaviors)] }),
  });
  const create = (path: string, query: Query): LivePage => {
    const file = files.get(path);
    if (!file) throw new Error(`no page ${path}`);
    const page = Object.assign(mixed(file), {
      instance: spec.members(mixed(file)),
      path,
      openedAt: Date.now(),
      shown: false,
    });
    spec.dress(page.instance, path, query);
    return page;
  };
  const fire = (page: LivePage, name: string, ...args: unknown[]): void => {
    for (const each of spec.functions(page, name)) if (typeof each === 'function') each.apply(page.instance, args);
  };
  const top = (): LivePage | undefined => stack[stack.length - 1];
  const appear = (page: LivePage | undefined): void => {
    if (!page || page.shown) return;
    page.shown = true;
    fire(page, 'onShow');
  };
  const vanish = (page: LivePage | undefined): void => {
    if (!page || !page.shown) return;
    page.shown = false;
    fire(page, 'onHide');
  };
  const enter = (path: string, query: Query): LivePage => {
    const page = create(path, query);
    stack.push(page);
    fire(page, 'onLoad', query);
    appear(page);
    fire(page, 'onReady');
    return page;
  };
  const unload = (page: LivePage | undefined): void => {
    if (!page) return;
    page.shown = false;
    fire(page, 'onUnload');
    stack = stack.filter((each) => each !== page);
  };
  const callApp = (name: string, ...args: unknown[]): void => {
    const own = app && app[name];
    if (typeof own === 'function') own.apply(app, args);
  };
  const tell = (to: (event?: object) => void, event: object | undefined): void => (event ? to(event) : to());

  return {
    device,
    api,
    get sdk() {
      return requireModule('minitrail') as never;
    },
    exports: (path) => (modules.get(path) as { exports: Record<string, never> }).exports,
    logged,
    warnings,
    get stack() {
      return stack;
    },
    run: (code) => evaluate('eval', `exports.result = (${code})`).exports.result,
    launch(given, options = {}, path = 'pages/home', query = {}) {
      sources = given;
      launchOptions = options;
      requireModule('app');
      for (const name of Object.keys(given)) if (name !== 'app') requireModule(name);
      callApp('onLaunch', options);
      callApp('onShow', options);
      for (const each of listeners.show.slice()) each(options);
      return enter(path, query);
    },
    open(path, query = {}) {
      vanish(top());
      return enter(path, query);
    },
    redirect(path, query = {}) {
      unload(top());
      return enter(path, query);
    },
    back() {
      unload(top());
      appear(top());
    },
    hide(event) {
      vanish(top());
      tell((...args) => callApp('onHide', ...args), event);
      for (const each of listeners.hide.slice()) tell(each, event);
    },
    show(options) {
      tell((...args) => callApp('onShow', ...args), options);
      for (const each of listeners.show.slice()) tell(each, options);
      appear(top());
    },
    hideAppAlone() {
      callApp('onHide');
      for (const each of listeners.hide.slice()) each();
    },
    showAppAlone() {
      callApp('onShow', {});
      for (const each of listeners.show.slice()) each({});
    },
    forgetApp() {
      app = {};
    },
    tellListeners(argument) {
      for (const each of listeners.show.slice()) each(argument as object);
    },
    openSilently(path, query) {
      const page = create(path, query);
      stack.push(page);
      fire(page, 'onLoad', query);
      return page;
    },
    place(path) {
      const component = mixed(files.get(path) as Registered);
      const instance = spec.members(component);
      Object.assign(instance, { is: path });
      for (const name of ['attached', 'didMount', 'onInit']) {
        const own = component.options[name];
        if (typeof own === 'function') own.call(instance);
      }
      return instance;
    },
    tap(handlers, type = 'tap', extra = []) {
      const target = (handlers[0] as (typeof handlers)[number])[2];
      for (const [instance, name, element] of handlers) {
        const handler = (instance as Instance)[name] as AnyFunction;
        handler.call(instance, spec.event(type, element, target, top()), ...extra);
      }
    },
    share(from = 'menu') {
      const page = top() as LivePage;
      const [own] = spec.functions(page, 'onShareAppMessage').filter((each) => typeof each === 'function');
      const handler = own || (spec.appShares && app && app.onShareAppMessage);
      if (typeof handler !== 'function') return undefined;
      return handler.call(own ? page.instance : app, spec.shareArgument(from));
    },
    callApp,
    setNetwork(event) {
      for (const each of listeners.network.slice()) each(event);
    },
    kill() {
      alive = false;
    },
  };
};

/** Runs `done` later, as the asynchronous half of an API does. */
export const later = (done: unknown, result?: object): void => {
  setTimeout(() => typeof done === 'function' && done(result), 1);
};

export const listen = (listeners: Listeners, name: keyof Listeners) => ({
  on: (listener: () => void) => void listeners[name].push(listener),
  // Without a listener, all of them.
  off: (listener?: () => void) => {
    listeners[name] = listener ? listeners[name].filter((each) => each !== listener) : [];
  },
});
