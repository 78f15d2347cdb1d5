import { instrument } from '../instrument/instrument';
import { EVENT_FAVORITE } from '../semantic';
import type { Plugin } from '../types/plugin';
import { pagesOf } from '../utils/pagesOf';
import type { PageFilter } from './pageView';

/**
 * Tracks `favorite` with `page_path` and `method: 'menu'` when a visitor chooses to add a page to WeChat's favourites,
 * where the page has `onAddToFavorites`. Whether the visitor then does, no host tells; Alipay and Douyin tell a
 * mini-program nothing of their favourites. A call by the app's own code is none.
 */
export const favorite = (options: PageFilter = {}): Plugin => ({
  name: 'favorite',
  options,
  setup({ host, track }) {
    instrument(host);
    const isExcluded = pagesOf(options.exclude);
    return host.on('return', ({ name, page }) => {
      const path = page && page.path;
      if (name === 'onAddToFavorites' && !isExcluded(path)) track(EVENT_FAVORITE, { page_path: path, method: 'menu' });
    });
  },
});
