import type { HostSource, ReturnEvent } from '../types/host';
import type { AnyFunction } from './patch';
import { standIn } from './standIn';

// What the host calls on a page without an event of the view. None is ever added to a page that lacks it: the presence of the
// first three, which return a card, changes what the menu offers, and `onPageScroll` costs frames.
export const CALLED_BY_HOST: readonly string[] = [
  'onShareAppMessage',
  'onShareTimeline',
  'onAddToFavorites',
  'onPullDownRefresh',
  'onReachBottom',
  'onTabItemTap',
  'onPageScroll',
];
const RETURNING = 3;

const isEvent = (value: unknown): boolean => {
  try {
    return !!value && !!(value as { type?: unknown }).type;
  } catch {
    // An accessor of the app's own object threw: not an event, and the app meets it when it looks itself.
    return false;
  }
};

/**
 * Runs `before` ahead of the app's own function, with its `this` and arguments. Counts how deep the app's functions run
 * within each other: what is called inside of one, the host did not call. `after` gives what the host gets of a function
 * that it called itself, unless `before` says that it was for something else.
 */
export const wrapFunction = (
  host: HostSource,
  own: AnyFunction,
  before: AnyFunction,
  after?: false | ((args: ArrayLike<unknown>, result: unknown) => unknown),
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

/** Gives the result as the listeners leave it. */
const tell = (
  host: HostSource,
  type: 'call' | 'pageCall' | 'return',
  name: string,
  args: ArrayLike<unknown>,
  result?: unknown,
): unknown => {
  const page = host.log.guard(type, () => host.pages && host.pages.notice());
  const event: ReturnEvent = { name, args, page, nested: host.depth > 0, result };
  host.emit(type, event);
  return event.result;
};

/**
 * Tells of a method when the host calls it with an event of the view, for a card, or on the page as a whole. `place`: its
 * place among those that are called by the host, or -1.
 */
export const wrapMethod = (host: HostSource, name: string, own: AnyFunction, place: number): AnyFunction =>
  wrapFunction(
    host,
    own,
    function () {
      const first: unknown = arguments[0];
      // The view hands its event over as the first argument or, behind those that the page binds, as the last.
      if (isEvent(first) || isEvent(arguments[arguments.length - 1])) tell(host, 'call', name, arguments);
      else if (place >= RETURNING && !host.depth) tell(host, 'pageCall', name, arguments);
      // Every host hands in who asks for a message; code of a timer or an answer calls without.
      else return !first && !place;
      return true;
    },
    // What the host asks for a card, and for nothing else: by code, or from within another such function, it is the app's.
    place >= 0 && ((args, result) => tell(host, 'return', name, args, result)),
  );
