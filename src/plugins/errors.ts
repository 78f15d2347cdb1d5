import { topRoute } from '../instrument/topRoute';
import { EVENT_APP_ERROR, EVENT_PAGE_NOT_FOUND } from '../semantic';
import type { Properties } from '../types/event';
import type { Unsubscribe } from '../types/host';
import type { Plugin } from '../types/plugin';
import { oncePer } from '../utils/oncePer';

const MAX_MESSAGE = 500;
const MAX_STACK = 2000;

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

/**
 * Tracks what goes wrong, each thing once a session.
 *
 * - `app_error`: `kind` (`error`, or `unhandled_rejection` of a promise), `name` (`TypeError`, …), `message` (500
 *   characters), `stack` (2,000), `page_path`.
 * - `page_not_found`: `path`, `query`, `is_entry` (it was to be the first page of this launch).
 *
 * By the listeners of the host, so that an app without `onError` stays one. A listener for missing pages takes the place
 * of the host's own "page not found", so it is added only when the app has an `App.onPageNotFound`; WeChat 3.5.5 and
 * later tell of missing pages in any app.
 */
export const errors = ({ max = 20, exclude = [] }: ErrorsOptions = {}): Plugin => ({
  name: 'errors',
  setup({ host, api, track, session }) {
    const isNew = oncePer(session, max);
    const stops: Unsubscribe[] = [];
    let app: ReturnType<NonNullable<typeof getApp>>;

    const report = (event: string, what: string, properties: Properties): void => {
      if (isNew(event + what)) track(event, properties);
    };
    const fail = (kind: string, thrown: unknown, trace?: unknown): void => {
      const { name, message, errMsg, errorMessage, stack = trace } = Object(thrown) as Record<string, unknown>;
      // WeChat and Douyin tell kind, message and stack in one text, each in lines of its own.
      const text = String(message || errMsg || errorMessage || thrown).replace(/^\w+\n/, '');
      const [first = '', ...rest] = text.split('\n');
      const all = `${text}\n${stack || ''}`;
      if (exclude.some((each) => (typeof each === 'string' ? all.includes(each) : all.search(each) >= 0))) return;
      report(EVENT_APP_ERROR, all.slice(0, MAX_STACK), {
        kind,
        name: name || (/\b\w*Error\b/.exec(all) || [])[0],
        message: first.slice(0, MAX_MESSAGE),
        stack: String(stack || rest.join('\n')).slice(0, MAX_STACK) || undefined,
        page_path: topRoute(),
      });
    };
    const miss = ({ path, query, isEntryPage }: Missing): void =>
      report(EVENT_PAGE_NOT_FOUND, `${path}`, { path, query, is_entry: isEntryPage });

    const listen = <Args extends readonly unknown[]>(event: string, heard: (...args: Args) => void): void => {
      let listening = true;
      const listener = (...args: Args): void => {
        if (listening) host.log.guard('errors', () => heard(...args));
      };
      const call = (verb: string): void => {
        const own = (api as Record<string, ((listener: unknown) => void) | undefined>)[verb + event];
        if (own) host.log.guard(verb + event, () => own.call(api, listener));
      };
      call('on');
      stops.push(() => {
        // Not every host takes a listener back.
        listening = false;
        call('off');
      });
    };
    listen('Error', (thrown: unknown, stack: unknown) => fail('error', thrown, stack));
    listen('UnhandledRejection', ({ reason }: { readonly reason?: unknown }) => fail('unhandled_rejection', reason));
    // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-route/wx.onAppRoute.html
    listen('AppRoute', (route: Missing) => route.notFound && miss(route));
    stops.push(
      host.on('appShow', () => {
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
