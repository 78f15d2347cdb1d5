import { instrument } from '../instrument/instrument';
import { EVENT_PAGE_LEAVE } from '../semantic';
import type { Plugin } from '../types/plugin';
import type { PageFilter } from './pageView';

/**
 * Tracks `page_leave` once for each time a page was shown, with `path` and `duration_ms`, the time in the foreground.
 * A page that goes to the background with the app is left; on return it is shown anew.
 */
export const pageLeave = ({ exclude = [] }: PageFilter = {}): Plugin => ({
  name: 'pageLeave',
  setup({ host, track }) {
    instrument(host);
    let shownAt = 0;
    const stops = [
      host.on('pageShow', () => {
        shownAt = Date.now();
      }),
      host.on('pageHide', ({ page: { path } }) => {
        // A clock that was set back must not make a visit negative.
        if (!exclude.includes(path)) track(EVENT_PAGE_LEAVE, { path, duration_ms: Math.max(0, Date.now() - shownAt) });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
});
