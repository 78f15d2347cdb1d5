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

/** The times of the counted events, by rule and value. What was touched last stands last. */
type Count = [rule: string, value: string, ...times: number[]];
interface Memory {
  counts: Count[];
  /** When rules fired, the latest last. */
  fired: [rule: string, at: number][];
}

// Together within what a plugin may remember.
const MAX_RULES = 20;
const MAX_COUNTS = 2048;
const MAX_FIRED = 40;

const valueBy = (by: string | undefined, properties: Properties): string | undefined => {
  if (!by) return '';
  const value = properties[by];
  return value === undefined || value === null || value === '' ? undefined : `${value}`.slice(0, 64);
};

const isRule = (rule: TriggerRule): boolean =>
  /^[\w.:-]{1,64}$/.test(rule.id) &&
  !!rule.when.event &&
  !((rule.when.times || 1) > 20) &&
  (!rule.unless || !!rule.unless.event);

/** Counts the event for this rule, and answers for which value the rule is met. */
const judge = (rule: TriggerRule, { name, properties }: TrackEvent, now: number, memory: Memory): string | undefined => {
  const { id, when, unless, on } = rule;
  const value = valueBy(when.by, properties);
  const { times = 1, withinMs = Infinity, where = {} } = when;
  const recent = ([, , ...at]: Count): number[] => at.filter((time) => time <= now && now - time <= withinMs);
  if (unless && name === unless.event) {
    const undone = valueBy(unless.by, properties);
    memory.counts = memory.counts.filter(([rule, of]) => rule !== id || (unless.by && of !== undone));
  }
  if (name === when.event && value !== undefined && Object.keys(where).every((key) => properties[key] === where[key])) {
    const old = memory.counts.find(([rule, of]) => rule === id && of === value);
    const at = (old ? recent(old) : []).concat(now).slice(-times);
    memory.counts = memory.counts.filter((count) => count !== old).concat([[id, value, ...at]]);
  } else if (name !== on) return undefined;
  if (on && name !== on) return undefined;
  const wait = (on && unless && unless.withinMs) || 0;
  const met = memory.counts.filter(
    (count) =>
      count[0] === id &&
      (on || count[1] === value) &&
      (on ? count.length - 2 : recent(count).length) >= times &&
      now - (count[count.length - 1] as number) >= wait,
  );
  const last = met[met.length - 1];
  return last && last[1];
};

const isCool = ({ id, cooldownMs = 86_400_000 }: TriggerRule, now: number, memory: Memory): boolean => {
  const last = memory.fired.find(([rule]) => rule === id);
  // A clock that was set back: the whole time again, rather than once too often or not for years.
  if (last && last[1] > now) last[1] = now;
  return !last || now - last[1] >= Math.max(1000, cooldownMs);
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
    for (const { queue } of pipes()) queue.saveNow();
    if (hashUnit(`trigger:${rule.id}:${who}`) < (rule.holdout || 0)) return tell(false, false);
    tell(true, false);
    const where = `trigger ${rule.id}`;
    const heed = (answer: unknown): void => {
      if (answer === true) take();
    };
    const answer = host.log.guard(where, () => (handlerOf(rule) as TriggerHandler)(properties, take));
    Promise.resolve(answer).then(heed, (error) =>
      host.log.guard(where, () => {
        throw error;
      }),
    );
  };

  const see = (event: TrackEvent, ctx: PluginContext): void => {
    const now = Date.now();
    const before = JSON.stringify(ctx.memory.get() || { counts: [], fired: [] });
    const memory = JSON.parse(before) as Memory;
    for (const rule of rules) {
      const isReady = isCool(rule, now, memory);
      const value = judge(rule, event, now, memory);
      if (value === undefined || !isReady) continue;
      memory.counts = memory.counts.filter(([id, of]) => id !== rule.id || of !== value);
      memory.fired = memory.fired
        .filter(([id]) => id !== rule.id)
        .concat([[rule.id, now]])
        .slice(-MAX_FIRED);
      const { by } = rule.when;
      const properties = Object.assign({}, event.properties, by && { [by]: value });
      // Not within the event that is being taken in.
      void Promise.resolve().then(() => ctx.host.log.guard('trigger', () => fire(rule, properties, ctx)));
    }
    while (JSON.stringify(memory.counts).length > MAX_COUNTS) memory.counts.shift();
    if (JSON.stringify(memory) !== before) ctx.memory.set(memory as unknown as Json);
  };

  return {
    name: 'trigger',
    options,
    setup(given) {
      context = given;
      const { log } = given.host;
      const setRules = (list: readonly TriggerRule[]): void => {
        const isGood = (rule: TriggerRule): boolean => {
          const is = log.guard('setRules', () => isRule(rule) && !!handlerOf(rule));
          if (!is) log.warn(WRONG_RULE, `${Object(rule).id}`, rule);
          return !!is;
        };
        if (!Array.isArray(list)) return log.warn(WRONG_RULE, '', list);
        if (list.length > MAX_RULES) log.warn(WRONG_RULE, `${list.length} > ${MAX_RULES}`);
        rules = list.slice(0, MAX_RULES).filter(isGood);
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
