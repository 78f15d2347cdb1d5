import { instrument } from '../instrument/instrument';
import { EVENT_TAP } from '../semantic';
import type { Plugin } from '../types/plugin';
import type { PageFilter } from './pageView';

/** `tap` and `longpress` on WeChat and Douyin, `longTap` on Alipay. */
const TYPES = ['tap', 'longpress', 'longtap', 'longTap'];

interface Element {
  readonly id?: string;
  readonly dataset?: Readonly<Record<string, unknown>>;
}

interface TapEvent {
  readonly type?: string;
  readonly timeStamp?: number;
  readonly target?: Element;
  readonly currentTarget?: Element;
}

export interface TapOptions extends PageFilter {
  /**
   * Which `data-` attributes of the element are taken, by their names in the dataset (`data-sku-id` is `skuId`).
   *
   * @default all of them
   */
  readonly dataset?: readonly string[];
}

/**
 * Tracks `tap` when a handler of a page or a component receives a tap: `element_id`, `handler`, `page_path` and the
 * element's `dataset`. A tap that bubbles through several handlers is one event, told by the innermost. Calls by code
 * are none.
 */
export const tap = ({ exclude = [], dataset }: TapOptions = {}): Plugin => ({
  name: 'tap',
  setup({ host, track }) {
    instrument(host);
    let lastTap = '';
    return host.on('call', ({ name, args, page }) => {
      const event = [args[0], args[args.length - 1]].find(
        (each) => each && TYPES.includes((each as TapEvent).type as string),
      ) as TapEvent | undefined;
      const { type, timeStamp, target, currentTarget } = event || ({} as TapEvent);
      const element = currentTarget || target;
      if (!element) return;
      // Each handler on the way up gets an event object of its own; time and origin stay the same.
      const key = `${type} ${timeStamp} ${target && target.id}`;
      if (timeStamp !== undefined && key === lastTap) return;
      lastTap = key;
      const path = page && page.path;
      if (path !== undefined && exclude.includes(path)) return;
      const own = element.dataset || {};
      const picked: Record<string, unknown> = {};
      for (const each of Object.keys(own)) if (!dataset || dataset.includes(each)) picked[each] = own[each];
      track(EVENT_TAP, {
        element_id: element.id || (target && target.id),
        handler: name,
        page_path: path,
        dataset: Object.keys(picked).length ? picked : undefined,
      });
    });
  },
});
