import type { ShareOptions } from '../plugins/share';
import { EVENT_SHARE_OPEN } from '../semantic';
import type { EnterOptions } from '../types/host';
import type { Json } from '../types/json';
import type { PluginContext } from '../types/plugin';
import { within } from '../utils/within';
import { SHARE_KEY } from './tagPath';
import { isOwnShare, parseToken, type ShareToken } from './token';

const WEEK_MS = 604_800_000;
const REMEMBERED_OPENS = 20;
/** What a host's timer can hold. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Entries from WeChat's favourites: a card that comes back from there was kept, not passed on. */
const FAVORITE_SCENE = /^1(010|186)$/;

interface Memory {
  /** The last foreign share that was opened, and when. */
  readonly by?: ShareToken & { readonly at: number };
  /** Ids of the shares that this visitor opened, the latest last. */
  readonly ids: readonly string[];
}

/** Behind our key, or in the `scene` of a QR code. */
const tokenOf = (query: EnterOptions['query']): ShareToken | undefined =>
  query && (parseToken(query[SHARE_KEY]) || parseToken(query.scene));

/** Which shares brought this visitor. */
export interface Opens {
  /** The share that events are credited to and that shares have for parent; undefined where there is none. */
  credit(): ShareToken | undefined;
  /** An entry of the host, or the page that it leads to. */
  enter(entry: EnterOptions, page?: object): void;
  /** No more timers. */
  stop(): void;
}

/** Tracks each open, and keeps the context of all events by the last one. `sharer`: whose shares are own. */
export const createOpens = (
  { memory, track, later, consent, setContext }: PluginContext,
  { windowMs: given, onShareTicket }: ShareOptions,
  sharer: () => string,
): Opens => {
  const windowMs = within(given, 0, Infinity, WEEK_MS);
  /** Which shares came in, and on which page each was last in sight. */
  const pages = new Map<string, object>();
  /** Entered by the host and not on a page yet. */
  let isArriving = true;
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
    setContext(now && { share_id: now.id, share_root_id: now.root, share_depth: now.depth });
    return now;
  };
  /**
   * A new token is an open. One that is known came back from the background with its page, unless the host makes a new
   * page for it: then the card was opened again.
   */
  const arrive = ({ id, root, depth }: ShareToken, at: number, page?: object): void => {
    const last = pages.get(id);
    pages.set(id, page || last || pages);
    if (!isArriving || (page ? page === last : last)) return;
    const { by, ids } = remembered();
    const own = isOwnShare(id, sharer());
    isArriving = false;
    const others = ids.filter((each) => each !== id);
    memory.set({
      by: own ? by : { at, id, root, depth },
      ids: others.concat(id).slice(-REMEMBERED_OPENS),
    } as unknown as Json);
    credit();
    track(EVENT_SHARE_OPEN, { share_id: id, root_id: root, depth, first: others.length === ids.length, own }, at);
  };
  /** An entry of the host, or the page that it leads to. */
  const enter = ({ query, scene, shareTicket }: EnterOptions, page?: object): void => {
    const at = Date.now();
    const found = tokenOf(query);
    later(() => {
      const token = found && consent() !== 'denied' ? found : undefined;
      if (!page) {
        // In the background timers stand still.
        credit();
        isArriving = !FAVORITE_SCENE.test(`${scene}`);
      }
      if (token) arrive(token, at, page);
      if (page) isArriving = false;
      if (onShareTicket && shareTicket) onShareTicket(shareTicket, token);
    });
  };
  return { credit, enter, stop: () => clearTimeout(timer) };
};
