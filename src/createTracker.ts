import {
  AFTER_DESTROY,
  BAD_CONSENT,
  BAD_ID,
  BAD_OPTION,
  NAMESPACE_TAKEN,
  NEEDS_PLUGIN,
  NO_ADAPTER,
  NOT_JSON,
  PLUGIN_NOT_CALLED,
  WRONG_OPTION,
} from './codes';
import { createPipe, createStats, type Pipe, statsOf } from './createPipe';
import { createHost } from './instrument/createHost';
import { EVENT_ALIAS, EVENT_IDENTIFY, EVENT_PROFILE, SDK } from './semantic';
import { putQuery } from './share/putQuery';
import type { Adapter } from './types/adapter';
import type { EventType, Properties, TrackEvent } from './types/event';
import type { HostSource, Unsubscribe, Wraps } from './types/host';
import type { JsonObject } from './types/json';
import type { Plugin, PluginContext, PluginList, PluginMethods } from './types/plugin';
import type {
  Consent,
  DropReason,
  Endpoint,
  EventMap,
  Profile,
  Stats,
  Tracker,
  TrackerOptions,
  TrackOptions,
} from './types/tracker';
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
const PROFILE = ['set', 'setOnce', 'increment', 'append', 'unset'];
// A kill between two writes must not leave the visitor with more than was granted.
const DECISIONS: readonly Consent[] = ['denied', 'granted'];
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
    log.warn(NO_ADAPTER);
    return idle(log);
  }
  const shared = sharedBy(adapter.api);
  const { trackers } = shared;
  if (trackers[namespace]) log.warn(NAMESPACE_TAKEN, namespace);
  else trackers[namespace] = log.guard('createTracker', () => start<Events>(options, namespace, shared, log)) || idle(log);
  return trackers[namespace] as Tracker<Events>;
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
const idle = <Events extends EventMap>(log: Log): Tracker<Events> =>
  start({ adapter: NOWHERE, endpoint: 'https://nowhere', consent: 'denied' }, '', { trackers: {} }, log);

