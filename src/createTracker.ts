import { createAgenda } from './capture/createAgenda';
import { createCapture } from './capture/createCapture';
import { BAD_DEBUG, NAMESPACE_TAKEN, NO_ADAPTER, PLUGIN_NOT_CALLED } from './codes';
import { createApi } from './createApi';
import { type Core, type CoreOptions, createCore } from './createCore';
import { createPluginContext, type Rooms } from './createPluginContext';
import type { Filter } from './enrich/applyFilters';
import { createHost } from './instrument/createHost';
import { flatten, limitsOf } from './options';
import { SDK } from './semantic';
import type { Adapter } from './types/adapter';
import type { SharedByTrackers as Shared, Unsubscribe } from './types/host';
import type { MethodsOf, Plugin, PluginList } from './types/plugin';
import type { EventMap, Tracker, TrackerOptions } from './types/tracker';
import { createLog, type Log } from './utils/log';

const LOAD_MIN_MS = 200;
const LOAD_SPREAD_MS = 2000;
const FIRST_PAGE_MS = 200;

const SHARED = '__minitrail';

const sharedBy = (holder: { [SHARED]?: Shared }): Shared => {
  const shared = holder[SHARED] || { trackers: Object.create(null) };
  try {
    holder[SHARED] = shared;
  } catch {
    // The host froze its API object: this tracker stands alone.
  }
  return shared;
};

/**
 * Starts tracking. Call it in the first import of `app`, before `App` and before any page: from here on the plugins
 * see what the host constructs. Never throws: a mistake in the options is named on the console and the app runs on.
 *
 * @example
 * export const tracker = createTracker({
 *   adapter: wechat(),
 *   endpoint: 'https://collect.example.com/v1/events',
 *   plugins: [autotrack({ pageView: true, pageLeave: true })],
 * })
 */
export const createTracker = <Events extends EventMap = Record<string, object>, Plugins extends PluginList = PluginList>(
  options: TrackerOptions & { readonly plugins?: Plugins },
): Tracker<Events> & MethodsOf<Plugins> => {
  const { adapter, namespace = 'minitrail', debug } = options || {};
  const isDebug = !!debug && typeof debug.explain === 'function';
  const log = createLog(isDebug ? debug : undefined);
  if (debug && !isDebug) log.warn(BAD_DEBUG);
  if (!adapter || !adapter.storage) {
    log.warn(NO_ADAPTER);
    return idle(log) as Tracker<Events> & MethodsOf<Plugins>;
  }
  const shared = sharedBy(adapter.api);
  const { trackers } = shared;
  if (trackers[namespace]) log.warn(NAMESPACE_TAKEN, namespace);
  else trackers[namespace] = log.guard('createTracker', () => start(options, namespace, shared, log)) || idle(log);
  return trackers[namespace] as Tracker<Events> & MethodsOf<Plugins>;
};

const nothing = (): undefined => undefined;
/** A host that is none, for an app whose tracker cannot start: every call is taken and nothing comes of it. */
const NOWHERE: Adapter = {
  platform: '',
  api: {},
  storage: { keys: () => [], get: nothing, set: nothing, read: nothing, write: nothing, remove: nothing },
  request: nothing,
  context: () => ({}),
  launchOptions: () => ({}),
  onAppShow: () => nothing,
  onAppHide: () => nothing,
  onNetwork: () => nothing,
};
const idle = (log: Log): object =>
  start({ adapter: NOWHERE, endpoint: 'https://nowhere', consent: 'denied' }, '', { trackers: {} }, log);

/** Asks at once: the host answers later, and the first event takes what is there. */
const askForId = ({ random }: Adapter, log: Log): (() => string | undefined) => {
  let id: string | undefined;
  const use = (bytes: ArrayBuffer): void => {
    const hex = Array.from(new Uint8Array(bytes), (byte) => (byte + 256).toString(16).slice(1)).join('');
    if (hex.length === 32) id = hex;
  };
  if (random) log.guard('random', () => random(use));
  return () => id;
};

