import { instrument } from '../instrument/instrument';
import { EVENT_TAP } from '../semantic';
import type { Plugin } from '../types/plugin';
import { pagesOf } from '../utils/pagesOf';
import { type DatasetOptions, pickDataset, smallDataset } from '../utils/pickDataset';
import type { PageFilter } from './pageView';

/** The types of events that are a kind, in lower case (Alipay writes them in camel case), where they are not its name alone. */
const TYPES: Readonly<Record<string, string>> = {
  longpress: 'longpress longtap',
  phone: 'getphonenumber getrealtimephonenumber',
  // Douyin has three kinds of customer service.
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/component/open-capacity/button-im-customer-service
  contact: 'contact im lifeim platformim',
};
const TOUCHES: readonly string[] = ['tap', 'longpress'];
/** Within so long the handlers on the way up have been called; hardly anybody taps two elements in it, nor a page that opens. */
const ONE_TAP_MS = 500;
/** The same where the host's time tells two taps apart: handlers may be slow, and frameworks call late. */
const LATE_MS = 10_000;

interface Element {
  readonly id?: string;
  readonly dataset?: Readonly<Record<string, unknown>>;
  readonly offsetLeft?: number;
  readonly offsetTop?: number;
}

interface Point {
  readonly clientX?: number;
  readonly clientY?: number;
  readonly x?: number;
  readonly y?: number;
}

interface TapEvent {
  readonly type?: unknown;
  readonly timeStamp?: number;
  readonly target?: Element;
  readonly currentTarget?: Element;
  readonly changedTouches?: readonly Point[];
  readonly detail?: Point;
}

interface WindowSize {
  readonly windowWidth?: number;
  readonly windowHeight?: number;
}

/** The part of `wx`, `my` and `tt` that tells the size of the window. */
interface WindowApi {
  getWindowInfo?(): WindowSize;
  /** `undefined` on Alipay when it takes too long. */
  getSystemInfoSync?(): WindowSize | undefined;
  onWindowResize?(listener: () => void): void;
  offWindowResize?(listener: () => void): void;
}

/** The last tap of a kind, and who was told of it first. */
interface Last {
  readonly stamp: number | undefined;
  readonly page: unknown;
  readonly who: string;
  readonly at: number;
}

/** Which taps are told, with how much of the element. */
export interface TapOptions extends PageFilter, DatasetOptions {
  /**
   * What is tracked beside taps and long presses: a form that is submitted, a picker, switch, radio or the like that is
   * changed, the answer to a phone number button, a return from a customer service button. What was typed or chosen is
   * never read.
   *
   * @default none of them
   */
  readonly kinds?: readonly ('submit' | 'change' | 'phone' | 'contact')[];
}

/** A part of the window, to a thousandth; nothing for a position outside of it. */
const partOf = (position: number | undefined, size: number | undefined): number | undefined => {
  const part = Math.round(((position as number) / (size as number)) * 1000) / 1000;
  return part >= 0 && part <= 1 ? part : undefined;
};

/**
 * Tracks `tap` when a handler of a page or a component receives one: `kind` (`tap`, `longpress`, or one of `kinds`),
 * `element_id`, `handler`, `page_path`, the element's `dataset`, where in the window the finger was (`x_fraction`,
 * `y_fraction`, from 0 at the left and the top to 1) and where the element is on the page (`offset_left`, `offset_top`,
 * in pixels). A tap that goes through several handlers is one event, told by the first. Calls by code are none.
 */
export const tap = (options: TapOptions = {}): Plugin => ({
  name: 'tap',
  options,
  setup({ host, track, later, api }) {
    const view = api as WindowApi;
    const kinds = new Map<unknown, string>();
    for (const kind of TOUCHES.concat(options.kinds || []))
      for (const type of (TYPES[kind] || `${kind}`).split(' ')) kinds.set(type, kind);
    const isExcluded = pagesOf(options.exclude);
    instrument(host);
    const kindOf = (event: unknown): string | undefined => {
      const { type } = Object(event) as TapEvent;
      return typeof type === 'string' ? kinds.get(type.toLowerCase()) : undefined;
    };
    let size: WindowSize | undefined;
    /** By kind, the last one. */
    const last: Record<string, Last | undefined> = {};
    /** The kinds of the call from the host and of all within it. */
    let told = '';
    const onResize = (): void => {
      size = undefined;
    };
    if (view.onWindowResize) view.onWindowResize(onResize);
    const askSize = (): WindowSize | undefined =>
      view.getWindowInfo ? view.getWindowInfo() : view.getSystemInfoSync && view.getSystemInfoSync();

    return [
      host.on('call', ({ name, args, page, nested }) => {
        const first = kindOf(args[0]);
        const event = args[first ? 0 : args.length - 1];
        const kind = first || kindOf(event);
        const { timeStamp: stamp, target, currentTarget, changedTouches, detail }: TapEvent = Object(event);
        const element = currentTarget || target;
        if (!kind || !element) return;
        const at = Date.now();
        const path = page && page.path;
        const id = element.id || (target && target.id) || undefined;
        const { offsetLeft, offsetTop } = element;
        // Each handler on the way up gets an event object of its own, and in and out of a component another element: what
        // they share is the time, since the page opened or since 1970. One that is less than any tap's may be a constant:
        // then a call is a new tap when it is the first handler's for the same element again, or comes after a while.
        const before = last[kind];
        const who = `${name} ${id}`;
        const isClock = (stamp as number) > ONE_TAP_MS;
        const isSame =
          before &&
          stamp === before.stamp &&
          page === before.page &&
          Math.abs(at - before.at) <= (isClock ? LATE_MS : ONE_TAP_MS) &&
          (isClock || (stamp !== undefined && who !== before.who));
        if (!isSame) last[kind] = { stamp, page, who, at };
        // A component that answers a tap by an event `tap` of its own does so within its handler.
        const isInner = nested && told.includes(kind);
        told = nested ? told + kind : kind;
        if (isSame || isInner || isExcluded(path)) return;
        // The detail of all else is what was typed or chosen.
        const isTouch = TOUCHES.includes(kind);
        const {
          x,
          y,
          clientX = x,
          clientY = y,
        } = ((isTouch && ((changedTouches && changedTouches[0]) || detail)) || {}) as Point;
        const dataset = pickDataset(element.dataset, options, host.log);
        later(() => {
          const { windowWidth, windowHeight } = (size = size || host.log.guard('window size', askSize) || {});
          track(
            EVENT_TAP,
            {
              kind,
              element_id: id,
              handler: name,
              page_path: path,
              dataset: smallDataset(dataset, options, host.log),
              x_fraction: partOf(clientX, windowWidth),
              y_fraction: partOf(clientY, windowHeight),
              offset_left: offsetLeft,
              offset_top: offsetTop,
            },
            at,
          );
        });
      }),
      () => view.offWindowResize && view.offWindowResize(onResize),
    ];
  },
});
