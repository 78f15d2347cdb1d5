import { type ConsentKeeper, createConsent } from './consent';
import { createIntake, type Intake, newVisit, type Visit } from './createIntake';
import { createPipe, type Pipe } from './createPipe';
import type { Filter } from './enrich/applyFilters';
import { type Context, createContext } from './enrich/createContext';
import type { QueueLimits } from './queue/createQueue';
import { type DeviceState, freshState } from './queue/state';
import type { DeviceStorage } from './types/adapter';
import type { EventType } from './types/event';
import type { Consent, Endpoint, TrackerOptions } from './types/tracker';
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
  /** Where the first anonymous id may be from, the best last: the host's source of randomness, or a plugin. */
  readonly firstIds: (() => string | undefined)[];
  /** Endpoints beside the first one. */
  readonly mirrors: { readonly name: string; readonly given: string | Endpoint }[];
}

/** What a tracker needs from when the first event is taken in: opened then, and not before. */
export interface Core extends Pick<Intake, 'send'> {
  /** The first one is the tracker's own; its state is the installation's. */
  readonly pipes: readonly Pipe[];
  readonly state: DeviceState;
  readonly context: Context;
  readonly visit: Visit;
  /** Takes an event in, unless the visitor is not tracked. */
  take(event: Captured): void;
  /** What holds for this visitor: `denied` also for those who are not tracked. */
  consent(): Consent;
  /** The state has changed, and with it perhaps the context. */
  touch(): void;
  /** The visitor has decided. */
  decide(decision: Consent): void;
  /** Somebody else uses this device. */
  reset(): void;
  /** Reads what earlier launches left; `true` if that is anything. */
  load(): boolean;
  show(): void;
  hide(): void;
  close(): void;
}

/** Removes what waits for an endpoint that is no longer there, and answers how many events that were. */
const removeUnclaimed = (
  storage: DeviceStorage,
  prefix: string,
  keys: readonly string[],
  mirrors: CoreOptions['mirrors'],
): number => {
  let lost = 0;
  for (const key of keys) {
    const [, name, count] = (key.startsWith(prefix) && /^(.+):\d+\.(\d+)\.-?\d+s?$/.exec(key.slice(prefix.length))) || [];
    if (!name || mirrors.some((mirror) => mirror.name === name)) continue;
    lost += +(count as string);
    storage.remove(key, () => undefined);
  }
  return lost;
};

/** One for each endpoint, its own first. */
const openPipes = (
  { options, prefix, limits, log, mirrors }: CoreOptions,
  keys: readonly string[],
  context: () => string,
  isHeld: () => boolean,
) =>
  [{ name: '', given: options.endpoint }, ...mirrors].map(({ name, given }, index) =>
    createPipe({ options, given, index, prefix: name ? `${prefix}${name}:` : prefix, keys, limits, log, context, isHeld }),
  );

/** Nothing stays of a visitor who denies. */
const forgetAll = (pipes: readonly Pipe[], keys: readonly string[]): void => {
  for (const { queue, state } of pipes) {
    queue.purge(keys);
    Object.assign(state, freshState(), { boot: 1 });
  }
};

export const createCore = (parts: CoreOptions): Core => {
  const { options, prefix, log, gates, forgets, mirrors, firstIds } = parts;
  const { adapter } = options;
  const { storage } = adapter;
  const keysNow = (): readonly string[] => log.guard('storage', () => storage.keys()) || [];
  const keys = keysNow();
  const decision: ConsentKeeper = createConsent(storage, prefix, keys, options.consent, log);
  let isClosed = false;
  const isHeld = (): boolean => isClosed || decision.now() !== 'granted';
  const visit = newVisit();
  const pipes = openPipes(parts, keys, () => context.text(), isHeld);
  const { state, queue, counts } = pipes[0] as Pipe;
  const context = createContext(adapter, state, log);
  const intake = createIntake(parts, pipes, visit, context);

  const resume = (): void => {
    for (const { sender } of pipes) sender.resume();
  };
  const touch = (): void => {
    context.changed();
    queue.touch();
  };
  /** From now on it is somebody else. */
  const begin = (): void => {
    Object.assign(visit, newVisit());
    context.forget();
    for (const forget of forgets) log.guard('onForget', forget);
  };
  const purge = (): void => {
    forgetAll(pipes, keysNow());
    begin();
  };
  const consent = (): Consent => (gates.every((gate) => gate(state.visitor)) ? decision.now() : 'denied');

  if (decision.now() === 'denied') purge();
  if (state.boot === 1 && decision.now() !== 'denied') for (const ask of firstIds) state.visitor = ask() || state.visitor;
  return {
    pipes,
    state,
    context,
    visit,
    send: intake.send,
    take(event) {
      if (consent() !== 'denied') intake.take(event);
      // Who is not tracked stays so: the id is stored, even when nothing else is.
      else if (!counts.writes) queue.touch();
    },
    consent,
    touch,
    decide(given) {
      const before = decision.now();
      if (!decision.decide(given)) return;
      // Whoever consents after a denial is somebody new.
      if (before === 'denied' || given === 'denied') purge();
      resume();
    },
    reset() {
      const { visitor, plugins, user, ids } = freshState();
      Object.assign(state, { visitor, plugins, user, ids });
      begin();
      touch();
    },
    load() {
      if (decision.now() !== 'granted') return false;
      const lost = removeUnclaimed(storage, prefix, keys, mirrors);
      counts.recovered += lost;
      if (lost) queue.drop('unclaimed', lost, []);
      for (const pipe of pipes) pipe.queue.load(() => undefined);
      return pipes.some(({ queue }) => queue.old.length > 0);
    },
    show() {
      visit.isAway = false;
      for (const { sender } of pipes) sender.show();
    },
    hide() {
      const present = keysNow();
      visit.isAway = true;
      decision.restore(present);
      for (const pipe of pipes) {
        pipe.queue.restore(present);
        pipe.sender.hide();
      }
    },
    close() {
      intake.stop();
      for (const pipe of pipes) pipe.queue.save();
      isClosed = true;
      resume();
    },
  };
};
