import type { Adapter, HttpRequest, HttpResponse } from './adapter';
import type { Debug } from './debug';
import type { TrackEvent } from './event';
import type { Format } from './format';
import type { PluginList } from './plugin';
import type { DropReason } from './stats';

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
  /**
   * The last look at an event. `null` drops it, and so does a throw: the function may have been about to redact. `id`,
   * `boot` and `seq` stay whatever it answers; `properties` that are no object become `{}` (`E7`).
   */
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
