import { json } from './formats/json';
import { createHost } from './instrument/createHost';
import { type Counts, createQueue } from './queue/createQueue';
import type { DeviceState } from './queue/state';
import { EVENT_IDENTIFY, SDK } from './semantic';
import { createSender } from './transport/sender';
import type { EventType, Properties, TrackEvent } from './types/event';
import type { Format } from './types/format';
import type { HostSource, Unsubscribe, Wraps } from './types/host';
import type { JsonObject } from './types/json';
import type { Plugin, PluginContext, PluginList, PluginMethods } from './types/plugin';
import type { DropReason, Endpoint, EventMap, Stats, Tracker, TrackerOptions, TrackOptions } from './types/tracker';
import { byteLength } from './utils/byteLength';
import { createLog, type Log } from './utils/log';
import { randomHex } from './utils/randomHex';
import { toPlain } from './utils/toPlain';

const LOAD_MIN_MS = 200;
const LOAD_SPREAD_MS = 2000;
const DEFAULTS = {
  flushAt: 30,
  flushIntervalMs: 15_000,
  maxEvents: 2000,
  maxBytes: 2 ** 20,
  maxAgeMs: 604_800_000,
  maxEventBytes: 2 ** 15,
  sampleRate: 1,
};
/** What the trackers of one app share, also across two copies of this module (main package and subpackage). */
interface Shared {
  host?: HostSource | undefined;
  readonly trackers: Record<string, unknown>;
}
const SHARED = '__minitrail';

const sharedBy = (holder: { [SHARED]?: Shared }): Shared => {
  const shared = holder[SHARED] || { trackers: {} };
  try {
    holder[SHARED] = shared;
  } catch {
    // The host froze its API object: this tracker stands alone.
  }
  return shared;
};

const flatten = (list: PluginList): readonly Plugin[] =>
  list.reduce<Plugin[]>((all, item) => all.concat(!item ? [] : 'name' in item ? item : flatten(item)), []);

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
export const createTracker = <Events extends EventMap = Record<string, Properties>>(
  options: TrackerOptions,
): Tracker<Events> => {
  const { adapter, namespace = 'minitrail', debug } = options || {};
  const log = createLog(debug);
  if (!adapter || !adapter.storage) {
    log.warn('adapter is missing, nothing is tracked: createTracker({ adapter: wechat(), … })');
    return idle();
  }
  const shared = sharedBy(adapter.api);
  const { trackers } = shared;
  if (trackers[namespace])
    log.warn(`namespace '${namespace}' is taken and its tracker is used; give a second one its own namespace`);
  else trackers[namespace] = log.guard('createTracker', () => start<Events>(options, namespace, shared, log)) || idle();
  return trackers[namespace] as Tracker<Events>;
};

/** Takes every call and does nothing: for an app whose tracker cannot start. */
const idle = <Events extends EventMap>(): Tracker<Events> => {
  const same = (value: unknown): unknown => value;
  const tracker: Record<string, unknown> = {
    shareToken: () => '',
    flush: () => Promise.resolve({ state: 'stopped', sent: 0, waiting: 0 }),
    stats: createStats,
  };
  for (const name of 'track identify reset register unregister destroy wrapApp wrapPage wrapComponent'.split(' '))
    tracker[name] = same;
  // A test holds the list of names against the type.
  return tracker as unknown as Tracker<Events>;
};

const createStats = (): Counts & Pick<Stats, 'waiting' | 'stored' | 'state' | 'notBefore'> => ({
  accepted: 0,
  recovered: 0,
  acknowledged: 0,
  inFlight: 0,
  dropped: {},
  requests: 0,
  writes: 0,
  written: 0,
  waiting: 0,
  stored: 0,
  state: 'stopped',
  notBefore: 0,
});

