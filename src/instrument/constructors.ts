import type { HostSource, Wraps } from '../types/host';
import { attempt } from '../utils/attempt';
import { standIn } from './standIn';

/**
 * Free identifiers, each on its own: a host may lack one (no `App` in an independent subpackage) or forbid the write.
 * Returns the host's own.
 */
export const replaceConstructor = (
  host: HostSource,
  wrap: <T>(options: T) => T,
  identifier: (value?: HostConstructor) => unknown,
): HostConstructor | undefined => {
  const own = attempt(identifier) as HostConstructor;
  if (typeof own !== 'function') return undefined;
  const ours = standIn(function (this: unknown, ...args: unknown[]): unknown {
    if (host.wraps && args[0]) args[0] = wrap(args[0]);
    return own.apply(this, args);
  }, own);
  host.log.guard('replace', () => identifier(ours));
  host.undo.push(() => {
    if (identifier() === ours) identifier(own);
  });
  return own;
};

/** Returns the host's own `Behavior`. */
export const replaceConstructors = (
  host: HostSource,
  { app, page, component, behavior }: Wraps,
): HostConstructor | undefined => {
  replaceConstructor(host, app, (value) => (value ? (App = value) : App));
  replaceConstructor(host, page, (value) => (value ? (Page = value) : Page));
  replaceConstructor(host, component, (value) => (value ? (Component = value) : Component));
  return replaceConstructor(host, behavior, (value) => (value ? (Behavior = value) : Behavior));
};
