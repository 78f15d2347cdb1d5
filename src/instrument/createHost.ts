import type { Adapter } from '../types/adapter';
import type { EnterOptions, HostSource } from '../types/host';
import type { Log } from '../utils/log';

type Listener = (event: never) => void;

const newHost = (adapter: Adapter, log: Log): HostSource => {
  const listeners: Record<string, readonly Listener[] | undefined> = {};
  const of = (type: string): readonly Listener[] => listeners[type] || [];
  let told: string | undefined;
  let tellers: readonly string[] = [];
  /**
   * Whether a source tells something new. Several tell of each show and hide, and any of them may fall silent (the app
   * takes listeners off) or never speak; only one that has told of the last one before tells of the next.
   */
  const isNews = (type: string, source: string): boolean => {
    const isNew = type !== told || (type === 'appShow' && tellers.includes(source));
    tellers = (isNew ? [] : tellers).concat(source);
    told = type;
    return isNew;
  };
  // Hosts and simulators call with less than they document; Alipay without options on a return from the background.
  const entryOf = (options: EnterOptions | null | undefined): EnterOptions =>
    adapter.entry ? adapter.entry(options || {}) : options || {};

  const host: HostSource = {
    log,
    depth: 0,
    endpoints: [],
    ownWraps: adapter.ownWraps,
    on(type, listener) {
      // A new list each time: one may be walked at this moment.
      listeners[type] = of(type).concat(listener as never);
      return () => {
        listeners[type] = of(type).filter((each) => each !== listener);
      };
    },
    emit(type, event) {
      for (const listener of of(type)) host.log.guard(`on ${type}`, () => listener(event as never));
    },
    has: (type) => of(type).length > 0,
    appLaunch(options) {
      if (host.entered) return;
      host.entered = entryOf(options || adapter.launchOptions());
      host.emit('appLaunch', host.entered);
    },
    appShow(source, options) {
      if (!isNews('appShow', source)) return;
      host.appLaunch();
      host.emit('appShow', entryOf(options));
      if (host.pages) host.pages.wake();
    },
    appHide(source, event) {
      if (!isNews('appHide', source)) return;
      if (host.pages) host.pages.sleep();
      host.emit('appHide', event || {});
    },
    undo: [],
  };
  return host;
};

/**
 * The app's life as events, from the host's own listeners; `instrument` adds the pages. `known`: what an earlier tracker
 * made. Where the last one has left it, the process, its launch and its pages are still the same.
 */
export const createHost = (adapter: Adapter, log: Log, known?: HostSource): HostSource => {
  const host = known || newHost(adapter, log);
  if (host.undo.length) return host;
  host.log = log;
  host.undo.push(
    adapter.onAppShow((options) => host.appShow('listener', options)),
    adapter.onAppHide((event) => host.appHide('listener', event)),
    () => {
      host.sharer = undefined;
    },
  );
  return host;
};
