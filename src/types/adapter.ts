import type { EnterOptions, OwnWraps, Unsubscribe, WrapKit } from './host';
import type { JsonObject } from './json';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body packed, to be sent in place of it. Only for adapters that say `sendsBinary`. */
  readonly bytes?: ArrayBuffer | undefined;
  readonly timeoutMs: number;
}

export interface HttpResponse {
  /** The HTTP status, or 0 when no answer arrived. */
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** The host cut the request because the app went to the background. */
  readonly interrupted?: boolean;
  /** The host's words for a failure. */
  readonly message?: string | undefined;
}

/**
 * The host's key-value storage. The asynchronous half calls `done` exactly once and never throws; the synchronous
 * half throws when the host refuses.
 */
export interface DeviceStorage {
  keys(): readonly string[];
  get(key: string): unknown;
  set(key: string, value: string): void;
  read(key: string, done: (value: unknown) => void): void;
  write(key: string, value: string, done: (ok: boolean) => void): void;
  remove(key: string, done: () => void): void;
}

/** All that the tracker knows about a host. One per host; the tracker itself names none. */
export interface Adapter {
  /** `wechat`, `alipay`, `douyin`. */
  readonly platform: string;
  /** The host's API object (`wx`, `my`, `tt`): what several trackers share hangs there. */
  readonly api: object;
  readonly storage: DeviceStorage;
  /** Calls `done` at most once; a host may drop the callback of a suspended app. */
  request(request: HttpRequest, done: (response: HttpResponse) => void): void;
  /** Whether `request` can send `bytes` on this device. Asked once, and only when an endpoint compresses. */
  sendsBinary?(): boolean;
  /** Facts on device and app, under the names of the wire format. Read once per launch. */
  context(): JsonObject;
  /** Hands over 16 bytes from the host's source of randomness, if it has one. */
  random?(done: (bytes: ArrayBuffer) => void): void;
  launchOptions(): EnterOptions;
  /** Brings what the host hands to `onLaunch` and `onShow`, if anything, into the form of `EnterOptions`. */
  entry?(options: object): EnterOptions;
  /** How to wrap what only this host has. Asked when the first plugin listens to pages. */
  ownWraps?(kit: WrapKit): OwnWraps;
  onAppShow(listener: (options: EnterOptions) => void): Unsubscribe;
  onAppHide(listener: (event: { readonly reason?: number }) => void): Unsubscribe;
  /** Reports the network type now and on every change, in lower case: `wifi`, `4g`, …, `unknown`, `none`. */
  onNetwork(listener: (type: string) => void): Unsubscribe;
}
