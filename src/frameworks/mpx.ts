import { EVENT_TAP } from '../semantic';
import type { HostSource } from '../types/host';
import type { Plugin } from '../types/plugin';
import { type Handler, wrapHandler } from './shared/wrapHandler';

export interface Mpx extends Plugin {
  /** Called by mpx: `mpx.use(mpxTaps)`. */
  install(mpx: { mixin(mixin: object, types: readonly string[]): unknown }): void;
}

/** Handlers that the template binds with arguments, by the type of the event: `{ tap: [['add', 'sencha', 2]] }`. */
type Bound = Readonly<Record<string, readonly [readonly [string]] | undefined>>;

interface TapProperties {
  readonly kind?: string;
  readonly dataset?: { eventconfigs?: { readonly bubble?: Bound; readonly capture?: Bound } };
}

/**
 * For mpx: lets `tap` see the handlers that `setup()` returns, which are not among the options that the host is given;
 * and names the handlers that the template binds with arguments (`bindtap="add(tea, 2)"`) in the place of mpx's
 * `__invoke`, without the arguments. What it returns is a plugin of the tracker and of mpx.
 *
 * @example
 * // tracker.js
 * export const mpxTaps = mpx()
 * createTracker({ adapter: wechat(), endpoint, plugins: [autotrack({ tap: true }), mpxTaps] })
 * // app.mpx
 * mpx.use(mpxTaps)
 */
export const mpx = (): Mpx => {
  let host: HostSource | undefined;
  const seen = new WeakSet<object>();
  /** What `setup()` returned is reached by accessors on the page or component. */
  const look = function (this: Record<string, Handler>): void {
    for (const name of Object.keys(this)) {
      const { get, set } = Object.getOwnPropertyDescriptor(this, name) as PropertyDescriptor;
      const own = get && set && this[name];
      if (typeof own !== 'function' || seen.has(own)) continue;
      const ours = wrapHandler(() => host, name, own);
      seen.add(ours);
      this[name] = ours;
    }
  };

  return {
    name: 'mpx',
    setup(context) {
      ({ host } = context);
      return () => {
        host = undefined;
      };
    },
    enrich(event) {
      const { kind = 'tap', dataset } = event.properties as TapProperties;
      if (event.name !== EVENT_TAP || !dataset || !dataset.eventconfigs) return event;
      const { bubble, capture } = dataset.eventconfigs;
      const bound = (bubble || capture || {})[kind];
      const own = Object.assign({}, dataset);
      delete own.eventconfigs;
      return Object.assign({}, event, {
        properties: Object.assign({}, event.properties, bound && { handler: bound[0][0] }, {
          dataset: Object.keys(own).length ? own : undefined,
        }),
      });
    },
    install(mpx) {
      mpx.mixin({ created: look }, ['page', 'component']);
    },
  };
};
