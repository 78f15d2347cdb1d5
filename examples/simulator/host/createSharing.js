import { formatQuery } from './parseUrl.js';

// https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object
const PROMISE_LIMIT_MS = 3_000;

const isObject = (value) => typeof value === 'object' && value !== null;
const isThenable = (value) => isObject(value) && typeof value.then === 'function';

/**
 * Asks the page what to share, as the host's menu and share buttons do.
 *
 * @typedef {object} SharingRules
 * @property {boolean} [offersTimeline] and favourites
 * @property {(on: { hasHandler: boolean }) => boolean} offersMenu whether the menu has "forward"
 * @property {(by: { from: string, target?: object }) => object} argument of onShareAppMessage
 * @property {boolean} [asksApp] a page without onShareAppMessage has the app's
 * @property {boolean} [needsObject] a handler that returns none shares nothing
 * @property {(path: { current: string, home: string, hasHandler: boolean }) => string} defaultPath of a card whose path nobody named
 * @property {object} [told] what the card's own `success` hears
 *
 * @param {object} options
 * @param {SharingRules} options.rules
 * @param {() => any} options.getApp
 * @param {string} options.home path of the home page
 * @param {(value: any) => any} options.toApp
 * @param {any} options.thread
 * @param {any} options.router
 * @param {any} options.pages
 * @param {string} options.appName
 * @param {(share: object) => void} options.onShare
 */
export const createSharing = ({ rules, thread, router, pages, getApp, home, appName, toApp, onShare }) => {
  const can = (name) => typeof router.top()?.caller[name] === 'function';

  /** The answer of a promise if it comes in time, else nothing. */
  const inTime = (promise) =>
    new Promise((resolve) => {
      const cancel = thread.after(PROMISE_LIMIT_MS, () => resolve(undefined));
      promise.then(
        (value) => {
          cancel();
          resolve(value);
        },
        () => {
          cancel();
          resolve(undefined); // the app's promise failed: its synchronous fields are what it has
        },
      );
    });

  /** An async handler is awaited; a `promise` field replaces the fields beside it. */
  const resolveFields = async (returned) => {
    const answer = isThenable(returned) ? await inTime(returned) : returned;
    const fields = isObject(answer) ? answer : {};
    const late = isThenable(fields.promise) ? await inTime(fields.promise) : undefined;
    return { ...fields, ...(isObject(late) ? late : {}) };
  };

  const currentPath = (page) => {
    const query = formatQuery(page.query);
    return `/${page.path}${query ? `?${query}` : ''}`;
  };

  /**
   * @param {{ from?: 'menu' | 'button', target?: object }} [options]
   * @returns {Promise<{ title: string, path: string, imageUrl: string } | null>} null when the menu has no such entry
   */
  const share = async ({ from = 'menu', target } = {}) => {
    const page = router.top();
    const hasHandler = can('onShareAppMessage');
    if (!page || (from === 'menu' && !rules.offersMenu({ hasHandler }))) return null;
    const argument = rules.argument({ from, target });
    const app = getApp();
    const returned =
      !hasHandler && rules.asksApp
        ? thread.run(app?.onShareAppMessage, app, [argument])
        : pages.call(page, 'onShareAppMessage', argument);
    if (rules.needsObject && (hasHandler || app?.onShareAppMessage) && !isObject(returned)) return null;
    const fields = await resolveFields(returned);
    const path = fields.path
      ? String(fields.path)
      : rules.defaultPath({ current: currentPath(page), home: `/${home}`, hasHandler });
    const result = {
      title: fields.title ?? appName,
      path: path.startsWith('/') ? path : `/${path}`,
      imageUrl: fields.imageUrl ?? '',
    };
    onShare({ kind: 'message', from, ...result });
    if (rules.told) thread.post(fields.success, toApp(rules.told));
    return result;
  };

  const single = (kind, handler) => async () => {
    const page = router.top();
    if (!page || !rules.offersTimeline || !can(handler)) return null;
    const fields = await resolveFields(pages.call(page, handler, { webViewUrl: undefined }));
    const query = String(fields.query ?? formatQuery(page.query)).replace(/^\?/, '');
    const path = `/${page.path}${query ? `?${query}` : ''}`;
    const result = { title: fields.title ?? appName, path, query, imageUrl: fields.imageUrl ?? '' };
    onShare({ kind, from: 'menu', ...result });
    return result;
  };

  const timeline = single('timeline', 'onShareTimeline');

  return {
    share,
    // WeChat offers the timeline only where forwarding is offered too.
    shareTimeline: () => (can('onShareAppMessage') ? timeline() : Promise.resolve(null)),
    addToFavorites: single('favorites', 'onAddToFavorites'),
    /** What the “…” menu of the current page offers. */
    menu: () => ({
      share: rules.offersMenu({ hasHandler: can('onShareAppMessage') }),
      timeline: Boolean(rules.offersTimeline) && can('onShareAppMessage') && can('onShareTimeline'),
      favorites: Boolean(rules.offersTimeline) && can('onAddToFavorites'),
    }),
  };
};
