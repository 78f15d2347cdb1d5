import { watchApi } from '../api/watchApi';
import { instrument } from '../instrument/instrument';
import { topRoute } from '../instrument/topRoute';
import { EVENT_PAGE_PERFORMANCE, EVENT_SLOW_REQUEST } from '../semantic';
import type { Properties } from '../types/event';
import type { HostSource, Unsubscribe } from '../types/host';
import type { Plugin, PluginContext } from '../types/plugin';
import { oncePer } from '../utils/oncePer';
import { pagesOf } from '../utils/pagesOf';
import { createStopwatch } from '../utils/stopwatch';
import { within } from '../utils/within';
import type { PageFilter } from './pageView';

/** What counts as slow, and how much is told. */
export interface PerformanceOptions extends PageFilter {
  /**
   * Tracks `slow_request` for requests of the app that take this long or longer, in milliseconds.
   *
   * @default no requests are looked at
   */
  readonly slowRequestMs?: number;
  /**
   * How many events a session may have.
   *
   * @default 100
   */
  readonly max?: number;
}

// https://developers.weixin.qq.com/miniprogram/dev/api/base/performance/PerformanceEntry.html
// https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/performance/performance-entry
interface Entry {
  readonly name: string;
  readonly entryType?: string;
  readonly startTime: number;
  readonly duration?: number;
  readonly path?: string;
  readonly pageId?: number;
  readonly navigationStart?: number;
  readonly navigationType?: string;
  readonly referrerPath?: string;
  readonly packageName?: string;
  readonly packageSize?: number;
}

interface Clock {
  createObserver(heard: (entries: readonly Entry[] | { getEntries(): readonly Entry[] }) => void): {
    observe(options: { entryTypes: readonly string[] }): void;
    disconnect(): void;
  };
}

interface Hosts {
  /** WeChat. */
  getPerformance?(): Clock;
  /** Douyin. */
  readonly performance?: Clock;
}

