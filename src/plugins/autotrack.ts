import type { Plugin, PluginMethods } from '../types/plugin';
import { appLifecycle } from './appLifecycle';
import { errors } from './errors';
import { exposure } from './exposure';
import { favorite } from './favorite';
import { launchSource } from './launchSource';
import { pageInteraction } from './pageInteraction';
import { pageLeave } from './pageLeave';
import { pageView } from './pageView';
import { performance } from './performance';
import { share } from './share';
import { subscribeMessage } from './subscribeMessage';
import { tap } from './tap';

// In the order of their setup: a source and a session begin before the events that belong to them.
const PLUGINS = {
  /** Where the visitor comes from: channel group, utm, ad ids, QR code; and sessions. */
  launchSource,
  /** `app_launch`, `app_show`, and `app_hide` with the time in the foreground. */
  appLifecycle,
  /** `page_view` each time a page is shown. */
  pageView,
  /** `page_leave` with the time in sight. */
  pageLeave,
  /** `tap`: element, dataset, handler, position. */
  tap,
  /** `share` and `share_open`: who brought whom. */
  share,
  /** `exposure`: elements that were really seen. */
  exposure,
  /** `pull_down_refresh`, `reach_bottom`, `tab_tap`, `page_scroll`. */
  pageInteraction,
  /** `favorite`: pages that were kept. */
  favorite,
  /** `app_error` and `page_not_found`. */
  errors,
  /** `page_performance` and `slow_request`. */
  performance,
  /** `subscribe_message`: asked, accepted, rejected, opened. */
  subscribeMessage,
};

type Table = typeof PLUGINS;

/**
 * Each plugin by its name: `true`, or that plugin's options. Left out are off. The names: `launchSource`, `appLifecycle`,
 * `pageView`, `pageLeave`, `tap`, `share`, `exposure`, `pageInteraction`, `favorite`, `errors`, `performance`,
 * `subscribeMessage`.
 */
export type AutotrackOptions = { readonly [Name in keyof Table]?: boolean | NonNullable<Parameters<Table[Name]>[0]> };

/**
 * The preset: plugins by name. It brings the code of all of them; an app that counts bytes lists the plugins it needs
 * instead.
 *
 * @example autotrack({ appLifecycle: true, pageView: true, tap: { exclude: ['pages/pay/index'] } })
 */
export const autotrack = (options: AutotrackOptions): readonly Plugin<Partial<Pick<PluginMethods, 'shareToken'>>>[] => {
  const given = Object(options) as Readonly<Record<string, object | boolean | undefined>>;
  const names = Object.keys(PLUGINS);
  return (
    names
      // A name that none has does nothing, of which the tracker warns.
      .concat(Object.keys(given).filter((name) => !names.includes(name)))
      .filter((name) => given[name])
      .map((name) =>
        names.includes(name) ? (PLUGINS[name as keyof Table] as (options: object) => Plugin)(Object(given[name])) : { name },
      )
  );
};
