import { INSECURE_ENDPOINT, WRONG_OPTION } from './codes';
import { checkOptions } from './debug/checkOptions';
import { TEXTS } from './debug/texts';
import type { Debug } from './types/debug';
import type { Plugin } from './types/plugin';
import type { TrackerOptions } from './types/tracker';

export interface DebugOptions {
  /**
   * Told instead of the console. `what` is `start`, `event`, `drop`, `answer` or `wait`.
   *
   * @default console.log
   */
  readonly note?: (what: string, value?: unknown) => void;
}

/** What the tracker tells at its start. */
interface Started {
  readonly sdk: string;
  readonly options: TrackerOptions;
  readonly plugins: readonly Plugin[];
}

/** The start in one line: version, host, endpoint, plugins. */
const startOf = ({ sdk, options: { adapter, endpoint }, plugins }: Started): object => ({
  sdk,
  platform: adapter.platform,
  endpoint: typeof endpoint === 'object' ? endpoint.url : endpoint,
  plugins: plugins.map(({ name }) => name),
});

const textOf = (code: number): string => {
  const [en, zh] = TEXTS[code] || ['', ''];
  return `${zh} ${en}`;
};

const warn = (code: number, subject: string, value: unknown = ''): void =>
  console.warn(`[minitrail] E${code} ${subject}: ${textOf(code)}`, value);

/** Names what a device would refuse and the tools do not, and options that mean nothing. */
const checkStart = ({ options, plugins }: Started): void => {
  const { endpoint } = options;
  const url = `${typeof endpoint === 'object' ? endpoint.url : endpoint}`;
  if (/^http:\/\/(?!localhost|127\.)/.test(url)) warn(INSECURE_ENDPOINT, url);
  for (const each of [{ name: 'createTracker', options }, ...plugins])
    for (const [option, value] of checkOptions(each)) warn(WRONG_OPTION, option, value);
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
    if (what === 'start') checkStart(value as Started);
    note(what, what === 'start' ? startOf(value as Started) : value);
  },
});
