import { createAgenda } from './capture/createAgenda';
import { createCapture } from './capture/createCapture';
import { NAMESPACE_TAKEN, NO_ADAPTER, PLUGIN_NOT_CALLED } from './codes';
import { createApi } from './createApi';
import { type Core, createCore } from './createCore';
import { createPluginContext, type Rooms } from './createPluginContext';
import type { Filter } from './enrich/applyFilters';
import { createHost } from './instrument/createHost';
import { flatten, limitsOf } from './options';
import { SDK } from './semantic';
import type { Adapter } from './types/adapter';
import type { SharedByTrackers as Shared, Unsubscribe } from './types/host';
import type { TrackerOptions } from './types/options';
import type { MethodsOf, Plugin, PluginList } from './types/plugin';
import type { EventMap, Tracker } from './types/tracker';
import { attempt } from './utils/attempt';
import { createLog, type Log } from './utils/log';

const FIRST_PAGE_MS = 200;

const SHARED = '__minitrail';

// Where the host froze its API object, one of its functions remembers.
const sharedBy = (api: { readonly request?: object }): Shared => {
  const holder = ([api, api.request].find(Object.isExtensible) || {}) as { [SHARED]?: Shared };
  return (holder[SHARED] = holder[SHARED] || { trackers: Object.create(null) });
};

/** Also how to stop it. */
const nothing = (): never => nothing as never;
/** As much of a host as a tracker looks at that is destroyed as soon as it is made. */
const NO_HOST = { onAppShow: nothing, onAppHide: nothing, onNetwork: nothing, api: {} } as unknown as Adapter;

/** For an app whose tracker cannot start: every call of it and of its plugins is taken, and nothing comes of it. */
const createIdle = (plugins: PluginList | undefined): object => {
  const log: Log = { note: nothing, warn: nothing, guard: (_, run) => attempt(run) };
  const options = { adapter: NO_HOST, consent: 'denied', plugins } as unknown as TrackerOptions;
  const idle = start(options, '', { trackers: {} }, log) as Tracker;
  idle.destroy();
  return idle;
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
  const log = createLog(debug);
  const run = (): object => {
    const shared = sharedBy(adapter.api);
    const { trackers } = shared;
    if (trackers[namespace]) log.warn(NAMESPACE_TAKEN, namespace);
    return (trackers[namespace] = trackers[namespace] || start(options, namespace, shared, log));
  };
  const tracker = Object(adapter).storage ? log.guard('createTracker', run) : log.warn(NO_ADAPTER);
  return (tracker || attempt(() => createIdle(options.plugins)) || createIdle([])) as Tracker<Events> & MethodsOf<Plugins>;
};

/** Lets the plugins listen; answers how to stop them. */
const setUp = (plugins: readonly Plugin[], rooms: Rooms): Unsubscribe[] => {
  let stops: Unsubscribe[] = [];
  for (const { name, setup, enrich } of plugins) {
    if (!setup && !enrich) rooms.log.warn(PLUGIN_NOT_CALLED, name);
    const stop = setup && rooms.log.guard(`plugin ${name}`, () => setup(createPluginContext(name, rooms)));
    stops = stops.concat(stop || []);
  }
  return stops;
};

/** The way of an event: host event or call → capture → (later) core: enrich → queue ⇄ storage → batch → endpoint. */
const start = (options: TrackerOptions, namespace: string, shared: Shared, log: Log): object => {
  const { adapter, endpoint, beforeSend } = options;
  const plugins = flatten(options.plugins);
  const filters: Filter[] = [];
  const agenda = createAgenda(log, filters);
  const host = (shared.host = createHost(adapter, log, shared.host));
  let opened: Core | undefined;
  const core = (): Core => {
    if (!opened) (opened = createCore(rooms)).begin();
    return opened;
  };
  const rooms: Rooms = {
    options,
    // A namespace of `a:1` must not meet the second endpoint of `a`.
    prefix: `${encodeURIComponent(namespace)}:`,
    limits: limitsOf(options, log),
    log,
    host,
    agenda,
    capture: createCapture(log),
    core,
    now() {
      agenda.run();
      return core();
    },
    filters,
    gates: [],
    forgets: [],
    mirrors: [],
    firstIds: [],
    methods: {},
  };
  const stops = setUp(plugins, rooms);
  // Not before: where somebody looks on, each event opens the core at once, and that asks all plugins.
  filters.push(...([...plugins.map(({ enrich }) => enrich), beforeSend].filter(Boolean) as Filter[]));
  // All that can wait lets the first page be shown before it. Where none comes, it does not wait for long.
  if (host.wraps && !host.page) {
    agenda.delay(FIRST_PAGE_MS);
    stops.push(host.on('pageShow', () => agenda.delay(0)));
  }
  host.endpoints.push(endpoint);
  const show = (): void => agenda.later(() => core().show());
  show();
  // After the plugins, so that the last events go out with the rest.
  stops.push(
    host.on('appShow', show),
    host.on('appHide', () => rooms.now().hide()),
    () => rooms.now().close(),
    () => {
      delete shared.trackers[namespace];
      // The last one to go leaves the host as it was.
      if (!Object.keys(shared.trackers).length) for (const undo of host.undo.splice(0)) log.guard('destroy', undo);
    },
  );
  log.note('start', { sdk: SDK, options, plugins, host });
  const members: Record<string, unknown> = Object.assign(createApi(rooms, stops), rooms.methods);
  // Code of the app runs wherever we look at what it gave: a throw of it is named, and goes no further.
  for (const [name, own] of Object.entries(members))
    if (typeof own === 'function') members[name] = (...given: unknown[]) => log.guard(name, () => own(...given));
  return members;
};
