import { AFTER_DESTROY, BAD_ID } from './codes';
import type { Captured } from './createCore';
import type { Rooms } from './createPluginContext';
import { EVENT_ALIAS, EVENT_IDENTIFY } from './semantic';
import type { Unsubscribe, Wraps } from './types/host';
import type { CoreMethods, TrackOptions } from './types/tracker';
import type { Log } from './utils/log';

const MAX_ID = 512;

/** An id as text. Numbers are the rule in shops. */
const idOf = (what: string, id: unknown, log: Log): string => {
  const text = typeof id === 'string' || Number.isFinite(id) ? `${id}` : '';
  if (text && text.length <= MAX_ID) return text;
  log.warn(BAD_ID, what, id);
  return '';
};

/**
 * What the app may call. Each call notes what is meant, in order with the events; those that answer wait for that. `stops`
 * is how to end it all: empty once the tracker is destroyed.
 */
export const createApi = ({ host, agenda, capture, core, now, log }: Rooms, stops: Unsubscribe[]): CoreMethods => {
  const take = (event: Captured): void => {
    if (stops.length) agenda.later(() => core().take(event), event.durable);
    else log.warn(AFTER_DESTROY, event.name);
  };
  const wrap =
    (kind: keyof Wraps) =>
    <T extends object>(given: T): T =>
      host.wraps ? host.wraps[kind](given) : given;
  return {
    track: (name: unknown, properties?: unknown, settings?: TrackOptions) =>
      take(capture('track', name, properties, !!settings && settings.durable)),
    identify(userId, traits) {
      const user = idOf('identify', userId, log);
      if (!user) return;
      agenda.later(() => core().know({ user }));
      take(capture('identify', EVENT_IDENTIFY, traits, true));
    },
    setIds(given) {
      agenda.later(() => {
        const before = core().state.ids || {};
        const ids: Record<string, string> = {};
        for (const name of Object.keys(given || {})) {
          const id = log.guard(`setIds ${name}`, () => idOf(`setIds ${name}`, given[name], log));
          if (id && id !== before[name]) ids[name] = id;
        }
        if (!Object.keys(ids).length) return;
        core().know({ ids: Object.assign({}, before, ids) });
        core().take(capture('identify', EVENT_ALIAS, ids, true));
      }, true);
    },
    reset() {
      capture.clear();
      agenda.later(() => core().reset(), true);
    },
    register: capture.register,
    unregister: capture.unregister,
    setConsent: (decision) => agenda.later(() => core().decide(decision), decision !== 'granted'),
    flush: () => now().flush(),
    stats: () => now().pipe.stats(),
    destroy() {
      agenda.run();
      for (const stop of stops.splice(0)) log.guard('destroy', stop);
    },
    wrapApp: wrap('app'),
    wrapPage: wrap('page'),
    wrapComponent: wrap('component'),
  };
};
