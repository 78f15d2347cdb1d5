import { instrument } from '../instrument/instrument';
import { EVENT_PAGE_VIEW } from '../semantic';
import type { Plugin } from '../types/plugin';
import { pagesOf } from '../utils/pagesOf';

/** Pages that are left out. */
export interface PageFilter {
  /** Page paths as in `app.json`; a leading slash makes no difference. */
  readonly exclude?: readonly string[];
}

/**
 * Tracks `page_view` each time a page is shown: `path`, `query`, `referrer_path` (the page before it), and
 * `resumed: true` when the page was in sight as the app went to the background and is so again.
 */
export const pageView = (options: PageFilter = {}): Plugin => ({
  name: 'pageView',
  options,
  setup({ host, track, onForget }) {
    instrument(host);
    const isExcluded = pagesOf(options.exclude);
    let last: object | undefined;
    let lastPath: string | undefined;
    let resuming = false;
    // Where somebody else was before is nothing of this visitor's.
    onForget(() => {
      lastPath = undefined;
    });
    return [
      host.on('appHide', () => {
        resuming = true;
      }),
      host.on('pageShow', ({ page }) => {
        const { path, query } = page;
        const resumed = (resuming && page === last) || undefined;
        resuming = false;
        if (!isExcluded(path)) track(EVENT_PAGE_VIEW, { path, query, referrer_path: resumed ? undefined : lastPath, resumed });
        last = page;
        lastPath = path;
      }),
    ];
  },
});
