// For web pages that a mini-program opens in its <web-view>: the only file of the package that runs in a browser.
declare const location: { readonly href: string };
declare const history: { readonly state: unknown; replaceState(state: unknown, title: string, url: string): void };

/** Who opened the page, as the mini-program's events name them. */
export interface WebviewVisitor {
  /** The `anonymous_id` of the mini-program's events. */
  readonly anonymousId: string;
  /** Their `session_id` when the page was opened. */
  readonly sessionId: string;
  /** `wechat`, `alipay`, `douyin`. */
  readonly platform: string;
}

/** Where the visitor is read from. */
export interface ReadVisitorOptions {
  /**
   * An address that carries the visitor.
   *
   * @default location.href
   */
  readonly url?: string;
  /**
   * Takes the visitor out of the address (`history.replaceState`), so that no shared or copied link carries it. Leave it
   * off on pages that sign their address for `wx.config`: on iOS, WeChat checks the one that the page was opened with.
   *
   * @default false
   */
  readonly clean?: boolean;
}

/**
 * The visitor that `tracker.decorateUrl(url)` put on this page's address; `undefined` when there is none, as in any other
 * browser. Call it once, before the page's own analytics start.
 *
 * @example
 * const visitor = readVisitor({ clean: true })
 * posthog.init('phc_KEY', { bootstrap: visitor && { distinctID: visitor.anonymousId } })
 */
export const readVisitor = ({ url = location.href, clean }: ReadVisitorOptions = {}): WebviewVisitor | undefined => {
  const [address] = url.split('#') as [string];
  const found: Record<string, string> = {};
  // Only what the tracker writes: anybody can write an address.
  const rest = address.replace(/([?&])mt_(visitor|session|platform)=([\w.~-]{1,128})(?=&|$)/g, (_, mark, name, value) => {
    found[name] = value;
    return mark;
  });
  const { visitor: anonymousId, session: sessionId = '', platform = '' } = found;
  if (!anonymousId) return;
  if (clean) {
    const tidy = rest.replace(/[?&]+$/, '').replace(/([?&])&+/g, '$1');
    history.replaceState(history.state, '', tidy + url.slice(address.length));
  }
  return { anonymousId, sessionId, platform };
};
