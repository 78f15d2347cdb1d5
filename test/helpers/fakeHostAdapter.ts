import type { Adapter, HttpRequest, HttpResponse } from '../../src/types/adapter';
import type { EnterOptions } from '../../src/types/host';
import type { FakeHost } from './fakeHost';
import { checkBatch } from './validBatches.mjs';

export interface FakeAdapterOptions {
  /** Its listeners are told of the app's life, unless `listens` is false, as inside a plugin (插件). */
  readonly host?: FakeHost | undefined;
  readonly listens?: boolean;
  readonly launchOptions?: EnterOptions;
  /** What the endpoint answers: 200 unless told otherwise. */
  readonly answer?: (request: HttpRequest) => Partial<HttpResponse>;
  /** What an earlier launch left. */
  readonly values?: Map<string, string>;
  /** What plugins ask of the host beside its life: `wx`, `my`, `tt`. */
  readonly api?: object;
  readonly platform?: string;
}

/** A device in memory whose endpoint answers at once. Delivery under faults has a simulated device of its own. */
export const createFakeAdapter = ({
  host,
  listens = true,
  launchOptions = {},
  answer = () => ({}),
  values = new Map<string, string>(),
  api = {},
  platform = 'fake',
}: FakeAdapterOptions = {}) => {
  const requests: HttpRequest[] = [];
  let network: ((type: string) => void) | undefined;
  let networkType = 'wifi';
  const subscribe = (name: 'show' | 'hide') => (listener: never) => {
    const listeners = (host ? host.listeners : {}) as Record<string, unknown>;
    if (listens) listeners[name] = listener;
    return () => {
      listeners[name] = undefined;
    };
  };
  const adapter: Adapter = {
    platform,
    api,
    storage: {
      keys: () => [...values.keys()],
      get: (key) => values.get(key) ?? '',
      set: (key, value) => void values.set(key, value),
      read: (key, done) => done(values.get(key)),
      write(key, value, done) {
        values.set(key, value);
        done(true);
      },
      remove(key, done) {
        values.delete(key);
        done();
      },
    },
    request(request, done) {
      requests.push(request);
      checkBatch(request.body);
      const response = Object.assign({ status: 200, headers: {}, body: '' }, answer(request));
      void Promise.resolve().then(() => done(response));
    },
    context: () => ({ app_id: 'wx1234', app_version: '1.2.3', device: { brand: 'Maker', model: 'M1' } }),
    launchOptions: () => launchOptions,
    onAppShow: subscribe('show'),
    onAppHide: subscribe('hide'),
    onNetwork(listener) {
      network = listener;
      listener(networkType);
      return () => {
        network = undefined;
      };
    },
  };
  return {
    adapter,
    values,
    requests,
    setNetwork(type: string) {
      networkType = type;
      if (network) network(type);
    },
    /** The bodies that left, as JSON. */
    bodies: () => requests.map(({ body }) => JSON.parse(body)),
  };
};
