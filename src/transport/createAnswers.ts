import { BLOCKED, WAITING } from '../codes';
import type { Entry } from '../queue/entry';
import { NO_WAIT } from '../queue/state';
import type { HttpResponse } from '../types/adapter';
import { delayMs, HOUR_MS, headerOf, verdictOf } from './answer';
import type { Batches } from './createBatches';
import type { SenderOptions } from './createSender';
import { tagOf } from './post';

const INTERRUPTED_MS = 1000;
const URGENT_MS = 10_000;

export interface Answers {
  /** Does with a batch what the answer to it says. `reported`: the drops that it told of. */
  take(batch: readonly Entry[], reported: Readonly<Record<string, number>>, response: HttpResponse): void;
  /** Whether a failure forbids to send for now. */
  isWaiting(): boolean;
  /** From now on nothing is sent for so long; 0 ends it. */
  pause(ms: number): void;
  /** Goes on with the wait that is stored, if there is one for this endpoint. No timer runs while the sender is held. */
  resume(): void;
}

/**
 * What answers lead to: events are settled or sent in halves, and after a failure nothing is sent for a while. That wait is
 * stored, so that a new launch goes on with it. When it is over, `done` is told.
 */
export const createAnswers = (
  { endpoint, queue, state, log, isHeld, onBlocked }: SenderOptions,
  batches: Batches,
  done: () => void,
): Answers => {
  const { url, format } = endpoint;
  // A wait is about an address and its key: one of another is none.
  const of = tagOf(endpoint);
  let timer = 0;

  // By a timer, so that a moved clock cannot stretch it.
  const pause = (ms: number): void => {
    clearTimeout(timer);
    timer = 0;
    if (ms > 0)
      timer = setTimeout(() => {
        timer = 0;
        done();
      }, ms);
  };
  const fail = (response: HttpResponse, blocked?: number): void => {
    const { wait } = state;
    const tries = (!wait.blocked === !blocked ? wait.tries : 0) + 1;
    const asked = headerOf(response, 'retry-after');
    const ms = delayMs(tries, !!blocked, asked);
    if (blocked && !wait.blocked) {
      log.warn(BLOCKED, `${blocked}`, url);
      onBlocked(blocked);
    }
    state.wait = { until: Date.now() + ms, tries, blocked, asked, of };
    log.note('wait', { ms, tries });
    // A launch that does not know of the wait would send at once; a short one is over by then.
    queue.touch(ms > URGENT_MS);
    pause(ms);
  };
  return {
    isWaiting: () => !!timer,
    pause,
    resume() {
      if (state.wait.of !== of) state.wait = NO_WAIT;
      const { until, blocked } = state.wait;
      const left = isHeld() ? 0 : until - Date.now();
      // However far the clock was moved meanwhile, no longer than an endpoint may ask for.
      pause(Math.min(left, HOUR_MS));
      if (left > URGENT_MS) log.warn(WAITING, `${blocked || ''}`, `${Math.round(left / 1000)} s`);
    },
    take(batch, reported, response) {
      if (response.interrupted) return pause(INTERRUPTED_MS);
      // Settled meanwhile: the visitor was forgotten, and what the answer says is nobody's any more.
      if ((batch[0] as Entry).settled) return;
      const { status } = response;
      // The format knows better than the status.
      const own = log.guard(
        'format.interpret',
        () =>
          status &&
          format.interpret &&
          format.interpret(
            response,
            batch.map(({ id }) => id),
          ),
      );
      const verdict = own || verdictOf(status);
      const { type, rejected, retry } = verdict;
      const bad = rejected ? batch.filter(({ id }) => rejected.includes(id)) : [];
      const taken = retry ? batch.filter(({ id }) => !retry.includes(id)) : batch;
      log.note('answer', { url, verdict, response, events: batch.length });
      if (type === 'blocked') fail(response, status);
      else if (type === 'retry' || !taken.length) {
        if (status >= 500 || type === 'ack') batches.suspect(batch);
        fail(response);
      } else if (type === 'ack') {
        queue.settle(bad, 'rejected');
        queue.settle(taken);
        for (const reason of Object.keys(reported)) {
          state.drops[reason] = (state.drops[reason] as number) - (reported[reason] as number);
          if (!state.drops[reason]) delete state.drops[reason];
        }
        state.wait = NO_WAIT;
        batches.passed();
      } else if (bad.length) queue.settle(bad, 'rejected');
      else if (type !== 'again') batches.part(batch, type === 'split' ? 'too_large' : 'rejected');
    },
  };
};
