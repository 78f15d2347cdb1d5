import { WRONG_RULE } from '../codes';
import { EVENT_TRIGGER_FIRED } from '../semantic';
import type { Properties, TrackEvent } from '../types/event';
import type { Json } from '../types/json';
import type { Plugin, PluginContext, PluginMethods } from '../types/plugin';
import { hashUnit } from '../utils/hashUnit';

/**
 * Gets the properties of the event that made the rule fire, with that of `by`. Calls `taken` when the visitor takes what
 * is shown, at any time, or answers `true` or a promise of it.
 */
export type TriggerHandler = (properties: Properties, taken: () => void) => unknown;

/** When something happens on the phone, as data: it can come from a server. */
export interface TriggerRule {
  /** 1 to 64 letters, digits, `_`, `.`, `:` and `-`. Its cool-down and its held-out visitors hang on it. */
  readonly id: string;
  /** Counts events of this name, for each value of the property `by` on its own. */
  readonly when: {
    /** The name of the event: `product_viewed`. */
    readonly event: string;
    /** The name of a property: each value has a count of its own, by its first 64 characters. */
    readonly by?: string;
    /** 1 to 20; 1 by default. */
    readonly times?: number;
    /** All of them within this time; no bound by default. */
    readonly withinMs?: number;
    /** Only events with these values. */
    readonly where?: Readonly<Record<string, string | number | boolean>>;
  };
  /** An event that makes undone what was counted: of the same value of `by`, or all if it has no `by`. */
  readonly unless?: {
    /** The name of the event: `order_paid`. */
    readonly event: string;
    /** The name of its property that carries the same value, if it has one. */
    readonly by?: string;
    /** With `on`: the rule waits this long for the event before it may fire. */
    readonly withinMs?: number;
  };
  /** Fires at the next event of this name, such as `app_show`, and not at once. */
  readonly on?: string;
  /** At least 1,000; a day by default. */
  readonly cooldownMs?: number;
  /** A function, or the name of one in `handlers`: rules from a server are data only. */
  readonly then: string | TriggerHandler;
  /** 0 to 1, the share of visitors for whom nothing is shown; 0 by default. */
  readonly holdout?: number;
}

/** What {@link trigger} begins with; `tracker.setRules()` replaces the rules. */
export interface TriggerOptions {
  /** Up to 20. */
  readonly rules?: readonly TriggerRule[];
  /** What rules name in `then`. A handler that throws is told on the console and harms nothing else. */
  readonly handlers?: Readonly<Record<string, TriggerHandler>>;
}

interface Memory {
  /** The times of the counted events, by rule and value. What was touched last stands last. */
  readonly counts: Record<string, readonly number[]>;
  /** When rules fired, the latest last. */
  readonly fired: Record<string, number>;
}

// Together within what a plugin may remember.
const MAX_RULES = 20;
const MAX_TIMES = 20;
const MAX_COUNTS = 2048;
const MAX_FIRED = 40;

/** An id has no blank: so no key is that of another rule, nor a name that every object has. */
const keyOf = (id: string, value = ''): string => `${id} ${value}`;

const valueBy = (by: string | undefined, properties: Properties): string | undefined => {
  if (!by) return '';
  const value = properties[by];
  return value === undefined || value === null || value === '' ? undefined : `${value}`.slice(0, 64);
};

/** Without the members that are `null`: so do some servers write what is left out. */
const withoutNull = <T extends object>(given: T): T => {
  const kept = Object.assign({}, given) as Record<string, unknown>;
  for (const name of Object.keys(kept)) if (kept[name] === null) delete kept[name];
  return kept as T;
};
const isBetween = (value: unknown, min: number, max: number): boolean =>
  value === undefined || (typeof value === 'number' && value >= min && value <= max);

/** The rule as it is used, or nothing. */
const ruleOf = (given: TriggerRule): TriggerRule | undefined => {
  const rule = withoutNull(given);
  const when = withoutNull(rule.when);
  const unless = rule.unless && withoutNull(rule.unless);
  const { times, withinMs, where = {} } = when;
  const isGood =
    rule.id &&
    /^[\w.:-]{1,64}$/.test(rule.id) &&
    when.event &&
    isBetween(times, 1, MAX_TIMES) &&
    isBetween(withinMs, 0, Infinity) &&
    Object.keys(where).every((name) => where[name] !== null) &&
    (!unless || (unless.event && isBetween(unless.withinMs, 0, Infinity))) &&
    isBetween(rule.cooldownMs, 0, Infinity) &&
    isBetween(rule.holdout, 0, 1);
  return isGood ? Object.assign(rule, { when }, unless && { unless }) : undefined;
};

/** Counts the event for this rule, and answers the key of the count that meets it. */
const judge = (
  { id, when, unless, on }: TriggerRule,
  { name, properties }: TrackEvent,
  now: number,
  { counts }: Memory,
): string | undefined => {
  const { event, by, times = 1, withinMs = Infinity, where = {} } = when;
  const value = valueBy(by, properties);
  const key = keyOf(id, value);
  const ofRule = (): string[] => Object.keys(counts).filter((each) => each.startsWith(keyOf(id)));
  if (unless && name === unless.event) {
    const undone = valueBy(unless.by, properties);
    for (const each of ofRule()) if (!unless.by || each.slice(keyOf(id).length) === undone) delete counts[each];
  }
  const isCounted =
    name === event && value !== undefined && Object.keys(where).every((each) => properties[each] === where[each]);
  if (isCounted) {
    const recent = (counts[key] || []).filter((at) => at <= now && now - at <= withinMs).concat(now);
    delete counts[key];
    counts[key] = recent.slice(-times);
  }
  if (on ? name !== on : !isCounted) return undefined;
  const wait = (on && unless && unless.withinMs) || 0;
  const met = (on ? ofRule() : [key]).filter((each) => {
    const at = counts[each] || [];
    return at.length >= times && now - (at[at.length - 1] as number) >= wait;
  });
  return met.pop();
};

