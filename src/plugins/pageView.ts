import { instrument } from '../instrument/instrument';
import { EVENT_PAGE_VIEW } from '../semantic';
import type { Plugin } from '../types/plugin';

export interface PageFilter {
  /** Page paths as in `app.json`, without a leading slash. */
  readonly exclude?: readonly string[];
}

/**
 * Tracks `page_view` each time a page is shown: `path`, `query`, `referrer_path` (the page before it), and
 * `resumed: true` when the page was in sight as the app went to the background and is so again.
 */
export const pageView = ({ exclude = [] }: PageFilter = {}): Plugin => ({
  name: 'pageView',
  setup({ host, track }) {
    instrument(host);
    let last: object | undefined;
    let lastPath: string | undefined;
    let resuming = false;
    return [
      host.on('appHide', () => {
        resuming = true;
      }),
      host.on('pageShow', ({ page }) => {
        const { path, query } = page;
        const resumed = (resuming && page === last) || undefined;
        resuming = false;
        if (!exclude.includes(path))
          track(EVENT_PAGE_VIEW, { path, query, referrer_path: resumed ? undefined : lastPath, resumed });
        last = page;
        lastPath = path;
      }),
    ];
  },
});
