import { instrument } from '../instrument/instrument';
import { patch, put } from '../instrument/patch';
import { EVENT_SHARE, EVENT_SHARE_OPEN } from '../semantic';
import { pathOf, queryOf, SHARE_KEY, tagPath } from '../share/tagPath';
import { createShare, formatToken, isOwnShare, parseToken, type ShareToken } from '../share/token';
import type { EnterOptions, PageState, ReturnEvent } from '../types/host';
import type { Json } from '../types/json';
import type { Plugin, PluginMethods } from '../types/plugin';
import { within } from '../utils/within';

const WEEK_MS = 604_800_000;
const REMEMBERED_OPENS = 20;
/** What a host's timer can hold. */
const MAX_TIMER_MS = 2 ** 31 - 1;
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

/** Behind our key, or in the `scene` of a QR code. */
const tokenOf = (query: EnterOptions['query']): ShareToken | undefined =>
  query && (parseToken(query[SHARE_KEY]) || parseToken(query.scene));
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
 * back from there is none, and a handler that the app's own code calls shares nothing. Without consent, also while it is
 * pending, no card is marked. Two trackers of an app that both have this plugin record the same share for a card.
 */
export const share = (options: ShareOptions = {}): Plugin<Pick<PluginMethods, 'shareToken'>> => ({
  name: 'share',
  options,
  setup({ host, track, later, platform, consent, visitor, memory, setContext, onForget, expose }) {
    const { onShareTicket } = options;
    const windowMs = within(options.windowMs, 0, Infinity, WEEK_MS);
    instrument(host);
    const isAllowed = (): boolean => consent() === 'granted';
    const sharer = (): string => {
      // A tracker without consent has another visitor at each launch.
      if (isAllowed()) host.sharer = host.sharer || visitor;
      return (host.sharer || visitor)();
    };
    /** Which shares came in, and on which page each was last in sight. */
    const pages = new Map<string, object>();
    let arriving = true;
    let credited: Memory['by'];
    let timer: number | undefined;

    const remembered = (): Memory => (memory.get() || { ids: [] }) as unknown as Memory;
    /** The share that events are credited to and that shares have for parent. */
    const credit = (): ShareToken | undefined => {
      const { by } = remembered();
      const left = by ? by.at + windowMs - Date.now() : 0;
      // A clock that was set back gives no second window.
      const now = left > 0 && left <= 2 * windowMs ? by : undefined;
      clearTimeout(timer);
      // It may end while the app is in sight.
      if (now) timer = setTimeout(() => later(credit), Math.min(left, MAX_TIMER_MS));
      if ((now && now.id) !== (credited && credited.id))
        setContext(now && { share_id: now.id, share_root_id: now.root, share_depth: now.depth });
      return (credited = now);
    };

    /**
     * A new token is an open. One that is known came back from the background with its page, unless the host makes a new
     * page for it: then the card was opened again.
     */
    const arrive = (token: ShareToken | undefined, at: number, page?: object): void => {
      if (!token || consent() === 'denied') return;
      const { id, root, depth } = token;
      const last = pages.get(id);
      pages.set(id, page || last || token);
      if (!arriving || (page ? page === last : last)) return;
      const { by, ids } = remembered();
      const own = isOwnShare(id, sharer());
      arriving = false;
      memory.set({
        by: own ? by : { at, id, root, depth },
        ids: [...ids.filter((each) => each !== id), id].slice(-REMEMBERED_OPENS),
      } as unknown as Json);
      credit();
      track(EVENT_SHARE_OPEN, { share_id: id, root_id: root, depth, first: !ids.includes(id), own }, at);
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
        target_id: Object(target).id,
      });
      return formatToken(made);
    };

    expose({ shareToken: (asked?: object) => (isAllowed() ? issue({}, 'poster', host.page, Object(asked)) : '') });
    onForget(credit);
    later(sharer);
    later(credit);
    return [
      host.on('appShow', ({ query, scene, shareTicket }: EnterOptions) => {
        const token = tokenOf(query);
        const at = Date.now();
        later(() => {
          arriving = !FAVORITE_SCENE.test(`${scene}`);
          // In the background timers stand still.
          credit();
          arrive(token, at);
          if (onShareTicket && shareTicket) onShareTicket(shareTicket, consent() === 'denied' ? undefined : token);
        });
      }),
      host.on('pageShow', ({ page }) => {
        const token = tokenOf(page.query);
        const at = Date.now();
        later(() => {
          arrive(token, at, page);
          arriving = false;
        });
      }),
      host.on('return', (event) => {
        const { name, page, args, result, nested } = event;
        if (!page || nested || !isAllowed()) return;
        const asked: Asked = Object(args[0]);
        const method = METHODS[name];
        const key = method ? 'query' : 'path';
        // A query is tagged like the end of a path.
        const start = method ? '?' : '';
        let token = '';
        /** `text` is the path or query where the card names none; nothing stays nothing if `asIs`. */
        const mark = (card: unknown, text: string, asIs?: boolean): unknown => {
          if (isThenable(card)) return markLater(card, text, asIs);
          const fields = card || asIs ? card : {};
          if (!fields || typeof fields !== 'object') return card;
          const { [key]: own, promise } = fields as Readonly<Record<string, unknown>>;
          const wanted = typeof own === 'string' && (own || start) ? own : text;
          token = token || issue(event, method || asked.from || 'menu', page, asked);
          return patch(fields, (copy) => {
            put(copy, key, tagPath(start + wanted, token).slice(start.length));
            // What resolves stands alone or over the fields beside it, as the host likes: mark both.
            if (isThenable(promise)) put(copy, 'promise', markLater(promise, wanted, true));
          });
        };
        const markLater = (promise: PromiseLike<unknown>, text: string, asIs?: boolean): PromiseLike<unknown> =>
          promise.then((card) => host.log.guard('share', () => mark(card, text, asIs)) || card);
        // On Alipay a page that returns nothing shares nothing: https://opendocs.alipay.com/mini/framework/page-detail
        event.result = mark(result, start ? queryOf(page) : pathOf(page), platform === 'alipay');
      }),
      () => clearTimeout(timer),
    ];
  },
});
