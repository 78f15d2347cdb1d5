import { checkOptions } from './debug/checkOptions';
import { TEXTS } from './debug/texts';
import type { Debug } from './types/debug';

export interface DebugOptions {
  /**
   * Told instead of the console. `what` is `start`, `event`, `answer` or `wait`.
   *
   * @default console.log
   */
  readonly note?: (what: string, value?: unknown) => void;
}

/**
 * For development: warnings in words, Chinese and English, and a line for what happens (the start, each event as it
 * leaves, each answer, each wait). Without it warnings are numbers, which docs/console.md explains.
 *
 * @example createTracker({ …, debug: debug() })
 */
export const debug = ({
  note = (what, value = '') => console.log(`[minitrail] ${what}`, value),
}: DebugOptions = {}): Debug => ({
  explain: (code) => {
    const [en, zh] = TEXTS[code] || ['', ''];
    return `${zh} ${en}`;
  },
  check: checkOptions,
  note,
});
