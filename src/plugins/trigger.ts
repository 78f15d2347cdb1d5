import { EVENT_TRIGGER_FIRED } from '../semantic';
import type { Properties, TrackEvent } from '../types/event';
import type { Json } from '../types/json';
import type { Plugin, PluginContext } from '../types/plugin';
import { hashUnit } from '../utils/hashUnit';

/**
 * Gets the properties of the event that made the rule fire, with that of `by`. Calls `taken` when the visitor takes what
 * is shown, at any time, or answers `true` or a promise of it.
 */
export type TriggerHandler = (properties: Properties, taken: () => void) => unknown;

/** What a property or a fact must be: this, or one of these. */
export type TriggerMatch = string | number | boolean | readonly (string | number | boolean)[];

/** What to do on the phone, and when. */
export interface TriggerRule {
  /** 1 to 64 letters, digits, `_`, `.`, `:` and `-`. Its cool-down and its held-out visitors hang on it. */
  readonly id: string;
  /** Counts events of this name, for each value of the property `by` on its own. */
  readonly when: {
    /** The name of the event, `product_viewed`, or of several that follow each other; others may lie between them. */
    readonly event: string | readonly string[];
    /** The name of a property: each value has a count of its own, by its first 64 characters. */
    readonly by?: string;
    /** Whole, from 1; 1 by default; with the number of events up to 20. */
    readonly times?: number;
    /** All of them within this time; no bound by default. */
    readonly withinMs?: number;
    /** All of them within one session. */
    readonly session?: boolean;
    /** Only events with these properties. */
    readonly where?: Readonly<Record<string, TriggerMatch>>;
  };
  /** An event that makes undone what was counted: of the same value of `by`, or all if it has no `by`. */
  readonly unless?: {
    /** The name of the event, `order_paid`, or of several of which any will do. */
    readonly event: string | readonly string[];
    /** The name of its property that carries the same value, if it has one. */
    readonly by?: string;
    /** With `on`: the rule waits this long for the event before it may fire. */
    readonly withinMs?: number;
  };
  /** Fires at the next event of this name, such as `app_show`, and not at once. */
  readonly on?: string;
  /**
   * Fires only while the context of events says so, by paths: `{ 'source.channel_group': ['ad', 'search'] }`,
   * `{ session_index: 1 }`; with `remoteRules`, `{ tags: 'vip' }` for visitors who bear the tag.
   */
  readonly only?: Readonly<Record<string, TriggerMatch>>;
  /** At least 1,000; a day by default. */
  readonly cooldownMs?: number;
  /** What to do. What it throws is an unhandled rejection of the app. */
  readonly then: TriggerHandler;
  /** 0 to 1, the share of visitors for whom nothing is shown; 0 by default. */
  readonly holdout?: number;
}

/** What {@link trigger} goes by. */
export interface TriggerOptions {
  /** Up to 20. Read at each event, so that a getter may answer others. */
  readonly rules: readonly TriggerRule[];
}

interface Memory {
  /**
   * By rule and value, what was touched last stands last: for each step since when the latest events that lead to it run,
   * 0 where it was not reached, and behind them when the last step was reached in time.
   */
  readonly counts: Record<string, number[]>;
  /** When rules fired, the latest last. */
  readonly fired: Record<string, number>;
}

const MAX_STEPS = 20;
/** Of `counts` and of `fired`, each as JSON: together with the rules of a server within what a plugin may remember. */
const MAX_LENGTH = 2048;

const listOf = <T>(value: T | readonly T[]): readonly T[] => ([] as readonly T[]).concat(value);

/** Whether what is at each path is, or is among, what is wanted there. */
const fits = (wanted: Readonly<Record<string, unknown>> | undefined, from: unknown): boolean =>
  Object.entries(wanted || {}).every(([path, each]) => {
    const found = listOf(path.split('.').reduce((at, key) => Object(at)[key], from));
    return listOf(each).some((one) => found.includes(one));
  });

const valueBy = (by: string | undefined, properties: Properties): string | undefined => {
  if (!by) return '';
  const value = properties[by];
  return value == null || value === '' ? undefined : `${value}`.slice(0, 64);
};

