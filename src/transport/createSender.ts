import type { Counts } from '../queue/counts';
import type { Queue } from '../queue/createQueue';
import type { Entry } from '../queue/entry';
import type { DeviceState } from '../queue/state';
import type { Adapter } from '../types/adapter';
import type { DeliveryState, FlushResult } from '../types/stats';
import type { Log } from '../utils/log';
import { createAnswers } from './createAnswers';
import { createBatches } from './createBatches';
import { batchIdOf, type FullEndpoint, post, timeoutOf } from './post';

// WeChat cuts a request that is not finished 5 s after the app went to the background.
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const HIDE_TIMEOUT_MS = 4000;
// A host may miss to tell that the network is back.
const OFFLINE_MS = 300_000;

export interface Sender {
  state(): DeliveryState;
  /** Sends all that waits now, unless a delay, the background or the network forbids it. */
  trigger(): void;
  flush(): Promise<FlushResult>;
  network(online: boolean): void;
  hide(): void;
  show(): void;
  /** What holds it has changed. */
  resume(): void;
}

export interface SenderOptions {
  readonly adapter: Adapter;
  readonly endpoint: FullEndpoint;
  readonly queue: Queue;
  readonly state: DeviceState;
  readonly log: Log;
  readonly counts: Counts;
  /** Nothing is sent meanwhile. */
  readonly isHeld: () => boolean;
  readonly onBlocked: (status: number) => void;
}

/** Sends the queue oldest first, one request at a time, and does with each answer what its verdict says. */
export const createSender = (options: SenderOptions): Sender => {
  const { adapter, endpoint, queue, state, log, counts, isHeld } = options;
  const { format, url } = endpoint;
  let isHidden = false;
  /** The app hides: one more request may go, once the one on its way is answered. */
  let isLeaving = false;
  /** The timer that ends the belief to be offline. */
  let offline = 0;
  const flushes: (() => void)[] = [];
  const batches = createBatches(queue, format.limits);
  const answers = createAnswers(options, batches, () => trigger());

  const stateNow = (): DeliveryState => {
    if (isHeld() || !url) return 'stopped';
    if (counts.inFlight) return 'sending';
    if (answers.isWaiting()) return state.wait.blocked ? 'blocked' : 'waiting';
    if (offline) return 'offline';
    return isHidden ? 'background' : 'idle';
  };
  /** `false` when the format cannot write one of them: in halves it can write the others. */
  const send = (batch: readonly Entry[], timeoutMs: number): boolean => {
    const drops = Object.assign({}, state.drops);
    const encoded = log.guard('format.encode', () =>
      format.encode({
        id: batchIdOf(batch),
        events: batch,
        sentAt: Date.now(),
        drops,
        isBinary: () => !!adapter.sendsBinary && adapter.sendsBinary(),
      }),
    );
    if (!encoded) {
      batches.part(batch, 'unserializable');
      return false;
    }
    queue.lock(batch);
    counts.requests++;
    post(options, encoded, timeoutMs, (response) => {
      queue.lock([]);
      answers.take(batch, drops, response);
      pump();
    });
    return true;
  };
  const pump = (): void => {
    if (counts.inFlight) return;
    const isLast = isLeaving;
    isLeaving = false;
    if (stateNow() === (isLast ? 'background' : 'idle')) {
      // The launch counter is stored before anything carries it away: a kill must not lead to its second use.
      queue.putOnRecord();
      queue.expire();
      for (let batch = batches.next(); batch.length; batch = batches.next())
        if (send(batch, isLast ? HIDE_TIMEOUT_MS : timeoutOf(endpoint))) return;
    }
    for (const each of flushes.splice(0)) each();
  };
  /** Sends what waits at this moment; what comes later waits for its own trigger. */
  const trigger = (): void =>
    queue.load(() => {
      for (const entry of queue.entries) entry.due = true;
      pump();
    });
  const network = (isOnline: boolean): void => {
    const wasOffline = offline;
    clearTimeout(offline);
    offline = isOnline ? 0 : setTimeout(() => network(true), OFFLINE_MS);
    if (isOnline && wasOffline) trigger();
  };
  answers.resume();
  return {
    state: stateNow,
    trigger,
    flush() {
      if (!state.wait.asked) answers.pause(0);
      const before = counts.acknowledged;
      return new Promise((resolve) => {
        flushes.push(() => resolve({ state: stateNow(), sent: counts.acknowledged - before, waiting: queue.entries.length }));
        trigger();
      });
    },
    network,
    hide() {
      isHidden = isLeaving = true;
      trigger();
    },
    show() {
      // The first one of a launch is no return; what is stored has its own, later moment.
      if (!isHidden) return;
      isHidden = isLeaving = false;
      trigger();
    },
    resume() {
      network(true);
      queue.soon();
      answers.resume();
      trigger();
    },
  };
};
