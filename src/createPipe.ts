import { BAD_ENDPOINT, BAD_FORMAT, DROPPED, INSECURE_ENDPOINT } from './codes';
import { json } from './formats/json';
import { type Counts, createQueue, type Queue, type QueueLimits } from './queue/createQueue';
import type { DeviceState } from './queue/state';
import { createSender, type Sender } from './transport/sender';
import type { Format } from './types/format';
import type { Endpoint, Stats, TrackerOptions } from './types/tracker';
import type { Log } from './utils/log';
import { randomHex } from './utils/randomHex';

/** What becomes of the events for one endpoint: their queue, who sends them, and the account of both. */
export interface Pipe {
  readonly counts: Counts;
  readonly state: DeviceState;
  readonly queue: Queue;
  readonly sender: Sender;
}

export interface PipeOptions {
  readonly given: string | Endpoint;
  readonly prefix: string;
  readonly keys: readonly string[];
  readonly limits: QueueLimits;
  readonly log: Log;
  readonly counts: Counts;
  readonly context: () => string;
}

export const createStats = (): Counts & Pick<Stats, 'waiting' | 'stored' | 'state' | 'notBefore'> => ({
  accepted: 0,
  recovered: 0,
  acknowledged: 0,
  inFlight: 0,
  dropped: {},
  requests: 0,
  writes: 0,
  written: 0,
  waiting: 0,
  stored: 0,
  state: 'stopped',
  notBefore: 0,
});

/** The endpoint with its defaults. A wrong one is named once; the events wait for the next release. */
const endpointOf = (given: string | Endpoint, log: Log): Endpoint & { readonly format: Format } => {
  const endpoint = Object.assign({ format: json(), url: '' }, typeof given === 'object' ? given : { url: given });
  const [, secure, host] = /^http(s?):\/\/([^/:?#]+)/.exec(endpoint.url) || [];
  const { encode, error = encode ? undefined : 'format' } = Object(endpoint.format) as Partial<Format>;
  if (!host || error) {
    log.warn(error ? BAD_FORMAT : BAD_ENDPOINT, error, endpoint.url);
    endpoint.format = json();
    endpoint.url = '';
  } else if (!secure && !/^(localhost|127\.)/.test(host)) log.warn(INSECURE_ENDPOINT, endpoint.url);
  return endpoint;
};

export const createPipe = (
  { adapter, onDrop, onBlocked }: TrackerOptions,
  { given, prefix, keys, limits, log, counts, context }: PipeOptions,
): Pipe => {
  const state: DeviceState = {
    boot: 0,
    visitor: randomHex(32),
    wait: { until: 0, tries: 0 },
    drops: {},
    gone: {},
    plugins: {},
  };
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
      log.guard('onDrop', () => onDrop && onDrop(reason, count, sample));
    },
  });
  const sender = createSender({
    adapter,
    endpoint: endpointOf(given, log),
    queue,
    state,
    log,
    counts,
    onBlocked: (status) => log.guard('onBlocked', () => onBlocked && onBlocked(status)),
  });
  return { counts, state, queue, sender };
};

export const statsOf = ({ counts, state, queue, sender }: Pipe): Stats =>
  Object.assign({}, counts, {
    dropped: Object.assign({}, counts.dropped),
    waiting: queue.entries.length,
    stored: queue.entries.filter(({ stored }) => stored).length,
    state: sender.state(),
    notBefore: state.wait.until,
  });
