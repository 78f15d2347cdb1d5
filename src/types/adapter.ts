import type { EnterOptions, OwnWraps, Unsubscribe, WrapKit } from './host';
import type { JsonObject } from './json';

/** One request of the tracker, as the adapter hands it to the host. */
export interface HttpRequest {
  /** With the query of the format, if it has one. */
  readonly url: string;
  /** `POST` for batches. */
  readonly method: 'POST' | 'PUT' | 'GET';
  /** By name, in lower case, with the `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text, to be sent as it is. */
  readonly body: string;
  /** The body packed, to be sent in place of it. Only for adapters that say `sendsBinary`. */
  readonly bytes?: ArrayBuffer | undefined;
  /** After this the request fails with status 0, in milliseconds. */
  readonly timeoutMs: number;
}

/** What became of a request: an answer of any status, or none. */
export interface HttpResponse {
  /** The HTTP status, or 0 when no answer arrived. */
  readonly status: number;
  /** As the host gives them: names in any case, values as text or lists of it. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** As text, also where the host would have parsed it. */
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
  /** All keys of the app's storage, those of others too. */
  keys(): readonly string[];
  /** At once. What is not there gives nothing or an empty text, as the host has it. */
  get(key: string): unknown;
  /** At once: returns when it is written. Throws when the storage is full. */
  set(key: string, value: string): void;
  /** As `get`, later. What cannot be read is `undefined`. */
  read(key: string, done: (value: unknown) => void): void;
  /** As `set`, later; `ok` is false when the host refused. */
  write(key: string, value: string, done: (ok: boolean) => void): void;
  /** Also `done` when the key was not there. */
  remove(key: string, done: () => void): void;
}

/** All that the tracker knows about a host. One per host; the tracker itself names none. */
export interface Adapter {
  /** `wechat`, `alipay`, `douyin`. */
  readonly platform: string;
  /** The host's API object (`wx`, `my`, `tt`): what several trackers share hangs there. */
  readonly api: object;
  /** The storage of the app on this device. */
  readonly storage: DeviceStorage;
  /** Calls `done` at most once; a host may drop the callback of a suspended app. */
  request(request: HttpRequest, done: (response: HttpResponse) => void): void;
  /** Whether `request` can send `bytes` on this device. Asked once, and only when an endpoint compresses. */
  sendsBinary?(): boolean;
  /** Facts on device and app, under the names of the wire format. Read once per launch. */
  context(): JsonObject;
  /** How the visitor entered at the launch, where `onLaunch` does not hand it over. Empty where the host does not say. */
  launchOptions(): EnterOptions;
  /** Brings what the host hands to `onLaunch` and `onShow`, if anything, into the form of `EnterOptions`. */
  entry?(options: object): EnterOptions;
  /** How to wrap what only this host has. Asked when the first plugin listens to pages. */
  ownWraps?(kit: WrapKit): OwnWraps;
  /** Each time the app comes to the foreground, also at the launch where the host tells it then. */
  onAppShow(listener: (options: EnterOptions) => void): Unsubscribe;
  /** Each time the app goes to the background. `reason`: see `HostEvents`. */
  onAppHide(listener: (event: { readonly reason?: number }) => void): Unsubscribe;
  /** Reports the network type now and on every change, in lower case: `wifi`, `4g`, …, `unknown`, `none`. */
  onNetwork(listener: (type: string) => void): Unsubscribe;
}
