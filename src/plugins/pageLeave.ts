import { instrument } from '../instrument/instrument';
import { EVENT_PAGE_LEAVE } from '../semantic';
import type { JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';
import { pagesOf } from '../utils/pagesOf';
import { createStopwatch } from '../utils/stopwatch';
import type { PageFilter } from './pageView';

/**
 * Tracks `page_leave` once for each time a page was shown, with `path` and `duration_ms`, the time in the foreground.
 * A page that goes to the background with the app is left; on return it is shown anew.
 *
 * A page that a kill took along is left at the next launch: `recovered: true`, `duration_ms` up to the last stored sign
 * of life, and `ended_at`, when that was, in milliseconds since 1970.
 */
export const pageLeave = (options: PageFilter = {}): Plugin => ({
  name: 'pageLeave',
  options,
  setup({ host, track, later, memory, onForget }) {
    instrument(host);
    const isExcluded = pagesOf(options.exclude);
    /** The page that is counted. */
    let path: string | undefined;
    const watch = createStopwatch((duration_ms, ended_at) => {
      const open = { path: path as string, duration_ms, ended_at };
      later(() => memory.set(open));
    });
    let recovered = false;
    const recover = (): void => {
      if (recovered) return;
      recovered = true;
      later(() => {
        const open = memory.get() as JsonObject | null | undefined;
        if (!open) return;
        memory.set(null);
        track(EVENT_PAGE_LEAVE, Object.assign({ recovered: true }, open));
      });
    };
    // The time of somebody who said no, or before, is nobody's.
    onForget(watch.restart);
    return [
      host.on('appLaunch', recover),
      host.on('pageShow', ({ page }) => {
        recover();
        path = page.path;
        if (!isExcluded(path)) watch.start();
      }),
      host.on('pageHide', ({ ago }) => {
        const duration_ms = watch.stop();
        if (duration_ms === undefined) return;
        track(EVENT_PAGE_LEAVE, { path, duration_ms: Math.max(0, duration_ms - Math.max(0, ago)) });
        later(() => memory.set(null));
      }),
      watch.stop,
    ];
  },
});