const start = <Events extends EventMap>(
  options: TrackerOptions,
  namespace: string,
  shared: Shared,
  log: Log,
): Tracker<Events> => {
  const { adapter } = options;
  const { storage } = adapter;
  const limits = Object.assign({}, DEFAULTS);
  // Callers without exactOptionalPropertyTypes pass `undefined`, which must not switch a bound off.
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    const given = options[name];
    if (typeof given === 'number') limits[name] = given;
  }
  const plugins = flatten(options.plugins || []);
  const keys = log.guard('storage', () => storage.keys()) || [];
  // One random part for a launch, the rest counts up: unique, a UUID in form, and small once compressed.
  const launchId = `${randomHex(8)}-${randomHex(4)}-4${randomHex(3)}-a${randomHex(3)}-`;
  const registered: Record<string, unknown> = {};
  const facts: Record<string, JsonObject | undefined> = {};
  const methods: Partial<PluginMethods> = {};
  let context = '';
  let network = 'unknown';
  let session = randomHex(12);
  let timer: number | undefined;
  /** Events since the last time all that waited was sent. */
  let fresh = 0;
  let destroyed = false;

  const given = options.endpoint;
  // Each endpoint has a queue and a state of its own, so that one that is down holds up no other. The first one's state
  // is the installation's.
  const pipes = (Array.isArray(given) && given.length ? given : [given]).map((each: string | Endpoint, index) => {
    const counts = createStats();
    const state: DeviceState = {
      boot: 0,
      visitor: randomHex(32),
      wait: { until: 0, tries: 0 },
      drops: {},
      gone: {},
      plugins: {},
    };
    const queue = createQueue({
      storage,
      prefix: index ? `${namespace}:${index}:` : `${namespace}:`,
      keys,
      state,
      limits,
      counts,
      onDrop(reason, count, sample) {
        log.warn(`events dropped: ${reason}`, sample[0]);
        log.guard('onDrop', () => options.onDrop && options.onDrop(reason, count, sample));
      },
    });
    const sender = createSender({
      adapter,
      endpoint: endpointOf(each, log),
      queue,
      state,
      log,
      counts,
      onBlocked: (status) => log.guard('onBlocked', () => options.onBlocked && options.onBlocked(status)),
    });
    return { counts, state, queue, sender };
  });
  const [{ counts, state, queue }] = pipes as [(typeof pipes)[0]];
  const { boot } = state;

  /** What many events share, as JSON text. */
  const contextNow = (): string => {
    const own = (facts.adapter = facts.adapter || log.guard('adapter', () => adapter.context()) || {});
    return (context =
      context ||
      JSON.stringify(
        Object.assign(
          {
            // A preview has a storage of its own: an id from there would count its visitor twice.
            anonymous_id: own.single_page ? 'single_page' : state.visitor,
            user_id: state.user,
            platform: adapter.platform,
            sdk: SDK,
            network_type: network,
          },
          ...Object.values(facts),
        ),
      ));
  };
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    fresh = 0;
    for (const { sender } of pipes) sender.trigger();
  };

  const filters = [...plugins.map(({ enrich }) => enrich), options.beforeSend].filter(Boolean) as ((
    event: TrackEvent,
  ) => TrackEvent | null)[];
  /** Takes an event in, or drops and counts it. Serialised once: storing and sending join strings. */
  const add = (type: EventType, name: unknown, properties: unknown, durable?: boolean): void => {
    if (destroyed) return log.warn('tracked after destroy(): lost', name);
    // The id is random, so its first digits are a fair and stable lot.
    if (Number.parseInt(state.visitor.slice(0, 8), 16) >= limits.sampleRate * 2 ** 32) {
      // Who drew a blank keeps it: the id is stored, even when nothing else is.
      if (!counts.writes) queue.touch();
      return;
    }
    const id = launchId + (0x1000000000000 + counts.accepted).toString(16).slice(1);
    const identity = { id, boot, seq: counts.accepted };
    for (const pipe of pipes) pipe.counts.accepted++;
    const drop = (why: DropReason, sample: string): void => {
      for (const pipe of pipes) pipe.queue.drop(why, 1, [sample]);
    };
    const ts = Date.now();
    let reason: DropReason = 'unserializable';
    const label = typeof name === 'string' ? name : typeof name;
    const plain = (value: unknown): Properties =>
      toPlain(value, (what) => log.warn(`${label}: a ${what} was changed or left out for JSON`)) as Properties;
    const line = log.guard(`track('${label}')`, () => {
      if (typeof name !== 'string' || !name) throw 'the name must be a string';
      let all: Record<string, unknown> | undefined;
      for (const [key, value] of Object.entries(registered)) {
        all = all || {};
        all[key] = typeof value === 'function' ? log.guard(key, () => value()) : value;
      }
      const own = plain(typeof properties === 'object' ? properties : { value: properties });
      const { seq } = identity;
      let event: TrackEvent | null = {
        id,
        boot,
        seq,
        type,
        name,
        ts,
        session_id: session,
        properties: Object.assign(all ? plain(all) : {}, own),
      };
      if (filters.length) {
        reason = 'filtered';
        for (const filter of filters) event = event && filter(event);
        if (!event) return '';
        reason = 'unserializable';
        event = Object.assign({}, event, identity);
      }
      return JSON.stringify(event);
    });
    if (!line) return drop(reason, label);
    const bytes = byteLength(line);
    if (bytes > limits.maxEventBytes) return drop('too_large', line.slice(0, 200));
    log.debug(name as string, properties);
    for (const pipe of pipes) pipe.queue.add({ id, line, bytes, ts, context: contextNow(), durable });
    if (++fresh >= limits.flushAt) send();
    else if (timer === undefined) timer = setTimeout(send, limits.flushIntervalMs);
  };

  const host = (shared.host = shared.host || createHost(adapter, log));
  let stops: readonly (Unsubscribe | void)[] = [
    adapter.onNetwork((type) => {
      network = type;
      context = '';
      for (const { sender } of pipes) sender.network(type !== 'none');
    }),
  ];
  for (const { name, setup, enrich } of plugins) {
    if (!setup && !enrich) log.warn(`plugin ${name} does nothing: call it, as in ${name}()`);
    if (!setup) continue;
    const given: PluginContext = {
      host,
      platform: adapter.platform,
      api: adapter.api,
      track: (event, properties) => add('auto', event, properties),
      visitor: () => state.visitor,
      session: (id = session) => (session = id),
      setContext(shared) {
        facts[name] = shared;
        context = '';
      },
      memory: {
        get: () => state.plugins[name],
        set(value) {
          state.plugins[name] = value;
          queue.touch();
        },
      },
      expose: (added) => void Object.assign(methods, added),
    };
    stops = stops.concat(log.guard(`plugin ${name}`, () => setup(given)));
  }
  stops = stops.concat(
    // After the plugins, so that the last events go out with the rest.
    host.on('appShow', () => {
      for (const { sender } of pipes) sender.show();
    }),
    host.on('appHide', () => {
      for (const pipe of pipes) pipe.queue.saveNow();
      for (const { sender } of pipes) sender.hide();
    }),
  );
  if (pipes.some((pipe) => pipe.queue.hasStored)) {
    // Read early, so that a run of short launches cannot pile up more than the bounds allow; sent at a random moment.
    timer = setTimeout(() => {
      for (const pipe of pipes) pipe.queue.ready(() => undefined);
      timer = setTimeout(send, Math.random() * LOAD_SPREAD_MS);
    }, LOAD_MIN_MS);
  }

  const setVisitor = (visitor: string, user?: string): void => {
    state.visitor = visitor;
    state.user = user;
    context = '';
    queue.touch();
  };
  const wrap =
    (kind: keyof Wraps) =>
    <T extends object>(given: T): T =>
      host.wraps ? host.wraps[kind](given) : given;

  const tracker: Tracker<Events> = {
    // The event map binds callers only; here every name and value is taken as it comes.
    track: ((name: unknown, properties: unknown = {}, settings?: TrackOptions) =>
      add('track', name, properties, settings && settings.durable)) as Tracker<Events>['track'],
    identify(userId, traits = {}) {
      if (typeof userId !== 'string' || !userId) return log.warn('identify() needs a user id; got', userId);
      setVisitor(state.visitor, userId);
      add('identify', EVENT_IDENTIFY, traits, true);
    },
    reset: () => setVisitor(randomHex(32)),
    register: (properties) => void Object.assign(registered, properties),
    unregister(key) {
      delete registered[key];
    },
    shareToken() {
      log.warn('shareToken() needs share()');
      return '';
    },
    flush: () =>
      Promise.all(pipes.map(({ sender }) => sender.flush())).then((results) =>
        results.reduce((all, { state, sent, waiting }) => ({
          state: all.state === 'idle' ? state : all.state,
          sent: all.sent + sent,
          waiting: all.waiting + waiting,
        })),
      ),
    stats: () => {
      const [first, ...others] = pipes.map(({ counts, state, queue, sender }) =>
        Object.assign({}, counts, {
          dropped: Object.assign({}, counts.dropped),
          waiting: queue.entries.length,
          stored: queue.entries.filter(({ stored }) => stored).length,
          state: sender.state(),
          notBefore: state.wait.until,
        }),
      ) as [Stats, ...Stats[]];
      return others.length ? Object.assign(first, { others }) : first;
    },
    destroy() {
      if (destroyed) return;
      destroyed = true;
      clearTimeout(timer);
      for (const stop of stops) if (stop) log.guard('destroy', stop);
      for (const pipe of pipes) {
        pipe.queue.saveNow();
        pipe.queue.stop();
        pipe.sender.stop();
      }
      delete shared.trackers[namespace];
      if (Object.keys(shared.trackers).length) return;
      for (const undo of host.undo) log.guard('destroy', undo);
      shared.host = undefined;
    },
    wrapApp: wrap('app'),
    wrapPage: wrap('page'),
    wrapComponent: wrap('component'),
  };
  return Object.assign(tracker, methods);
};

/** The endpoint with its defaults. A wrong one is named once; the events wait for the next release. */
const endpointOf = (given: string | Endpoint, log: Log): Endpoint & { readonly format: Format } => {
  const endpoint = Object.assign({ format: json(), url: '' }, typeof given === 'object' ? given : { url: given });
  const [, secure, host] = /^http(s?):\/\/([^/:?#]+)/.exec(endpoint.url) || [];
  const { error } = endpoint.format;
  if (!host || error) {
    log.warn(error || 'endpoint must be a URL such as https://…; events are kept. Got', endpoint.url);
    endpoint.url = '';
  } else if (!secure && !/^(localhost|127\.)/.test(host)) log.warn('devices refuse http:, use https:', endpoint.url);
  return endpoint;
};