/** Longer than any host waits for an answer. */
const MAX_REQUEST_MS = 600_000;
/** Without the query: a token may stand in it. */
const bare = (url: unknown): string => `${url}`.replace(/[?#].*/, '');
const ms = (duration: number): number => Math.max(0, Math.round(duration));

type Tell = (event: string, properties: Properties) => void;

const tellEntry = (tell: Tell, entry: Entry, duration: number | undefined): void =>
  tell(EVENT_PAGE_PERFORMANCE, {
    metric: entry.name.replace(/-?([A-Z])|-/g, (_, letter = '') => `_${letter.toLowerCase()}`),
    duration_ms: duration === undefined ? undefined : ms(duration),
    path: entry.path,
    navigation_type: entry.navigationType,
    referrer_path: entry.referrerPath,
    package_name: entry.packageName,
    package_bytes: entry.packageSize,
  });

/** What the host's clock says of each page, by its number. */
type Pages = Record<number, { start?: number; points: Entry[] }>;

const measure = (pages: Pages, tell: Tell, entry: Entry): void => {
  const { entryType, pageId, startTime, duration, navigationStart } = entry;
  if (duration || pageId === undefined) tellEntry(tell, entry, duration);
  const page = (pages[pageId as number] = pages[pageId as number] || { points: [] });
  // Pages are numbered as they are made: one that is long gone has nothing more to tell.
  delete pages[(pageId as number) - 20];
  // A paint is a point in time, and may be told before the navigation that it belongs to.
  if (entryType === 'navigation') page.start = navigationStart || startTime;
  else if (!duration && pageId !== undefined) page.points.push(entry);
  const { start } = page;
  if (start !== undefined) for (const point of page.points.splice(0)) tellEntry(tell, point, point.startTime - start);
};

/** By the host's clock. */
const watchClock = ({ host, api }: PluginContext, clock: Clock, tell: Tell): Unsubscribe[] => {
  const pages: Pages = {};
  const observer = clock.createObserver((entries) =>
    host.log.guard('performance', () => {
      const list = 'getEntries' in entries ? entries.getEntries() : entries;
      for (const entry of list) measure(pages, tell, entry);
    }),
  );
  observer.observe({
    entryTypes: (api as Hosts).getPerformance ? ['navigation', 'render', 'loadPackage'] : ['navigation', 'paint'],
  });
  return [() => observer.disconnect()];
};

/** The launch alone, by our own clock. */
const watchLaunch = (host: HostSource, tell: Tell): Unsubscribe[] => {
  instrument(host);
  const watch = createStopwatch();
  // A tracker that comes later measures none.
  if (!host.entered) watch.start();
  return [
    watch.stop,
    // A start in the background ends with no page.
    host.on('appHide', watch.stop),
    host.on('pageShow', ({ page: { path } }) => {
      if (watch.runs())
        tell(EVENT_PAGE_PERFORMANCE, { metric: 'app_launch', duration_ms: watch.stop(), path, measured_by: 'tracker' });
    }),
  ];
};

const watchRequests = ({ host, api, onForget }: PluginContext, slowRequestMs: number, tell: Tell): Unsubscribe[] => {
  /** Another object for each stretch of time without a break. */
  let stretch = {};
  const end = (): void => {
    stretch = {};
  };
  // Of every tracker of the app, also of those that come later.
  const isOwn = (address: string): boolean => host.endpoints.some((each) => bare(Object(each).url || each) === address);
  // What began before belongs to somebody else.
  onForget(end);
  return [
    host.on('appHide', end),
    watchApi(api as Record<string, unknown>, 'request', host.log, ({ url, method }) => {
      const at = Date.now();
      const begun = stretch;
      const address = bare(url);
      if (isOwn(address)) return undefined;
      return ({ statusCode, status = statusCode }, ok) => {
        const duration = Date.now() - at;
        // A thread that stood still in the background took no time, and a clock that was set tells none.
        if (!(duration >= slowRequestMs && duration <= MAX_REQUEST_MS) || begun !== stretch) return;
        tell(EVENT_SLOW_REQUEST, {
          url: address,
          method: method || 'GET',
          duration_ms: duration,
          status,
          failed: !ok || undefined,
          page_path: topRoute(),
        });
      };
    }),
  ];
};

/**
 * Tracks how long the host took, by its own clock.
 *
 * - `page_performance`: `metric`, `duration_ms`, `path`; of routes `navigation_type` and `referrer_path`, of packages
 *   `package_name` and `package_bytes`. WeChat: `app_launch`, `route`, `first_render`, `first_paint`,
 *   `first_contentful_paint`, `largest_contentful_paint` (these three from the start of their navigation, where the host
 *   says to which page they belong), `download_package`. Douyin: its `navigation` and `paint` entries. Alipay has no such
 *   clock: `app_launch` runs from the tracker's start to the first page shown, and says `measured_by: 'tracker'`.
 * - `slow_request`: `url` without its query, `method`, `duration_ms`, `status`, `failed`, `page_path`. Never a
 *   tracker's own requests, nor one during which the app was in the background.
 */
const performancePlugin = (options: PerformanceOptions = {}): Plugin => ({
  name: 'performance',
  options,
  setup(context) {
    const { host, track, session } = context;
    const { slowRequestMs } = options;
    const isExcluded = pagesOf(options.exclude);
    const isWithin = oncePer(session, within(options.max, 0, Infinity, 100));
    let asked = 0;
    const tell: Tell = (event, properties) => {
      const { path, page_path = path } = properties;
      if (!isExcluded(page_path) && isWithin(`${asked++}`)) track(event, properties);
    };
    const hosts = context.api as Hosts;
    const clock = hosts.getPerformance ? hosts.getPerformance() : hosts.performance;
    const stops =
      clock && typeof clock.createObserver === 'function' ? watchClock(context, clock, tell) : watchLaunch(host, tell);
    return within(slowRequestMs, 0, Infinity, -1) < 0
      ? stops
      : stops.concat(watchRequests(context, slowRequestMs as number, tell));
  },
});

// Native tools make each file a function, with the names of browsers as parameters: there `const performance` is an error.
export { performancePlugin as performance };
