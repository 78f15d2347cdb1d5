import { createConsent } from './consent';
import { createIntake, type Visit } from './createIntake';
import { createPipe, type Pipe, type PipeParts } from './createPipe';
import type { Filter } from './enrich/applyFilters';
import { type Context, createContext } from './enrich/createContext';
import type { QueueLimits } from './queue/createQueue';
import { removeUnclaimed } from './queue/removeUnclaimed';
import { type DeviceState, freshState } from './queue/state';
import type { EventType } from './types/event';
import type { Unsubscribe } from './types/host';
import type { Consent, TrackerOptions } from './types/options';
import type { FlushResult } from './types/stats';
import type { Log } from './utils/log';

/** An event as it was captured. */
export interface Captured {
  readonly type: EventType;
  /** Empty where the caller gave none. */
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

const LOAD_MIN_MS = 200;
const LOAD_SPREAD_MS = 2000;

/** Answers a pipe that leads to this one and to one more endpoint. `parts`: what the first one was made of. */
export type Mirror = (pipe: Pipe, parts: PipeParts) => Pipe;

export interface CoreOptions {
  readonly options: TrackerOptions;
  readonly prefix: string;
  readonly limits: Limits;
  readonly log: Log;
  /** `enrich` of the plugins and `beforeSend`. */
  readonly filters: Filter[];
  /** Whether this visitor is tracked at all, as plugins see it. */
  readonly gates: ((visitor: string) => boolean)[];
  /** Told when the visitor becomes somebody new. */
  readonly forgets: (() => void)[];
  /** Where the first anonymous id may be from, the best last. */
  readonly firstIds: (() => string | undefined)[];
  /** What further endpoints do with the pipe of the first. */
  readonly mirrors: Mirror[];
}

/** What a tracker needs from when the first event is taken in: opened then, and not before. */
export interface Core {
  /** The first call, once others can reach it: plugins and the app are asked, and may call the tracker. */
  begin(): void;
  readonly pipe: Pipe;
  readonly state: DeviceState;
  readonly context: Context;
  readonly visit: Visit;
  /** Takes an event in, unless the visitor is not tracked. */
  take(event: Captured): void;
  /** What holds for this visitor: `denied` also for those who are not tracked. */
  consent(): Consent;
  /** What becomes known of the visitor; nothing of one who is not tracked. */
  know(facts: Partial<DeviceState>): void;
  /** The visitor has decided. */
  decide(decision: Consent): void;
  /** Somebody else uses this device. */
  reset(): void;
  flush(): Promise<FlushResult>;
  show(): void;
  hide(): void;
  close(): void;
}

/** The way of an event from when it is taken in, and what is known of the visitor. */
export const createCore = (parts: CoreOptions): Core => {
  const { options, log, gates, firstIds } = parts;
  const keysNow = (): readonly string[] => log.guard('storage', () => options.adapter.storage.keys()) || [];
  const keys = keysNow();
  const decision = createConsent(parts, keys);
  let isClosed = false;
  const isHeld = (): boolean => isClosed || decision.now() !== 'granted';
  const first = Object.assign({ keys, isHeld, context: () => context.text() }, parts);
  const own = createPipe(first);
  const pipe = parts.mirrors.reduce((all, mirror) => mirror(all, first), own);
  const { queue, sender, state, counts } = pipe;
  const context = createContext(options.adapter, state, log);
  const intake = createIntake(parts, pipe, context);
  let stopNetwork: Unsubscribe = () => undefined;

  const change = (facts: Partial<DeviceState>): void => {
    Object.assign(state, facts);
    context.changed();
    own.queue.touch();
  };
  /** Nothing stays of a visitor who denies. */
  const purge = (): void => {
    queue.purge(keysNow());
    intake.begin();
  };
  const consent = (): Consent => (!isClosed && gates.every((gate) => gate(state.visitor)) ? decision.now() : 'denied');
  /** The host may have missed to tell of a change, or the app took the listener off. */
  const askNetwork = (): void => {
    stopNetwork();
    stopNetwork = options.adapter.onNetwork((type) => {
      context.network(type);
      sender.network(type !== 'none');
    });
  };
  // Read early, so that a run of short launches cannot pile up more than the bounds allow; sent at a random moment.
  let timer = setTimeout(() => {
    if (isHeld()) return;
    removeUnclaimed(parts, keys, queue.old, own.queue);
    queue.load(() => undefined);
    if (queue.old.length) timer = setTimeout(intake.send, Math.random() * LOAD_SPREAD_MS);
  }, LOAD_MIN_MS);

  return {
    begin() {
      if (decision.now() === 'denied') purge();
      else if (state.boot === 1) for (const ask of firstIds) state.visitor = ask() || state.visitor;
    },
    pipe,
    state,
    context,
    visit: intake.visit,
    take(event) {
      if (consent() !== 'denied') intake.take(event);
      // Who is not tracked stays so: the id is stored, even when nothing else is.
      else if (!counts.writes) own.queue.touch();
    },
    consent,
    know(facts) {
      if (consent() !== 'denied') change(facts);
    },
    decide(given) {
      const before = decision.now();
      if (!decision.decide(given)) return;
      // Whoever consents after a denial is somebody new.
      if ([before, given].includes('denied')) purge();
      sender.resume();
    },
    reset() {
      const { visitor, plugins } = freshState();
      change({ visitor, plugins, user: undefined, ids: undefined });
      intake.begin();
    },
    flush() {
      askNetwork();
      return sender.flush();
    },
    show() {
      // The gates remember what they decide by: before a reset or a denial, which may be the first that the app says.
      consent();
      intake.visit.isAway = false;
      askNetwork();
      sender.show();
    },
    hide() {
      const present = keysNow();
      intake.visit.isAway = true;
      decision.restore(present);
      queue.restore(present);
      sender.hide();
    },
    close() {
      clearTimeout(timer);
      stopNetwork();
      intake.stop();
      queue.save();
      isClosed = true;
      sender.resume();
    },
  };
};
