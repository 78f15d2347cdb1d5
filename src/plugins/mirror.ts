import { WRONG_OPTION } from '../codes';
import type { Plugin } from '../types/plugin';
import type { DeliveryState, Endpoint, FlushResult, Stats } from '../types/tracker';

/** The second endpoint. */
export interface MirrorOptions {
  /**
   * Its identity over releases: events wait under this name, and those of a name that is gone are counted and removed.
   *
   * @default '1'
   */
  readonly name?: string;
  /** A URL, or what `endpoint` of the tracker takes. */
  readonly endpoint: string | Endpoint;
}

/**
 * Sends each event to one more endpoint, with a queue and a state of its own: one that is down holds up no other.
 * `flush()` then waits for all, and `stats().others` has their accounts.
 *
 * @example mirror({ name: 'warehouse', endpoint: { url: 'https://…', format: clickhouse({ table: 'events' }) } })
 */
export const mirror = (options: MirrorOptions): Plugin => {
  const { name = '1', endpoint } = Object(options) as MirrorOptions;
  return {
    name: `mirror ${name}`,
    setup(context) {
      const { mirror, pipes, expose, host } = context;
      // Two queues under one name would take each other's events.
      if (!name || !mirror(encodeURIComponent(name), endpoint)) return host.log.warn(WRONG_OPTION, 'mirror.name', name);
      const join = (results: readonly FlushResult[]): FlushResult =>
        results.reduce((all, { state, sent, waiting }) => ({
          state: all.state === 'idle' ? state : (all.state as DeliveryState),
          sent: all.sent + sent,
          waiting: all.waiting + waiting,
        }));
      expose({
        flush: () => Promise.all(pipes().map(({ sender }) => sender.flush())).then(join),
        stats() {
          const [first, ...others] = pipes().map((pipe) => pipe.stats()) as [Stats, ...Stats[]];
          return Object.assign(first, { others });
        },
      });
    },
  };
};
