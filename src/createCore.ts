import { snapshot, wellFormed } from './capture/toPlain';
import { NOT_JSON } from './codes';
import { createConsent } from './consent';
import { createPipe, type Pipe } from './createPipe';
import { applyFilters, type Filter } from './enrich/applyFilters';
import { type Context, createContext } from './enrich/createContext';
import type { QueueLimits } from './queue/createQueue';
import { type DeviceState, freshState } from './queue/state';
import type { DeviceStorage } from './types/adapter';
import type { EventType } from './types/event';
import type { Consent, DropReason, Endpoint, TrackerOptions } from './types/tracker';
import { byteLength } from './utils/byteLength';
import type { Log } from './utils/log';
import { randomHex } from './utils/randomHex';

/** An event as it was captured. */
export interface Captured {
  readonly type: EventType;
  readonly name: string;
  readonly ts: number;
  /** The properties as JSON text; nothing when there was no way to read them. */
  readonly text: string | undefined;
  readonly durable?: boolean | undefined;
}

export interface Limits extends QueueLimits {
  readonly flushAt: number;
  readonly flushIntervalMs: number;
  readonly maxEventBytes: number;
}

export interface CoreOptions {
  readonly options: TrackerOptions;
  readonly prefix: string;
  readonly limits: Limits;
  readonly log: Log;
  /** `enrich` of the plugins and `beforeSend`. */
  readonly filters: readonly Filter[];
  /** Whether this visitor is tracked at all, as plugins see it. */
  readonly gates: ((visitor: string) => boolean)[];
  /** Told when the visitor becomes somebody new. */
  readonly forgets: (() => void)[];
  /** Endpoints beside the first one. */
  readonly mirrors: { readonly name: string; readonly given: string | Endpoint }[];
}

/** What a tracker needs from when the first event is taken in: opened then, and not before. */
export interface Core {
  /** The first one is the tracker's own; its state is the installation's. */
  readonly pipes: readonly Pipe[];
  readonly state: DeviceState;
  readonly context: Context;
  /** What holds for this visitor: `denied` also for those who are not tracked. */
  consent(): Consent;
  /** The anonymous id, which stays from now on. */
  visitor(): string;
  session(id?: string): string;
  take(event: Captured): void;
  /** The visitor has decided. */
  decide(decision: Consent): void;
  identify(user: string | undefined, ids: Readonly<Record<string, string>> | undefined): void;
  /** Somebody else uses this device. */
  reset(): void;
  /** The state has changed. */
  touch(): void;
  /** Reads what earlier launches left; `true` if that is anything. */
  load(): boolean;
  send(): void;
  show(): void;
  hide(): void;
  network(type: string): void;
  close(): void;
}

/** One random part for a launch, the rest counts up: unique, a UUID in form, and small once compressed. */
const launchId = (): string => `${randomHex(8)}-${randomHex(4)}-4${randomHex(3)}-a${randomHex(3)}-`;

/** Removes what waits for an endpoint that is no longer there, and answers how many events that were. */
const removeUnclaimed = (storage: DeviceStorage, prefix: string, keys: readonly string[], names: readonly string[]): number => {
  let lost = 0;
  for (const key of keys) {
    const [, name, count] = (key.startsWith(prefix) && /^(.+:)\d+\.(\d+)\.-?\d+s?$/.exec(key.slice(prefix.length))) || [];
    if (!name || names.includes(name)) continue;
    lost += +(count as string);
    storage.remove(key, () => undefined);
  }
  return lost;
};

