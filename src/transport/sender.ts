import type { Counts, Queue } from '../queue/createQueue';
import type { Entry } from '../queue/entry';
import type { DeviceState } from '../queue/state';
import type { Adapter, HttpResponse } from '../types/adapter';
import type { Format } from '../types/format';
import type { DeliveryState, DropReason, Endpoint, FlushResult } from '../types/tracker';
import type { Log } from '../utils/log';
import { delayMs, headerOf, MAX_WAIT_MS, verdictOf } from './answer';

// WeChat cuts a request that is not finished 5 s after the app went to the background.
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const HIDE_TIMEOUT_MS = 4000;
// A host may drop a callback for good; its own timeout comes first.
const GRACE_MS = 1500;
const INTERRUPTED_MS = 1000;
// A batch that fails so often in a row lets the others pass first; a single event that fails so often while others
// pass is what breaks the endpoint.
const MAX_ERRORS = 3;
const MAX_STRIKES = 5;
const ENVELOPE_BYTES = 1024;
const CLOCK_TOLERANCE_MS = 120_000;

/** Events that are sent, and if need be sent again, as one body. */
interface Group {
  entries: readonly Entry[];
  /** Answers of 5xx; beyond `MAX_ERRORS` only those count that came after another batch had passed. */
  errors: number;
  /** How many batches had passed at the last one. */
  passed: number;
}

export interface Sender {
  state(): DeliveryState;
  /** Sends all that waits now, unless a delay, the background or the network forbids it. */
  trigger(): void;
  flush(): Promise<FlushResult>;
  network(online: boolean): void;
  hide(): void;
  show(): void;
  stop(): void;
}

export interface SenderOptions {
  readonly adapter: Adapter;
  readonly endpoint: Endpoint & { readonly format: Format };
  readonly queue: Queue;
  readonly state: DeviceState;
  readonly log: Log;
  readonly counts: Counts;
  readonly onBlocked: (status: number) => void;
}

