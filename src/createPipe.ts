import { BAD_ENDPOINT, DROPPED, INSECURE_ENDPOINT } from './codes';
import { json } from './formats/json';
import { type Counts, createCounts } from './queue/counts';
import { createQueue, type Queue, type QueueLimits } from './queue/createQueue';
import { type DeviceState, freshState } from './queue/state';
import { createSender, type Sender } from './transport/createSender';
import type { FullEndpoint } from './transport/post';
import type { Format } from './types/format';
import type { DropReason, Endpoint, Stats, TrackerOptions } from './types/tracker';
import type { Log } from './utils/log';

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

/** The endpoint with its defaults. A wrong one is named once; the events wait for the next release. */
const endpointOf = (given: string | Endpoint, log: Log): FullEndpoint => {
  const endpoint = Object.assign({}, typeof given === 'object' ? given : { url: given }) as {
    -readonly [K in keyof FullEndpoint]: FullEndpoint[K];
  };
  const url = `${endpoint.url}`;
  const [, secure, host] = /^http(s?):\/\/([^/:?#]+)/.exec(url) || [];
  endpoint.format = endpoint.format || json();
  const { error, encode } = endpoint.format as Partial<Format>;
  if ((!host && !endpoint.request) || error || !encode) {
    log.warn(BAD_ENDPOINT, error || (encode ? '' : 'format'), url);
    endpoint.url = '';
  } else if (host && !secure && !/^(localhost|127\.)/.test(host)) log.warn(INSECURE_ENDPOINT, url);
  return endpoint;
};

interface Told {
  count: number;
  sample: readonly string[];
}

/** Tells the app of drops, by reason: in a later turn, and never within itself. */
const createTeller = (
  tell: (reason: DropReason, told: Told) => void,
): ((reason: DropReason, count: number, sample: readonly string[]) => void) => {
  let news: Partial<Record<DropReason, Told>> = {};
  let timer: number | undefined;
  const tellAll = (): void => {
    const now = news;
    const reasons = Object.keys(now) as DropReason[];
    news = {};
    timer = reasons.length ? setTimeout(tellAll, 1000) : undefined;
    for (const reason of reasons) tell(reason, now[reason] as Told);
  };
  return (reason, count, sample) => {
    const told = news[reason] || { count: 0, sample: [] };
    news[reason] = { count: told.count + count, sample: told.sample.concat(sample).slice(0, 10) };
    timer = timer === undefined ? setTimeout(tellAll, 0) : timer;
  };
};

export const createPipe = (
  { adapter, onDrop, onBlocked }: TrackerOptions,
  { given, index, prefix, keys, limits, log, context }: PipeOptions,
): Pipe => {
  const state = freshState();
  const counts = createCounts();
  const tell = createTeller((reason, { count, sample }) =>
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
      if (onDrop) tell(reason, count, sample);
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
