import { instrument } from '../instrument/instrument';
import { EVENT_TAP } from '../semantic';
import type { Plugin } from '../types/plugin';
import { type DatasetOptions, pickDataset } from '../utils/pickDataset';
import type { PageFilter } from './pageView';

/** Kinds by the type of the event, which Alipay writes in camel case. */
const KINDS: Readonly<Record<string, string>> = {
  tap: 'tap',
  longpress: 'longpress',
  longtap: 'longpress',
  submit: 'submit',
  change: 'change',
  getphonenumber: 'phone',
  getrealtimephonenumber: 'phone',
  contact: 'contact',
  // Douyin's three kinds of customer service.
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/component/open-capacity/button-im-customer-service
  im: 'contact',
  lifeim: 'contact',
  platformim: 'contact',
};
const TOUCHES: readonly string[] = ['tap', 'longpress'];

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

const kindOf = (event: unknown): string | undefined => {
  const { type } = (event || {}) as TapEvent;
  return typeof type === 'string' ? KINDS[type.toLowerCase()] : undefined;
};
/** A part of the window, to a thousandth. */
const share = (position: number | undefined, size: number | undefined): number | undefined =>
  position !== undefined && size ? Math.round((position / size) * 1000) / 1000 : undefined;

/**
 * Tracks `tap` when a handler of a page or a component receives one: `kind` (`tap`, `longpress`, or one of `kinds`),
 * `element_id`, `handler`, `page_path`, the element's `dataset`, where in the window the finger was (`x_fraction`,
 * `y_fraction`, from 0 at the left and the top to 1) and where the element is on the page (`offset_left`, `offset_top`,
 * in pixels). A tap that goes through several handlers is one event, told by the first. Calls by code are none.
 */
export const tap = (options: TapOptions = {}): Plugin => ({
  name: 'tap',
  setup({ host, track, api }) {
    const { exclude = [], kinds = [] } = options;
    const view = api as WindowApi;
    instrument(host);
    let size: WindowSize | undefined;
    /** By kind, when and where the last one was. */
    const seen: Record<string, string> = {};
    let told: string[] = [];
    const onResize = (): void => {
      size = undefined;
    };
    if (view.onWindowResize) view.onWindowResize(onResize);
    const sizeNow = (): WindowSize =>
      (size =
        size ||
        host.log.guard('window size', () =>
          view.getWindowInfo ? view.getWindowInfo() : view.getSystemInfoSync && view.getSystemInfoSync(),
        ) ||
        {});
    return [
      host.on('call', ({ name, args, page, nested }) => {
        const event = [args[0], args[args.length - 1]].find(kindOf) as TapEvent | undefined;
        const kind = kindOf(event) as string;
        const { timeStamp, target, currentTarget, changedTouches, detail } = event || ({} as TapEvent);
        const element = currentTarget || target;
        if (!element || !TOUCHES.concat(kinds).includes(kind)) return;
        const path = page && page.path;
        // Each handler on the way up gets an event object of its own, and in and out of a component another element: what
        // they share is the time. A component that answers a tap by an event `tap` of its own does so within its handler.
        const key = `${path} ${timeStamp}`;
        if (!nested) told = [];
        const isSame = told.includes(kind) || (timeStamp !== undefined && seen[kind] === key);
        told.push(kind);
        seen[kind] = key;
        if (isSame || exclude.includes(path as string)) return;
        // The detail of all else is what was typed or chosen.
        const isTouch = TOUCHES.includes(kind);
        const { clientX, clientY, x, y } = (isTouch && ((changedTouches && changedTouches[0]) || detail)) || ({} as Point);
        const { windowWidth, windowHeight } = sizeNow();
        track(EVENT_TAP, {
          kind,
          element_id: element.id || (target && target.id) || undefined,
          handler: name,
          page_path: path,
          dataset: pickDataset(element.dataset, options, host.log),
          x_fraction: share(clientX === undefined ? x : clientX, windowWidth),
          y_fraction: share(clientY === undefined ? y : clientY, windowHeight),
          offset_left: element.offsetLeft,
          offset_top: element.offsetTop,
        });
      }),
      () => view.offWindowResize && view.offWindowResize(onResize),
    ];
  },
});