const isCool = ({ id, cooldownMs = 86_400_000 }: TriggerRule, now: number, { fired }: Memory): boolean => {
  const key = keyOf(id);
  // A clock that was set back: the whole time again, rather than once too often or not for years.
  if ((fired[key] || 0) > now) fired[key] = now;
  return now - (fired[key] || 0) >= Math.max(1000, cooldownMs);
};

/** Takes the oldest away until it fits. */
const shorten = (map: Record<string, unknown>, isLong: () => boolean): void => {
  for (const key of Object.keys(map)) if (isLong()) delete map[key];
};

/**
 * Runs functions of the app when the events of a visitor meet a rule, on the device, and tracks `trigger_fired` with
 * `rule`, `shown` and `taken`. Adds `tracker.setRules(rules)`, which replaces all rules.
 *
 * List it behind the plugins whose events it reads. It counts and runs only while consent is `granted`.
 */
export const trigger = (options: TriggerOptions = {}): Plugin<Pick<PluginMethods, 'setRules'>> => {
  let context: PluginContext | undefined;
  let rules: readonly TriggerRule[] = [];
  const { handlers = {} } = options;

  const handlerOf = ({ then }: TriggerRule): TriggerHandler | undefined =>
    typeof then === 'function' ? then : Object.keys(handlers).includes(then) ? handlers[then] : undefined;

  const fire = (rule: TriggerRule, properties: Properties, { host, track, visitor, consent, pipes }: PluginContext): void => {
    const who = visitor();
    const tell = (shown: boolean, taken: boolean): void => {
      if (visitor() === who) track(EVENT_TRIGGER_FIRED, { rule: rule.id, shown, taken });
    };
    let isTaken = false;
    const take = (): void => {
      if (!isTaken) tell(true, true);
      isTaken = true;
    };
    if (consent() !== 'granted') return;
    // Before anything is shown: a kill must not let it run again.
    for (const { queue } of pipes()) queue.save();
    if (hashUnit(`trigger:${rule.id}:${who}`) < (rule.holdout || 0)) return tell(false, false);
    tell(true, false);
    Promise.resolve()
      .then(() => (handlerOf(rule) as TriggerHandler)(properties, take))
      .then(
        (answer) => answer === true && take(),
        (error) =>
          host.log.guard(`trigger ${rule.id}`, () => {
            throw error;
          }),
      );
  };

  const see = (event: TrackEvent, ctx: PluginContext): void => {
    const { name } = event;
    const concerned = rules.filter(
      ({ when, unless, on }) => name === when.event || name === on || (unless && name === unless.event),
    );
    if (!concerned.length) return;
    const now = Date.now();
    const memory: Memory = Object.assign({ counts: {}, fired: {} }, ctx.memory.get());
    const { counts, fired } = memory;
    for (const rule of concerned) {
      const { id, when } = rule;
      const isReady = isCool(rule, now, memory);
      const met = judge(rule, event, now, memory);
      if (met === undefined || !isReady) continue;
      delete counts[met];
      delete fired[keyOf(id)];
      fired[keyOf(id)] = now;
      const properties = Object.assign({}, event.properties, when.by && { [when.by]: met.slice(keyOf(id).length) });
      // Not within the event that is being taken in.
      void Promise.resolve().then(() => ctx.host.log.guard('trigger', () => fire(rule, properties, ctx)));
    }
    shorten(counts, () => JSON.stringify(counts).length > MAX_COUNTS);
    shorten(fired, () => Object.keys(fired).length > MAX_FIRED);
    ctx.memory.set(memory as unknown as Json);
  };

  return {
    name: 'trigger',
    options,
    setup(given) {
      context = given;
      const { log } = given.host;
      const setRules = (list: readonly TriggerRule[]): void => {
        if (!Array.isArray(list)) return log.warn(WRONG_RULE, '', list);
        if (list.length > MAX_RULES) log.warn(WRONG_RULE, `${list.length} > ${MAX_RULES}`);
        rules = list.slice(0, MAX_RULES).reduce<readonly TriggerRule[]>((all, given) => {
          const rule = log.guard('setRules', () => ruleOf(given));
          if (rule && handlerOf(rule)) return all.concat(rule);
          log.warn(WRONG_RULE, String(Object(given).id), given);
          return all;
        }, []);
      };
      setRules(options.rules || []);
      given.expose({ setRules });
      return () => {
        rules = [];
      };
    },
    enrich(event) {
      // What it tells itself counts for no rule.
      const ctx = event.name === EVENT_TRIGGER_FIRED || !rules.length ? undefined : context;
      if (ctx && ctx.consent() === 'granted') ctx.host.log.guard('trigger', () => see(event, ctx));
      return event;
    },
  };
};
