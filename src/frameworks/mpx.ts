import type { Plugin } from '../types/plugin';
import { createBridge } from './shared/createBridge';

export interface Mpx extends Plugin {
  /** Called by mpx: `mpx.use(mpxTaps)`. */
  install(mpx: { mixin(mixin: object, types: readonly string[]): unknown }): void;
}

/** Handlers that the template binds with arguments, by the type of the event: `{ tap: [['add', 'sencha', 2]] }`. */
type Bound = Readonly<Record<string, readonly (readonly [string])[] | undefined>>;

/** Of an automatic event on an element; a tap has a `kind`. */
interface ElementProperties {
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
 * import core from '@mpxjs/core'
 * core.use(mpxTaps)
 */
export const mpx = (): Mpx => {
  const { install, setup, look } = createBridge('mpx.use()');
  // What `setup()` returned is reached by accessors on the page or component.
  const onCreated = function (this: Record<string, unknown>): void {
    look(this, (name) => !!(Object.getOwnPropertyDescriptor(this, name) as PropertyDescriptor).set);
  };

  return {
    name: 'mpx',
    setup,
    enrich(event) {
      const { kind, dataset } = event.properties as ElementProperties;
      if (event.type !== 'auto' || !dataset || !dataset.eventconfigs) return event;
      const { bubble, capture } = dataset.eventconfigs;
      const bound = Object((bubble || capture || {})[kind as string])[0] as readonly [string] | undefined;
      const own = Object.assign({}, dataset);
      delete own.eventconfigs;
      return Object.assign({}, event, {
        properties: Object.assign({}, event.properties, bound && { handler: bound[0] }, {
          dataset: Object.keys(own).length ? own : undefined,
        }),
      });
    },
    install(mpx) {
      install();
      mpx.mixin({ created: onCreated }, ['page', 'component']);
    },
  };
};
