import { BLOCKED } from '../codes';
import type { Queue } from '../queue/createQueue';
import type { Entry } from '../queue/entry';
import type { DeviceState } from '../queue/state';
import type { HttpResponse } from '../types/adapter';
import type { Verdict } from '../types/format';
import type { DropReason } from '../types/tracker';
import type { Log } from '../utils/log';
import type { Batches } from './createBatches';
import type { Delay } from './createDelay';

export interface Concluding {
  readonly batches: Batches;
  readonly delay: Delay;
  readonly queue: Queue;
  readonly state: DeviceState;
  readonly log: Log;
  readonly url: string;
  readonly onBlocked: (status: number) => void;
}

/** Puts the halves in the place of the batch; a single event, which cannot be parted, is dropped. */
export const part = (
  { batches, queue }: Pick<Concluding, 'batches' | 'queue'>,
  batch: readonly Entry[],
  reason: DropReason,
): void => {
  if (!batches.part(batch)) queue.settle(batch, reason);
};

/** These drops have reached the endpoint. */
const subtract = (drops: Record<string, number>, reported: Readonly<Record<string, number>>): void => {
  for (const reason of Object.keys(reported)) {
    drops[reason] = (drops[reason] as number) - (reported[reason] as number);
    if (!drops[reason]) delete drops[reason];
  }
};

/** Does with a batch what the verdict on it says. Nothing more is sent for now after a failure. */
export const conclude = (
  to: Concluding,
  batch: readonly Entry[],
  response: HttpResponse,
  { type, rejected = [], retry = [] }: Verdict,
  reported: Readonly<Record<string, number>>,
): void => {
  const { batches, delay, queue, state, log } = to;
  const { status } = response;
  const pick = (ids: readonly string[]): readonly Entry[] => (ids.length ? batch.filter(({ id }) => ids.includes(id)) : []);
  const bad = pick(rejected);
  const back = pick(retry);
  const isNothingTaken = type === 'ack' && back.length === batch.length;

  if (type === 'blocked') {
    if (!state.wait.blocked) {
      log.warn(BLOCKED, `${status}`, to.url);
      to.onBlocked(status);
    }
    delay.fail(response, status);
  } else if (type === 'retry' || isNothingTaken) {
    if ((status >= 500 || isNothingTaken) && batches.suspect(batch)) part(to, batch, 'rejected');
    delay.fail(response);
  } else if (type === 'ack') {
    queue.settle(bad, 'rejected');
    if (state.wait.until || Object.keys(reported).length) queue.touch();
    subtract(state.drops, reported);
    queue.settle(back.length ? batch.filter((entry) => !back.includes(entry)) : batch);
    batches.passed();
    delay.end();
  } else if (bad.length) queue.settle(bad, 'rejected');
  else if (type !== 'again') {
    if (type === 'split') batches.shrink(batch.length);
    part(to, batch, type === 'split' ? 'too_large' : 'rejected');
  }
};
