import { BAD_OPTION } from '../codes';
import { instrument } from '../instrument/instrument';
import type { HostEvents, HostSource, PageState, Query, Unsubscribe } from '../types/host';
import type { Plugin, PluginMethods } from '../types/plugin';

/** A host of its own for the parts of pages: `pageView` and `pageLeave` count them as they count pages. */
const createParts = ({ wraps, log }: HostSource) => {
  let listeners: readonly { readonly type: string; readonly listener: (event: never) => void }[] = [];
  return {
    // They listen to pages, and read nothing else of a host.
    host: {
      wraps,
      log,
      on(type: string, listener: (event: never) => void) {
        const added = { type, listener };
        listeners = listeners.concat(added);
        return () => {
          listeners = listeners.filter((each) => each !== added);
        };
      },
    } as unknown as HostSource,
    emit<K extends keyof HostEvents>(type: K, event: HostEvents[K]): void {
      for (const each of listeners) if (each.type === type) each.listener(event as never);
    },
  };
};

/**
 * Adds `pageView(path, query)` and `pageLeave()` to the tracker, for what is a page to the visitor and none to the host: a
 * tab of a swiper, a custom tab bar, a half-screen page. The events are `page_view` and `page_leave`, with the `path` that
 * you give; the time is that in the foreground.
 *
 * A part belongs to the page in sight. `pageView()` leaves the part that was open; when the page goes out of sight its part
 * is left, and it is viewed anew when the page comes back.
 *
 * @param counted what counts them: `pageView()`, `pageLeave()`, or both. In the list of plugins, these count pages.
 *
 * @example
 * createTracker({ adapter: wechat(), endpoint, plugins: [pageView(), pageLeave(), manualPages([pageView(), pageLeave()])] })
 * tracker.pageView('pages/index/index#deals')
 */
export const manualPages = (counted: readonly Plugin[]): Plugin<Pick<PluginMethods, 'pageView' | 'pageLeave'>> => ({
  name: 'manualPages',
  setup(context) {
    const { host, expose } = context;
    instrument(host);
    const parts = createParts(host);
    const inner = Object.assign({}, context, { host: parts.host });
    const stops = ([] as readonly Plugin[])
      .concat(counted || [])
      .map(({ setup }) => (setup && setup(inner)) || []) as (readonly Unsubscribe[])[];
    /** The part of each page. */
    const partOf = new WeakMap<PageState, PageState>();
    let last: PageState | undefined = host.page;
    let open: PageState | undefined;
    const show = (part?: PageState, ago = 0): void => {
      if (open) parts.emit('pageHide', { page: open, ago });
      open = part;
      if (part) parts.emit('pageShow', { page: part, instance: part });
    };
    expose({
      pageView(path: string, query: Query = {}) {
        if (typeof path !== 'string' || !path) return host.log.warn(BAD_OPTION, 'pageView', path);
        const part: PageState = { path, query };
        if (last) partOf.set(last, part);
        // In the background nothing is seen: it counts when its page comes back.
        if (host.page || !last) show(part);
      },
      pageLeave() {
        partOf.delete(last as PageState);
        show();
      },
    });
    return [
      host.on('appLaunch', (event) => parts.emit('appLaunch', event)),
      host.on('pageShow', ({ page }) => {
        last = page;
        show(partOf.get(page));
      }),
      host.on('pageHide', ({ ago }) => show(undefined, ago)),
      host.on('appHide', (event) => {
        show();
        parts.emit('appHide', event);
      }),
    ].concat(...stops);
  },
});
