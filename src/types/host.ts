import type { Share } from '../share/token';
import type { Log } from '../utils/log';
import type { Adapter } from './adapter';

/** How the visitor entered, as the host hands it to `onLaunch` and `onShow`. */
export interface EnterOptions {
  /** Without a leading slash on WeChat. */
  readonly path?: string;
  /** Of the link, card or code, as the host hands it over. */
  readonly query?: Readonly<Record<string, string>>;
  /** A number on WeChat, a string on Alipay and Douyin where leading zeros count. */
  readonly scene?: number | string;
  /** WeChat: on entry by a card in a group. Only your server can read it. */
  readonly shareTicket?: string;
  /** The app that the visitor came from, where it was another one. */
  readonly referrerInfo?: {
    /** Its app id. */
    readonly appId?: string;
    /** What it handed over. `launchSource` reads campaign parameters in it as those of the query. */
    readonly extraData?: unknown;
  };
  /** Douyin: 10 when opened by an entry, 0 on a mere return from the background. */
  readonly showFrom?: number;
}

export type Query = Readonly<Record<string, string>>;

/** A page on the stack, however it was made. The object stays the same for the life of the page. */
export interface PageState {
  /** As the host's stack has it, without the query. */
  readonly path: string;
  /** The page's query as the host passed it to `onLoad`. */
  readonly query: Query;
}

/** Something happened to a page. */
export interface PageEvent {
  /** The page that it happened to. */
  readonly page: PageState;
}

export interface PageHideEvent extends PageEvent {
  /**
   * How long ago it went out of sight, in milliseconds. Only what follows `onHide` tells whether the host called it: another
   * page, the app's hide, or that the page is shown again.
   */
  readonly ago: number;
}

/** A page came into sight. */
export interface PageShowEvent extends PageEvent {
  /** The page as its author sees it: `this` in its functions. */
  readonly instance: object;
}

/** A function of the app is about to run. */
export interface CallEvent {
  /** The key of the function among the options: `onTapBuy`. */
  readonly name: string;
  /** What it is called with; not to be changed. */
  readonly args: ArrayLike<unknown>;
  /** The page on top of the stack. */
  readonly page: PageState | undefined;
  /** Whether another function of the app that we know of is running: it, and not the host, made the call. */
  readonly nested?: boolean;
}

/** A sharing method of a page, or of the app, has returned to the host. A listener may replace `result`. */
export interface ReturnEvent extends CallEvent {
  /** What the function returned: a card, a promise of one, or nothing. */
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
  /** The app came to the foreground, at the launch as well: once, whoever tells of it. */
  readonly appShow: EnterOptions;
  /** The app went to the background. */
  readonly appHide: {
    /** On WeChat 3.5.7 and later: 0 user exit, 1 other mini-program, 2 native page, 3 other. */
    readonly reason?: number;
  };
  /** A page came into sight, on return from a child page and from the background as well. */
  readonly pageShow: PageShowEvent;
  /** A shown page went out of sight, by `onHide`, `onUnload` or both: once. */
  readonly pageHide: PageHideEvent;
  /** A method of a page or component is about to run with an event of the view as its first or last argument. */
  readonly call: CallEvent;
  /**
   * The host is about to call `onPullDownRefresh`, `onReachBottom`, `onTabItemTap` or `onPageScroll` of a page. Not told
   * when another function of the app calls it.
   */
  readonly pageCall: CallEvent;
  /** `onShareAppMessage`, `onShareTimeline` or `onAddToFavorites` has returned. */
  readonly return: ReturnEvent;
}

/** `App`, `Page`, `Component` and the like. */
export type HostConstructor = (this: unknown, ...args: readonly unknown[]) => unknown;

/** Ends what the call that returned it began. */
export type Unsubscribe = () => void;

type Wrap = <T>(options: T) => T;

/** Turns options of the host's constructors into ones that are seen. */
export interface Wraps {
  readonly app: Wrap;
  readonly page: Wrap;
  readonly component: Wrap;
  readonly behavior: Wrap;
}

