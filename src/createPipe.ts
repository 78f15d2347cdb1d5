import { BAD_ENDPOINT, BAD_FORMAT, DROPPED } from './codes';
import { json } from './formats/json';
import { type Counts, createCounts } from './queue/counts';
import { createQueue, type Queue, type QueueLimits } from './queue/createQueue';
import { type DeviceState, freshState } from './queue/state';
import { createSender, type Sender } from './transport/createSender';
import type { FullEndpoint } from './transport/post';
import type { Format } from './types/format';
import type { DropReason, Endpoint, Stats, TrackerOptions } from './types/tracker';
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

export interface PipeOptions {
  readonly given: string | Endpoint;
  /** Its place among the endpoints, for the callbacks. */
  readonly index: number;
  readonly prefix: string;
  readonly keys: readonly string[];
  readonly limits: QueueLimits;
  readonly log: Log;
  readonly context: () => string;
}

/** The endpoint with its defaults. A wrong one is named; the events wait for the next release. */
const endpointOf = (given: string | Endpoint, log: Log): FullEndpoint => {
  const endpoint = Object.assign({}, typeof given === 'object' ? given : { url: given });
  const { format = json() } = endpoint;
  const { error, encode } = Object(format) as Partial<Format>;
  const isGood = encode && !error && (endpoint.request || /^https?:\/\/[^/:?#]/.test(`${endpoint.url}`));
  if (!isGood) log.warn(error || !encode ? BAD_FORMAT : BAD_ENDPOINT, error || (encode ? '' : 'format'), endpoint.url);
  return Object.assign(endpoint, isGood ? { format } : { format: json(), url: '' });
};

/** Tells the app of drops, by reason: later, so never within itself, and once a second at the most. */
const createTeller = (tell: (reason: DropReason, count: number, sample: readonly string[]) => void): typeof tell => {
  let toldAt = 0;
  const untold: Partial<Record<DropReason, number>> = {};
  return (reason, count, sample) => {
    const before = untold[reason] || 0;
    untold[reason] = before + count;
    if (before) return;
    setTimeout(
      () => {
        const all = untold[reason] as number;
        delete untold[reason];
        toldAt = Date.now();
        tell(reason, all, sample);
      },
      Math.abs(Date.now() - toldAt) < TELL_MS ? TELL_MS : 0,
    );
  };
};

export const createPipe = (
  { adapter, onDrop, onBlocked }: TrackerOptions,
  { given, index, prefix, keys, limits, log, context }: PipeOptions,
): Pipe => {
  const state = freshState();
  const counts = createCounts();
  const tell = createTeller((reason, count, sample) =>
    log.guard('onDrop', () => onDrop && onDrop(reason, count, sample, index)),
  );
  const queue = createQueue({
    storage: adapter.storage,
    prefix,
    keys,
    state,
    limits,
    counts,
    context,
    onDrop(reason, count, sample) {
      log.warn(DROPPED, reason, sample[0]);
      log.note('drop', { reason, count, sample });
      tell(reason, count, sample);
    },
  });
  const sender = createSender({
    adapter,
    endpoint: endpointOf(given, log),
    queue,
    state,
    log,
    counts,
    onBlocked: (status) => log.guard('onBlocked', () => onBlocked && onBlocked(status, index)),
  });
  return {
    counts,
    state,
    queue,
    sender,
    stats: () =>
      Object.assign({}, counts, {
        dropped: Object.assign({}, counts.dropped),
        waiting: queue.waiting().length,
        stored: queue.waiting().filter(({ record }) => record).length,
        state: sender.state(),
        notBefore: state.wait.until,
      }),
  };
};
