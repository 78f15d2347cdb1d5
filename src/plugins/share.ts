import { instrument } from '../instrument/instrument';
import { EVENT_SHARE } from '../semantic';
import { createOpens } from '../share/createOpens';
import { markCard } from '../share/markCard';
import { pathOf, queryOf } from '../share/tagPath';
import { createShare, formatToken, type ShareToken } from '../share/token';
import type { PageState, ReturnEvent } from '../types/host';
import type { Plugin, PluginMethods } from '../types/plugin';

/** The handlers that return a query, not a path. */
const METHODS: Readonly<Record<string, string>> = { onShareTimeline: 'timeline', onAddToFavorites: 'favorite' };

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

interface Asked {
  readonly from?: string;
  readonly channel?: string;
  readonly target?: { readonly id?: string } | null;
}

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
    const { host, platform, track, later, consent, visitor, expose, onForget } = context;
    /** Who may share; nobody without consent. */
    const self = (): string => (consent() === 'granted' ? visitor() : '');
    const sharer = (): string => {
      // A tracker without consent has another visitor at each launch.
      if (self()) host.sharer = host.sharer || visitor;
      return (host.sharer || visitor)();
    };
    const { credit, enter, stop } = createOpens(context, options, sharer);
    /** Records a share and gives its token. `asked`: what the host or the app wants it for. */
    const issue = (event: Partial<ReturnEvent>, page: PageState | undefined, asked: unknown, method?: string): string => {
      const { from = 'menu', channel, target }: Asked = Object(asked);
      const made = (event.share = event.share || createShare(sharer(), credit()));
      track(EVENT_SHARE, {
        share_id: made.id,
        parent_id: made.parent,
        root_id: made.root,
        depth: made.depth,
        method: method || from,
        channel,
        page_path: page && page.path,
        target_id: Object(target).id,
      });
      return formatToken(made);
    };
    const begin = (): void => {
      sharer();
      credit();
    };
    instrument(host);
    expose({
      shareToken: (asked: unknown) =>
        (self() && host.log.guard('shareToken', () => issue({}, host.page, asked, 'poster'))) || '',
    });
    onForget(begin);
    later(begin);
    return [
      host.on('appShow', enter),
      host.on('pageShow', ({ page }) => enter({ query: page.query }, page)),
      host.on('return', (event) => {
        const { name, page, args, result } = event;
        const asked = page && self();
        if (!asked) return;
        const method = METHODS[name];
        let token = '';
        // A promise may give the card when whoever was to share it has denied, or is somebody else.
        const issueOnce = () => asked === self() && (token = token || issue(event, page, args[0], method));
        const text = method ? queryOf(page) : pathOf(page);
        // On Alipay a page that returns nothing shares nothing: https://opendocs.alipay.com/mini/framework/page-detail
        event.result = markCard({ log: host.log, isQuery: method, token: issueOnce }, result, text, platform === 'alipay');
      }),
      stop,
    ];
  },
});
