import { vi } from 'vitest';

export type Options = Record<string, unknown>;
export type Fn = (this: unknown, ...args: unknown[]) => unknown;

/** What the app sees as a page or component: `this` in its functions, an entry of `getCurrentPages()`. */
export interface Instance {
  [member: string]: unknown;
  route?: string;
  is?: string;
  options?: Record<string, string>;
}

export interface FakeHost {
  /** What `App` was called with. */
  readonly app: Options | undefined;
  /** What `Page` or `Component` was called with in `pages/x/x.js`. */
  given(path: string): Options;
  /** Runs a file of the app: the constructor called within registers under `path`. */
  file(path: string, run: () => unknown): unknown;
  launch(options?: object): void;
  open(path: string, query?: Record<string, string>): Instance;
  redirect(path: string, query?: Record<string, string>): Instance;
  back(delta?: number): void;
  relaunch(path: string, query?: Record<string, string>): Instance;
  tab(path: string): Instance;
  hide(event?: object): void;
  show(options?: object): void;
  /** Places a component on the page on top. */
  place(path: string): Instance;
  readonly stack: Instance[];
  readonly listeners: { show?: ((options: object) => void) | undefined; hide?: ((event: object) => void) | undefined };
  restore(): void;
}

interface Shown {
  readonly instance: Instance;
  readonly options: Options;
  readonly isComponent: boolean;
  readonly children: { readonly instance: Instance; readonly options: Options }[];
  visible: boolean;
}

export interface FakeHostOptions {
  /** Constructors that the host does not have, or that each module gets as a parameter: assigning has no effect. */
  readonly missing?: readonly string[];
  readonly readOnly?: readonly string[];
  /** Which come first on `show` and `hide`: the functions of `App`, or the listeners. */
  readonly first?: 'App' | 'listener';
}

const methodsOf = (options: Options, isComponent: boolean): Options =>
  ((isComponent ? options.methods : options) || {}) as Options;

const run = (instance: unknown, options: unknown, name: string, ...args: unknown[]): void => {
  const own = ((options || {}) as Options)[name];
  if (typeof own === 'function') own.apply(instance, args);
};

/** `for…in`, as class instances bring their functions on the prototype. */
const membersOf = (options: Options): Options => {
  const members: Options = {};
  for (const name in options) members[name] = options[name];
  for (let proto = Object.getPrototypeOf(options); proto && proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const name of Object.getOwnPropertyNames(proto))
      if (name !== 'constructor') members[name] = (options as Options)[name];
  }
  return members;
};

/**
 * A mini-program host without a view: constructors as globals, a page stack, and the lifecycle on each navigation.
 * The order is the table of https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/route.html
 */
