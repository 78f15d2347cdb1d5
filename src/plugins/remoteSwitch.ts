import { BAD_OPTION } from '../codes';
import type { Format } from '../types/format';
import type { JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';
import { isInSample } from '../utils/isInSample';
import { reading } from '../utils/reading';
import { within } from '../utils/within';

const DAY_MS = 86_400_000;

/** How long an answer holds. */
export interface RemoteSwitchOptions {
  /**
   * How long an answer holds at the most, in milliseconds: 60,000 to 604,800,000. Then all is collected again, and the next
   * answer says anew: a phone that is switched off sends nothing, so that no answer could switch it on.
   *
   * @default 86400000
   */
  readonly holdMs?: number;
}

/** What an answer says. */
interface Rules {
  readonly enabled?: boolean;
  readonly sampleRate?: number;
  readonly disabledEvents?: readonly string[];
}

/** The plugin, and what reads the answers for it. */
export interface RemoteSwitch extends Plugin {
  /** Put it around the format of the endpoint whose answers count: `format: remote.reads(json())`. */
  reads(format: Format): Format;
}

const TESTS: { readonly [Name in keyof Rules]-?: (value: unknown) => boolean } = {
  enabled: (value) => typeof value === 'boolean',
  sampleRate: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  disabledEvents: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
};

/**
 * Lets the endpoint say what is collected, in the JSON body of any answer: `{ "minitrail": { "enabled": false, "sampleRate":
 * 0.1, "disabledEvents": ["tap"] } }`, each where it is wanted. It holds until an answer says otherwise, over launches, and
 * no longer than `holdMs`. `"minitrail": {}` ends it; an answer without the member changes nothing.
 *
 * - `enabled: false` collects nothing more, as without consent. What was captured before is kept and sent.
 * - `sampleRate`, 0 to 1, is decided by the anonymous id, as with `sample()`.
 * - `disabledEvents` are dropped by name, and counted as `filtered`.
 *
 * As with every `enrich`, each event is then taken in at once, and not in a later turn of the loop.
 *
 * @example
 * const remote = remoteSwitch()
 * createTracker({ adapter: wechat(), endpoint: { url: 'https://collect.example.com/v1/events', format: remote.reads(json()) }, plugins: [remote] })
 */
export const remoteSwitch = (options: RemoteSwitchOptions = {}): RemoteSwitch => {
  const { holdMs: given = DAY_MS } = Object(options) as RemoteSwitchOptions;
  const holdMs = within(given, 60_000, 7 * DAY_MS, DAY_MS);
  let rules: () => Rules;
  let answered = (_part: unknown): void => undefined;
  return {
    name: 'remoteSwitch',
    options,
    reads: (format) => reading(format, (part) => answered(part)),
    setup({ gate, memory, onForget, host: { log } }) {
      let held: (Rules & { readonly until?: number }) | undefined;
      if (given !== holdMs) log.warn(BAD_OPTION, 'remoteSwitch.holdMs', given);
      const put = (next: typeof held): void => {
        // What is switched off remembers nothing, this neither.
        held = {};
        memory.set(next as JsonObject);
        held = next;
      };
      rules = () => {
        held = held || (Object(memory.get()) as Rules);
        const left = (held.until as number) - Date.now();
        return left > 0 && left <= holdMs ? held : {};
      };
      answered = (part) => {
        if (typeof part !== 'object') return log.warn(BAD_OPTION, 'remoteSwitch', part);
        const next: Record<string, unknown> = { until: Date.now() + holdMs };
        for (const [name, test] of Object.entries(TESTS)) {
          const value = (Object(part) as Record<string, unknown>)[name];
          if (test(value)) next[name] = value;
          // Some servers write `null` for what is left out.
          else if (value != null) log.warn(BAD_OPTION, `remoteSwitch ${name}`, value);
        }
        put(next);
      };
      // It is about the app and not about the visitor.
      onForget(() => put(held));
      gate((visitor) => {
        const { enabled, sampleRate = 1 } = rules();
        return enabled !== false && isInSample(visitor, sampleRate);
      });
    },
    enrich(event) {
      const { disabledEvents } = rules();
      return disabledEvents && disabledEvents.includes(event.name) ? null : event;
    },
  };
};
