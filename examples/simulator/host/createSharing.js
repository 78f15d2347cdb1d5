import { formatQuery } from './parseUrl.js';

// https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object
const PROMISE_LIMIT_MS = 3_000;

const isObject = (value) => typeof value === 'object' && value !== null;
const isThenable = (value) => isObject(value) && typeof value.then === 'function';

/**
 * Asks the page what to share, as the host's menu and share buttons do.
 *
 * @param {object} options
 * @param {any} options.thread
 * @param {any} options.router
 * @param {any} options.pages
 * @param {string} options.appName
 * @param {(share: object) => void} options.onShare
 */
export const createSharing = ({ thread, router, pages, appName, onShare }) => {
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
    // Without a handler the menu has no "forward"; a share button still shares the defaults.
    if (!page || (from === 'menu' && !can('onShareAppMessage'))) return null;
    const fields = await resolveFields(pages.call(page, 'onShareAppMessage', { from, target, webViewUrl: undefined }));
    const path = fields.path ? String(fields.path) : currentPath(page);
    const result = {
      title: fields.title ?? appName,
      path: path.startsWith('/') ? path : `/${path}`,
      imageUrl: fields.imageUrl ?? '',
    };
    onShare({ kind: 'message', from, ...result });
    return result;
  };

  const single = (kind, handler) => async () => {
    const page = router.top();
    if (!page || !can(handler)) return null;
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
      share: can('onShareAppMessage'),
      timeline: can('onShareAppMessage') && can('onShareTimeline'),
      favorites: can('onAddToFavorites'),
    }),
  };
};
