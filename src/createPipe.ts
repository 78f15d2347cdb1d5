import { BAD_ENDPOINT, BAD_FORMAT, DROPPED } from './codes';
import type { CoreOptions } from './createCore';
import { json } from './formats/json';
import { type Counts, createCounts } from './queue/counts';
import { createQueue, type Queue, type QueueOptions } from './queue/createQueue';
import { isStored } from './queue/createRecords';
import { type DeviceState, freshState } from './queue/state';
import { createSender, type Sender } from './transport/createSender';
import type { FullEndpoint } from './transport/post';
import type { Format } from './types/format';
import type { Endpoint } from './types/options';
import type { DropReason, Stats } from './types/stats';
import type { Log } from './utils/log';

const TELL_MS = 1000;

/** What becomes of the events for one endpoint: their queue, who sends them, and the account of both. */
export interface Pipe {
  readonly counts: Counts;
  readonly state: DeviceState;
  readonly queue: Queue;
  readonly sender: Sender;
  stats(): Stats;
}

export interface PipeParts
  extends Pick<CoreOptions, 'options' | 'log'>,
    Pick<QueueOptions, 'prefix' | 'keys' | 'context' | 'isHeld' | 'limits'> {
  /** Of a mirror: its own endpoint. */
  readonly given?: string | Endpoint;
  /** Its place among the endpoints, for the callbacks. */
  readonly index?: number;
}

/** The endpoint with its defaults. A wrong one is named; the events wait for the next release. */
const endpointOf = (given: string | Endpoint, log: Log): FullEndpoint => {
  const endpoint = Object.assign({}, typeof given === 'object' ? given : { url: given });
  const { url, request, format = json() } = endpoint;
  const { error, encode, limits } = Object(format) as Partial<Format>;
  const fault = encode && limits ? error : 'format';
  if (!fault && (request || /^https?:\/\/[^/:?#]/.test(`${url}`))) return Object.assign(endpoint, { format });
  log.warn(fault ? BAD_FORMAT : BAD_ENDPOINT, fault, url);
  return { format: json(), url: '' };
};

export const createPipe = (own: PipeParts): Pipe => {
  const { options, log, given = options.endpoint, index = 0 } = own;
  const { adapter, onDrop, onBlocked } = options;
  const state = freshState();
  const counts = createCounts();
  const untold: Partial<Record<DropReason, number>> = {};
  const parts = Object.assign({}, own, {
    adapter,
    state,
    counts,
    endpoint: endpointOf(given, log),
    onDrop(reason: DropReason, count: number, sample: readonly string[]) {
      log.warn(DROPPED, reason, sample[0]);
      log.note('drop', { reason, count, sample });
      const before = untold[reason] || 0;
      untold[reason] = before + count;
      if (before || !onDrop) return;
      // Later, so never within itself, and once a second at the most.
      setTimeout(() => {
        const all = untold[reason] as number;
        untold[reason] = 0;
        log.guard('onDrop', () => onDrop(reason, all, sample, index));
      }, TELL_MS);
    },
    onBlocked: (status: number) => log.guard('onBlocked', () => onBlocked && onBlocked(status, index)),
  });
  const queue = createQueue(parts);
  const sender = createSender(Object.assign(parts, { queue }));
  return {
    counts,
    state,
    queue,
    sender,
    stats: () =>
      Object.assign({}, counts, {
        dropped: Object.assign({}, counts.dropped),
        waiting: queue.entries.length,
        stored: queue.entries.filter(({ record }) => record && isStored(record)).length,
        state: sender.state(),
        notBefore: state.wait.until,
      }),
  };
};
