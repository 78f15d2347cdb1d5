import type { Agenda } from './capture/createAgenda';
import type { Capture } from './capture/createCapture';
import { LARGE } from './codes';
import type { Core, CoreOptions } from './createCore';
import type { HostSource } from './types/host';
import type { Json } from './types/json';
import type { PluginContext } from './types/plugin';

// It stands in front of stored records.
const MAX_MEMORY = 8192;

export interface Rooms extends CoreOptions {
  readonly host: HostSource;
  readonly agenda: Agenda;
  readonly capture: Capture;
  /** Opened by the first call. */
  readonly core: () => Core;
  /** The same once all that was put off has run. */
  readonly now: () => Core;
  /** What the plugins add to the tracker. */
  readonly methods: Record<string, unknown>;
}

/** What one plugin may see and do. */
export const createPluginContext = (name: string, rooms: Rooms): PluginContext => {
  const { options, host, agenda, capture, core, now, log } = rooms;
  const { platform, api } = options.adapter;
  /** In order with what was captured before; at once within something that was put off. */
  const later = (run: () => void): void => (agenda.isRunning() ? run() : agenda.later(run));
  return {
    host,
    platform,
    api,
    track(event, properties, at, type = 'auto') {
      const captured = capture(type, event, properties, false, at);
      later(() => core().take(captured));
    },
    later,
    consent: () => now().consent(),
    visitor: () => now().state.visitor,
    session(id) {
      const { visit } = now();
      return (visit.session = id || visit.session);
    },
    facts: () => now().context.text(),
    setContext: (facts) => later(() => core().context.set(name, facts)),
    memory: {
      get: () => now().state.plugins[name],
      set(value: Json) {
        // What JSON cannot carry would keep the whole state from being written.
        const text = log.guard(`memory of ${name}`, () => JSON.stringify(value)) || '';
        const { state, know } = now();
        if (text.length > MAX_MEMORY) log.warn(LARGE, name);
        else if (text) know({ plugins: Object.assign({}, state.plugins, { [name]: value }) });
      },
    },
    onForget: (listener) => rooms.forgets.push(listener),
    expose: (added) => Object.assign(rooms.methods, added),
    gate: (allows) => rooms.gates.push(allows),
    firstVisitor: (ask) => rooms.firstIds.push(() => log.guard(name, ask)),
    mirror: (add) => rooms.mirrors.push(add),
    pipe: () => now().pipe,
  };
};
