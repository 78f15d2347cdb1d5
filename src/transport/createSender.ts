import type { Counts } from '../queue/counts';
import type { Queue } from '../queue/createQueue';
import type { Entry } from '../queue/entry';
import type { DeviceState } from '../queue/state';
import type { Adapter, HttpResponse } from '../types/adapter';
import type { DeliveryState, FlushResult } from '../types/tracker';
import type { Log } from '../utils/log';
import { judge } from './answer';
import { conclude, part } from './conclude';
import { createBatches } from './createBatches';
import { createDelay } from './createDelay';
import { encode, type FullEndpoint, post, tagOf, timeoutOf } from './post';

// WeChat cuts a request that is not finished 5 s after the app went to the background.
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const HIDE_TIMEOUT_MS = 4000;
const INTERRUPTED_MS = 1000;
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
  /** Sends nothing while it is held. */
  hold(on: boolean): void;
}

export interface SenderOptions {
  readonly adapter: Adapter;
  readonly endpoint: FullEndpoint;
  readonly queue: Queue;
  readonly state: DeviceState;
  readonly log: Log;
  readonly counts: Counts;
  readonly onBlocked: (status: number) => void;
}

/** Sends the queue oldest first, one request at a time, and does with each answer what its verdict says. */
export const createSender = (options: SenderOptions): Sender => {
  const { adapter, endpoint, queue, state, log, counts } = options;
  const { format, url } = endpoint;
  let isBusy = false;
  let isHidden = false;
  /** The app hides: one more request may go, once the one on its way is answered. */
  let isLeaving = false;
  let isHeld = false;
  let offlineAt: number | undefined;
  const flushes: (() => void)[] = [];
  const delay = createDelay({ state, queue, log, of: tagOf(endpoint), resume: () => trigger() });
  const batches = createBatches(format.limits);
  const to = Object.assign({ batches, delay, url }, options);

  const stateNow = (): DeliveryState => {
    if (isHeld || !url) return 'stopped';
    if (isBusy) return 'sending';
    if (delay.isRunning()) return state.wait.blocked ? 'blocked' : 'waiting';
    if (offlineAt && Math.abs(Date.now() - offlineAt) < OFFLINE_MS) return 'offline';
    return isHidden ? 'background' : 'idle';
  };
  const answered = (batch: readonly Entry[], reported: Record<string, number>, response: HttpResponse): void => {
    isBusy = false;
    queue.lock([]);
    if (response.interrupted) delay.pause(INTERRUPTED_MS);
    // Settled meanwhile: the visitor was forgotten, and what the answer says is nobody's any more.
    else if (!(batch[0] as Entry).settled) {
      const verdict = judge(format, response, batch, log);
      log.note('answer', { url, verdict, response, events: batch.length });
      conclude(to, batch, response, verdict, reported);
    }
    pump();
  };
  /** `false` when the format cannot write one of them: in halves it can write the others. */
  const send = (batch: readonly Entry[], timeoutMs: number): boolean => {
    const drops = Object.assign({}, state.drops);
    const encoded = encode(adapter, format, batch, drops, log);
    if (!encoded) {
      part(to, batch, 'unserializable');
      return false;
    }
    isBusy = true;
    queue.lock(batch);
    counts.requests++;
    post(adapter, endpoint, encoded, timeoutMs, log, (response) => answered(batch, drops, response));
    return true;
  };
  const pump = (): void => {
    if (isBusy) return;
    const isLast = isLeaving;
    isLeaving = false;
    if (stateNow() === (isLast ? 'background' : 'idle')) {
      // The launch counter is stored before anything carries it away: a kill must not lead to its second use.
      if (!queue.onRecord()) queue.saveNow();
      queue.expire();
      for (let batch = batches.next(queue.waiting()); batch.length; batch = batches.next(queue.waiting()))
        if (send(batch, isLast ? HIDE_TIMEOUT_MS : timeoutOf(endpoint))) return;
    }
    for (const each of flushes.splice(0)) each();
  };
  /** Sends what waits at this moment; what comes later waits for its own trigger. */
  const trigger = (): void => {
    if (!queue.isLoaded() && stateNow() !== 'stopped') return queue.load(trigger);
    for (const entry of queue.waiting()) entry.due = true;
    pump();
  };

  return {
    state: stateNow,
    trigger,
    flush() {
      const before = counts.acknowledged;
      return new Promise((resolve) => {
        flushes.push(() => resolve({ state: stateNow(), sent: counts.acknowledged - before, waiting: queue.waiting().length }));
        trigger();
      });
    },
    network(isOnline) {
      const isBack = offlineAt && isOnline;
      offlineAt = isOnline ? undefined : Date.now();
      if (isBack) trigger();
    },
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
    hold(on) {
      isHeld = on;
      delay.hold(on);
      trigger();
    },
  };
};
