import { instrument } from '../instrument/instrument';
import { patch, put } from '../instrument/patch';
import { EVENT_SHARE, EVENT_SHARE_OPEN } from '../semantic';
import { pathOf, queryOf, SHARE_KEY, tagPath } from '../share/tagPath';
import { createShare, formatToken, isOwnShare, parseToken, type ShareToken } from '../share/token';
import type { EnterOptions, PageState, ReturnEvent } from '../types/host';
import type { JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';

const WEEK_MS = 604_800_000;
const REMEMBERED_OPENS = 20;
/** The handlers that return a query, not a path. */
const METHODS: Readonly<Record<string, string>> = { onShareTimeline: 'timeline', onAddToFavorites: 'favorite' };
/** Entries from WeChat's favourites: a card that comes back from there was kept, not passed on. */
const FAVORITE_SCENE = /^1(010|186)$/;

export interface ShareOptions {
  /**
   * How long after an opened share the visitor's events are credited to it, and shares become its children, in
   * milliseconds.
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
 * - `share_open`: `share_id`, `root_id`, `depth`, `first` (this visitor opens it for the first time, as far as the last
 *   20 are remembered), `own`.
 * - In the context of all events for `windowMs` after the visitor opened somebody else's share: `share_id`,
 *   `share_root_id`, `share_depth`.
 *
 * An open is an entry of the host, not a page that passes its query on. A card that was kept as a favourite and comes
 * back from there is none. Two trackers of an app that both have this plugin record the same share for a card.
 */
export const share = ({ windowMs = WEEK_MS, onShareTicket }: ShareOptions = {}): Plugin => {
  let credit: () => ShareToken | undefined = () => undefined;
  return {
    name: 'share',
    // For each event: the window may end, or the visitor change, while the app is in sight.
    enrich(event) {
      credit();
      return event;
    },
    setup({ host, track, platform, consent, visitor, memory, setContext, expose }) {
      instrument(host);
      const isDenied = (): boolean => consent() === 'denied';
      // A tracker without consent has another visitor at each launch.
      if (!isDenied()) host.sharer = host.sharer || visitor;
      const sharer = (): string => (host.sharer || visitor)();
      /** Which shares came in, and on which page each was last in sight. */
      const pages = new Map<string, object>();
      let arriving = true;
      let credited: Memory['by'];

      // By visitor: after `reset()` somebody else has the phone.
      const remembered = (): Memory =>
        ((memory.get() || {}) as unknown as Readonly<Record<string, Memory | undefined>>)[visitor()] || { ids: [] };
      // The share that events are credited to and that shares have for parent.
      credit = () => {
        const { by } = remembered();
        const now = by && Math.abs(Date.now() - by.at) < windowMs ? by : undefined;
        if (now !== credited) setContext(now && { share_id: now.id, share_root_id: now.root, share_depth: now.depth });
        return (credited = now);
      };

      /**
       * A new token, behind our key or in the `scene` of a QR code, is an open. One that is known came back from the
       * background with its page, unless the host makes a new page for it: then the card was opened again.
       */
      const arrive = (query: PageState['query'] | undefined, page?: object): ShareToken | undefined => {
        const token = !isDenied() && query && (parseToken(query[SHARE_KEY]) || parseToken(query.scene));
        if (!token) return;
        const { id, root, depth } = token;
        const last = pages.get(id);
        if (arriving && (page ? page !== last : !last)) {
          const { by, ids } = remembered();
          const own = isOwnShare(id, sharer());
          arriving = false;
          memory.set({
            [visitor()]: {
              by: own ? by : Object.assign({ at: Date.now() }, token),
              ids: [...ids.filter((each) => each !== id), id].slice(-REMEMBERED_OPENS),
            },
          } as unknown as JsonObject);
          track(EVENT_SHARE_OPEN, { share_id: id, root_id: root, depth, first: !ids.includes(id), own });
        }
        pages.set(id, page || last || token);
        return token;
      };

      /** Records a share and gives its token. */
      const issue = (
        event: Partial<ReturnEvent>,
        method: string,
        page: PageState | undefined,
        { channel, target }: Asked,
      ): string => {
        const made = (event.share = event.share || createShare(sharer(), credit()));
        track(EVENT_SHARE, {
          share_id: made.id,
          parent_id: made.parent,
          root_id: made.root,
          depth: made.depth,
          method,
          channel,
          page_path: page && page.path,
          target_id: (target || ({} as { id?: string })).id,
        });
        return formatToken(made);
      };

      expose({
        shareToken: (options?: object) => (isDenied() ? '' : issue({}, 'poster', host.page, (options || {}) as Asked)),
      });
      return [
        host.on('appShow', ({ query, scene, shareTicket }: EnterOptions) => {
          arriving = !FAVORITE_SCENE.test(`${scene}`);
          const token = arrive(query);
          if (onShareTicket && shareTicket) onShareTicket(shareTicket, token);
        }),
        host.on('pageShow', ({ page }) => {
          arrive(page.query, page);
          arriving = false;
        }),
        host.on('return', (event) => {
          const { name, page, args, result } = event;
          if (!page || isDenied()) return;
          const asked = (args[0] || {}) as Asked;
          const method = METHODS[name];
          const key = method ? 'query' : 'path';
          // A query is tagged like the end of a path.
          const start = method ? '?' : '';
          let token = '';
          /** `text` is the path or query where the card names none; nothing stays nothing if `asIs`. */
          const mark = (card: unknown, text: string, asIs?: boolean): unknown => {
            if (isThenable(card)) return later(card, text, asIs);
            const fields = card || asIs ? card : {};
            if (!fields || typeof fields !== 'object') return card;
            const { [key]: own, promise } = fields as Readonly<Record<string, unknown>>;
            const wanted = typeof own === 'string' && (own || start) ? own : text;
            token = token || issue(event, method || asked.from || 'menu', page, asked);
            return patch(fields, (copy) => {
              put(copy, key, tagPath(start + wanted, token).slice(start.length));
              // What resolves stands alone or over the fields beside it, as the host likes: mark both.
              if (isThenable(promise)) put(copy, 'promise', later(promise, wanted, true));
            });
          };
          const later = (promise: PromiseLike<unknown>, text: string, asIs?: boolean): PromiseLike<unknown> =>
            promise.then((card) => host.log.guard('share', () => mark(card, text, asIs)) || card);
          // On Alipay a page that returns nothing shares nothing: https://opendocs.alipay.com/mini/framework/page-detail
          event.result = mark(result, start ? queryOf(page) : pathOf(page), platform === 'alipay');
        }),
      ];
    },
  };
};
