import { wellFormed } from './capture/snapshot';
import type { Captured, CoreOptions } from './createCore';
import type { Pipe } from './createPipe';
import { applyFilters } from './enrich/applyFilters';
import type { Context } from './enrich/createContext';
import type { DropReason } from './types/stats';
import { byteLength } from './utils/byteLength';
import { randomHex } from './utils/randomHex';

/** What tells the events of one visitor in one launch apart. */
export interface Visit {
  /** What their ids begin with: random for a launch, the rest counts up. Unique, a UUID in form, small once compressed. */
  prefix: string;
  session: string;
  /** Of the next event: its place in what this visitor did in this launch. */
  next: number;
  /** The app is in the background. */
  isAway?: boolean;
}

const newVisit = (): Visit => ({
  prefix: `${randomHex(8)}-${randomHex(4)}-4${randomHex(3)}-a${randomHex(3)}-`,
  session: randomHex(12),
  next: 0,
});

export interface Intake {
  /** Takes an event in, or drops and counts it. Serialised once: storing and sending join strings. */
  take(event: Captured): void;
  readonly visit: Visit;
  /** From now on it is somebody else. */
  begin(): void;
  /** Sends all that waits. */
  send(): void;
  stop(): void;
}

/** The stage from a captured event to the queues: its place, the filters, its context. */
export const createIntake = (
  { limits, log, filters, forgets }: CoreOptions,
  { queue, sender, state }: Pipe,
  context: Context,
): Intake => {
  const visit = newVisit();
  let timer: number | undefined;
  /** Events since the last time all that waited was sent. */
  let fresh = 0;

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const send = (): void => {
    stop();
    fresh = 0;
    sender.trigger();
  };
  const drop = (reason: DropReason, sample: string): void => queue.drop(reason, 1, [sample], 'accepted');
  const take = ({ type, name, ts, text, durable }: Captured): void => {
    const seq = visit.next++;
    const id = visit.prefix + `00000000000${seq.toString(16)}`.slice(-12);
    if (!visit.isAway) state.seen = ts;
    if (!name || !text) return drop(name ? 'unserializable' : 'nameless', name);
    const head = JSON.stringify({ id, boot: state.boot, seq, type, name, ts, session_id: visit.session });
    let line = `${head.slice(0, -1)},"properties":${text}}`;
    if (filters.length) {
      const filtered = log.guard('beforeSend or enrich', () => applyFilters(line, filters, log));
      if (!filtered) return drop('filtered', name);
      line = filtered;
    }
    line = wellFormed(line);
    // No character has more than three bytes.
    const isLarge = line.length * 3 > limits.maxEventBytes && byteLength(line) > limits.maxEventBytes;
    if (isLarge) return drop('too_large', line.slice(0, 200));
    log.note('event', line);
    queue.add(id, line, context.text(), durable);
    if (++fresh >= limits.flushAt) send();
    else timer = timer || setTimeout(send, limits.flushIntervalMs);
  };
  return {
    visit,
    take,
    send,
    stop,
    begin() {
      Object.assign(visit, newVisit());
      context.forget();
      for (const forget of forgets) log.guard('onForget', forget);
    },
  };
};
