import { BAD_ID } from '../codes';
import type { Plugin, PluginMethods } from '../types/plugin';

const MAX_ID = 128;

/** Where the anonymous id begins. */
export interface AnonymousIdOptions {
  /**
   * The id under which another SDK knows this installation, 1 to 128 characters, or a function that answers it. Taken at
   * the first launch with this package, and never after a denial or `reset()`: what comes then is somebody new.
   *
   * @example anonymousId({ from: () => sensors.store.getDistinctId() })
   */
  readonly from?: string | (() => string | undefined);
}

/**
 * Adds `anonymousId()` to the tracker: the `anonymous_id` of the events, for an app that writes it on its own orders;
 * `undefined` while consent is pending or denied. It changes with `reset()`.
 *
 * @example order.visitor = tracker.anonymousId()
 */
export const anonymousId = (options: AnonymousIdOptions = {}): Plugin<Pick<PluginMethods, 'anonymousId'>> => ({
  name: 'anonymousId',
  options,
  setup({ firstVisitor, visitor, consent, expose, host: { log } }) {
    const { from } = options;
    firstVisitor(() => {
      const id: unknown = typeof from === 'function' ? from() : from;
      if (typeof id === 'string' && id && id.length <= MAX_ID) return id;
      if (id !== undefined) log.warn(BAD_ID, 'anonymousId.from', id);
      return undefined;
    });
    expose({ anonymousId: () => (consent() === 'granted' ? visitor() : undefined) });
  },
});
