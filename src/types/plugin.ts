import type { Mirror } from '../createCore';
import type { Pipe } from '../createPipe';
import type { Profile } from '../plugins/profile';
import type { EventType, Properties, TrackEvent } from './event';
import type { HostSource, Unsubscribe } from './host';
import type { Json, JsonObject } from './json';
import type { Consent } from './options';

/** What a plugin gets in `setup`: its one way to the tracker and to the host. */
export interface PluginContext {
  /** A plugin that listens to pages calls `instrument(host)` first. */
  readonly host: HostSource;
  /**
   * Tracks an event, of type `auto` if it is of no other, which happened at `at` (milliseconds since 1970) where that is not
   * now.
   */
  track(name: string, properties?: Properties, at?: number, type?: EventType): void;
  /**
   * Runs `run` in a later turn of the loop, or before the next call that needs its result: in order with the events that
   * were tracked before and after. A hook notes the fact and its time; what can wait is done here, so that nothing holds up
   * the first page.
   */
  later(run: () => void): void;
  /** `wechat`, `alipay`, `douyin`. */
  readonly platform: string;
  /** The host's API object: `wx`, `my`, `tt`. Which functions it has depends on the host and its version. */
  readonly api: object;
  /** While it is `denied`, as for all who are none of the sample, what is tracked or remembered is lost. */
  consent(): Consent;
  /** The anonymous id of the visitor. */
  visitor(): string;
  /** The id of the session, one for each launch. Given an id, that is the one of all later events. */
  session(id?: string): string;
  /** The context of events as it is now, as JSON text: what is known of device, visitor and visit. */
  facts(): string;
  /** Facts for the context of all later events, in place of those that this plugin gave before. */
  setContext(facts: JsonObject | undefined): void;
  /**
   * What this plugin remembers over launches. It is written in front of every stored record, so keep it within some
   * hundred bytes.
   */
  readonly memory: {
    /** `undefined` at first, and after `reset()` or a denied consent. */
    get(): Json | undefined;
    /** Replaces all of it. Does nothing while consent is `denied`, and with a warning above the bound. */
    set(value: Json): void;
  };
  /**
   * Told when the visitor becomes somebody new, of whom nothing may be known: by `reset()`, or as consent is denied, or
   * granted after that.
   * `memory` and the plugin's context are empty by then.
   */
  onForget(listener: () => void): void;
  /** What the plugin adds to the tracker. */
  expose(methods: object): void;
  /** While it answers `false` for this visitor, nothing is collected, as without consent. */
  gate(allows: (visitor: string) => boolean): void;
  /**
   * Asked for the anonymous id at the first launch of an installation, unless consent is denied. Call it in `setup`.
   * Nothing stands for the tracker's own.
   */
  firstVisitor(ask: () => string | undefined): void;
  /**
   * Leads the events to one more endpoint. Call it in `setup`.
   *
   * @internal
   */
  mirror(add: Mirror): void;
  /**
   * What becomes of the events.
   *
   * @internal
   */
  pipe(): Pipe;
}

/** `Methods` are what the plugin adds to the tracker. */
export interface Plugin<Methods extends object = object> {
  /** That of the function that makes it. `memory` is kept under it. */
  readonly name: string;
  /** What it was called with: `debug()` names what is wrong there. */
  readonly options?: object | undefined;
  /** Never there: carries the type of what the plugin adds. */
  readonly methods?: Methods;
  /** Runs once, inside `createTracker`. May return how to stop, in one function or several. */
  setup?(context: PluginContext): Unsubscribe | readonly Unsubscribe[] | void;
  /** Returns the event, a changed copy, or `null` to drop it. Runs for every event, in the order of the plugins. */
  enrich?(event: TrackEvent): TrackEvent | null;
}

/** Falsy entries and nested lists are allowed, so that `isProd && tap()` reads naturally. */
export type PluginList = readonly [] | readonly (CalledPlugin | PluginList | false | null | undefined | 0 | '')[];

/** A function has a name, too: without this, `[pageView]` in the place of `[pageView()]` would compile. */
type CalledPlugin = Plugin & { readonly apply?: never };

type ItemOf<List> = List extends readonly (infer Item)[] ? (Item extends readonly unknown[] ? ItemOf<Item> : Item) : never;
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Methods that plugins of this package add to the tracker. */
export interface PluginMethods {
  /** By `share`: marks a link or QR code as a share of this visitor, under `channel`; `''` without consent. */
  shareToken(options?: { readonly channel?: string }): string;
  /** By `experiment`: the variant of this visitor; `undefined` for a name that was not given. */
  variant(experiment: string): string | undefined;
  /** By `profile`: what is known of the visitor, changed by operations. */
  readonly profile: Profile;
  /** By `timers`: the next `track(name)` carries `duration_ms` since this call. A second call starts anew. */
  startTimer(name: string): void;
  /** By `timers`: forgets the timer of this name. */
  dropTimer(name: string): void;
  /** By `anonymousId`: that of the events; `undefined` while consent is pending or denied. */
  anonymousId(): string | undefined;
  /** By `manualPages`: a part of the page in sight was shown; the one that was open is left. */
  pageView(path: string, query?: Readonly<Record<string, string>>): void;
  /** By `manualPages`: leaves the part that is open. */
  pageLeave(): void;
  /** By `persistentProperties`: as `register()`, kept over launches. Adds to those that are there. */
  registerPersistent(properties: object): void;
  /** By `persistentProperties`: takes one of them away. */
  unregisterPersistent(key: string): void;
  /** By `webviewLink`: the URL with visitor and session; as it was without consent. */
  decorateUrl(url: string): string;
}

/**
 * What the plugins of a list add to the tracker. Where the list is not known to the compiler, as when the event map is
 * given by hand, each method may be missing.
 */
export type MethodsOf<List> = PluginList extends List
  ? Partial<PluginMethods>
  : Intersection<ItemOf<List> extends infer Item ? (Item extends Plugin<infer Methods> ? Methods : never) : never>;