/** What the options of a constructor hold. */
export type Options = Readonly<Record<string, unknown>>;
/** Changes a copy of the options, given as descriptors, in view of the options themselves. */
export type Edit = (copy: PropertyDescriptorMap, own: Options) => void;

/** What an adapter wraps with where its host has places for functions that the others do not have. */
export interface WrapKit {
  /** Edits the part of this name. */
  nest(copy: PropertyDescriptorMap, options: Options, name: string, edit: Edit): void;
  /** Of the functions named, tells when they run with an event or return a card; those of its life tell of the page. */
  wrapLife(copy: PropertyDescriptorMap, options: Options, names: readonly string[]): void;
  /**
   * Replaces a constructor of shared functions and returns the host's own; `identifier` reads the free name or, given a
   * function, assigns it.
   */
  replace(identifier: (value?: HostConstructor) => unknown): HostConstructor | undefined;
}

/** Makes what stands in `behaviors` or `mixins` and tells of the page's life where nothing else of the list does. */
export type Maker = (methods: Readonly<Record<string, unknown>>, isPage: boolean) => unknown;

/** What an adapter adds to the wrapping of its host. */
export interface OwnWraps {
  /** Functions of the app that it has beside those of its life. */
  readonly app?: readonly string[];
  readonly page?: Edit;
  /** Makes what stands in `mixins` and cannot be looked into. */
  readonly mixins?: Maker | undefined;
  /** Makes what stands in `behaviors`. */
  behaviors?: Maker | undefined;
}

/** What happens to the app and its pages, for plugins. */
export interface Host {
  /** Listeners run in the order of the plugins; one that throws does not stop the others. */
  on<K extends keyof HostEvents>(type: K, listener: (event: HostEvents[K]) => void): Unsubscribe;
  /** The page in sight; undefined before the first one and in the background. */
  page?: PageState | undefined;
}

/** The host as its sources see it: one for all trackers of an app, so that nothing is wrapped twice. */
export interface HostSource extends Host {
  /** The console, with each warning once; `guard` runs what may throw. */
  log: Log;
  /** Tells all listeners of this kind. */
  emit<K extends keyof HostEvents>(type: K, event: HostEvents[K]): void;
  /** Whether anyone listens, so that nothing is prepared for nobody. */
  has(type: keyof HostEvents): boolean;
  /** Several sources tell of the app's life: each show and hide counts once, whoever tells of it first. */
  appShow(source: string, options: EnterOptions | null | undefined): void;
  /** As `appShow`, for the way to the background. */
  appHide(source: string, event: { readonly reason?: number } | null | undefined): void;
  /** The first call counts, whoever makes it. */
  appLaunch(options?: EnterOptions | null): void;
  /** How the visitor entered at the launch. */
  entered?: EnterOptions;
  /** How many functions of the app run within each other: what is called inside of one, the host did not call. */
  depth: number;
  /** How to wrap what only this host has, as the adapter says it. */
  ownWraps?: Adapter['ownWraps'];
  /** Where the trackers of this app send to, as they were given it: `performance` leaves those requests out. */
  readonly endpoints: unknown[];
  /** The visitor whose own shares are known again: of the first tracker that shares. */
  sharer?: (() => string) | undefined;
  /** Set while `App`, `Page` and `Component` are instrumented. */
  wraps?: Wraps | undefined;
  /** What is known of pages, kept for a tracker that comes after the last one is gone. */
  pages?: {
    /** Something happens on the page on top, which it returns: the one in sight, or the last that was. */
    notice(): PageState | undefined;
    /** At `appHide` they go out of sight with the app. */
    sleep(): void;
    /** At `appShow` they come back with it. */
    wake(): void;
  };
  /** Run when the last tracker is destroyed. */
  readonly undo: Unsubscribe[];
}

/**
 * What the trackers of one app share by the host's API object: also across two copies of this package (main package and
 * subpackage), so that its names are the same in every form of it.
 */
export interface SharedByTrackers {
  /** Made by the first tracker. The last one leaves it to the next: the process and its pages stay the same. */
  host?: HostSource | undefined;
  /** By the option `namespace` of each. */
  readonly trackers: Record<string, unknown>;
}
