import { instrument } from '../instrument/instrument';
import { EVENT_FAVORITE } from '../semantic';
import type { Plugin } from '../types/plugin';
import type { PageFilter } from './pageView';

/**
 * Tracks `favorite` with `page_path` and `method: 'menu'` when a visitor chooses to add a page to WeChat's favourites,
 * where the page has `onAddToFavorites`. Whether the visitor then does, no host tells; Alipay and Douyin tell a
 * mini-program nothing of their favourites.
 */
export const favorite = ({ exclude = [] }: PageFilter = {}): Plugin => ({
  name: 'favorite',
  setup({ host, track }) {
    instrument(host);
    return host.on('return', ({ name, page }) => {
      const path = page && page.path;
      if (name === 'onAddToFavorites' && !exclude.includes(path as string))
        track(EVENT_FAVORITE, { page_path: path, method: 'menu' });
    });
  },
});
