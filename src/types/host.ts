import type { Share } from '../share/token';
import type { Log } from '../utils/log';

/** How the visitor entered, as the host hands it to `onLaunch` and `onShow`. */
export interface EnterOptions {
  /** Without a leading slash on WeChat. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A number on WeChat, a string on Alipay and Douyin where leading zeros count. */
  readonly scene?: number | string;
  readonly shareTicket?: string;
  readonly referrerInfo?: { readonly appId?: string; readonly extraData?: unknown };
  /** Douyin: 10 when opened by an entry, 0 on a mere return from the background. */
  readonly showFrom?: number;
}

/** A page on the stack, however it was made. The object stays the same for the life of the page. */
export interface PageState {
  readonly path: string;
  /** The page's query as the host passed it to `onLoad`. */
  readonly query: Readonly<Record<string, string>>;
}

export interface PageEvent {
  readonly page: PageState;
}

export interface PageShowEvent extends PageEvent {
  /** The page as its author sees it: `this` in its functions. */
  readonly instance: object;
}

export interface CallEvent {
  readonly name: string;
  readonly args: ArrayLike<unknown>;
  /** The page on top of the stack. */
  readonly page: PageState | undefined;
  /** Whether another function of the app that we know of is running: it, and not the host, made the call. */
  readonly nested?: boolean;
}

/** A sharing method of a page, or of the app, has returned to the host. A listener may replace `result`. */
export interface ReturnEvent extends CallEvent {
  result: unknown;
  /** What the card carries, set by the first tracker that marks it. */
  share?: Share;
}

/**
 * What plugins listen to.
 *
 * Order at launch: `appLaunch`, `appShow`, `pageShow`. To the background: `pageHide`, `appHide`; back: `appShow`,
 * `pageShow`. Each listener runs before the app's own function of that moment, except `return`.
 */
export interface HostEvents {
  /** Once per process. */
  readonly appLaunch: EnterOptions;
  readonly appShow: EnterOptions;
  /** `reason` on WeChat 3.5.7 and later: 0 user exit, 1 other mini-program, 2 native page, 3 other. */
  readonly appHide: { readonly reason?: number };
  readonly pageShow: PageShowEvent;
  /** A shown page went out of sight, by `onHide`, `onUnload` or both: once. */
  readonly pageHide: PageEvent;
  /** A method of a page or component is about to run with an event of the view as its first or last argument. */
  readonly call: CallEvent;
  /**
   * The host is about to call `onPullDownRefresh`, `onReachBottom`, `onTabItemTap` or `onPageScroll` of a page. Not told
   * when another function of the app calls it.
   */
  readonly pageCall: CallEvent;
  readonly return: ReturnEvent;
}

export type Unsubscribe = () => void;

type Wrap = <Options extends object>(options: Options) => Options;

/** Turns options of the host's constructors into ones that are seen. */
export interface Wraps {
  readonly app: Wrap;
  readonly page: Wrap;
  readonly component: Wrap;
}

export interface Host {
  on<K extends keyof HostEvents>(type: K, listener: (event: HostEvents[K]) => void): Unsubscribe;
  /** The page in sight; undefined before the first one and in the background. */
  page?: PageState | undefined;
}

/** The host as its sources see it: one for all trackers of an app, so that nothing is wrapped twice. */
export interface HostSource extends Host {
  readonly log: Log;
  emit<K extends keyof HostEvents>(type: K, event: HostEvents[K]): void;
  has(type: keyof HostEvents): boolean;
  /** The first source that speaks of the app's life is the one that is heard. */
  appShow(source: string, options: EnterOptions | undefined): void;
  appHide(source: string, event: { readonly reason?: number } | undefined): void;
  appLaunch(options?: EnterOptions): void;
  /** Where the trackers of this app send to, as they were given it: `performance` leaves those requests out. */
  endpoints?: readonly unknown[];
  /** The visitor whose own shares are known again: of the first tracker that shares. */
  sharer?: () => string;
  /** Set while `App`, `Page` and `Component` are instrumented. */
  wraps?: Wraps | undefined;
  /** Run when the last tracker is destroyed. */
  readonly undo: Unsubscribe[];
}
