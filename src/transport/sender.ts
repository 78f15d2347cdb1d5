import { BLOCKED, DOMAIN_LIST } from '../codes';
import type { Counts, Queue } from '../queue/createQueue';
import type { Entry } from '../queue/entry';
import type { DeviceState } from '../queue/state';
import type { Adapter, HttpResponse } from '../types/adapter';
import type { Compress } from '../types/compress';
import type { Format } from '../types/format';
import type { DeliveryState, DropReason, Endpoint, FlushResult } from '../types/tracker';
import type { Log } from '../utils/log';
import { delayMs, HOUR_MS, headerOf, verdictOf } from './answer';

// WeChat cuts a request that is not finished 5 s after the app went to the background.
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const HIDE_TIMEOUT_MS = 4000;
// A host may drop a callback for good; its own timeout comes first. While the app is suspended this timer is as well, and
// fires on return.
const GRACE_MS = 1500;
const INTERRUPTED_MS = 1000;
const URGENT_MS = 10_000;
// A batch that fails so often in a row lets the others pass first; a single event that fails so often while others
// pass is what breaks the endpoint.
const MAX_ERRORS = 3;
const MAX_STRIKES = 5;
// After a batch was too large, every so many acknowledged ones a larger one is tried.
const GROW_AFTER = 8;
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
  /** Sends nothing while it is held. */
  hold(on: boolean): void;
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
  let current: object | undefined;
  let preparing = false;
  let offline = false;
  let background = false;
  let stopped = !endpoint.url;
  let waiting: number | undefined;
  let triggered = false;
  /** What waited at the last trigger. */
  let due: readonly Entry[] = [];
  let passed = 0;
  let clockOffsetMs = 0;
  let size = format.limits.events;
  let compress = endpoint.compress && adapter.sendsBinary && adapter.sendsBinary() ? endpoint.compress : undefined;
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
    // A launch that does not know of the wait would send at once; a short one is over by then.
    queue.touch(ms > URGENT_MS);
    wait(ms);
    return false;
  };

  /** The next events to send together: a group that is to be sent again, else the oldest that are in none. */
  const next = (): Group | undefined => {
    groups = groups.filter((group) => (group.entries = group.entries.filter(({ settled }) => !settled)).length);
    const [first] = groups;
    if (first && first.errors < MAX_ERRORS) return first;
    const entries: Entry[] = [];
    const contexts = new Set<string>();
    let bytes = ENVELOPE_BYTES;
    for (const entry of queue.entries) {
      if (entry.grouped) continue;
      const { context } = entry;
      bytes += entry.bytes + (contexts.has(context) ? 16 : context.length * 2);
      contexts.add(context);
      if (entries.length && (entries.length >= size || bytes > format.limits.bytes)) break;
      entries.push(entry);
    }
    if (!entries.length) return first;
    for (const entry of entries) entry.grouped = true;
    const group = { entries, errors: 0, passed };
    groups.unshift(group);
    return group;
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
      groups = groups.filter((each) => each !== group);
      if (middle)
        groups.unshift(
          Object.assign({}, group, { entries: entries.slice(0, middle) }),
          Object.assign({}, group, { entries: entries.slice(middle) }),
        );
      else queue.settle(entries, reason);
    };
    log.note('answer', { verdict: type, status, message: response.message, events: ids.length });

    if (type === 'retry') {
      if (status >= 500) {
        const others = group.passed !== passed;
        group.passed = passed;
        if (group.errors < MAX_ERRORS || (others && ids.length === 1)) group.errors++;
        if (group.errors >= MAX_ERRORS) {
          // Behind the others.
          groups.push(...groups.splice(0, 1));
          if (others && (ids.length > 1 || group.errors >= MAX_ERRORS + MAX_STRIKES)) part('rejected');
        }
      }
      if (/domain list/.test(`${response.message}`)) log.warn(DOMAIN_LIST, endpoint.url);
      return fail(response, false);
    }
    if (type === 'blocked') {
      if (!state.wait.blocked) {
        log.warn(BLOCKED, `${status}`, endpoint.url);
        onBlocked(status);
      }
      return fail(response, true);
    }
    const bad = pick(rejected);
    queue.settle(bad, 'rejected');
    if (type === 'ack') {
      const back = pick(retry);
      if (back.length === ids.length) return fail(response, false);
      for (const reason of Object.keys(reported)) {
        state.drops[reason] = (state.drops[reason] as number) - (reported[reason] as number);
        if (!state.drops[reason]) delete state.drops[reason];
      }
      queue.settle(entries.filter((entry) => !back.includes(entry)));
      if (!(++passed % GROW_AFTER)) size = Math.min(format.limits.events, size * 2);
      state.wait = { until: 0, tries: 0 };
    } else if (!bad.length) {
      if (type === 'split') size = Math.max(1, ids.length >> 1);
      part(type === 'split' ? 'too_large' : 'rejected');
    }
    return true;
  };

  const send = (group: Group, timeoutMs: number): void => {
    const { entries } = group;
    const drops = Object.assign({}, state.drops);
    const sentAt = Date.now();
    const attempt = {};
    let bytes: ArrayBuffer | undefined;
    current = attempt;
    queue.locked = entries;
    counts.requests++;
    counts.inFlight = entries.length;
    let hash = 0;
    for (const { id } of entries) for (let i = id.length; i--; ) hash = (hash * 31 + id.charCodeAt(i)) >>> 0;
    const done = (response: HttpResponse): void => {
      if (current !== attempt) return;
      clearTimeout(guard);
      current = undefined;
      queue.locked = [];
      counts.inFlight = 0;
      const ahead = Date.parse(headerOf(response, 'date')) - (sentAt + Date.now()) / 2;
      if (response.status) clockOffsetMs = Math.abs(ahead) > CLOCK_TOLERANCE_MS ? Math.round(ahead) : 0;
      if (response.interrupted) {
        if (!background) wait(INTERRUPTED_MS);
      } else if (bytes && !passed && /^4(00|15|22)$/.test(`${response.status}`)) {
        // Perhaps it cannot read what is packed: no event is to blame before the plain body was refused as well.
        compress = undefined;
        return pump();
      } else if (conclude(group, response, drops)) return pump();
      settleFlushes();
    };
    const giveUp = (message: string): void => done({ status: 0, headers: {}, body: '', message });
    const guard = setTimeout(() => giveUp('no answer'), timeoutMs + GRACE_MS);
    const sent = log.guard('sending', () => {
      const { body, headers, query } = format.encode({
        id: `${(entries[0] as Entry).id}-${hash.toString(36)}`,
        events: entries,
        sentAt,
        clockOffsetMs,
        drops,
      });
      bytes = compress && log.guard('compress', () => (compress as Compress).pack(body));
      adapter.request(
        {
          url: endpoint.url + (query ? (endpoint.url.includes('?') ? '&' : '?') + query : ''),
          method: 'POST',
          headers: Object.assign(
            { 'content-type': 'application/json' },
            headers,
            bytes && { 'content-encoding': (compress as Compress).encoding },
            endpoint.headers,
          ),
          body,
          bytes,
          timeoutMs,
        },
        done,
      );
      return true;
    });
    if (!sent) giveUp('not sent');
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
      queue.dropExpired();
      if (triggered) due = queue.entries.slice();
      triggered = false;
      const group = free() && due.some(({ settled }) => !settled) && next();
      if (group) send(group, hiding ? HIDE_TIMEOUT_MS : Math.min(60_000, Math.max(2000, endpoint.timeoutMs || 10_000)));
      else settleFlushes();
    });
  };
  /** Sends what waits at this moment; what comes later waits for its own trigger. */
  const trigger = (hiding?: boolean): void => {
    triggered = true;
    pump(hiding);
  };

  // However far the clock was moved meanwhile, no longer than an endpoint may ask for.
  const left = state.wait.until - Date.now();
  if (left > 0) wait(Math.min(left, HOUR_MS));

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
      // The first one of a launch is no return; what is stored has its own, later moment.
      if (!background) return;
      background = false;
      trigger();
    },
    hold(on) {
      stopped = on || !endpoint.url;
      settleFlushes();
      trigger();
    },
  };
};
