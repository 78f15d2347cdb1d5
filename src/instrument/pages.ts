import type { HostSource, PageState, Query } from '../types/host';
import { barePath } from '../utils/pagesOf';
import { pagesNow, routeOf, topPage } from './stack';

// Which page is in sight. Hosts, frameworks and apps all call the functions of pages, and each host leaves some calls out;
// what counts is what fits the stack: a page is shown when it is on top, and hidden once. That code of the app calls a
// function from within another one is seen. From a timer or an answer it calls `onHide` like the host does; what follows
// tells them apart: another page, the app's hide, or the page's own show after a view that covered it.

interface Page extends PageState {
  path: string;
  query: Query;
  /** Was in sight: its query is known. */
  seen?: boolean;
}

/** What the functions of pages tell, as the host or code calls them. */
export interface Pages {
  /** The page that `self` is, if it is one: a component and a page made by `Component` are told apart by the stack. */
  pageOf(self: HostInstance): HostInstance | undefined;
  load(self: HostInstance, query?: Query): void;
  show(self: HostInstance): void;
  hide(self: HostInstance): void;
  /** Something happens on the page on top, which it returns: the one in sight, or the last that was. */
  notice(): PageState | undefined;
  /** With the app its page goes out of sight, whether or not the page is told. */
  sleep(): void;
  /** With the app its page comes back. */
  wake(): void;
  /** What options became, and what they became by itself: nothing is wrapped twice. */
  readonly copies: WeakMap<object, object>;
}

/** Code that has a page begin anew hides and shows it in one go; no view covers a page for so short. */
const BLINK_MS = 100;

/** Whether `self` is what the visitor sees: a page beneath or of another tab is not shown, whoever calls its `onShow`. */
const isOnTop = (self: HostInstance): boolean => {
  const top = topPage();
  // In glass-easel `this` of a function may be another object than the entry of the stack.
  return !top || top === self || (routeOf(top) === routeOf(self) && !pagesNow().includes(self));
};

export const createPages = (host: HostSource): Pages => {
  const known = new WeakMap<object, Page>();
  /** The page that is or was last in sight, and its instance. */
  let last: Page | undefined;
  let instance: HostInstance;
  /** The app is in the background; undefined until anyone has told of it. */
  let isAway: boolean | undefined;
  /** To be shown with the app: hidden by the app's hide alone, of whose end the host may not tell the page either. */
  let isAsleep = false;
  /** When the page in sight was told to hide, by the host or by code: it is left once something follows that fits. */
  let toldAt = 0;

  /** Ends the time in sight of a page. */
  const leave = (): boolean => {
    const { page } = host;
    const ago = toldAt && Date.now() - toldAt;
    toldAt = 0;
    host.page = undefined;
    if (page) host.emit('pageHide', { page, ago });
    return !!page;
  };
  const load = (self: HostInstance, query?: Query): Page => {
    const before = known.get(self);
    // Another one after it was told to hide: that was the host.
    if (toldAt && before !== last) leave();
    const page: Page = before || { path: '', query: {} };
    known.set(self, page);
    page.path = routeOf(self) || page.path;
    // Code calls `onLoad` too, with whatever it has: at a tap with the event.
    if (!page.seen && !(before && (host.depth || !query)))
      // A copy: pages decode what they were given, or put more on it.
      page.query = Object.assign({}, query || self.options || page.query);
    return page;
  };
  const show = (self: HostInstance): void => {
    const page = isOnTop(self) && load(self);
    if (!page) return;
    if (page === host.page && (host.depth || !toldAt || Date.now() - toldAt < BLINK_MS)) toldAt = 0;
    else if (isAway) {
      // In the background only code calls it, or opens a page, from a timer or an answer: it is shown when the app is.
      isAsleep = true;
      instance = self;
    } else {
      leave();
      host.appLaunch();
      const { entered } = host;
      // Alipay may hand the query of the entry to the app alone.
      if (!last && entered && !Object.keys(page.query).length && barePath(entered.path) === page.path)
        page.query = Object.assign({}, entered.query);
      page.seen = true;
      host.page = last = page;
      instance = self;
      host.emit('pageShow', { page, instance });
    }
  };
  const wake = (): void => {
    isAway = false;
    if (isAsleep) show(instance);
  };
  return {
    pageOf(self) {
      const stack = pagesNow();
      // What is off the stack already was a page if it was known as one.
      return stack.includes(self) || known.has(self) ? self : stack.find((page) => routeOf(page) === self.is);
    },
    load,
    show,
    hide(self) {
      // What calls it is code of the app, or a navigation within it, which shows the next page.
      if (host.depth || known.get(self) !== last) return;
      isAsleep = false;
      toldAt = Date.now();
      // In a plugin (插件) of WeChat nobody tells of the app: there it is the page alone that goes to the background.
      if (isAway === undefined || !topPage() || !isOnTop(self)) leave();
    },
    notice() {
      const top = topPage();
      // Nobody may have told of the app's return.
      if (isAway && isAsleep) wake();
      if (top && last && !isAway)
        if (routeOf(top) === last.path) toldAt = 0;
        // Alipay's tabs may not have been told to show.
        else if (known.has(top)) show(top);
      return last;
    },
    sleep() {
      isAway = true;
      // What was told of it is told of its return.
      const isTold = toldAt;
      isAsleep = leave() && !isTold;
    },
    wake,
    copies: new WeakMap(),
  };
};