const start = <Events extends EventMap>(
  options: TrackerOptions,
  namespace: string,
  shared: Shared,
  log: Log,
): Tracker<Events> => {
  const { adapter, endpoint } = options;
  const { storage } = adapter;
  const prefix = `${namespace}:`;
  const limits = Object.assign({}, DEFAULTS);
  // Callers without exactOptionalPropertyTypes pass `undefined`, which must not switch a bound off.
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    const given = options[name];
    if (typeof given === 'number' && given >= 0) limits[name] = given;
    else if (given !== undefined) log.warn(BAD_OPTION, name, given);
  }
  const plugins = flatten(options.plugins || []);
  const keysNow = (): readonly string[] => log.guard('storage', () => storage.keys()) || [];
  const keys = keysNow();
  const registered: Record<string, unknown> = {};
  const facts: Record<string, JsonObject | undefined> = {};
  const methods: Partial<PluginMethods> = {};
  const began: Record<string, number> = {};
  const forgets: (() => void)[] = [];
  // What the visitor decided stands over what the app starts with.
  let consent = DECISIONS.find((decision) => keys.includes(prefix + decision)) || options.consent || 'granted';
  if (!['pending', ...DECISIONS].includes(consent)) log.warn(BAD_CONSENT, 'consent', consent);
  let launchId = '';
  let session = '';
  let context = '';
  let network = 'unknown';
  let timer: number | undefined;
  let hiddenAt = 0;
  /** Events since the last time all that waited was sent. */
  let fresh = 0;
  /** Of the next event: its place in what this visitor did in this launch. */
  let next = 0;
  let destroyed = false;

  /** Each endpoint has a queue and a state of its own, so that one that is down holds up no other. */
  const open = (keys: readonly string[], before: readonly Pipe[] = []): readonly Pipe[] => {
    // One random part for a launch, the rest counts up: unique, a UUID in form, and small once compressed.
    launchId = `${randomHex(8)}-${randomHex(4)}-4${randomHex(3)}-a${randomHex(3)}-`;
    session = randomHex(12);
    context = '';
    next = 0;
    return (Array.isArray(endpoint) && endpoint.length ? endpoint : [endpoint]).map((given: string | Endpoint, index) =>
      createPipe(options, {
        given,
        prefix: index ? `${prefix}${index}:` : prefix,
        keys,
        limits,
        log,
        context: () => contextNow(),
        counts: (before[index] || { counts: createStats() }).counts,
      }),
    );
  };
  let pipes = open(keys);
  /** The first one's state is the installation's. */
  let main = pipes[0] as Pipe;
  /** Brings storage and network in line with the consent. `anew`: nothing of what was is known any more. */
  const comply = (anew: boolean): void => {
    if (anew) {
      for (const { queue, sender } of pipes) {
        queue.purge();
        sender.hold(true);
      }
      for (const key of keysNow())
        if (key.startsWith(prefix) && /^[\d:.-]+s?$/.test(key.slice(prefix.length))) storage.remove(key, nothing);
      pipes = open([], pipes);
      main = pipes[0] as Pipe;
      for (const name of Object.keys(facts)) facts[name] = undefined;
      for (const forget of forgets) log.guard('forgetting', forget);
    }
    const held = destroyed || consent !== 'granted';
    for (const { queue, sender } of pipes) {
      queue.hold(held);
      sender.network(network !== 'none');
      sender.hold(held);
    }
  };

  /** What many events share, as JSON text. */
  const contextNow = (): string => {
    const own = (facts.adapter = facts.adapter || log.guard('adapter', () => adapter.context()) || {});
    const { visitor, user, ids } = main.state;
    return (context =
      context ||
      JSON.stringify(
        Object.assign(
          {
            // A preview has a storage of its own: an id from there would count its visitor twice.
            anonymous_id: own.single_page ? 'single_page' : visitor,
            user_id: user,
            ids,
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
  /** The consent, but for those who are none of the sample: the id is random, so its first digits are a fair and stable lot. */
  const allowed = (): Consent =>
    Number.parseInt(main.state.visitor.slice(0, 8), 16) < limits.sampleRate * 2 ** 32 ? consent : 'denied';
  /** Takes an event in, or drops and counts it. Serialised once: storing and sending join strings. */
  const add = (type: EventType, name: unknown, properties: unknown, durable?: boolean, ts = Date.now()): void => {
    if (destroyed) return log.warn(AFTER_DESTROY, `${name}`);
    if (allowed() === 'denied') {
      // Who drew a blank keeps it: the id is stored, even when nothing else is.
      if (!main.counts.writes) main.queue.touch();
      return;
    }
    const { boot } = main.state;
    const seq = next++;
    const id = launchId + (0x1000000000000 + seq).toString(16).slice(1);
    for (const pipe of pipes) pipe.counts.accepted++;
    const drop = (why: DropReason, sample: string): void => {
      for (const pipe of pipes) pipe.queue.drop(why, 1, [sample]);
    };
    if (!hiddenAt) main.state.seen = ts;
    let reason: DropReason = 'unserializable';
    const label = typeof name === 'string' ? name : typeof name;
    const plain = (value: unknown): Properties =>
      toPlain(value, (what) => log.warn(NOT_JSON, `${label}: ${what}`)) as Properties;
    const line = log.guard(`track('${label}')`, () => {
      if (typeof name !== 'string' || !name) throw 'the name must be a string';
      let all: Record<string, unknown> | undefined;
      const begin = type === 'track' ? began[name] : 0;
      // By a name such as `constructor` a function is found.
      if ((begin as number) > 0) {
        all = { duration_ms: Math.max(0, (hiddenAt || ts) - (begin as number)) };
        delete began[name];
      }
      // What is said of a visitor is not mixed with what is said of events.
      if (type === 'track' || type === 'auto') {
        for (const [key, value] of Object.entries(registered)) {
          all = all || {};
          all[key] = typeof value === 'function' ? log.guard(key, () => value()) : value;
        }
      }
      const own = plain(typeof properties === 'object' ? properties : { value: properties });
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
        event = Object.assign({}, event, { id, boot, seq });
      }
      return JSON.stringify(event);
    });
    if (!line) return drop(reason, label);
    const bytes = byteLength(line);
    if (bytes > limits.maxEventBytes) return drop('too_large', line.slice(0, 200));
    log.note('event', line);
    for (const pipe of pipes) pipe.queue.add({ id, line, bytes, ts, context: contextNow(), durable });
    if (++fresh >= limits.flushAt) send();
    else if (timer === undefined) timer = setTimeout(send, limits.flushIntervalMs);
  };

  if (consent !== 'granted') comply(consent === 'denied');
  if (adapter.random && main.state.boot === 1) {
    adapter.random((bytes) => {
      const id = Array.from(new Uint8Array(bytes), (byte) => (byte + 256).toString(16).slice(1)).join('');
      // Later the id may be in an event or in storage already.
      if (main.counts.accepted || main.counts.writes || id.length !== 32) return;
      main.state.visitor = id;
      context = '';
    });
  }
  const host = (shared.host = shared.host || createHost(adapter, log));
  host.endpoints = ((host.endpoints || []) as unknown[]).concat(endpoint);
  let stops: readonly (Unsubscribe | void)[] = [
    adapter.onNetwork((type) => {
      network = type;
      context = '';
      for (const { sender } of pipes) sender.network(type !== 'none');
    }),
  ];
  for (const { name, setup, enrich, options: given } of plugins) {
    if (!setup && !enrich) log.warn(PLUGIN_NOT_CALLED, name);
    if (options.debug)
      for (const [option, value] of options.debug.check({ name, options: given })) log.warn(WRONG_OPTION, option, value);
    if (!setup) continue;
    // What JSON cannot carry would keep every event, or the whole state, from being written.
    const isJson = (what: string, value: unknown): unknown => log.guard(`${what} of ${name}`, () => JSON.stringify(value));
    const plugged: PluginContext = {
      host,
      platform: adapter.platform,
      api: adapter.api,
      endpoint,
      track: (event, properties, at) => add('auto', event, properties, false, at),
      later: (run) => log.guard(name, run),
      lastSeen: () => main.state.seen || 0,
      consent: allowed,
      visitor: () => main.state.visitor,
      session: (id = session) => (session = id),
      setContext(shared) {
        if (shared && !isJson('context', shared)) return;
        facts[name] = shared;
        context = '';
      },
      memory: {
        get: () => main.state.plugins[name],
        set(value) {
          if (allowed() === 'denied' || !isJson('memory', value)) return;
          main.state.plugins[name] = value;
          main.queue.touch();
        },
      },
      onForget: (listener) => void forgets.push(listener),
      expose: (added) => void Object.assign(methods, added),
    };
    stops = stops.concat(log.guard(`plugin ${name}`, () => setup(plugged)));
  }
  stops = stops.concat(
    // After the plugins, so that the last events go out with the rest.
    host.on('appShow', () => {
      if (hiddenAt) for (const [name, at] of Object.entries(began)) began[name] = at + Date.now() - Math.max(at, hiddenAt);
      hiddenAt = 0;
      for (const { sender } of pipes) sender.show();
    }),
    host.on('appHide', () => {
      hiddenAt = Date.now();
      for (const pipe of pipes) pipe.queue.saveNow();
      for (const { sender } of pipes) sender.hide();
    }),
  );
  if (consent === 'granted' && pipes.some((pipe) => pipe.queue.hasStored)) {
    // Read early, so that a run of short launches cannot pile up more than the bounds allow; sent at a random moment.
    timer = setTimeout(() => {
      for (const pipe of pipes) pipe.queue.ready(() => undefined);
      timer = setTimeout(send, Math.random() * LOAD_SPREAD_MS);
    }, LOAD_MIN_MS);
  }

  const setVisitor = (visitor: string, user?: string, ids?: Readonly<Record<string, string>>): void => {
    Object.assign(main.state, { visitor, user, ids });
    context = '';
    main.queue.touch();
  };
  const wrap =
    (kind: keyof Wraps) =>
    <T extends object>(given: T): T =>
      host.wraps ? host.wraps[kind](given) : given;

  const profile: Record<string, unknown> = {};
  for (const name of PROFILE) {
    profile[name] = (...given: readonly unknown[]) =>
      add('profile', EVENT_PROFILE + name.replace('O', '_o'), name === 'unset' ? { keys: given } : given[0]);
  }
  const tracker: Tracker<Events> = {
    // The event map binds callers only; here every name and value is taken as it comes.
    track: ((name: unknown, properties: unknown = {}, settings?: TrackOptions) =>
      add('track', name, properties, settings && settings.durable)) as Tracker<Events>['track'],
    identify(userId, traits = {}) {
      if (typeof userId !== 'string' || !userId) return log.warn(BAD_ID, 'identify', userId);
      const { visitor, ids } = main.state;
      setVisitor(visitor, userId, ids);
      add('identify', EVENT_IDENTIFY, traits, true);
    },
    setIds(given) {
      const { visitor, user, ids = {} } = main.state;
      const added: Record<string, string> = {};
      for (const [name, id] of Object.entries(given || {})) {
        if (typeof id !== 'string' || !id) log.warn(BAD_ID, `setIds ${name}`, id);
        else if (ids[name] !== id) added[name] = id;
      }
      if (!Object.keys(added).length) return;
      setVisitor(visitor, user, Object.assign({}, ids, added));
      add('identify', EVENT_ALIAS, added, true);
    },
    reset() {
      setVisitor(randomHex(32));
      session = randomHex(12);
      main.state.plugins = {};
      for (const name of Object.keys(facts)) facts[name] = undefined;
      for (const forget of forgets) log.guard('forgetting', forget);
    },
    profile: profile as unknown as Profile,
    register: (properties) => void Object.assign(registered, properties),
    unregister(key) {
      delete registered[key];
    },
    startTimer(name) {
      began[name] = Date.now();
    },
    setConsent(decision) {
      if (!DECISIONS.includes(decision)) return log.warn(BAD_CONSENT, 'setConsent', decision);
      // Whoever consents after a denial is somebody new.
      const anew = [consent, decision].includes('denied');
      consent = decision;
      const keep = (): void => log.guard('setConsent', () => storage.set(prefix + consent, '1'));
      keep();
      // The removal may come after a later decision.
      for (const other of DECISIONS) if (other !== decision) storage.remove(prefix + other, keep);
      comply(anew);
    },
    decorateUrl(url) {
      const facts = { mt_visitor: main.state.visitor, mt_session: session, mt_platform: adapter.platform };
      return (allowed() === 'granted' && url !== '' && log.guard('decorateUrl', () => putQuery(url, facts))) || url;
    },
    shareToken() {
      log.warn(NEEDS_PLUGIN, 'shareToken: share()');
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
      const [first, ...others] = pipes.map(statsOf) as [Stats, ...Stats[]];
      return others.length ? Object.assign(first, { others }) : first;
    },
    destroy() {
      if (destroyed) return;
      destroyed = true;
      clearTimeout(timer);
      for (const stop of stops) if (stop) log.guard('destroy', stop);
      for (const { queue } of pipes) queue.saveNow();
      comply(false);
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
