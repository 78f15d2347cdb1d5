// What the shop asks of Alipay, in one place; see ../shop/host.js. Options have other names, the storage takes and gives
// objects, and a failure that nobody handles must not become an unhandled rejection.
const ignore = () => {};

module.exports = {
  /** What the simulator (or a template app's `ext.json`) hands to the shop. */
  ext: () => (my.getExtConfigSync && my.getExtConfigSync()) || {},

  /** A stored value; `null` for a key that was never written. */
  read: (key) => my.getStorageSync({ key }).data || null,
  write: (key, data) => my.setStorageSync({ key, data }),
  remove: (key) => my.removeStorageSync({ key }),

  open: (url) => my.navigateTo({ url }),
  replace: (url) => my.redirectTo({ url }),
  openTab: (url) => my.switchTab({ url }),

  /** A page as the card of a share names it: without the slash. https://opendocs.alipay.com/mini/framework/page-detail */
  cardPath: (path) => path.slice(1),

  /** Says that something worked. */
  confirm: (content) => my.showToast({ content, type: 'success', duration: 1500 }),
  /** Says something. */
  tell: (content) => my.showToast({ content, duration: 1500 }),

  /** What a server answers as JSON. */
  readJson: (url) =>
    new Promise((resolve, reject) => {
      const asked = my.request({ url, success: ({ data }) => resolve(data), fail: reject });
      if (asked && asked.then) asked.then(ignore, ignore);
    }),

  /** Asks yes or no; `null` when the host could not ask. */
  ask: ({ title, content, confirm, cancel }) =>
    new Promise((resolve) => {
      const asked = my.confirm({
        title,
        content,
        confirmButtonText: confirm,
        cancelButtonText: cancel,
        success: (answer) => resolve(answer.confirm),
        fail: () => resolve(null),
      });
      if (asked) asked.then(ignore, ignore);
    }),

  /** Asks leave to send messages by these templates, and resolves whatever came of it. */
  askToSend: (entityIds) =>
    new Promise((resolve) => {
      if (!my.requestSubscribeMessage) return resolve();
      const asked = my.requestSubscribeMessage({ entityIds, complete: resolve });
      if (asked) asked.then(ignore, ignore);
    }),

  /** Titles the page on top. */
  setTitle: (title) => my.setNavigationBar({ title }),
  /** Refused while a page outside the tab bar is on top; the next tab page asks again. */
  nameTab(index, text) {
    const asked = my.setTabBarItem({ index, text, fail: ignore });
    if (asked) asked.then(ignore, ignore);
  },

  /** How an order is paid unless the customer chooses otherwise; a text of `i18n.js`. */
  payment: 'alipay',
};
