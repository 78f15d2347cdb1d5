import type { HostSource, OwnWraps } from '../types/host';
import { replaceConstructors } from './constructors';
import { createPages, type Pages } from './pages';
import { createWraps } from './wrapOptions';

/**
 * Makes `App`, `Page` and `Component` tell `host` of pages and taps: by free identifiers, each guarded, once. Wrapped
 * functions keep `this`, arguments, return value and throw; our code runs before the app's own.
 *
 * constructors → wrapOptions → wrapFunctions → pages, which says what of it counts.
 */
export const instrument = (host: HostSource): void => {
  if (host.wraps) return;
  // Pages that an earlier tracker has wrapped go on to tell of themselves by what it knew.
  host.pages = host.pages || createPages(host);
  const own: OwnWraps = {};
  host.wraps = createWraps(host, host.pages as Pages, own);
  const make = replaceConstructors(host, host.wraps);
  // Methods of a behavior that was made before the tracker hide these; what runs beside them then tells of a page.
  own.behaviors =
    make &&
    ((methods, isPage) => {
      const { onShow, onHide, onUnload } = methods;
      const lifetimes = isPage && { pageLifetimes: { show: onShow, hide: onHide }, lifetimes: { detached: onUnload } };
      return make(Object.assign({ methods }, lifetimes));
    });
  host.undo.push(() => {
    host.wraps = undefined;
  });
};
