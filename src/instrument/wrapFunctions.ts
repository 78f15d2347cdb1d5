import type { ReturnEvent } from '../types/host';
import { noticePage, type Pages } from './pages';
import type { AnyFunction } from './patch';
import { standIn } from './standIn';

const isEvent = (value: unknown): boolean => {
  try {
    return !!value && !!(value as { type?: unknown }).type;
  } catch {
    // An accessor of the app's own object threw: not an event, and the app meets it when it looks itself.
    return false;
  }
};

/** Whether the view hands one over: as the first argument or, behind those that the page binds, as the last. */
const hasEvent = (args: ArrayLike<unknown>): boolean => isEvent(args[0]) || isEvent(args[args.length - 1]);

/**
 * Runs `before` ahead of the app's own function, with its `this` and arguments. Counts how deep the app's functions run
 * within each other: what is called inside of one, the host did not call. `after` gives what the host gets of a function
 * that it called itself, unless `before` says that it was for something else.
 */
export const wrapFunction = (
  { host }: Pages,
  own: AnyFunction,
  before: AnyFunction,
  after?: (args: ArrayLike<unknown>, result: unknown) => unknown,
): AnyFunction =>
  // `arguments` stay in this function: compilers to ES5 lose them in arrow functions.
  standIn(function (this: unknown) {
    const isOther = before.apply(this, arguments as never);
    let result: unknown;
    host.depth++;
    try {
      result = own.apply(this, arguments as never);
    } finally {
      host.depth--;
    }
    return after && !isOther && !host.depth ? after(arguments, result) : result;
  }, own);

const tell = (
  pages: Pages,
  type: 'call' | 'pageCall' | 'return',
  name: string,
  args: ArrayLike<unknown>,
  result?: unknown,
): ReturnEvent => {
  const { host } = pages;
  host.log.guard(type, () => noticePage(pages));
  const event: ReturnEvent = { name, args, page: pages.last, nested: host.depth > 0, result };
  host.emit(type, event);
  return event;
};

/** `isPageCall`: the host calls it on a page without an event of the view. */
export const wrapMethod = (pages: Pages, name: string, own: AnyFunction, isPageCall?: boolean): AnyFunction =>
  wrapFunction(pages, own, (...args) => {
    if (hasEvent(args)) tell(pages, 'call', name, args);
    else if (isPageCall && !pages.host.depth) tell(pages, 'pageCall', name, args);
  });

/**
 * What the host asks for a card, and for nothing else: by code, or from within another such function, it is the app's. Every
 * host hands in who asks for a message; code of a timer or an answer calls without.
 */
export const wrapReturning = (pages: Pages, name: string, own: AnyFunction): AnyFunction =>
  wrapFunction(
    pages,
    own,
    (...args) => (hasEvent(args) ? tell(pages, 'call', name, args) : !args[0] && name === 'onShareAppMessage'),
    (args, result) => tell(pages, 'return', name, args, result).result,
  );
