import { WRONG_RULE } from '../codes';
import type { Format } from '../types/format';
import type { JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';
import { reading } from '../utils/reading';
import { type TriggerHandler, type TriggerRule, trigger } from './trigger';

const DAY_MS = 86_400_000;
const MAX_RULES = 20;
const MAX_TIMES = 20;
/** As JSON. Beside what `trigger` remembers within what a plugin may. */
const MAX_LENGTH = 3500;

/** A rule of {@link trigger} as data. */
export interface RemoteRule extends Omit<TriggerRule, 'then'> {
  /** The name of one in `handlers`. */
  readonly then: string;
}

/** What a server says of one visitor. What it leaves out does not hold any more. */
export interface RemoteAnswer {
  /** Up to 20; with the tags, up to 3,500 characters of JSON. */
  readonly rules?: readonly RemoteRule[];
  /** The segments that the visitor is in, for `only: { tags: 'vip' }`. They stay on the phone. */
  readonly tags?: readonly string[];
}

/** What the rules of a server may do. */
export interface RemoteRulesOptions {
  /** By the names that rules have in `then`. */
  readonly handlers: Readonly<Record<string, TriggerHandler>>;
  /** Hold until a server answers others, and again when its answer is a day old. */
  readonly rules?: readonly RemoteRule[];
}

/** An answer with when it came, in milliseconds since 1970. */
interface Held {
  readonly at?: number;
  readonly rules?: readonly RemoteRule[] | undefined;
  readonly tags?: readonly string[] | undefined;
}

const NOTHING: Held = {};

/** The plugin, and what hands it the answers. */
export interface RemoteRules extends Plugin {
  /** Put it around the format of the endpoint whose answers count: `format: remote.reads(json())`. */
  reads(format: Format): Format;
  /** The same by hand: what your own request for rules was answered. */
  take(answer: RemoteAnswer): void;
}

/** Without the members that are `null`: so do some servers write what is left out. */
const withoutNull = <T extends object>(given: T): T => {
  const kept = Object.assign({}, given) as Record<string, unknown>;
  for (const name of Object.keys(kept)) if (kept[name] === null) delete kept[name];
  return kept as T;
};
const isBetween = (value: unknown, min: number, max: number): boolean =>
  value === undefined || (typeof value === 'number' && value >= min && value <= max);
const hasNull = (values: object = {}): boolean => Object.values(values).includes(null);

/** The rule as it is used, or nothing. */
const ruleOf = (given: RemoteRule): RemoteRule | undefined => {
  const rule = withoutNull(given);
  const when = withoutNull(rule.when);
  const unless = rule.unless && withoutNull(rule.unless);
  const isGood =
    rule.id &&
    /^[\w.:-]{1,64}$/.test(rule.id) &&
    when.event &&
    isBetween(when.times, 1, MAX_TIMES) &&
    isBetween(when.withinMs, 0, Infinity) &&
    !hasNull(when.where) &&
    !hasNull(rule.only) &&
    (!unless || (unless.event && isBetween(unless.withinMs, 0, Infinity))) &&
    isBetween(rule.cooldownMs, 0, Infinity) &&
    isBetween(rule.holdout, 0, 1);
  return isGood ? rule : undefined;
};

/**
 * The plugin {@link trigger} with rules and tags that the endpoint says in the JSON body of any answer, as
 * `{ "minitrail": { "rules": […], "tags": ["vip"] } }`. They hold until an answer says otherwise, over launches, and no
 * longer than a day. `"minitrail": {}` ends them; an answer without the member changes nothing.
 *
 * @example
 * const remote = remoteRules({ handlers: { welcome: () => wx.showToast({ title: 'Welcome back' }) } })
 * createTracker({ adapter: wechat(), endpoint: { url: 'https://collect.example.com/v1/events', format: remote.reads(json()) }, plugins: [remote] })
 */
export const remoteRules = (options: RemoteRulesOptions): RemoteRules => {
  const { handlers: named, rules: rulesAtFirst } = Object(options) as RemoteRulesOptions;
  let rules: () => readonly TriggerRule[];
  let take = (_answer: unknown): void => undefined;
  const inner = trigger({
    get rules() {
      return rules();
    },
  });
  return Object.assign({}, inner, {
    options,
    reads: (format) => reading(format, (part) => take(part)),
    take: (answer) => take(answer),
    setup(context) {
      const { memory, onForget, facts, host } = context;
      const { log } = host;
      // Without the names that every object has.
      const handlers: Record<string, TriggerHandler | undefined> = Object.assign(Object.create(null), named);
      let held: Held | undefined;
      let used: Held | undefined;
      let usable: readonly TriggerRule[];

      const current = (): Held => {
        held = held || ((Object(memory.get()) as { readonly remote?: Held }).remote ?? NOTHING);
        const age = Date.now() - (held.at as number);
        return age >= 0 && age < DAY_MS ? held : NOTHING;
      };
      const use = (given: RemoteRule, index: number): TriggerRule | undefined => {
        const rule = ruleOf(given);
        const then = rule && handlers[rule.then];
        if (then && index < MAX_RULES) return Object.assign({}, rule, { then });
        log.warn(WRONG_RULE, `${Object(given).id}`, given);
        return undefined;
      };
      rules = () => {
        const now = current();
        if (used !== now)
          usable = ([] as readonly RemoteRule[])
            .concat(now.rules || rulesAtFirst || [])
            .map(use)
            .filter(Boolean) as readonly TriggerRule[];
        used = now;
        return usable;
      };
      const accept = (answer: unknown): void => {
        const { rules: list, tags } = Object(answer) as RemoteAnswer;
        log.note('rules', list);
        const isGood = (!list || Array.isArray(list)) && JSON.stringify([list, tags]).length <= MAX_LENGTH;
        if (!isGood) return log.warn(WRONG_RULE, 'answer', answer);
        held = { at: Date.now(), rules: list, tags };
        memory.set(Object.assign({}, memory.get(), { remote: held }) as JsonObject);
        rules();
      };
      // The app may hand in what JSON does not know.
      take = (answer) => log.guard('remoteRules', () => accept(answer));
      onForget(() => {
        held = undefined;
      });
      return (inner.setup as NonNullable<Plugin['setup']>)(
        Object.assign({}, context, {
          facts: () => JSON.stringify(Object.assign(JSON.parse(facts()), { tags: current().tags })),
        }),
      );
    },
  } satisfies Partial<RemoteRules>);
};
