import { instrument } from '../instrument/instrument';
import { topRoute } from '../instrument/topRoute';
import { watchApi } from '../instrument/watchApi';
import { EVENT_PAGE_PERFORMANCE, EVENT_SLOW_REQUEST } from '../semantic';
import type { Properties } from '../types/event';
import type { Unsubscribe } from '../types/host';
import type { Plugin } from '../types/plugin';
import { oncePer } from '../utils/oncePer';
import { pagesOf } from '../utils/pagesOf';
import { createStopwatch } from '../utils/stopwatch';
import { within } from '../utils/within';
import type { PageFilter } from './pageView';

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
  setup({ host, api, track, session, onForget }) {
    const { slowRequestMs } = options;
    const isExcluded = pagesOf(options.exclude);
    const isWithin = oncePer(session, within(options.max, 0, Infinity, 100));
    let asked = 0;
    let hides = 0;
    const tell = (event: string, properties: Properties): void => {
      const { path, page_path = path } = properties;
      if (!isExcluded(page_path) && isWithin(`${asked++}`)) track(event, properties);
    };

    const pages: Record<number, { start?: number; points: Entry[] }> = {};
    const report = (entry: Entry, duration: number | undefined): void =>
      tell(EVENT_PAGE_PERFORMANCE, {
        metric: entry.name.replace(/-?([A-Z])|-/g, (_, letter = '') => `_${letter.toLowerCase()}`),
        duration_ms: duration === undefined ? undefined : ms(duration),
        path: entry.path,
        navigation_type: entry.navigationType,
        referrer_path: entry.referrerPath,
        package_name: entry.packageName,
        package_bytes: entry.packageSize,
      });
    const measure = (entry: Entry): void => {
      const { entryType, pageId, startTime, duration, navigationStart } = entry;
      if (duration || pageId === undefined) report(entry, duration);
      const page = (pages[pageId as number] = pages[pageId as number] || { points: [] });
      // Pages are numbered as they are made: one that is long gone has nothing more to tell.
      delete pages[(pageId as number) - 20];
      // A paint is a point in time, and may be told before the navigation that it belongs to.
      if (entryType === 'navigation') page.start = navigationStart || startTime;
      else if (!duration && pageId !== undefined) page.points.push(entry);
      const { start } = page;
      if (start !== undefined) for (const point of page.points.splice(0)) report(point, point.startTime - start);
    };

    const hosts = api as Hosts;
    const clock = hosts.getPerformance ? hosts.getPerformance() : hosts.performance;
    const stops: Unsubscribe[] = [];
    if (clock && clock.createObserver) {
      const observer = clock.createObserver((entries) =>
        host.log.guard('performance', () => ('getEntries' in entries ? entries.getEntries() : entries).forEach(measure)),
      );
      observer.observe({
        entryTypes: hosts.getPerformance ? ['navigation', 'render', 'loadPackage'] : ['navigation', 'paint'],
      });
      stops.push(() => observer.disconnect());
    } else {
      instrument(host);
      const watch = createStopwatch();
      watch.start();
      stops.push(
        watch.stop,
        // A start in the background ends with no page.
        host.on('appHide', watch.stop),
        host.on('pageShow', ({ page: { path } }) => {
          if (!watch.runs()) return;
          tell(EVENT_PAGE_PERFORMANCE, {
            metric: 'app_launch',
            duration_ms: watch.stop(),
            path,
            measured_by: 'tracker',
          });
        }),
      );
    }
    if (slowRequestMs === undefined) return stops;

    // Of every tracker of the app, also of those that come later.
    const isOwn = (address: string): boolean =>
      (host.endpoints || []).some((each) => bare(Object(each).url || each) === address);
    // What began before belongs to somebody else.
    onForget(() => {
      hides++;
    });
    stops.push(
      host.on('appHide', () => {
        hides++;
      }),
      watchApi(api, 'request', host.log, ({ url, method }) => {
        const at = Date.now();
        const before = hides;
        const address = bare(url);
        return (
          !isOwn(address) &&
          (({ statusCode, status = statusCode }, ok) => {
            const duration = Date.now() - at;
            // A thread that stood still in the background took no time, and a clock that was set tells none.
            if (!(duration >= slowRequestMs && duration <= MAX_REQUEST_MS) || before !== hides) return;
            tell(EVENT_SLOW_REQUEST, {
              url: address,
              method: method || 'GET',
              duration_ms: duration,
              status,
              failed: !ok || undefined,
              page_path: topRoute(),
            });
          })
        );
      }),
    );
    return stops;
  },
});

// Native tools make each file a function, with the names of browsers as parameters: there `const performance` is an error.
export { performancePlugin as performance };
