import { TAPS_MISSING } from '../../codes';
import type { HostSource, Unsubscribe } from '../../types/host';
import type { PluginContext } from '../../types/plugin';

export type Handler = (this: unknown, ...args: unknown[]) => unknown;

const isEvent = (value: unknown): boolean => !!value && !!(value as { type?: unknown }).type;

/** Brings handlers that a framework keeps to itself before the tracker; `use` is the call that an app may forget. */
export const createBridge = (use: string) => {
  let host: HostSource | undefined;
  /** Trackers that listen: they share the host. */
  let trackers = 0;
  let installed = false;
  const wrapped = new WeakSet<object>();

  const tellCall = (to: HostSource, name: string, args: ArrayLike<unknown>): void =>
    to.log.guard('a handler', () => {
      if (isEvent(args[0]) || isEvent(args[args.length - 1]))
        to.emit('call', { name, args, page: to.page, nested: to.depth > 0 });
    });
  const tell = (name: string, own: Handler): Handler =>
    function () {
      const to = host;
      if (!to) return own.apply(this, arguments as never);
      tellCall(to, name, arguments);
      to.depth++;
      try {
        return own.apply(this, arguments as never);
      } finally {
        to.depth--;
      }
    };

  return {
    install(): void {
      installed = true;
    },
    setup(context: PluginContext): readonly Unsubscribe[] {
      ({ host } = context);
      trackers++;
      const { log } = context.host;
      return [
        context.host.on('pageShow', () => installed || log.warn(TAPS_MISSING, use)),
        () => {
          if (!--trackers) host = undefined;
        },
      ];
    },
    /** Puts a function that tells of events of the view in the place of each handler of `owner`, once. */
    look(
      owner: Record<string, unknown>,
      isHandler: (name: string) => boolean,
      finish = (told: Handler, _own: Handler): Handler => told,
    ): void {
      if (!host) return;
      const { guard } = host.log;
      // One by one: a computed value of the app may throw until its data are there.
      for (const name of Object.keys(owner).filter(isHandler))
        guard('handlers', () => {
          const own = owner[name];
          if (typeof own !== 'function' || wrapped.has(own)) return;
          const ours = finish(tell(name, own as Handler), own as Handler);
          wrapped.add(ours);
          owner[name] = ours;
        });
    },
  };
};
