import { INSECURE_ENDPOINT } from './codes';
import { TEXTS } from './debug/texts';
import type { Debug } from './types/debug';

export interface DebugOptions {
  /**
   * Told instead of the console. `what` is `start`, `event`, `drop`, `answer` or `wait`.
   *
   * @default console.log
   */
  readonly note?: (what: string, value?: unknown) => void;
}

const textOf = (code: number): string => {
  const [en, zh] = TEXTS[code] || ['', ''];
  return `${zh} ${en}`;
};

/** What a device would refuse and the tools do not. */
const checkStart = ({ endpoint }: { readonly endpoint?: string | { readonly url?: string } }): void => {
  const url = `${endpoint && typeof endpoint === 'object' ? endpoint.url : endpoint}`;
  if (/^http:\/\/(?!localhost|127\.)/.test(url))
    console.warn(`[minitrail] E${INSECURE_ENDPOINT} ${url}: ${textOf(INSECURE_ENDPOINT)}`);
};

/**
 * For development: warnings in words, Chinese and English, and a line for what happens (the start, each event as it
 * leaves, each drop, answer and wait). Without it warnings are numbers, which docs/console.md explains.
 *
 * @example createTracker({ …, debug: debug() })
 */
export const debug = ({
  note = (what, value = '') => console.log(`[minitrail] ${what}`, value),
}: DebugOptions = {}): Debug => ({
  explain: textOf,
  note(what, value) {
    if (what === 'start') checkStart(Object(value));
    note(what, value);
  },
});
