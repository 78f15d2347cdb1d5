import type { HostSource } from '../../types/host';

export type Handler = (this: unknown, ...args: unknown[]) => unknown;

const isEvent = (value: unknown): boolean => !!value && !!(value as { type?: unknown }).type;

/** Tells the host that an event of the view is about to reach a handler that it has not seen among the options. */
export const wrapHandler = (host: () => HostSource | undefined, name: string, own: Handler): Handler =>
  function (...args) {
    const to = host();
    if (to) {
      to.log.guard('a handler', () => {
        if (isEvent(args[0]) || isEvent(args[args.length - 1])) to.emit('call', { name, args, page: to.page });
      });
    }
    return own.apply(this, args);
  };
