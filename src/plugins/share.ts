import { instrument } from '../instrument/instrument';
import { EVENT_SHARE, EVENT_SHARE_OPEN } from '../semantic';
import { currentPath, currentQuery, SHARE_KEY, tagPath, tagQuery } from '../share/tagQuery';
import { createShareId, formatToken, isOwnShare, parseToken, type ShareToken } from '../share/token';
import type { EnterOptions, PageState } from '../types/host';
import type { JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';

const WEEK_MS = 604_800_000;
const REMEMBERED_OPENS = 20;
const METHODS: Readonly<Record<string, string>> = { onShareTimeline: 'timeline', onAddToFavorites: 'favorite' };
/** WeChat's favourites: a link that comes back from there was kept, not passed on. */
const FAVORITE_SCENES = ['1010'];

export interface ShareOptions {
  /**
   * How long after an opened share the visitor's events are credited to it, in milliseconds.
   *
   * @default 604800000
   */
  readonly windowMs?: number;
  /**
   * WeChat hands a `shareTicket` to a visitor who enters by a card in a group. What the group is, only your server can
   * decrypt, so pass it on: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/share.html
   */
  readonly onShareTicket?: (shareTicket: string, share: ShareToken | undefined) => void;
}

interface Memory {
  /** The last foreign share that was opened, and when. */
  readonly by?: ShareToken & { readonly at: number };
  /** Ids of the shares that this visitor opened, the latest last. */
  readonly ids: readonly string[];
}

interface Card {
  readonly path?: unknown;
  readonly query?: unknown;
  readonly promise?: unknown;
}

interface Asked {
  readonly from?: string;
  readonly channel?: string;
  readonly target?: { readonly id?: string } | null;
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  !!value && typeof (value as PromiseLike<unknown>).then === 'function';

/**
 * Marks every shared card, in whatever form the page returns it, and tells who came by which. Pages that share nothing
 * are left alone, and a link names no visitor.
 *
 * - `share`: `share_id`, its `parent_id` (the share that brought this visitor), `root_id`, `depth` (from 1), `method`
 *   (`menu`, `button`, `timeline`, `favorite`, `poster`, or the host's own word), `channel`, `page_path`, `target_id`
 *   (the element of a share button).
 * - `share_open`: `share_id`, `root_id`, `depth`, `first` (this visitor opens it for the first time), `own`.
 * - In the context of all events for `windowMs` after the visitor opened somebody else's share: `share_id`,
 *   `share_root_id`, `share_depth`.
 *
 * A card that was kept as a favourite and comes back from there is not credited.
 */
export const share = ({ windowMs = WEEK_MS, onShareTicket }: ShareOptions = {}): Plugin => ({
  name: 'share',
  setup({ host, track, platform, visitor, memory, setContext, expose }) {
    instrument(host);
    const seen = new WeakSet<object>();
    let scene = '';
    let entered: string | undefined;
    let opened: string | undefined;

    const remembered = (): Memory => Object.assign({ ids: [] }, memory.get()) as unknown as Memory;
    /** The share that later events are credited to. */
    const creditor = (): Memory['by'] => {
      const { by } = remembered();
      return by && Math.abs(Date.now() - by.at) < windowMs ? by : undefined;
    };
    const credit = (): void => {
      const by = creditor();
      setContext(by && { share_id: by.id, share_root_id: by.root, share_depth: by.depth });
    };

    /** A token in a query: behind our key, or as the `scene` of a QR code, which hosts hand over encoded. */
    const tokenIn = (query: PageState['query'] = {}): ShareToken | undefined =>
      parseToken(query[SHARE_KEY]) || parseToken(query.scene);
    const open = ({ id, root, depth }: ShareToken): void => {
      opened = id;
      if (FAVORITE_SCENES.includes(scene)) return;
      const { by, ids } = remembered();
      const own = isOwnShare(id, visitor());
      memory.set({
        by: own ? by : { id, root, depth, at: Date.now() },
        ids: [...ids.filter((each) => each !== id), id].slice(-REMEMBERED_OPENS),
      } as unknown as JsonObject);
      credit();
      track(EVENT_SHARE_OPEN, { share_id: id, root_id: root, depth, first: !ids.includes(id), own });
    };

    /** Records a share and gives its token. */
    const issue = (method: string, page: PageState | undefined, { channel, target }: Asked): string => {
      const parent = creditor();
      const id = createShareId(visitor());
      const root = parent ? parent.root : id;
      const depth = parent ? parent.depth + 1 : 1;
      track(EVENT_SHARE, {
        share_id: id,
        parent_id: parent && parent.id,
        root_id: root,
        depth,
        method,
        channel,
        page_path: page && page.path,
        target_id: target ? target.id : undefined,
      });
      return formatToken({ id, root, depth });
    };

    credit();
    expose({ shareToken: ({ channel } = {}) => issue('poster', host.page, { channel } as Asked) });
    const stops = [
      host.on('appShow', (options: EnterOptions) => {
        const { query, shareTicket } = options;
        if (options.scene !== undefined) scene = String(options.scene);
        credit();
        const token = tokenIn(query);
        // A return from the background may repeat the query of the last entry. A card that is opened again makes a page.
        if (token && token.id !== entered) open(token);
        entered = token && token.id;
        if (shareTicket && onShareTicket) onShareTicket(shareTicket, token);
      }),
      host.on('pageShow', ({ page }) => {
        const token = seen.has(page) ? undefined : tokenIn(page.query);
        seen.add(page);
        if (token && token.id !== opened) open(token);
        opened = undefined;
      }),
      host.on('return', (event) => {
        const { name, page, result } = event;
        const asked = (event.args[0] || {}) as Asked;
        const byQuery = name !== 'onShareAppMessage';
        // On Alipay a page that returns nothing shares nothing: https://opendocs.alipay.com/mini/framework/page-detail
        const silent = (card: unknown): boolean => !card && platform === 'alipay';
        if (!page || silent(result)) return;
        const token = issue(byQuery ? METHODS[name] || name : asked.from || 'menu', page, asked);
        const mark = (card: unknown): unknown => {
          if (isThenable(card)) return card.then(mark);
          if (silent(card) || (card && typeof card !== 'object')) return card;
          const { path, query, promise } = (card || {}) as Card;
          return Object.assign(
            {},
            card,
            byQuery
              ? { query: tagQuery(typeof query === 'string' ? query : currentQuery(page), token) }
              : { path: tagPath(typeof path === 'string' && path ? path : currentPath(page), token) },
            isThenable(promise) && { promise: promise.then(mark) },
          );
        };
        event.result = mark(result);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
});