/** Sends the queue oldest first, one request at a time, and does with each answer what its verdict says. */
export const createSender = ({ adapter, endpoint, queue, state, log, counts, onBlocked }: SenderOptions): Sender => {
  const { format } = endpoint;
  let groups: Group[] = [];
  let current: { readonly until: number } | undefined;
  let preparing = false;
  let offline = false;
  let background = false;
  let stopped = !endpoint.url;
  let waiting: number | undefined;
  let due = false;
  let last: Entry | undefined;
  let passed = 0;
  let clockOffsetMs = 0;
  let size = format.limits.events;
  let flushes: (() => void)[] = [];

  const stateNow = (): DeliveryState =>
    stopped
      ? 'stopped'
      : current || preparing
        ? 'sending'
        : waiting
          ? state.wait.blocked
            ? 'blocked'
            : 'waiting'
          : offline
            ? 'offline'
            : background
              ? 'background'
              : 'idle';

  /** Waits are measured by a timer, so that a moved clock cannot stretch them. */
  const wait = (ms: number): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      waiting = 0;
      trigger();
    }, ms);
  };
  const fail = (response: HttpResponse, blocked: boolean): false => {
    const { wait: before } = state;
    const tries = (!before.blocked === !blocked ? before.tries : 0) + 1;
    const ms = delayMs(tries, blocked, response);
    state.wait = { until: Date.now() + ms, tries, blocked };
    queue.touch();
    wait(ms);
    return false;
  };

  /** The next events to send together: a group that is to be sent again, else the oldest that are in none. */
  const next = (): Group | undefined => {
    queue.dropExpired();
    groups = groups.filter((group) => (group.entries = group.entries.filter(({ settled }) => !settled)).length);
    const again = groups.find(({ errors }) => errors < MAX_ERRORS);
    if (again) return again;
    const entries: Entry[] = [];
    const contexts = new Set<string>();
    let bytes = ENVELOPE_BYTES;
    for (const entry of queue.entries) {
      const { context } = entry;
      if (groups.some((group) => group.entries.includes(entry))) continue;
      bytes += entry.bytes + (contexts.has(context) ? 16 : context.length * 2);
      contexts.add(context);
      if (entries.length && (entries.length >= size || bytes > format.limits.bytes)) break;
      entries.push(entry);
    }
    if (entries.length) groups.push({ entries, errors: 0, passed });
    return groups[entries.length ? groups.length - 1 : 0];
  };

  /** Answers `true` when the next request may follow at once. */
  const conclude = (group: Group, response: HttpResponse, reported: Readonly<Record<string, number>>): boolean => {
    const { entries } = group;
    const { status } = response;
    const ids = entries.map(({ id }) => id);
    const {
      type,
      rejected = [],
      retry = [],
    } = log.guard('format.interpret', () => status && format.interpret && format.interpret(response, ids)) || verdictOf(status);
    const pick = (list: readonly string[]): readonly Entry[] => entries.filter(({ id }) => list.includes(id));
    /** Puts the parts in the place of the group, or of one event that cannot be parted, drops it. */
    const part = (reason: DropReason): void => {
      const middle = ids.length >> 1;
      if (!middle) return queue.settle(entries, reason);
      groups = groups.filter((each) => each !== group);
      groups.unshift(
        ...[entries.slice(0, middle), entries.slice(middle)].map((half) => Object.assign({}, group, { entries: half })),
      );
    };
    log.debug(`${type} ${status || response.message}`, ids.length);

    if (type === 'retry') {
      if (status >= 500) {
        if (group.errors < MAX_ERRORS) group.errors++;
        else if (group.passed !== passed && (ids.length > 1 || ++group.errors >= MAX_ERRORS + MAX_STRIKES)) part('rejected');
        for (const each of groups) if (entries.includes(each.entries[0] as Entry)) each.passed = passed;
        // Behind the others: the one that was tried last comes last.
        if (group.errors >= MAX_ERRORS)
          groups = [...groups.filter((each) => each !== group), ...groups.filter((each) => each === group)];
      }
      if (/domain list/.test(`${response.message}`))
        log.warn('add the endpoint to the request domains in the console of the host:', endpoint.url);
      return fail(response, false);
    }
    if (type === 'blocked') {
      if (!state.wait.blocked) {
        log.warn(`the endpoint answers ${status}: check its address and key. Events are kept.`);
        onBlocked(status);
      }
      return fail(response, true);
    }
    queue.settle(pick(rejected), 'rejected');
    if (type === 'ack') {
      passed++;
      for (const reason of Object.keys(reported)) {
        state.drops[reason] = (state.drops[reason] || 0) - (reported[reason] || 0);
        if (!state.drops[reason]) delete state.drops[reason];
      }
      const back = pick(retry);
      queue.settle(entries.filter((entry) => !back.includes(entry)));
      if (back.length === ids.length) return fail(response, false);
      state.wait = { until: 0, tries: 0 };
    } else if (!rejected.length) {
      if (type === 'split') size = Math.max(1, ids.length >> 1);
      part(type === 'split' ? 'too_large' : 'rejected');
    }
    return true;
  };

  const send = (group: Group, timeoutMs: number): void => {
    const { entries } = group;
    const drops = Object.assign({}, state.drops);
    const sentAt = Date.now();
    const attempt = { until: sentAt + timeoutMs + GRACE_MS };
    current = attempt;
    queue.locked = entries;
    counts.requests++;
    counts.inFlight = entries.length;
    let hash = 0;
    for (const { id } of entries) for (let i = id.length; i--; ) hash = (hash * 31 + id.charCodeAt(i)) >>> 0;
    const done = (response: HttpResponse): void => {
      if (current !== attempt) return;
      clearTimeout(guard);
      release();
      const ahead = Date.parse(headerOf(response, 'date')) - (sentAt + Date.now()) / 2;
      if (response.status) clockOffsetMs = Math.abs(ahead) > CLOCK_TOLERANCE_MS ? Math.round(ahead) : 0;
      if (response.interrupted) {
        if (!background) wait(INTERRUPTED_MS);
      } else if (conclude(group, response, drops)) return pump();
      settleFlushes();
    };
    const giveUp = (message: string): void => done({ status: 0, headers: {}, body: '', message });
    const guard = setTimeout(() => giveUp('no answer'), timeoutMs + GRACE_MS);
    const sent = log.guard('sending', () => {
      const { body, headers } = format.encode({
        id: `${(entries[0] as Entry).id}-${hash.toString(36)}`,
        events: entries,
        sentAt,
        clockOffsetMs,
        drops,
      });
      adapter.request(
        {
          url: endpoint.url,
          method: 'POST',
          headers: Object.assign({ 'content-type': 'application/json' }, headers, endpoint.headers),
          body,
          timeoutMs,
        },
        done,
      );
      return true;
    });
    if (!sent) giveUp('not sent');
  };
  const release = (): void => {
    current = undefined;
    queue.locked = [];
    counts.inFlight = 0;
  };
  const settleFlushes = (): void => {
    const list = flushes;
    flushes = [];
    for (const each of list) each();
  };

  const pump = (hiding?: boolean): void => {
    const free = (): boolean => stateNow() === (hiding && background ? 'background' : 'idle');
    if (current || preparing) return;
    if (!free()) return settleFlushes();
    preparing = true;
    // The launch counter is stored before anything carries it away: a kill must not lead to its second use.
    queue.ready(() => {
      preparing = false;
      if (due) last = queue.entries[queue.entries.length - 1];
      due = false;
      const group = free() && last && !last.settled && next();
      if (group) send(group, hiding ? HIDE_TIMEOUT_MS : Math.min(60_000, Math.max(2000, endpoint.timeoutMs || 10_000)));
      else settleFlushes();
    });
  };
  /** Sends what waits at this moment; what comes later waits for its own trigger. */
  const trigger = (hiding?: boolean): void => {
    due = true;
    pump(hiding);
  };

  const left = state.wait.until - Date.now();
  if (left > 0) wait(Math.min(left, MAX_WAIT_MS));

  return {
    state: stateNow,
    trigger: () => trigger(),
    flush: () =>
      new Promise((resolve) => {
        const before = counts.acknowledged;
        flushes.push(() => resolve({ state: stateNow(), sent: counts.acknowledged - before, waiting: queue.entries.length }));
        trigger();
      }),
    network(online) {
      const back = offline && online;
      offline = !online;
      if (back) trigger();
    },
    hide() {
      background = true;
      trigger(true);
    },
    show() {
      background = false;
      // Suspended since: whether the endpoint took it is unknown, so it goes again under the same ids.
      if (current && Date.now() > current.until) release();
      trigger();
    },
    stop() {
      stopped = true;
      clearTimeout(waiting);
      settleFlushes();
    },
  };
};
