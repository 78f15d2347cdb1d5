import type { Adapter } from '../types/adapter';
import type { EnterOptions, HostEvents, HostSource } from '../types/host';
import type { Log } from '../utils/log';

type Listeners = { [K in keyof HostEvents]?: ((event: HostEvents[K]) => void)[] };

/** The app's life as events, from the host's own listeners; `instrument` adds the pages. */
export const createHost = (adapter: Adapter, log: Log): HostSource => {
  const listeners: Listeners = {};
  let launched = false;
  let speaker: string | undefined;
  // Alipay calls `onShow` without options on a return from the background.
  const entry = (options: EnterOptions = {}): EnterOptions => (adapter.entry ? adapter.entry(options) : options);
  const speaks = (source: string): boolean => (speaker = speaker || source) === source;

  const host: HostSource = {
    log,
    on(type, listener) {
      // A new list each time: one may be walked at this moment.
      const list = (): (typeof listener)[] => listeners[type] || [];
      listeners[type] = [...list(), listener] as never;
      return () => {
        listeners[type] = list().filter((each) => each !== listener) as never;
      };
    },
    emit(type, event) {
      for (const listener of listeners[type] || []) log.guard(`on ${type}`, () => listener(event));
    },
    has: (type) => !!(listeners[type] || '').length,
    appLaunch(options) {
      if (launched) return;
      launched = true;
      host.emit('appLaunch', entry(options || adapter.launchOptions()));
    },
    appShow(source, options) {
      if (!speaks(source)) return;
      host.appLaunch();
      host.emit('appShow', entry(options));
    },
    appHide(source, event) {
      if (speaks(source)) host.emit('appHide', event || {});
    },
    undo: [],
  };
  host.undo.push(
    adapter.onAppShow((options) => host.appShow('listener', options)),
    adapter.onAppHide((event) => host.appHide('listener', event)),
  );
  return host;
};
