import type { FlushResult, Stats } from './stats';

/** Event names with their properties: `createTracker<{ add_to_cart: { sku: string; price: number } }>()`. */
export type EventMap = object;

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
  /**
   * Sends what waits, once also during a delay after a failure, unless the endpoint asked for that delay by `Retry-After`.
   * Never rejects.
   */
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
