import { instrument } from '../instrument/instrument';
import { EVENT_EXPOSURE } from '../semantic';
import type { Plugin } from '../types/plugin';
import { barePath, pagesOf } from '../utils/pagesOf';
import { type DatasetOptions, pickDataset, smallDataset } from '../utils/pickDataset';
import { within } from '../utils/within';
import type { PageFilter } from './pageView';

/**
 * Hosts watch the elements that are there when they are asked, and a list comes after its request: they are asked anew
 * some times after the page is shown and after what usually brings new elements. Each is the time since the last.
 */
const LOOK_AFTER_MS = [200, 800, 2000];
const MAX_DURATION_MS = 60_000;

export interface ExposureOptions extends PageFilter, DatasetOptions {
  /**
   * Selectors of the elements, by page path; those under `'*'` are for all pages.
   *
   * @default { '*': '.exposure' }
   * @example { 'pages/home/index': ['.banner', '.product-card'] }
   */
  readonly selectors?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * How much of the element must be in the window, as a share of its area, above 0 and up to 1.
   *
   * @default 0.5
   */
  readonly ratio?: number;
  /**
   * How long without a break, in milliseconds, up to 60,000.
   *
   * @default 500
   */
  readonly durationMs?: number;
}

interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Entry {
  readonly id?: string;
  readonly dataset?: Readonly<Record<string, unknown>>;
  readonly intersectionRatio: number;
  readonly intersectionRect?: Rect;
  readonly boundingClientRect?: Rect;
}

interface Observer {
  relativeToViewport(margins: object): Observer;
  observe(selector: string, callback: (entry: Entry) => void): unknown;
  disconnect(): void;
}

interface Scope {
  createIntersectionObserver(options: object): Observer;
}

const areaOf = ({ left, right, top, bottom }: Rect): number => (right - left) * (bottom - top);
/**
 * Douyin gives the ratio in percent, so it is taken from the rectangles where there are some.
 * https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/ttml/intersection-observer/intersection-observer-observe
 */
const ratioOf = ({ intersectionRatio, intersectionRect, boundingClientRect }: Entry): number => {
  const area = boundingClientRect && areaOf(boundingClientRect);
  return area && intersectionRect ? areaOf(intersectionRect) / area : intersectionRatio;
};

/**
 * Tracks `exposure` when enough of an element was in sight for long enough, once each time its page is shown:
 * `page_path`, `selector`, `element_id`, `dataset`, `ratio` (the share of it that was in sight) and `duration_ms` (since
 * when, as it is told). Elements are told apart by id and dataset: those that have both alike count as one.
 */
export const exposure = (options: ExposureOptions = {}): Plugin => ({
  name: 'exposure',
  options,
  setup({ host, track, api, platform, onForget }) {
    const wanted = within(options.ratio, Number.MIN_VALUE, 1, 0.5);
    const durationMs = within(options.durationMs, 0, MAX_DURATION_MS, 500);
    const isExcluded = pagesOf(options.exclude);
    const selectors: Record<string, string | readonly string[]> = {};
    for (const [path, each] of Object.entries(options.selectors || { '*': '.exposure' })) selectors[barePath(path)] = each;
    instrument(host);
    /** Watches the page in sight anew. */
    let again: (() => void) | undefined;
    /** Undoes the watching of the page in sight. */
    let stop: (() => void) | undefined;
    let look: (times?: number) => void = () => {};

    const watch = (path: string, instance: Scope): void => {
      const found = ['*', barePath(path)].reduce<readonly string[]>((all, each) => all.concat(selectors[each] || []), []);
      if (!found.length || isExcluded(path)) return;
      /** Elements in sight by their timers, and those that were told. */
      const timers = new Map<string, number | undefined>();
      const told = new Set<string>();
      let observers: Observer[] = [];
      let lookTimer: number | undefined;

      const see = (selector: string, entry: Entry): void => {
        const { id, dataset } = entry;
        const key = JSON.stringify([selector, id, dataset]);
        const ratio = ratioOf(entry);
        if (told.has(key)) return;
        if (ratio < wanted) {
          clearTimeout(timers.get(key));
          timers.delete(key);
        } else if (!timers.has(key)) {
          const since = Date.now();
          timers.set(
            key,
            setTimeout(() => {
              told.add(key);
              track(EVENT_EXPOSURE, {
                page_path: path,
                selector,
                element_id: id || undefined,
                dataset: smallDataset(pickDataset(dataset, options.dataset), options.maxDatasetBytes, host.log),
                ratio: Math.round(ratio * 1000) / 1000,
                // The clock may be set in between.
                duration_ms: Math.min(Math.max(durationMs, Date.now() - since), durationMs * 2),
              });
            }, durationMs),
          );
        }
      };
      const { guard } = host.log;
      const observe = (selector: string): void =>
        void guard('exposure', () => {
          // WeChat and Douyin take all elements by `observeAll`, Alipay by `selectAll`, with their dataset if asked for.
          // https://opendocs.alipay.com/mini/api/intersectionobserver
          const settings = { thresholds: [wanted], observeAll: true, selectAll: true, dataset: true };
          // Alipay's `my` sees into components and is there in older versions, the page itself does not and is not.
          const scope = platform === 'alipay' ? (api as Scope) : instance;
          const observer = scope.createIntersectionObserver(settings).relativeToViewport({});
          observers.push(observer);
          observer.observe(selector, (entry) => guard('exposure', () => see(selector, entry)));
        });
      const release = (old: readonly Observer[]): void => {
        for (const observer of old) guard('exposure', () => observer.disconnect());
      };
      again = () => {
        if (stop) stop();
        watch(path, instance);
      };
      stop = () => {
        clearTimeout(lookTimer);
        for (const timer of timers.values()) clearTimeout(timer);
        release(observers);
        stop = again = undefined;
        look = () => {};
      };
      look = (times = 0) => {
        clearTimeout(lookTimer);
        if (times >= LOOK_AFTER_MS.length) return;
        lookTimer = setTimeout(() => {
          const old = observers;
          observers = [];
          // The new ones first: what is in sight is seen without a break.
          found.forEach(observe);
          release(old);
          look(times + 1);
        }, LOOK_AFTER_MS[times] as number);
      };
      look();
    };
    // What is in sight as the visitor becomes somebody else is seen from then on.
    onForget(() => again && again());
    return [
      host.on('pageShow', ({ page, instance }) => watch(page.path, instance as Scope)),
      host.on('pageHide', () => stop && stop()),
      host.on('pageCall', ({ name }) => {
        if (name !== 'onPageScroll') look();
      }),
      host.on('call', ({ args }) => {
        if (Object(args[0]).type === 'tap') look();
      }),
      () => stop && stop(),
    ];
  },
});
