import { putQuery } from '../share/putQuery';
import type { Plugin, PluginMethods } from '../types/plugin';

/**
 * Adds `decorateUrl(url)` to the tracker: it carries visitor and session into a page of yours in a `web-view`; there,
 * `readVisitor()` of `minitrail/webview` reads them. Without consent the URL comes back as it was. Whoever gets the
 * decorated URL counts as this visitor, so do not put it into a share.
 *
 * @example Page({ onLoad() { this.setData({ src: tracker.decorateUrl('https://m.example.com/help') }) } })
 */
export const webviewLink = (): Plugin<Pick<PluginMethods, 'decorateUrl'>> => ({
  name: 'webviewLink',
  setup({ host, platform, visitor, session, consent, expose }) {
    const decorate = (url: string): string =>
      putQuery(url, { mt_visitor: encodeURIComponent(visitor()), mt_session: session(), mt_platform: platform });
    expose({
      decorateUrl: (url: string) =>
        (consent() === 'granted' && url !== '' && host.log.guard('decorateUrl', () => decorate(url))) || url,
    });
  },
});
