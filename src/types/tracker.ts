import type { Adapter, HttpRequest, HttpResponse } from './adapter';
import type { Debug } from './debug';
import type { TrackEvent } from './event';
import type { Format } from './format';
import type { PluginList } from './plugin';

/** Event names with their properties: `createTracker<{ add_to_cart: { sku: string; price: number } }>()`. */
export type EventMap = object;

/** Why an event was given up. Each one is counted. */
export type DropReason =
  /** The queue was over `maxEvents` or `maxBytes`; the oldest went first, `durable` ones last. */
  | 'overflow'
  /** Older than `maxAgeMs`. */
  | 'expired'
  /** The endpoint refused this event for good. */
  | 'rejected'
  /** Over `maxEventBytes`, or the endpoint refused it alone as too large. */
  | 'too_large'
  /** Properties that cannot be brought into JSON, or a format that cannot write it. */
  | 'unserializable'
  /** `beforeSend` or an `enrich` returned `null` or threw. */
  | 'filtered'
  /** A stored value no longer reads as the events that its key names. */
  | 'corrupt'
  /** It waited when the visitor denied consent. */
  | 'denied'
  /** `track()` was given no name. */
  | 'nameless'
  /** It waited for an endpoint that is no longer there. */
  | 'unclaimed';

/**
 * What the visitor allows.
 *
 * - `pending`: not asked yet. Nothing is sent and nothing is stored; events are held in memory, up to `maxEvents`, and a
 *   kill takes them along.
 * - `granted`: all that was held goes out, with its original times.
 * - `denied`: nothing is collected, and what was held, stored or remembered of the visitor is deleted.
 */
export type Consent = 'pending' | 'granted' | 'denied';

/** Where events go, and how: a URL with more to say. */
export interface Endpoint {
  /** HTTPS on a device, and on the host's list of request domains. */
  readonly url: string;
  /**
   * The shape of the body.
   *
   * @default json()
   */
  readonly format?: Format | undefined;
  /** Headers of your own, such as a key that can only write; tokens that expire are asked for by `withHeaders()`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In the place of the host's request, which is its last argument: see `minitrail/cloud` and `minitrail/headers`. */
  readonly request?:
    | ((request: HttpRequest, done: (response: HttpResponse) => void, byHost: Adapter['request']) => void)
    | undefined;
  /**
   * 2,000 to 60,000.
   *
   * @default 10000
   */
  readonly timeoutMs?: number | undefined;
}

/** What `createTracker` takes: `adapter` and `endpoint` are needed, the rest has defaults. */
export interface TrackerOptions {
  /** The host: `wechat()`, … */
  readonly adapter: Adapter;
  /** Where events go. Further ones are `mirror()` of `minitrail/plugins/mirror`. */
  readonly endpoint: string | Endpoint;
  /** What is tracked, in this order. Falsy entries and nested lists are allowed. */
  readonly plugins?: PluginList;
  /**
   * What holds until `setConsent()` is called. What it said last stands over this, also after a restart.
   *
   * @default 'granted'
   */
  readonly consent?: Consent;
  /**
   * Separates the stored queue and visitor of several trackers in one app.
   *
   * @default 'minitrail'
   */
  readonly namespace?: string;
  /** The last look at an event. `null` drops it, and so does a throw: the function may have been about to redact. */
  readonly beforeSend?: (event: TrackEvent) => TrackEvent | null;
  /**
   * Told of every dropped event, at most 10 at a time in `sample`; `endpoint` is 0, or the place of a mirror from 1. Called
   * in a later turn, once a second at the most for each reason.
   */
  readonly onDrop?: (reason: DropReason, count: number, sample: readonly string[], endpoint: number) => void;
  /** Told when the endpoint refuses in a way that only its owner can mend (401, 403, 404, …). Nothing is dropped. */
  readonly onBlocked?: (status: number, endpoint: number) => void;
  /**
   * `debug()` of `minitrail/debug`, in development: warnings in words and what happens, on the console. Without it a
   * warning is a number (docs/console.md).
   */
  readonly debug?: Debug | undefined;
  /**
   * Send when so many events wait: 1 to 1,000.
   *
   * @default 30
   */
  readonly flushAt?: number;
  /**
   * Send at the latest so long after an event; at most 2,147,483,647, the longest timer there is.
   *
   * @default 15000
   */
  readonly flushIntervalMs?: number;
  /**
   * 10 to 10,000.
   *
   * @default 2000
   */
  readonly maxEvents?: number;
  /**
   * Of waiting events, in bytes of UTF-8: 1,000 to 4,194,304 (4 MiB).
   *
   * @default 1048576
   */
  readonly maxBytes?: number;
  /**
   * How long an event may wait for an endpoint: 1 second to 30 days.
   *
   * @default 604800000
   */
  readonly maxAgeMs?: number;
  /**
   * Of one event, in bytes of UTF-8: 100 to 49,152 (48 KiB).
   *
   * @default 32768
   */
  readonly maxEventBytes?: number;
}

/** What holds for one event. */
export interface TrackOptions {
  /**
   * Written to storage before `track()` returns, and dropped last when the queue is full. For the events that must
   * survive a kill in the next second, such as a payment.
   *
   * @default false
   */
  readonly durable?: boolean;
}

