import { BAD_OPTION } from './codes';
import type { Limits } from './createCore';
import type { TrackerOptions } from './types/options';
import type { Plugin, PluginList } from './types/plugin';
import type { Log } from './utils/log';

const DAY_MS = 86_400_000;
// A longer timer fires at once. https://developer.mozilla.org/docs/Web/API/Window/setTimeout#maximum_delay_value
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The default, the least and the most of each limit. */
const LIMITS: { readonly [Name in keyof Limits]: readonly [number, number, number] } = {
  flushAt: [30, 1, 1000],
  flushIntervalMs: [15_000, 0, MAX_TIMER_MS],
  maxEvents: [2000, 10, 10_000],
  maxBytes: [2 ** 20, 1000, 2 ** 22],
  maxAgeMs: [7 * DAY_MS, 1000, 30 * DAY_MS],
  maxEventBytes: [2 ** 15, 100, 3 * 2 ** 14],
};

/** The limits, each within its range: at most the most, and the default for what is no number or below the least. `undefined` is the default, whatever the caller's compiler allows. */
export const limitsOf = (options: TrackerOptions, log: Log): Limits => {
  const limits = {} as { -readonly [Name in keyof Limits]: number };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const [usual, least, most] = LIMITS[name];
    const given = options[name];
    limits[name] = typeof given === 'number' && given >= least ? Math.min(most, given) : usual;
    if (given !== undefined && given !== limits[name]) log.warn(BAD_OPTION, name, given);
  }
  return limits;
};

/** A list of plugins without its nesting and its falsy entries. A function among them was not called. */
export const flatten = (list: PluginList | undefined): readonly Plugin[] =>
  ([] as Plugin[]).concat(
    ...([] as readonly unknown[])
      .concat(list || [])
      // Holes as well: a comma too many leaves one.
      .filter(Boolean)
      .map((item) => (Array.isArray(item) ? flatten(item) : (item as Plugin))),
  );
