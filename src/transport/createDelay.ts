import { WAITING } from '../codes';
import type { Queue } from '../queue/createQueue';
import { type DeviceState, NO_WAIT } from '../queue/state';
import type { HttpResponse } from '../types/adapter';
import type { Log } from '../utils/log';
import { delayMs, HOUR_MS } from './answer';

const URGENT_MS = 10_000;

export interface Delay {
  isRunning(): boolean;
  /** A failure: nothing is sent until its delay is over. `blocked` is the status that only the owner can mend. */
  fail(response: HttpResponse, blocked?: number): void;
  /** No timer runs while it is held; then the wait goes on. */
  hold(on: boolean): void;
  /** Waits without a failure. */
  pause(ms: number): void;
  /** A batch was taken. */
  end(): void;
}

export interface DelayOptions {
  readonly state: DeviceState;
  readonly queue: Pick<Queue, 'touch'>;
  readonly log: Log;
  /** What the delay is about: an address and its key. A delay of another one is none. */
  readonly of: string;
  readonly resume: () => void;
}

/** The wait after a failure. It is stored, so that a new launch goes on with it. */
export const createDelay = ({ state, queue, log, of, resume }: DelayOptions): Delay => {
  let timer: number | undefined;
  // By a timer, so that a moved clock cannot stretch it.
  const pause = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      resume();
    }, ms);
  };
  const start = (): void => {
    if (state.wait.of !== of) state.wait = NO_WAIT;
    const { until, blocked } = state.wait;
    const left = until - Date.now();
    if (left <= 0) return;
    // However far the clock was moved meanwhile, no longer than an endpoint may ask for.
    pause(Math.min(left, HOUR_MS));
    if (left > URGENT_MS) log.warn(WAITING, `${blocked || ''}`, `${Math.round(left / 1000)} s`);
  };
  start();
  return {
    hold(on) {
      clearTimeout(timer);
      timer = undefined;
      if (!on) start();
    },
    isRunning: () => timer !== undefined,
    pause,
    fail(response, blocked) {
      const { wait } = state;
      const tries = (!wait.blocked === !blocked ? wait.tries : 0) + 1;
      const ms = delayMs(tries, !!blocked, response);
      state.wait = { until: Date.now() + ms, tries, blocked, of };
      log.note('wait', { ms, tries, status: response.status, message: response.message });
      // A launch that does not know of the wait would send at once; a short one is over by then.
      queue.touch(ms > URGENT_MS);
      pause(ms);
    },
    end() {
      state.wait = NO_WAIT;
    },
  };
};