/** Takes the event into the counts, whose keys begin with `prefix`, and answers that of the one that is due. */
const count = (
  { when, unless, on }: TriggerRule,
  { name, properties }: TrackEvent,
  prefix: string,
  counts: Memory['counts'],
  now: number,
): string | false | undefined => {
  const { event, by, withinMs } = Object(unless) as NonNullable<TriggerRule['unless']>;
  const ofRule = Object.keys(counts).filter((each) => each.startsWith(prefix));
  if (listOf(event).includes(name))
    for (const each of ofRule) if (!by || each === prefix + valueBy(by, properties)) delete counts[each];

  const names = listOf(when.event);
  // Whole, and 1 for what is no number.
  const last = Math.min(MAX_STEPS, names.length * Math.max(1, (when.times as number) | 0));
  const value = valueBy(when.by, properties);
  const key = prefix + value;
  let isMet = false;
  if (value !== undefined && names.includes(name) && fits(when.where, properties)) {
    const since = counts[key] || [];
    // The later steps first: one event is one step.
    for (let i = last; i--; ) if (names[i % names.length] === name) since[i] = i ? since[i - 1] || 0 : now;
    const lastedMs = now - (since[last - 1] || Infinity);
    isMet = lastedMs >= 0 && lastedMs <= (Math.max(0, when.withinMs as number) || Infinity) && name === names[names.length - 1];
    if (isMet) since[last] = now;
    delete counts[key];
    counts[key] = since;
  }
  if (!on) return isMet && key;
  const isDue = (each: string): boolean => now - Object(counts[each])[last] >= (+(withinMs as number) || 0);
  return name === on && ofRule.concat(key).filter(isDue).pop();
};

const fire = ({ id, holdout, then }: TriggerRule, properties: Properties, context: PluginContext): unknown => {
  const { track, visitor, consent, pipe } = context;
  const who = visitor();
  const lot = hashUnit(`trigger:${id}:${who}`);
  const shown = !(lot < (holdout as number));
  let told: boolean | undefined;
  const tell = (taken: boolean): void => {
    if (told === taken || visitor() !== who) return;
    told = taken;
    track(EVENT_TRIGGER_FIRED, { rule: id, shown, taken });
  };
  if (consent() !== 'granted') return;
  // Before anything is shown: a kill must not let it run again.
  pipe().queue.save();
  tell(false);
  return shown && Promise.resolve(then(properties, () => tell(true))).then((answer) => answer === true && tell(true));
};

const see = (event: TrackEvent, { rules }: TriggerOptions, context: PluginContext): void => {
  const { memory, consent, facts } = context;
  // One that is none must not keep the others from being looked at.
  const concerned = rules.filter(
    (rule) =>
      rule && rule.when && listOf<unknown>(rule.when.event).concat(rule.on, Object(rule.unless).event).includes(event.name),
  );
  if (!concerned.length || consent() !== 'granted') return;
  const now = Date.now();
  const remembered: Memory = Object.assign({ counts: {}, fired: {} }, memory.get());
  const { counts, fired } = remembered;
  for (const rule of concerned) {
    const { when, only, cooldownMs } = rule;
    // An id has no blank: so no key is that of another rule, nor a name that every object has.
    const own = `${rule.id} `;
    const prefix = own + (when.session ? `${event.session_id} ` : '');
    const due = count(rule, event, prefix, counts, now);
    // A clock that was set back: the whole time again, rather than once too often or not for years.
    if ((fired[own] as number) > now) fired[own] = now;
    if (
      !due ||
      now - (fired[own] as number) < (Math.max(1000, cooldownMs as number) || 86_400_000) ||
      !fits(only, JSON.parse(facts()))
    )
      continue;
    delete counts[due];
    delete fired[own];
    fired[own] = now;
    // Of the event where it is one that was counted, where a number is no text.
    const value = due.slice(prefix.length);
    const isOfEvent = valueBy(when.by, event.properties) === value;
    const given = Object.assign({}, event.properties, isOfEvent || { [when.by as string]: value });
    // Not within the event that is being taken in. What the app's function throws stays the app's: an unhandled rejection.
    void Promise.resolve().then(() => fire(rule, given, context));
  }
  // The oldest goes until it fits.
  for (const map of [counts, fired])
    for (const key of Object.keys(map)) if (JSON.stringify(map).length > MAX_LENGTH) delete map[key];
  memory.set(remembered as unknown as Json);
};

/**
 * Runs functions of the app when the events of a visitor meet a rule, on the device, and tracks `trigger_fired` with
 * `rule`, `shown` and `taken`.
 *
 * List it behind the plugins whose events it reads. It counts and runs only while consent is `granted`.
 */
export const trigger = (options: TriggerOptions): Plugin => {
  let context: PluginContext | undefined;
  return {
    name: 'trigger',
    options,
    setup(given) {
      context = given;
    },
    enrich(event) {
      const ctx = context;
      // What it tells itself counts for no rule.
      if (ctx && event.name !== EVENT_TRIGGER_FIRED) ctx.host.log.guard('trigger', () => see(event, options, ctx));
      return event;
    },
  };
};
