import type { Agenda } from './capture/createAgenda';
import type { Capture } from './capture/createCapture';
import { LARGE } from './codes';
import type { Core, CoreOptions } from './createCore';
import type { HostSource } from './types/host';
import type { Json } from './types/json';
import type { PluginContext } from './types/plugin';
import type { TrackerOptions } from './types/tracker';

// It stands in front of stored records.
const MAX_MEMORY = 8192;

export interface Rooms extends Pick<CoreOptions, 'log' | 'gates' | 'forgets' | 'mirrors' | 'firstIds'> {
  readonly options: TrackerOptions;
  readonly host: HostSource;
  readonly agenda: Agenda;
  readonly capture: Capture;
  /** Opened by the first call. */
  readonly core: () => Core;
  /** Somebody wants to see each event at once. */
  readonly isEager: boolean;
  /** Asks the host for the network anew: it may have missed to tell of a change, or the app took the listener off. */
  askNetwork: () => void;
  /** What the plugins add to the tracker. */
  readonly methods: Record<string, unknown>;
}

/** What one plugin may see and do. */
export const createPluginContext = (name: string, rooms: Rooms): PluginContext => {
  const { options, host, agenda, capture, core, log, methods, gates, forgets, mirrors, firstIds } = rooms;
  const { adapter, endpoint } = options;
  const now = (): Core => {
    agenda.run();
    return core();
  };
  /** In order with what was captured before; at once within something that was put off, or where somebody looks. */
  const inOrder = (run: () => void): void => {
    if (agenda.isRunning()) return run();
    agenda.later(run);
    if (rooms.isEager) agenda.run();
  };
  return {
    host,
    platform: adapter.platform,
    api: adapter.api,
    endpoint,
    track(event, properties, at, type = 'auto') {
      const captured = capture(type, event, properties, false, at);
      inOrder(() => core().take(captured));
    },
    later: inOrder,
    lastSeen: () => now().state.seen,
    consent: () => now().consent(),
    visitor: () => now().state.visitor,
    session(id) {
      const { visit } = now();
      return (visit.session = id || visit.session);
    },
    facts: () => now().context.text(),
    setContext: (facts) => inOrder(() => core().context.set(name, facts)),
    memory: {
      get: () => now().state.plugins[name],
      set(value: Json) {
        // What JSON cannot carry would keep the whole state from being written.
        const text = log.guard(`memory of ${name}`, () => JSON.stringify(value));
        const { state, consent, touch } = now();
        if (!text || consent() === 'denied') return;
        if (text.length > MAX_MEMORY) return log.warn(LARGE, name);
        state.plugins[name] = value;
        touch();
      },
    },
    onForget: (listener) => void forgets.push(listener),
    expose: (added) => void Object.assign(methods, added),
    gate: (allows) => void gates.push(allows),
    firstVisitor: (ask) => void firstIds.push(() => log.guard(name, ask)),
    mirror: (mirrorName, given) =>
      !mirrors.some((each) => each.name === mirrorName) && !!mirrors.push({ name: mirrorName, given }),
    pipes: () => now().pipes,
  };
};