/**
 * Where delivery stands: `waiting` is a backoff, `blocked` one that the endpoint's owner must end. `stopped`: there is no
 * consent or no valid endpoint, or after `destroy()`.
 */
export type DeliveryState = 'idle' | 'sending' | 'waiting' | 'blocked' | 'offline' | 'background' | 'stopped';

/**
 * The account of every event since launch:
 * `accepted + recovered = acknowledged + waiting + the sum of dropped`.
 */
export interface Stats {
  /** Events taken in since launch, those among them that were dropped later. */
  readonly accepted: number;
  /** Stored by an earlier launch and taken over by this one. */
  readonly recovered: number;
  /** Events that the endpoint has taken. */
  readonly acknowledged: number;
  /** Accepted and neither acknowledged nor dropped; includes `stored` and `inFlight`. */
  readonly waiting: number;
  /** Waiting, and safe from a kill. */
  readonly stored: number;
  /** Waiting, and in the request that is under way. */
  readonly inFlight: number;
  /** Events that were given up, by reason; a reason that never occurred is missing. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Requests made since launch, repeated ones included. */
  readonly requests: number;
  /** Writes to the host's storage since launch. */
  readonly writes: number;
  /** What they wrote, in UTF-16 code units. */
  readonly written: number;
  /** Where delivery stands now. */
  readonly state: DeliveryState;
  /** Milliseconds since 1970 before which nothing is sent; 0 when free to send. */
  readonly notBefore: number;
  /** The accounts of the second endpoint and the following, with `mirror()`. */
  readonly others?: readonly Stats[];
}

/** What `flush()` came to. */
export interface FlushResult {
  /** `idle`: all that waited at the call was settled. Otherwise what stands in the way; the events are kept. */
  readonly state: DeliveryState;
  /** Events acknowledged since the call. */
  readonly sent: number;
  /** Events still waiting. */
  readonly waiting: number;
}

type NameOf<Events> = keyof Events & string;

/** What `createTracker` returns. No method throws; those of plugins come beside these. */
export interface Tracker<Events extends EventMap = Record<string, object>> {
  /**
   * Records an event. Never throws, never waits: what cannot be recorded is dropped, counted and named once on the
   * console.
   *
   * @example tracker.track('add_to_cart', { sku: 'A1', price: 19.9 })
   */
  track<Name extends NameOf<Events>>(
    name: Name,
    ...rest: Record<string, never> extends Events[Name]
      ? [properties?: Events[Name], options?: TrackOptions]
      : [properties: Events[Name], options?: TrackOptions]
  ): void;
  /**
   * Joins the anonymous visitor to a login id, from now on and on this installation. `traits` are what is known of
   * the user.
   *
   * @example tracker.identify('u_1024', { level: 'gold' })
   */
  identify(userId: string | number, traits?: object): void;
  /**
   * Adds ids under which other systems know this visitor, by names of your choice. They stay on this installation until
   * `reset()` and are in the context of every event as `ids`; an `alias` event tells of new ones, so that a server can
   * join mini-program, web-view, web and app.
   *
   * @example tracker.setIds({ openid: 'oABC…', unionid: 'u…' })
   */
  setIds(ids: Readonly<Record<string, string | number>>): void;
  /**
   * Starts a new anonymous visitor in a new session, as after a log-out on a shared device: the login id, `setIds()`,
   * `register()` and what plugins remember are forgotten.
   */
  reset(): void;
  /**
   * Puts properties on every later event of this launch, but for those on the visitor (`identify`, `setIds`, `profile`), until `reset()`;
   * the event's own win. A function is called for each event.
   *
   * @example tracker.register({ store: 'shenzhen', cart_size: () => cart.length })
   */
  register(properties: object): void;
  /** Takes one property away that `register()` put on events. */
  unregister(key: string): void;
  /**
   * What the visitor decided. It is remembered on this device. Ask by a dialog of your own: the tracker never registers
   * `wx.onNeedPrivacyAuthorization`, of which an app has only one.
   *
   * After `denied` the visitor is nobody: a later `granted` starts a new one.
   */
  setConsent(decision: 'granted' | 'denied'): void;
  /** Sends what waits. A delay that the endpoint asked for is kept. Never rejects. */
  flush(): Promise<FlushResult>;
  /** The account of the events of this launch, at this moment. Reads what is stored, if that was not done yet. */
  stats(): Stats;
  /** Stops, leaves the host's functions as found, and keeps what waits in storage for the next launch. */
  destroy(): void;
  /** For hosts and build tools where `App` cannot be replaced: `App(tracker.wrapApp({ … }))`. */
  wrapApp<Options extends object>(options: Options): Options;
  /** For hosts and build tools where `Page` cannot be replaced: `Page(tracker.wrapPage({ … }))`. Wrapping twice has no effect. */
  wrapPage<Options extends object>(options: Options): Options;
  /** For hosts and build tools where `Component` cannot be replaced, also for pages: `Component(tracker.wrapComponent({ … }))`. */
  wrapComponent<Options extends object>(options: Options): Options;
}

/** The tracker without its event map: every name and value is taken as it comes. */
export type CoreMethods = Omit<Tracker, 'track'> & {
  track(name: unknown, properties?: unknown, options?: TrackOptions): void;
};