export const createCore = ({ options, prefix, limits, log, filters, gates, forgets, mirrors }: CoreOptions): Core => {
  const { adapter, endpoint } = options;
  const { storage, random } = adapter;
  const keysNow = (): readonly string[] => log.guard('storage', () => storage.keys()) || [];
  const keys = keysNow();
  const decision = createConsent(storage, prefix, keys, options.consent, log);
  const pipes: Pipe[] = [];
  const names: string[] = [];
  const openPipe = (given: string | Endpoint, name: string): Pipe => {
    const index = pipes.length;
    const pipe = createPipe(options, { given, index, prefix: prefix + name, keys, limits, log, context: () => context.text() });
    pipes.push(pipe);
    names.push(name);
    return pipe;
  };
  const { state, queue, counts } = openPipe(endpoint, '');
  const context = createContext(adapter, state, log);
  for (const { name, given } of mirrors) openPipe(given, `${name}:`);
  let launch = launchId();
  let session = randomHex(12);
  /** Of the next event: its place in what this visitor did in this launch. */
  let next = 0;
  let isFixed = false;
  let isClosed = false;
  let isAway = false;
  let timer: number | undefined;
  /** Events since the last time all that waited was sent. */
  let fresh = 0;

  const hold = (): void => {
    const held = isClosed || decision.now() !== 'granted';
    for (const pipe of pipes) {
      pipe.queue.hold(held);
      pipe.sender.hold(held);
    }
  };
  /** From now on it is somebody else, of whom nothing is known. */
  const begin = (): void => {
    launch = launchId();
    session = randomHex(12);
    next = 0;
    isFixed = true;
    context.forget();
    for (const forget of forgets) log.guard('onForget', forget);
  };
  const purge = (): void => {
    const present = keysNow();
    for (const pipe of pipes) {
      pipe.queue.hold(true);
      pipe.queue.purge(present);
      pipe.sender.purge();
      Object.assign(pipe.state, freshState(), { boot: 1 });
    }
    begin();
  };
  const consent = (): Consent => (gates.every((gate) => gate(state.visitor)) ? decision.now() : 'denied');
  const drop = (reason: DropReason, sample: string): void => {
    for (const pipe of pipes) pipe.queue.drop(reason, 1, [sample]);
  };
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    fresh = 0;
    for (const { sender } of pipes) sender.trigger();
  };
  /** Takes an event in, or drops and counts it. Serialised once: storing and sending join strings. */
  const take = ({ type, name, ts, text, durable }: Captured): void => {
    // Who is not tracked stays so: the id is stored, even when nothing else is.
    if (consent() === 'denied') return counts.writes ? undefined : queue.touch();
    const seq = next++;
    const id = launch + `00000000000${seq.toString(16)}`.slice(-12);
    for (const pipe of pipes) pipe.counts.accepted++;
    if (!isAway) state.seen = ts;
    if (!name || text === undefined) return drop(name ? 'unserializable' : 'nameless', name);
    let line: string | undefined =
      `{"id":"${id}","boot":${state.boot},"seq":${seq},"type":"${type}","name":${wellFormed(JSON.stringify(name))},"ts":${ts},"session_id":"${session}","properties":${text}}`;
    if (filters.length) {
      const event = applyFilters(line, filters, log);
      if (!event) return drop('filtered', name);
      line = snapshot(event, (what) => log.warn(NOT_JSON, `${name}: ${what}`));
    }
    if (!line) return drop('unserializable', name);
    // No character has more than three bytes.
    if (line.length * 3 > limits.maxEventBytes && byteLength(line) > limits.maxEventBytes)
      return drop('too_large', line.slice(0, 200));
    log.note('event', line);
    for (const pipe of pipes) pipe.queue.add({ id, line, context: context.text(), durable });
    if (++fresh >= limits.flushAt) send();
    else if (timer === undefined) timer = setTimeout(send, limits.flushIntervalMs);
  };

  hold();
  if (decision.now() === 'denied') purge();
  if (random && state.boot === 1)
    log.guard('random', () =>
      random((bytes) => {
        const id = Array.from(new Uint8Array(bytes), (byte) => (byte + 256).toString(16).slice(1)).join('');
        // Later the id may be in an event, in storage or with somebody already.
        if (isFixed || counts.accepted || counts.writes || id.length !== 32) return;
        state.visitor = id;
        context.changed();
      }),
    );

  return {
    pipes,
    state,
    context,
    consent,
    visitor() {
      isFixed = true;
      return state.visitor;
    },
    session: (id) => (session = id || session),
    take,
    decide(given) {
      const before = decision.now();
      if (!decision.decide(given)) return;
      // Whoever consents after a denial is somebody new.
      if (before === 'denied' || given === 'denied') purge();
      hold();
    },
    identify(user, ids) {
      Object.assign(state, { user, ids });
      context.changed();
      queue.touch();
    },
    reset() {
      const { visitor, plugins } = freshState();
      Object.assign(state, { visitor, plugins, user: undefined, ids: undefined });
      queue.touch();
      begin();
    },
    touch: queue.touch,
    load() {
      if (decision.now() !== 'granted') return false;
      const lost = removeUnclaimed(storage, prefix, keys, names);
      counts.recovered += lost;
      if (lost) queue.drop('unclaimed', lost, []);
      for (const pipe of pipes) pipe.queue.load(() => undefined);
      return pipes.some((pipe) => pipe.queue.hasStored);
    },
    send,
    show() {
      isAway = false;
      for (const { sender } of pipes) sender.show();
    },
    hide() {
      const present = keysNow();
      isAway = true;
      decision.restore(present);
      for (const pipe of pipes) {
        pipe.queue.restore(present);
        pipe.queue.saveNow();
        pipe.sender.hide();
      }
    },
    network(type) {
      context.network(type);
      for (const { sender } of pipes) sender.network(type !== 'none');
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      for (const pipe of pipes) pipe.queue.saveNow();
      hold();
    },
  };
};
