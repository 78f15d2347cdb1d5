import { instrument } from '../instrument/instrument';
import { EVENT_PAGE_SCROLL, EVENT_PULL_DOWN_REFRESH, EVENT_REACH_BOTTOM, EVENT_TAB_TAP } from '../semantic';
import type { Plugin } from '../types/plugin';
import { pagesOf } from '../utils/pagesOf';
import type { PageFilter } from './pageView';

const EVENTS: Readonly<Record<string, string>> = {
  onPullDownRefresh: EVENT_PULL_DOWN_REFRESH,
  onReachBottom: EVENT_REACH_BOTTOM,
  onTabItemTap: EVENT_TAB_TAP,
};
// A page that does not listen to its scrolling is asked how far it is, at growing intervals: 6 times in a minute.
const FIRST_LOOK_MS = 1000;

/** What the host hands to these functions of a page: nothing, or some of this. */
interface Argument {
  /** Alipay: `code` or `api` where the app itself did what a user may do. */
  readonly from?: string;
  readonly index?: number | string;
  readonly pagePath?: string;
  readonly text?: string;
  readonly scrollTop?: number;
  /** Alipay only. */
  readonly scrollHeight?: number;
}

interface Query {
  selectViewport(): { boundingClientRect(): unknown; scrollOffset(): unknown };
  exec(done: (found: readonly ({ readonly height?: number } | (Argument & { height?: undefined }) | null)[]) => void): unknown;
}

/** One time that a page was shown: how far it was scrolled, how high its window and all of it are, in pixels. */
interface Visit {
  readonly path: string;
  top: number;
  viewport?: number | undefined;
  height?: number | undefined;
}

/**
 * Tracks what visitors do with a page as a whole, each with its `page_path`:
 *
 * - `pull_down_refresh` and `reach_bottom`, where the page has the host's function for it.
 * - `tab_tap` with `index` and `text`, where the page has `onTabItemTap`.
 * - `page_scroll` as a scrolled page goes out of sight, once for each time it was shown: `depth`, the deepest part seen as
 *   a share of the page's height (0 to 1), and `scroll_top`, how far it was scrolled, in pixels. No `depth` where the host
 *   does not tell the height of a page.
 */
export const pageInteraction = (options: PageFilter = {}): Plugin => ({
  name: 'pageInteraction',
  options,
  setup({ host, track, api, onForget }) {
    instrument(host);
    const isExcluded = pagesOf(options.exclude);
    let visit: Visit | undefined;
    let timer: number | undefined;

    const note = (to: Visit, { scrollTop, scrollHeight }: Argument): void => {
      to.top = Math.max(to.top, scrollTop || 0);
      to.height = scrollHeight || to.height;
    };
    /** Asks the view for the visit of now; the answer may come when that is over. */
    const look = (): void => {
      const to = visit;
      const view = api as { createSelectorQuery?(): Query };
      host.log.guard('scroll', () => {
        if (!to || !view.createSelectorQuery) return;
        const query = view.createSelectorQuery();
        query.selectViewport().boundingClientRect();
        query.selectViewport().scrollOffset();
        query.exec((found) => {
          const [rect, scroll] = found || [];
          to.viewport = (rect || {}).height || to.viewport;
          note(to, (scroll || {}) as Argument);
        });
      });
    };
    const lookAgain = (gap: number): void => {
      timer = setTimeout(() => {
        look();
        lookAgain(gap * 2);
      }, gap);
    };
    // How far somebody else scrolled is nothing of this visitor's.
    onForget(() => {
      if (visit) visit = { path: visit.path, top: 0 };
    });
    return [
      host.on('pageShow', ({ page: { path }, instance }) => {
        if (isExcluded(path)) return;
        visit = { path, top: 0 };
        if (!(instance as { onPageScroll?: unknown }).onPageScroll) lookAgain(FIRST_LOOK_MS);
      }),
      host.on('pageHide', () => {
        clearTimeout(timer);
        if (visit && visit.top > 0) {
          const { path, top, viewport, height } = visit;
          const depth = viewport && height ? Math.min(1, Math.round(((top + viewport) / height) * 1000) / 1000) : undefined;
          track(EVENT_PAGE_SCROLL, { page_path: path, depth, scroll_top: Math.round(top) });
        }
        visit = undefined;
      }),
      // A tap often leads away from the page.
      host.on('call', ({ args }) => {
        if (Object(args[0]).type === 'tap') look();
      }),
      host.on('pageCall', ({ name, args, page }) => {
        const argument = (args[0] || {}) as Argument;
        if (name === 'onPageScroll') {
          if (visit && (argument.scrollTop as number) > visit.top) {
            if (!visit.top) look();
            note(visit, argument);
          }
          return;
        }
        const { from, index, pagePath, text } = argument;
        const path = pagePath || (page && page.path);
        if (from === 'code' || from === 'api' || isExcluded(path)) return;
        look();
        track(EVENTS[name] as string, { page_path: path, index: index === undefined ? undefined : Number(index), text });
      }),
      () => clearTimeout(timer),
    ];
  },
});
