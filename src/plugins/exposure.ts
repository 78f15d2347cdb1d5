import { instrument } from '../instrument/instrument';
import { EVENT_EXPOSURE } from '../semantic';
import type { Plugin, PluginContext } from '../types/plugin';
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

/** Which elements are watched, and when they count as seen. */
export interface ExposureOptions extends PageFilter, DatasetOptions {
  /**
   * Selectors of the elements: one or a list for all pages, or by page path, where those under `'*'` are for all pages.
   *
   * @default '.exposure'
   * @example { 'pages/home/index': ['.banner', '.product-card'] }
   */
  readonly selectors?: string | readonly string[] | Readonly<Record<string, string | readonly string[]>>;
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

type Selectors = Readonly<Record<string, string | readonly string[]>>;

/** What is watched, and the page on which it is now. */
interface Watching extends PluginContext {
  readonly options: ExposureOptions;
  readonly wanted: number;
  readonly durationMs: number;
  readonly selectors: Selectors;
  isExcluded(path: unknown): boolean;
  sight?: Sight | undefined;
}

/** A page in sight. */
interface Sight {
  readonly path: string;
  readonly instance: Scope;
  readonly found: readonly string[];
  /** Elements in sight by their timers, and those that were told. */
  readonly timers: Map<string, number | undefined>;
  readonly told: Set<string>;
  observers: readonly Observer[];
  lookTimer?: number;
}

const selectorsOf = (asked: NonNullable<ExposureOptions['selectors']>): Selectors => {
  const byPage = typeof asked === 'string' || Array.isArray(asked) ? { '*': asked } : asked;
  const selectors: Record<string, string | readonly string[]> = {};
  for (const [path, each] of Object.entries(byPage)) selectors[barePath(path)] = each;
  return selectors;
};

const tellSeen = (watching: Watching, path: string, selector: string, entry: Entry, since: number): void => {
  const { host, track, options, durationMs } = watching;
  track(EVENT_EXPOSURE, {
    page_path: path,
    selector,
    element_id: entry.id || undefined,
    dataset: smallDataset(pickDataset(entry.dataset, options, host.log), options, host.log),
    ratio: Math.round(ratioOf(entry) * 1000) / 1000,
    // The clock may be set in between.
    duration_ms: Math.min(Math.max(durationMs, Date.now() - since), durationMs * 2),
  });
};

const see = (watching: Watching, { path, timers, told }: Sight, selector: string, entry: Entry): void => {
  const key = JSON.stringify([selector, entry.id, entry.dataset]);
  if (told.has(key)) return;
  if (ratioOf(entry) < watching.wanted) {
    clearTimeout(timers.get(key));
    timers.delete(key);
  } else if (!timers.has(key)) {
    const since = Date.now();
    const tell = (): void => {
      told.add(key);
      tellSeen(watching, path, selector, entry, since);
    };
    timers.set(key, setTimeout(tell, watching.durationMs));
  }
};

const observe = (watching: Watching, sight: Sight, selector: string): void => {
  const { api, platform, wanted, host } = watching;
  const { guard } = host.log;
  guard('exposure', () => {
    // WeChat and Douyin take all elements by `observeAll`, Alipay by `selectAll`, with their dataset if asked for.
    // https://opendocs.alipay.com/mini/api/intersectionobserver
    const settings = { thresholds: [wanted], observeAll: true, selectAll: true, dataset: true };
    // Alipay's `my` sees into components and is there in older versions, the page itself does not and is not.
    const scope = platform === 'alipay' ? (api as Scope) : sight.instance;
    const observer = scope.createIntersectionObserver(settings).relativeToViewport({});
    sight.observers = sight.observers.concat(observer);
    observer.observe(selector, (entry) => guard('exposure', () => see(watching, sight, selector, entry)));
  });
};

const release = ({ host }: Watching, old: readonly Observer[]): void => {
  for (const observer of old) host.log.guard('exposure', () => observer.disconnect());
};

const lookLater = (watching: Watching, sight: Sight | undefined, times = 0): void => {
  if (!sight) return;
  clearTimeout(sight.lookTimer);
  if (times >= LOOK_AFTER_MS.length) return;
  const look = (): void => {
    const old = sight.observers;
    sight.observers = [];
    // The new ones first: what is in sight is seen without a break.
    for (const selector of sight.found) observe(watching, sight, selector);
    release(watching, old);
    lookLater(watching, sight, times + 1);
  };
  sight.lookTimer = setTimeout(look, LOOK_AFTER_MS[times] as number);
};

const stop = (watching: Watching): void => {
  const { sight } = watching;
  if (!sight) return;
  clearTimeout(sight.lookTimer);
  // A list: compilers to ES5 walk nothing else.
  for (const timer of Array.from(sight.timers.values())) clearTimeout(timer);
  release(watching, sight.observers);
  watching.sight = undefined;
};

const start = (watching: Watching, path: string, instance: Scope): void => {
  const { selectors, isExcluded } = watching;
  const found = ['*', barePath(path)].reduce<readonly string[]>((all, each) => all.concat(selectors[each] || []), []);
  if (!found.length || isExcluded(path)) return;
  watching.sight = { path, instance, found, timers: new Map(), told: new Set(), observers: [] };
  lookLater(watching, watching.sight);
};

/**
 * Tracks `exposure` when enough of an element was in sight for long enough, once each time its page is shown:
 * `page_path`, `selector`, `element_id`, `dataset`, `ratio` (the share of it that was in sight) and `duration_ms` (since
 * when, as it is told). Elements are told apart by id and dataset: those that have both alike count as one.
 */
export const exposure = (options: ExposureOptions = {}): Plugin => ({
  name: 'exposure',
  options,
  setup(context) {
    const { host, onForget } = context;
    const watching: Watching = Object.assign(
      {
        options,
        wanted: within(options.ratio, Number.MIN_VALUE, 1, 0.5),
        durationMs: within(options.durationMs, 0, MAX_DURATION_MS, 500),
        selectors: selectorsOf(options.selectors || '.exposure'),
        isExcluded: pagesOf(options.exclude),
      },
      context,
    );
    instrument(host);
    // What is in sight as the visitor becomes somebody else is seen from then on.
    onForget(() => {
      const { sight } = watching;
      stop(watching);
      if (sight) start(watching, sight.path, sight.instance);
    });
    return [
      host.on('pageShow', ({ page, instance }) => start(watching, page.path, instance as Scope)),
      host.on('pageHide', () => stop(watching)),
      host.on('pageCall', ({ name }) => {
        if (name !== 'onPageScroll') lookLater(watching, watching.sight);
      }),
      host.on('call', ({ args }) => {
        if (Object(args[0]).type === 'tap') lookLater(watching, watching.sight);
      }),
      () => stop(watching),
    ];
  },
});
