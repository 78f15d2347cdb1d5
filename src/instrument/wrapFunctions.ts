import type { ReturnEvent } from '../types/host';
import { noticePage, type Pages } from './pages';
import type { AnyFunction } from './patch';
import { standIn } from './standIn';

/** Runs before the app's own function, with its `this` and arguments. */
export type Before = (self: HostInstance, args: ArrayLike<unknown>) => void;

const isEvent = (value: unknown): boolean => {
  try {
    return !!value && !!(value as { type?: unknown }).type;
  } catch {
    // An accessor of the app's own object threw: not an event, and the app meets it when it looks itself.
    return false;
  }
};

// The functions below say `arguments` themselves and hand it on: compilers to ES5 lose it in arrow functions. All count
// how deep the app's functions run within each other: what is called inside of one, the host did not call.

const runBefore = ({ host }: Pages, before: Before, self: unknown, args: ArrayLike<unknown>): void => {
  host.log.guard('a lifecycle hook', () => before(self as HostInstance, args));
};

/** A hook where the app has no function. */
export const hookAlone = (pages: Pages, before: Before): AnyFunction =>
  function (this: unknown): void {
    runBefore(pages, before, this, arguments);
  };

export const wrapLifecycle = (pages: Pages, own: AnyFunction, before: Before): AnyFunction => {
  const { host } = pages;
  const ours: AnyFunction = function (this: unknown) {
    runBefore(pages, before, this, arguments);
    host.depth++;
    try {
      return own.apply(this, arguments as never);
    } finally {
      host.depth--;
    }
  };
  return standIn(ours, own);
};

const tellCall = (pages: Pages, type: 'call' | 'pageCall', name: string, args: ArrayLike<unknown>): void => {
  const { host } = pages;
  host.log.guard(type, () => noticePage(pages));
  host.emit(type, { name, args, page: pages.last, nested: host.depth > 0 });
};

/** `isPageCall`: the host calls it on a page without an event of the view. */
export const wrapMethod = (pages: Pages, name: string, own: AnyFunction, isPageCall?: boolean): AnyFunction => {
  const { host } = pages;
  const ours: AnyFunction = function (this: unknown) {
    const last = arguments.length - 1;
    if (last >= 0 && (isEvent(arguments[0]) || (last && isEvent(arguments[last])))) tellCall(pages, 'call', name, arguments);
    else if (isPageCall && !host.depth) tellCall(pages, 'pageCall', name, arguments);
    host.depth++;
    try {
      return own.apply(this, arguments as never);
    } finally {
      host.depth--;
    }
  };
  return standIn(ours, own);
};

/** What the host asks for a card, and for nothing else: by code, or from within another such function, it is the app's. */
export const wrapReturning = (pages: Pages, name: string, own: AnyFunction): AnyFunction => {
  const { host } = pages;
  const ours: AnyFunction = function (this: unknown) {
    const last = arguments.length - 1;
    const called = last >= 0 && (isEvent(arguments[0]) || isEvent(arguments[last]));
    if (called) tellCall(pages, 'call', name, arguments);
    let result: unknown;
    host.depth++;
    try {
      result = own.apply(this, arguments as never);
    } finally {
      host.depth--;
    }
    if (called || host.depth) return result;
    host.log.guard(name, () => noticePage(pages));
    const event: ReturnEvent = { name, args: arguments, page: pages.last, nested: false, result };
    host.emit('return', event);
    return event.result;
  };
  return standIn(ours, own);
};
