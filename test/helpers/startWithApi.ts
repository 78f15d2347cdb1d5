import { createTracker } from '../../src/createTracker';
import type { Properties, TrackEvent } from '../../src/types/event';
import type { TrackerOptions } from '../../src/types/options';
import type { PluginList } from '../../src/types/plugin';
import { createFakeHost } from './fakeHost';
import { createFakeAdapter } from './fakeHostAdapter';
import { ENDPOINT } from './fakeHostTracker';

interface Options extends Partial<TrackerOptions> {
  readonly platform?: string;
}

/** A tracker whose plugins meet `api` as the host's API object: `wx`, `my`, `tt`. */
export const startWithApi = (plugins: PluginList, api: object, { platform = 'wechat', ...options }: Options = {}) => {
  const host = createFakeHost();
  const device = createFakeAdapter({ host });
  const events: TrackEvent[] = [];
  const tracker = createTracker({
    adapter: { ...device.adapter, platform, api },
    endpoint: ENDPOINT,
    plugins,
    beforeSend(event) {
      events.push(event);
      return event;
    },
    ...options,
  });
  return {
    host,
    tracker,
    events,
    /** The properties of the events of this name, as they go out. */
    sent: (name: string): Properties[] =>
      JSON.parse(JSON.stringify(events.filter((event) => event.name === name).map(({ properties }) => properties))),
  };
};

type Listener = (...args: unknown[]) => void;

/** `onX` and `offX` of a host for each of the names, and `tell`, by which it calls its listeners. */
export const createListeners = (names: readonly string[]) => {
  const listeners = new Map<string, Set<Listener>>(names.map((name) => [name, new Set()]));
  const api: Record<string, (listener: Listener) => void> = {};
  for (const [name, set] of listeners) {
    api[`on${name}`] = (listener) => void set.add(listener);
    api[`off${name}`] = (listener) => void set.delete(listener);
  }
  return {
    api,
    count: (name: string) => listeners.get(name)?.size,
    /** As `offX()` without an argument. */
    clear: (name: string) => listeners.get(name)?.clear(),
    tell(name: string, ...args: unknown[]) {
      for (const listener of listeners.get(name) ?? []) listener(...args);
    },
  };
};
