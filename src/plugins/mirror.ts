import { WRONG_OPTION } from '../codes';
import { createPipe, type Pipe } from '../createPipe';
import type { Endpoint } from '../types/options';
import type { Plugin } from '../types/plugin';
import type { FlushResult } from '../types/stats';

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

type Call = (...given: unknown[]) => unknown;

/** Both do what is asked of them, and the first answers. */
const both = <T extends object>(first: T, second: T): T => {
  const joined: Record<string, unknown> = Object.assign({} as Record<string, unknown>, first);
  for (const name of Object.keys(first) as (keyof T & string)[])
    if (typeof first[name] === 'function')
      joined[name] = (...given: unknown[]): unknown => {
        const answer = (first[name] as Call)(...given);
        (second[name] as Call)(...given);
        return answer;
      };
  return joined as T;
};

const bothResults = ([first, second]: readonly [FlushResult, FlushResult]): FlushResult => ({
  state: first.state === 'idle' ? second.state : first.state,
  sent: first.sent + second.sent,
  waiting: first.waiting + second.waiting,
});

interface Joined extends Pipe {
  /** Of the mirrors that it leads to. */
  readonly names?: readonly string[];
}

const join = (first: Pipe, second: Pipe, names: readonly string[]): Joined =>
  Object.assign({}, first, {
    names,
    queue: Object.assign(both(first.queue, second.queue), { old: first.queue.old.concat(second.queue.old) }),
    sender: Object.assign(both(first.sender, second.sender), {
      flush: () => Promise.all([first.sender.flush(), second.sender.flush()]).then(bothResults),
    }),
    stats() {
      const stats = first.stats();
      return Object.assign(stats, { others: (stats.others || []).concat(second.stats()) });
    },
  });

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
    setup({ host, mirror }) {
      host.endpoints.push(endpoint);
      mirror((pipe: Joined, parts) => {
        const { names = [] } = pipe;
        // Two queues under one name would take each other's events.
        if (name && !names.includes(name)) {
          const prefix = `${parts.prefix}${encodeURIComponent(name)}:`;
          const own = createPipe(Object.assign({}, parts, { given: endpoint || '', index: names.length + 1, prefix }));
          return join(pipe, own, names.concat(name));
        }
        host.log.warn(WRONG_OPTION, 'mirror.name', name);
        return pipe;
      });
    },
  };
};
