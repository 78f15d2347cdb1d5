import { type AnyFunction, patch, put } from '../instrument/patch';
import type { Unsubscribe } from '../types/host';
import type { Log } from '../utils/log';

/** Told how a call ended: what `success` got, or what `fail` got. */
type Settled = (result: Readonly<Record<string, unknown>>, ok: boolean) => void;

/** Looks at the options of a call; who wants to know its end returns a function. */
export type Watch = (options: Readonly<Record<string, unknown>>) => Settled | false | undefined;

/** What stands behind functions that watch no more. */
const ended = new WeakMap<object, unknown>();

/**
 * Watches the app's calls of one function of `wx`, `my` or `tt`. Each call keeps `this`, its arguments, callbacks,
 * returned task or promise, and throw; the app's options are never written to.
 */
export const watchApi = (members: Record<string, unknown>, name: string, log: Log, watch: Watch): Unsubscribe => {
  const own = members[name];
  if (typeof own !== 'function') return () => undefined;
  let watching = true;
  const ours = Object.assign(function (this: unknown, ...args: unknown[]): unknown {
    const options = args[0] as Readonly<Record<string, unknown>>;
    const settled = watching && options && log.guard(name, () => watch(options));
    if (!settled) return own.apply(this, args);
    const tell = (result: unknown, ok: boolean): void =>
      void log.guard(name, () => watching && settled(Object(result) as Readonly<Record<string, unknown>>, ok));
    const telling = (callback: unknown, ok: boolean): AnyFunction =>
      function (this: unknown, ...given) {
        tell(given[0], ok);
        return typeof callback === 'function' ? callback.apply(this, given) : undefined;
      };
    const called = log.guard(name, () => {
      const { success, fail, complete } = options;
      // Where no callback is given the host returns a promise, so ours must not be the first.
      return (
        (success || fail || complete) &&
        patch(options, (copy) => {
          put(copy, 'success', telling(success, true));
          put(copy, 'fail', telling(fail, false));
        })
      );
    });
    if (called) args[0] = called;
    const result = own.apply(this, args);
    const { then, abort } = Object(result) as Partial<PromiseLike<unknown>> & { readonly abort?: unknown };
    if (called || typeof then !== 'function') return result;
    const passed = (result as PromiseLike<unknown>).then(
      (value) => {
        tell(value, true);
        return value;
      },
      (error) => {
        tell(error, false);
        throw error;
      },
    );
    // The promise that is looked at stands in for the host's, or a rejection that nobody handles would no longer be told
    // as one. Alipay's requests are promise and task in one: those stay.
    if (!abort) return passed;
    passed.then(undefined, () => undefined);
    return result;
  }, own);
  try {
    members[name] = ours;
  } catch {
    // A read-only member, as on some devices: what cannot be replaced is not watched.
    // https://github.com/lizhiyao/sentry-miniapp/pull/280
  }
  return () => {
    watching = false;
    ended.set(ours, own);
    // Somebody may have wrapped ours since; what ours wraps may have ended before.
    const found = members[name];
    let top = found;
    while (ended.has(top as object)) top = ended.get(top as object);
    if (top !== found) members[name] = top;
  };
};
