import { jsonOf } from '../capture/snapshot';
import { topRoute } from '../instrument/topRoute';
import { EVENT_APP_ERROR, EVENT_PAGE_NOT_FOUND } from '../semantic';
import type { Properties } from '../types/event';
import type { Unsubscribe } from '../types/host';
import type { Plugin } from '../types/plugin';
import { cut } from '../utils/cut';
import { listOf } from '../utils/listOf';
import { oncePer } from '../utils/oncePer';
import { within } from '../utils/within';

const MAX_MESSAGE = 500;
const MAX_STACK = 2000;
// The query of a URL or of a page's path, up to the line and column that may follow it in a stack.
const QUERY = /(?:(:\/\/[^\s?#'"]*)[?#]|\?[^\s?=]+=)[^\s'"]*?(?=(?::\d+)*\)?(?:[\s'"]|$))/g;

/** Which errors are told, and how many. */
export interface ErrorsOptions {
  /**
   * How many events a session may have.
   *
   * @default 20
   */
  readonly max?: number;
  /**
   * Errors to leave out: a text that message or stack contain, or a pattern that matches there.
   *
   * @example ['webviewScriptError', /^request:fail/]
   */
  readonly exclude?: readonly (string | RegExp)[];
}

/** Where a page was looked for that is not there, as all hosts tell it. */
interface Missing {
  readonly path?: string;
  readonly query?: object;
  readonly isEntryPage?: boolean;
  /** Of `wx.onAppRoute`. */
  readonly notFound?: boolean;
}

declare const getApp: (() => { readonly onPageNotFound?: unknown } | undefined) | undefined;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** All that can be said of what was thrown, which may be anything. */
const contentOf = (thrown: unknown): string => {
  try {
    // Bounded: an object of the app may be connected to all others.
    const isJson = !!thrown && typeof thrown === 'object' && !(thrown instanceof Error);
    return (isJson && jsonOf(thrown, () => undefined)) || String(thrown);
  } catch {
    // An object with a getter of its own that throws.
    return Object.prototype.toString.call(thrown);
  }
};

/**
 * Tracks what goes wrong, each thing once a session.
 *
 * - `app_error`: `kind` (`error`, or `unhandled_rejection` of a promise), `name` (`TypeError`, …), `message` (500
 *   characters; of what is no error its JSON), `stack` (2,000), `page_path`. URLs in message and stack lose their query.
 * - `page_not_found`: `path`, `query`, `is_entry` (it was to be the first page of this launch).
 *
 * By the listeners of the host, so that an app without `onError` stays one. A listener for missing pages takes the place
 * of the host's own "page not found", so it is added only when the app has an `App.onPageNotFound`; WeChat 3.5.5 and
 * later tell of missing pages in any app.
 */
export const errors = (options: ErrorsOptions = {}): Plugin => ({
  name: 'errors',
  options,
  setup({ host, api, track, session }) {
    const exclude = listOf(options.exclude);
    const isNew = oncePer(session, within(options.max, 0, Infinity, 20));
    const stops: Unsubscribe[] = [];
    const renew: (() => void)[] = [];
    let app: ReturnType<NonNullable<typeof getApp>>;

    const report = (event: string, what: string, properties: Properties): void => {
      if (isNew(event + what)) track(event, properties);
    };
    const fail = (kind: string, thrown: unknown, trace?: unknown): void => {
      const { name, message, errMsg, errorMessage, stack = trace } = Object(thrown) as Record<string, unknown>;
      const content = contentOf(thrown);
      // WeChat and Douyin tell kind, message and stack in one text, each in lines of its own.
      const text = (textOf(message) || textOf(errMsg) || textOf(errorMessage) || content).replace(/^\w+\n/, '');
      const [first, ...rest] = text.split('\n') as [string, ...string[]];
      const all = `${text}\n${textOf(stack)}`;
      if (exclude.some((each) => (each instanceof RegExp ? all.search(each) >= 0 : all.includes(`${each}`)))) return;
      const tidy = (part: string, max: number): string => cut(part.slice(0, 2 * max).replace(QUERY, '$1'), max);
      report(EVENT_APP_ERROR, `${all}\n${content}`.slice(0, 2 * MAX_STACK), {
        kind,
        name: textOf(name) || (/\b\w*Error\b/.exec(all) || [])[0],
        message: tidy(first, MAX_MESSAGE),
        stack: tidy(textOf(stack) || rest.join('\n'), MAX_STACK) || undefined,
        page_path: topRoute(),
      });
    };
    const miss = (missing: unknown): void => {
      const { path, query, isEntryPage } = Object(missing) as Missing;
      // A link that was encoded once too often has its query in the path.
      const bare = textOf(path).replace(/(\?|%3f).*/i, '');
      report(EVENT_PAGE_NOT_FOUND, bare, { path: bare || undefined, query, is_entry: isEntryPage });
    };

    const listen = (event: string, heard: (...args: readonly unknown[]) => void): void => {
      const listener = (...args: readonly unknown[]): void => host.log.guard('errors', () => heard(...args));
      const call = (verb: string): void => {
        const own = (api as Record<string, ((listener: unknown) => void) | undefined>)[verb + event];
        if (own) host.log.guard(verb + event, () => own.call(api, listener));
      };
      call('on');
      // Code of the app may take all listeners off (`wx.offError()`).
      if (`off${event}` in api)
        renew.push(() => {
          call('off');
          call('on');
        });
      // Not every host takes a listener back; a tracker that was destroyed takes nothing in.
      stops.push(() => call('off'));
    };
    listen('Error', (thrown, stack) => fail('error', thrown, stack));
    listen('UnhandledRejection', (event) => fail('unhandled_rejection', Object(event).reason));
    // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-route/wx.onAppRoute.html
    listen('AppRoute', (route) => {
      if (Object(route).notFound) miss(route);
    });
    stops.push(
      host.on('appShow', () => {
        for (const each of renew) each();
        if (app) return;
        app = typeof getApp === 'function' ? getApp() : undefined;
        // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onPageNotFound.html
        // https://opendocs.alipay.com/mini/01zdng
        if (app && app.onPageNotFound) listen('PageNotFound', miss);
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  },
});