/** Lets the plugins listen; answers how to stop them. */
const setUp = (plugins: readonly Plugin[], rooms: Rooms): Unsubscribe[] => {
  const stops: Unsubscribe[] = [];
  for (const { name, setup, enrich } of plugins) {
    if (!setup && !enrich) rooms.log.warn(PLUGIN_NOT_CALLED, name);
    const stop = setup && rooms.log.guard(`plugin ${name}`, () => setup(createPluginContext(name, rooms)));
    if (stop) stops.push(...(typeof stop === 'function' ? [stop] : stop));
  }
  return stops;
};
/** The last one to go leaves the host as it was. */
const leave = (shared: Shared, namespace: string, log: Log): void => {
  const { host, trackers } = shared;
  delete trackers[namespace];
  if (!host || Object.keys(trackers).length) return;
  for (const undo of host.undo) log.guard('destroy', undo);
  shared.host = undefined;
};

/** The way of an event: host event or call → capture → (later) core: enrich → queue ⇄ storage → batch → endpoint. */
const start = (options: TrackerOptions, namespace: string, shared: Shared, log: Log): object => {
  const { adapter } = options;
  const plugins = flatten(options.plugins);
  const filters = [...plugins.map(({ enrich }) => enrich), options.beforeSend].filter(Boolean) as Filter[];
  const agenda = createAgenda(log);
  const host = (shared.host = shared.host || createHost(adapter, log));
  const parts: CoreOptions = {
    options,
    // A namespace of `a:1` must not meet the second endpoint of `a`.
    prefix: `${encodeURIComponent(namespace)}:`,
    limits: limitsOf(options, log),
    log,
    filters,
    gates: [],
    forgets: [],
    mirrors: [],
    firstIds: [askForId(adapter, log)],
  };
  let opened: Core | undefined;
  let stopNetwork: Unsubscribe | undefined;
  const core = (): Core => (opened = opened || createCore(parts));
  const rooms: Rooms = Object.assign({}, parts, {
    host,
    agenda,
    capture: createCapture(log),
    core,
    isEager: filters.length > 0,
    methods: {},
    askNetwork: nothing,
  });
  const stops = setUp(plugins, rooms);
  // All that can wait lets the first page be shown before it. Where none comes, it does not wait for long.
  if (host.wraps && !host.page) {
    agenda.delay(FIRST_PAGE_MS);
    stops.push(host.on('pageShow', () => agenda.delay(0)));
  }
  host.endpoints = (host.endpoints || []).concat(
    options.endpoint,
    parts.mirrors.map(({ given }) => given),
  );
  // Read early, so that a run of short launches cannot pile up more than the bounds allow; sent at a random moment.
  let timer = setTimeout(() => {
    agenda.later(() => {
      if (core().load()) timer = setTimeout(core().send, Math.random() * LOAD_SPREAD_MS);
    });
  }, LOAD_MIN_MS);
  rooms.askNetwork = () => {
    if (stopNetwork) stopNetwork();
    stopNetwork = adapter.onNetwork(onNetwork);
  };
  agenda.later(rooms.askNetwork);
  const onNetwork = (type: string): void => {
    core().context.network(type);
    for (const { sender } of core().pipes) sender.network(type !== 'none');
  };
  // After the plugins, so that the last events go out with the rest.
  stops.push(
    host.on('appShow', () => {
      agenda.later(rooms.askNetwork);
      if (opened) agenda.later(opened.show);
    }),
    host.on('appHide', () => {
      agenda.run();
      if (opened) opened.hide();
    }),
    () => clearTimeout(timer),
    () => stopNetwork && stopNetwork(),
    () => opened && opened.close(),
  );
  log.note('start', { sdk: SDK, options, plugins, host });
  stops.push(() => leave(shared, namespace, log));
  return Object.assign(createApi(rooms, stops), rooms.methods);
};
