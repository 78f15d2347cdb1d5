import { AFTER_DESTROY, BAD_ID } from './codes';
import type { Captured, Core } from './createCore';
import type { Rooms } from './createPluginContext';
import type { DeviceState } from './queue/state';
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

/** What the app may call. Each call notes what is meant, in order with the events; those that answer wait for that. */
export const createApi = (rooms: Rooms, stops: readonly Unsubscribe[]): CoreMethods => {
  const { host, agenda, capture, core, isEager, log } = rooms;
  let isDestroyed = false;
  const now = (): Core => {
    agenda.run();
    return core();
  };
  const take = (event: Captured): void => {
    if (isDestroyed) return log.warn(AFTER_DESTROY, event.name);
    agenda.later(() => core().take(event));
    if (event.durable || isEager) agenda.run();
  };
  /** What becomes known of the visitor; nothing of one who is not tracked. */
  const know = (facts: Pick<DeviceState, 'user' | 'ids'>): void => {
    const { state, consent, touch } = core();
    if (consent() === 'denied') return;
    Object.assign(state, facts);
    touch();
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
      agenda.later(() => know({ user }));
      take(capture('identify', EVENT_IDENTIFY, traits, true));
    },
    setIds(given) {
      const ids: Record<string, string> = {};
      for (const name of Object.keys(given || {})) {
        const id = log.guard(`setIds ${name}`, () => idOf(`setIds ${name}`, (given as Record<string, unknown>)[name], log));
        if (id) ids[name] = id;
      }
      agenda.later(() => {
        const before = core().state.ids || {};
        for (const name of Object.keys(ids)) if (before[name] === ids[name]) delete ids[name];
        if (!Object.keys(ids).length) return;
        know({ ids: Object.assign({}, before, ids) });
        core().take(capture('identify', EVENT_ALIAS, ids, true));
      });
      agenda.run();
    },
    reset() {
      capture.clear();
      agenda.later(() => core().reset());
      agenda.run();
    },
    register: capture.register,
    unregister: capture.unregister,
    setConsent(decision) {
      agenda.later(() => core().decide(decision));
      if (decision !== 'granted') agenda.run();
    },
    flush() {
      rooms.askNetwork();
      return (now().pipes[0] as Core['pipes'][number]).sender.flush();
    },
    stats: () => (now().pipes[0] as Core['pipes'][number]).stats(),
    destroy() {
      if (isDestroyed) return;
      agenda.run();
      agenda.stop();
      isDestroyed = true;
      for (const stop of stops) log.guard('destroy', stop);
    },
    wrapApp: wrap('app'),
    wrapPage: wrap('page'),
    wrapComponent: wrap('component'),
  };
};
