import { instrument } from '../instrument/instrument';
import { EVENT_PAGE_LEAVE } from '../semantic';
import type { JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';
import type { PageFilter } from './pageView';

// Signs of life grow rarer: what a kill can take of a visit is at most half of it, for four writes in the first minute.
const FIRST_BEAT_MS = 5000;
const MAX_BEAT_MS = 60_000;

/**
 * Tracks `page_leave` once for each time a page was shown, with `path` and `duration_ms`, the time in the foreground.
 * A page that goes to the background with the app is left; on return it is shown anew.
 *
 * A page that a kill took along is left at the next launch: `recovered: true`, `duration_ms` up to the last stored sign
 * of life, and `ended_at`, when that was, in milliseconds since 1970.
 */
export const pageLeave = ({ exclude = [] }: PageFilter = {}): Plugin => ({
  name: 'pageLeave',
  setup({ host, track, memory }) {
    instrument(host);
    let open = memory.get() as JsonObject | null | undefined;
    const recover = (): void => {
      if (!open) return;
      track(EVENT_PAGE_LEAVE, Object.assign({ recovered: true }, open));
      open = null;
      memory.set(null);
    };

    let timer: number | undefined;
    let gap = 0;
    let at = 0;
    let total = 0;
    /** Adds the time since the last look, and no more than there can have been: the clock may be set in between. */
    const count = (): void => {
      const now = Date.now();
      total += Math.min(Math.max(0, now - at), gap * 2);
      at = now;
    };
    const beat = (path: string): void => {
      count();
      memory.set({ path, duration_ms: total, ended_at: at });
      gap = Math.min(gap * 2 || FIRST_BEAT_MS, MAX_BEAT_MS);
      timer = setTimeout(() => beat(path), gap);
    };
    return [
      host.on('appLaunch', recover),
      host.on('pageShow', ({ page: { path } }) => {
        recover();
        total = gap = 0;
        if (!exclude.includes(path)) beat(path);
      }),
      host.on('pageHide', ({ page: { path } }) => {
        clearTimeout(timer);
        if (exclude.includes(path)) return;
        count();
        memory.set(null);
        track(EVENT_PAGE_LEAVE, { path, duration_ms: total });
      }),
      () => clearTimeout(timer),
    ];
  },
});
