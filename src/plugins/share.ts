import { instrument } from '../instrument/instrument';
import { patch, put } from '../instrument/patch';
import { EVENT_SHARE, EVENT_SHARE_OPEN } from '../semantic';
import { pathOf, queryOf, SHARE_KEY, tagPath } from '../share/tagPath';
import { createShare, formatToken, isOwnShare, parseToken, type ShareToken } from '../share/token';
import type { EnterOptions, PageState, ReturnEvent } from '../types/host';
import type { Json } from '../types/json';
import type { Plugin, PluginContext, PluginMethods } from '../types/plugin';

const WEEK_MS = 604_800_000;
const REMEMBERED_OPENS = 20;
/** What a host's timer can hold. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** The handlers that return a query, not a path. */
const METHODS: Readonly<Record<string, string>> = { onShareTimeline: 'timeline', onAddToFavorites: 'favorite' };
/** Entries from WeChat's favourites: a card that comes back from there was kept, not passed on. */
const FAVORITE_SCENE = /^1(010|186)$/;

/** How shares are followed. */
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

/** What one tracker knows of shares, beside what every plugin may see. */
interface Sharing extends PluginContext, ShareOptions {
  /** Which shares came in, and on which page each was last in sight. */
  readonly pages: Map<string, object>;
  /** Entered by the host and not on a page yet. */
  arriving: boolean;
  /** The id of the share that the context names. */
  credited?: string | undefined;
  timer?: number;
}

/** Behind our key, or in the `scene` of a QR code. */
const tokenOf = (query: EnterOptions['query']): ShareToken | undefined =>
  query && (parseToken(query[SHARE_KEY]) || parseToken(query.scene));
const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  !!value && typeof (value as PromiseLike<unknown>).then === 'function';

const isAllowed = ({ consent }: Sharing): boolean => consent() === 'granted';
const remembered = ({ memory }: Sharing): Memory => (memory.get() || { ids: [] }) as unknown as Memory;

const sharerOf = (sharing: Sharing): string => {
  const { host, visitor } = sharing;
  // A tracker without consent has another visitor at each launch.
  if (isAllowed(sharing)) host.sharer = host.sharer || visitor;
  return (host.sharer || visitor)();
};

/** The share that events are credited to and that shares have for parent. */
const creditOf = (sharing: Sharing): ShareToken | undefined => {
  const { windowMs = WEEK_MS, later, setContext } = sharing;
  const { by } = remembered(sharing);
  const left = by ? by.at + windowMs - Date.now() : 0;
  // A clock that was set back gives no second window.
  const now = left > 0 && left <= 2 * windowMs ? by : undefined;
  const id = now && now.id;
  clearTimeout(sharing.timer);
  // It may end while the app is in sight.
  if (now) sharing.timer = setTimeout(() => later(() => creditOf(sharing)), Math.min(left, MAX_TIMER_MS));
  if (id !== sharing.credited) setContext(now && { share_id: now.id, share_root_id: now.root, share_depth: now.depth });
  sharing.credited = id;
  return now;
};

/**
 * A new token is an open. One that is known came back from the background with its page, unless the host makes a new page
 * for it: then the card was opened again.
 */
const arrive = (sharing: Sharing, { id, root, depth }: ShareToken, at: number, page?: object): void => {
  const { pages, memory, track } = sharing;
  const last = pages.get(id);
  pages.set(id, page || last || pages);
  if (!sharing.arriving || (page ? page === last : last)) return;
  const { by, ids } = remembered(sharing);
  const own = isOwnShare(id, sharerOf(sharing));
  sharing.arriving = false;
  memory.set({
    by: own ? by : { at, id, root, depth },
    ids: [...ids.filter((each) => each !== id), id].slice(-REMEMBERED_OPENS),
  } as unknown as Json);
  creditOf(sharing);
  track(EVENT_SHARE_OPEN, { share_id: id, root_id: root, depth, first: !ids.includes(id), own }, at);
};

/** An entry of the host, or the page that it leads to. */
const enter = (sharing: Sharing, { query, scene, shareTicket }: EnterOptions, page?: object): void => {
  const { onShareTicket } = sharing;
  const at = Date.now();
  const found = tokenOf(query);
  sharing.later(() => {
    const token = found && sharing.consent() !== 'denied' ? found : undefined;
    if (!page) {
      // In the background timers stand still.
      creditOf(sharing);
      sharing.arriving = !FAVORITE_SCENE.test(`${scene}`);
    }
    if (token) arrive(sharing, token, at, page);
    if (page) sharing.arriving = false;
    if (onShareTicket && shareTicket) onShareTicket(shareTicket, token);
  });
};

/** Records a share and gives its token. */
const issue = (
  sharing: Sharing,
  event: Partial<ReturnEvent>,
  method: string,
  page: PageState | undefined,
  { channel, target }: Asked,
): string => {
  const made = (event.share = event.share || createShare(sharerOf(sharing), creditOf(sharing)));
  sharing.track(EVENT_SHARE, {
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

/** Marks what a page has returned to the host. */
const onReturn = (sharing: Sharing, event: ReturnEvent): void => {
  const { name, page, args } = event;
  if (!page || !isAllowed(sharing)) return;
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
    token = token || issue(sharing, event, method || asked.from || 'menu', page, asked);
    return patch(fields, (copy) => {
      put(copy, key, tagPath(start + wanted, token).slice(start.length));
      // What resolves stands alone or over the fields beside it, as the host likes: mark both.
      if (isThenable(promise)) put(copy, 'promise', markLater(promise, wanted, true));
    });
  };
  const markLater = (promise: PromiseLike<unknown>, text: string, asIs?: boolean): PromiseLike<unknown> =>
    promise.then((card) => sharing.host.log.guard('share', () => mark(card, text, asIs)) || card);
  // On Alipay a page that returns nothing shares nothing: https://opendocs.alipay.com/mini/framework/page-detail
  event.result = mark(event.result, start ? queryOf(page) : pathOf(page), sharing.platform === 'alipay');
};

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
  setup(context) {
    const { host, later, expose, onForget } = context;
    const sharing: Sharing = Object.assign({ pages: new Map(), arriving: true }, options, context);
    const begin = (): void => {
      sharerOf(sharing);
      creditOf(sharing);
    };
    instrument(host);
    expose({
      shareToken: (asked?: object) => (isAllowed(sharing) ? issue(sharing, {}, 'poster', host.page, Object(asked)) : ''),
    });
    onForget(begin);
    later(begin);
    return [
      host.on('appShow', (entry) => enter(sharing, entry)),
      host.on('pageShow', ({ page }) => enter(sharing, { query: page.query }, page)),
      host.on('return', (event) => onReturn(sharing, event)),
      () => clearTimeout(sharing.timer),
    ];
  },
});
