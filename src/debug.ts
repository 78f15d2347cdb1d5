import { BAD_ENDPOINT, DOMAIN_LIST, INSECURE_ENDPOINT, NO_PAGE_SEEN, PLUGIN_TWICE, WRONG_OPTION } from './codes';
import { checkOptions, checkRules } from './debug/checkOptions';
import { TEXTS } from './debug/texts';
import { topRoute } from './instrument/topRoute';
import type { HttpResponse } from './types/adapter';
import type { Debug } from './types/debug';
import type { HostSource } from './types/host';
import type { TrackerOptions } from './types/options';
import type { Plugin } from './types/plugin';
import { createLog, type Log } from './utils/log';
import { partOf } from './utils/reading';

const LOOK_AFTER_MS = 5000;

/** Where the lines go. */
export interface DebugOptions {
  /**
   * Told instead of the console. `what` is `start`, `event`, `drop`, `answer`, `wait` or `rules`.
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
  readonly host: HostSource;
}

/** What the tracker tells of an answer. */
interface Answered {
  readonly url: string;
  readonly response: HttpResponse;
}

/** The start in one line: version, host, endpoint, plugins. */
const startOf = ({ sdk, options: { adapter, endpoint }, plugins }: Started): object => ({
  sdk,
  platform: adapter.platform,
  endpoint: typeof endpoint === 'object' ? endpoint.url : endpoint,
  plugins: plugins.map(({ name }) => name),
});

const textOf = (code: number): string => {
  const [en, zh] = TEXTS[code] as readonly [string, string];
  return `${zh} ${en}`;
};

const lookAtRules = (rules: unknown, warn: Log['warn']): void => {
  for (const [member, value] of checkRules(rules)) warn(WRONG_OPTION, member, value);
};

/** A part is empty. Only WeChat's functions, whose path is `/`, have an environment without being told one. */
const CLOUD_WITHOUT = /^..cloud:\/\/([^/]*\/(undefined)?\/|(undefined)?\/[^/]*\/.)|^(tt|my)cloud:\/\/(undefined)?\//;

/** Names what a device would refuse and the tools do not, and options that mean nothing. */
const checkStart = ({ options, plugins }: Started, { warn }: Log): void => {
  const { endpoint } = options;
  const url = `${typeof endpoint === 'object' ? endpoint.url : endpoint}`;
  if (/^http:\/\/(?!localhost|127\.)/.test(url)) warn(INSECURE_ENDPOINT, url);
  if (CLOUD_WITHOUT.test(url)) warn(BAD_ENDPOINT, url);
  const way = typeof endpoint === 'object' ? endpoint : {};
  for (const each of [{ name: 'createTracker', options }, { name: 'endpoint', options: way }, ...plugins])
    for (const [option, value] of checkOptions(each)) warn(WRONG_OPTION, option, value);
  for (const { name, options: given } of plugins)
    if (name === 'trigger') lookAtRules((Object(given) as { rules?: unknown }).rules, warn);
};

/** What trackers have been given, by the host that they are on. */
const taken = new WeakMap<HostSource, readonly Plugin[]>();

const lookForTwins = ({ host, plugins }: Started, { warn }: Log): void => {
  const others = taken.get(host) || [];
  plugins.forEach((plugin, place) => {
    const { name } = plugin;
    // By name within a tracker: the preset makes some that may be listed beside it.
    const isSecond = name && plugins.findIndex((each) => each.name === name) < place;
    if (isSecond || others.includes(plugin)) warn(PLUGIN_TWICE, name);
  });
  taken.set(host, others.concat(plugins));
  host.undo.push(() => taken.delete(host));
};

/** Some build tools hide `Page` from the tracker: then a page is on the stack that nobody told of. */
const lookForPages = ({ host }: Started, { warn }: Log): void => {
  let timer: number | undefined;
  let isSeen = !!host.page;
  const look = (): void => {
    if (host.wraps && !isSeen && topRoute()) warn(NO_PAGE_SEEN);
  };
  host.undo.push(
    () => clearTimeout(timer),
    host.on('pageShow', () => {
      isSeen = true;
    }),
    host.on('appShow', () => {
      timer = timer || setTimeout(look, LOOK_AFTER_MS);
    }),
  );
};

/**
 * For development: warnings in words, Chinese and English, and a line for what happens (the start, each event as it
 * leaves, each drop, answer and wait). Without it warnings are numbers, which docs/console.md explains.
 *
 * @example createTracker({ adapter: wechat(), endpoint, debug: debug() })
 */
export const debug = (options?: DebugOptions): Debug => {
  const { note = (what, value = '') => console.log(`[minitrail] ${what}`, value) } = Object(options) as DebugOptions;
  const log = createLog({ explain: textOf, note });
  return {
    explain: textOf,
    // What is told must not keep an event from going its way.
    note: (what, value) =>
      log.guard('debug', () => {
        if (what === 'start') {
          checkStart(value as Started, log);
          lookForPages(value as Started, log);
          lookForTwins(value as Started, log);
        }
        if (what === 'rules') lookAtRules(value, log.warn);
        if (what === 'answer') {
          const { url, response } = value as Answered;
          for (const [member, given] of checkOptions({ name: 'minitrail', options: partOf(`${response.body}`) as object }))
            log.warn(WRONG_OPTION, `answer ${member}`, given);
          // The words of WeChat and Douyin; the adapter of Alipay says the same.
          if (/domain list/.test(`${response.message}`)) log.warn(DOMAIN_LIST, url);
        }
        note(what, what === 'start' ? startOf(value as Started) : value);
      }),
  };
};
