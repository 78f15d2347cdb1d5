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
  /** In sight now. */
  shown?: boolean;
  /** Was in sight before: its query is known. */
  seen?: boolean;
}

export interface Pages {
  readonly host: HostSource;
  readonly known: WeakMap<object, Page>;
  /** The page that is or was last in sight, and its instance. */
  last?: Page;
  instance?: HostInstance;
  /** The app is in the background. */
  away?: boolean;
  /** To be shown with the app: hidden by the app's hide alone, of whose end the host may not tell the page either. */
  asleep?: boolean;
  /** When the page in sight was told to hide, by the host or by code: it is left once something follows that fits. */
  toldAt?: number | undefined;
}

/** Code that has a page begin anew hides and shows it in one go; no view covers a page for so short. */
const BLINK_MS = 100;

/** The page that `self` is, if it is one: a component and a page made by `Component` are told apart by the stack. */
export const pageOf = ({ known }: Pages, self: HostInstance): HostInstance | undefined => {
  const stack = pagesNow();
  const { is } = self;
  // What is off the stack already was a page if it was known as one.
  return stack.includes(self) || known.has(self) ? self : stack.find((page) => is && routeOf(page) === is);
};

/** Ends the time in sight of the page that is or was last. */
const leavePage = (pages: Pages): boolean => {
  const { host, last, toldAt } = pages;
  pages.toldAt = undefined;
  if (!last || !last.shown) return false;
  last.shown = false;
  host.page = undefined;
  host.emit('pageHide', { page: last, ago: toldAt ? Date.now() - toldAt : 0 });
  return true;
};

export const loadPage = (pages: Pages, self: HostInstance, query?: Query): Page => {
  const { known, host } = pages;
  const before = known.get(self);
  // Another one after it was told to hide: that was the host.
  if (pages.toldAt && before !== pages.last) leavePage(pages);
  const page: Page = before || { path: '', query: {} };
  known.set(self, page);
  page.path = routeOf(self) || page.path;
  // Code calls `onLoad` too, with whatever it has: at a tap with the event.
  if (!page.seen && !(before && (host.depth || !query)))
    // A copy: pages decode what they were given, or put more on it.
    page.query = Object.assign({}, query || self.options || page.query);
  return page;
};

/** Whether `self` is what the visitor sees: a page beneath or of another tab is not shown, whoever calls its `onShow`. */
const isOnTop = (self: HostInstance): boolean => {
  const top = topPage();
  // In glass-easel `this` of a function may be another object than the entry of the stack.
  return !top || top === self || (routeOf(top) === routeOf(self) && !pagesNow().includes(self));
};

export const hidePage = (pages: Pages, self: HostInstance): void => {
  // What calls it is code of the app, or a navigation within it, which shows the next page.
  if (pages.host.depth || pages.known.get(self) !== pages.last) return;
  pages.asleep = false;
  pages.toldAt = Date.now();
  // In a plugin (插件) of WeChat nobody tells of the app: there it is the page alone that goes to the background.
  if (pages.away === undefined || !topPage() || !isOnTop(self)) leavePage(pages);
};

export const showPage = (pages: Pages, self: HostInstance): void => {
  const { host, last } = pages;
  const page = isOnTop(self) && loadPage(pages, self);
  if (!page) return;
  if (page.shown && (host.depth || !pages.toldAt || Date.now() - pages.toldAt < BLINK_MS)) {
    pages.toldAt = undefined;
    return;
  }
  // In the background only code calls it, from a timer or an answer: the page is shown when the app is.
  if (pages.away && page === last) {
    pages.asleep = true;
    return;
  }
  leavePage(pages);
  host.appLaunch();
  const { entered } = host;
  // Alipay may hand the query of the entry to the app alone.
  if (!last && entered && !Object.keys(page.query).length && barePath(entered.path) === page.path)
    page.query = Object.assign({}, entered.query);
  page.shown = page.seen = true;
  host.page = pages.last = page;
  pages.instance = self;
  host.emit('pageShow', { page, instance: self });
};

/** Something happens on the page on top, so that is the one in sight: Alipay's tabs may not have been told to show. */
export const noticePage = (pages: Pages): void => {
  const top = topPage();
  if (!top || pages.away || !pages.last) return;
  if (routeOf(top) === pages.last.path) pages.toldAt = undefined;
  else if (pages.known.has(top)) showPage(pages, top);
};

/** With the app its page goes out of sight, whether or not the page is told. */
export const sleep = (pages: Pages): void => {
  pages.away = true;
  // What was told of it is told of its return.
  const { toldAt } = pages;
  pages.asleep = leavePage(pages) && !toldAt;
};

export const wake = (pages: Pages): void => {
  pages.away = false;
  if (pages.asleep) showPage(pages, pages.instance as HostInstance);
};