export const createFakeHost = ({ missing = [], readOnly = [], first = 'App' }: FakeHostOptions = {}): FakeHost => {
  const files = new Map<string, { readonly options: Options; readonly isComponent: boolean }>();
  let current = '';
  let app: Options | undefined;
  let stack: Shown[] = [];
  const tabs = new Map<string, Shown>();

  const constructors: Record<string, unknown> = {
    App: Object.assign(
      (options: Options) => {
        app = options;
        return 'returned by App';
      },
      { staticOfApp: 1 },
    ),
    Page: Object.assign(
      (options: Options) => {
        files.set(current, { options, isComponent: false });
        return 'returned by Page';
      },
      { staticOfPage: 1 },
    ),
    Component: Object.assign(
      (options: Options) => {
        files.set(current, { options, isComponent: true });
        return 'returned by Component';
      },
      { staticOfComponent: 1 },
    ),
    getCurrentPages: () => stack.map(({ instance }) => instance),
  };
  for (const [name, value] of Object.entries(constructors)) {
    if (missing.includes(name)) continue;
    vi.stubGlobal(name, value);
    if (readOnly.includes(name)) Object.defineProperty(globalThis, name, { writable: false });
  }

  const fileOf = (path: string) => {
    const file = files.get(path);
    if (!file) throw new Error(`${path} calls neither Page nor Component`);
    return file;
  };
  const create = (path: string, query: Record<string, string>): Shown => {
    const { options, isComponent } = fileOf(path);
    const instance: Instance = Object.assign(membersOf(methodsOf(options, isComponent)), {
      route: path,
      is: path,
      options: query,
    });
    return { instance, options, isComponent, children: [], visible: false };
  };
  const pageLifetime = ({ children, instance, options, isComponent }: Shown, name: string): void => {
    for (const child of children) run(child.instance, child.options.pageLifetimes, name);
    if (isComponent) run(instance, options.pageLifetimes, name);
  };
  const call = ({ instance, options, isComponent }: Shown, name: string, ...args: unknown[]): void =>
    run(instance, methodsOf(options, isComponent), name, ...args);
  const appear = (page: Shown): void => {
    if (page.visible) return;
    page.visible = true;
    pageLifetime(page, 'show');
    call(page, 'onShow');
  };
  const vanish = (page: Shown | undefined): void => {
    if (!page || !page.visible) return;
    page.visible = false;
    pageLifetime(page, 'hide');
    call(page, 'onHide');
  };
  const detach = (instance: Instance, options: Options): void => {
    const { lifetimes } = options as { lifetimes?: Options };
    run(instance, lifetimes && 'detached' in lifetimes ? lifetimes : options, 'detached');
  };
  const unload = (page: Shown): void => {
    page.visible = false;
    stack = stack.filter((each) => each !== page);
    call(page, 'onUnload');
    for (const child of page.children) detach(child.instance, child.options);
    if (page.isComponent) detach(page.instance, page.options);
  };
  const enter = (page: Shown): Instance => {
    stack.push(page);
    call(page, 'onLoad', page.instance.options);
    appear(page);
    call(page, 'onReady');
    return page.instance;
  };
  const top = (): Shown | undefined => stack[stack.length - 1];
  const listeners: FakeHost['listeners'] = {};
  const tell = (name: 'onShow' | 'onHide', argument: object): void => {
    const listener = name === 'onShow' ? listeners.show : listeners.hide;
    const steps = [() => run(app, app, name, argument), () => listener && listener(argument)];
    for (const step of first === 'App' ? steps : steps.reverse()) step();
  };

  return {
    get app() {
      return app;
    },
    given: (path) => fileOf(path).options,
    file(path, runFile) {
      current = path;
      return runFile();
    },
    launch(options = {}) {
      run(app, app, 'onLaunch', options);
      tell('onShow', options);
    },
    open(path, query = {}) {
      vanish(top());
      return enter(create(path, query));
    },
    redirect(path, query = {}) {
      const page = top();
      if (page) unload(page);
      return enter(create(path, query));
    },
    back(delta = 1) {
      for (let left = delta; left-- && stack.length > 1; ) unload(top() as Shown);
      appear(top() as Shown);
    },
    relaunch(path, query = {}) {
      for (const page of stack.slice().reverse()) unload(page);
      for (const page of tabs.values()) if (!stack.includes(page)) unload(page);
      tabs.clear();
      return enter(create(path, query));
    },
    tab(path) {
      vanish(top());
      for (const page of stack.slice().reverse()) if (![...tabs.values()].includes(page)) unload(page);
      const kept = tabs.get(path);
      if (!kept) {
        stack = [];
        const page = create(path, {});
        tabs.set(path, page);
        return enter(page);
      }
      stack = [kept];
      appear(kept);
      return kept.instance;
    },
    hide(event = {}) {
      vanish(top());
      tell('onHide', event);
    },
    show(options = {}) {
      tell('onShow', options);
      const page = top();
      if (page) appear(page);
    },
    place(path) {
      const { options } = fileOf(path);
      const instance: Instance = Object.assign(membersOf(methodsOf(options, true)), { is: path });
      (top() as Shown).children.push({ instance, options });
      return instance;
    },
    get stack() {
      return stack.map(({ instance }) => instance);
    },
    listeners,
    restore: () => vi.unstubAllGlobals(),
  };
};
