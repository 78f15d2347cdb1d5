// What the shop asks of Douyin, in one place; see ../shop/host.js.
module.exports = {
  /** What the simulator (or a third-party platform's `ext.json`) hands to the shop. */
  ext: () => (tt.getExtConfigSync ? tt.getExtConfigSync() : {}),

  /** A stored value; `null` for a key that was never written, where Douyin answers ''. */
  read: (key) => tt.getStorageSync(key) || null,
  write: (key, value) => tt.setStorageSync(key, value),
  remove: (key) => tt.removeStorageSync(key),

  open: (url) => tt.navigateTo({ url }),
  replace: (url) => tt.redirectTo({ url }),
  openTab: (url) => tt.switchTab({ url }),

  /** A page as the card of a share names it. */
  cardPath: (path) => path,

  /** Says that something worked. */
  confirm: (title) => tt.showToast({ title }),
  /** Says something. */
  tell: (title) => tt.showToast({ title, icon: 'none' }),

  /** What a server answers as JSON. */
  readJson: (url) =>
    new Promise((resolve, reject) => {
      const success = ({ statusCode, data }) =>
        statusCode === 200 ? resolve(data) : reject(new Error(`status ${statusCode}`));
      tt.request({ url, success, fail: reject });
    }),

  /** Asks yes or no; `null` when the host could not ask. */
  ask: ({ title, content, confirm, cancel }) =>
    new Promise((resolve) =>
      tt.showModal({
        title,
        content,
        confirmText: confirm,
        cancelText: cancel,
        success: (answer) => resolve(answer.confirm),
        fail: () => resolve(null),
      }),
    ),

  /** Asks leave to send messages by these templates, and resolves whatever came of it. */
  askToSend: (tmplIds) =>
    new Promise((resolve) => {
      if (tt.requestSubscribeMessage) tt.requestSubscribeMessage({ tmplIds, complete: resolve });
      else resolve();
    }),

  /** Titles the page on top. */
  setTitle: (title) => tt.setNavigationBarTitle({ title }),
  /** Refused while a page outside the tab bar is on top; the next tab page asks again. */
  nameTab: (index, text) => tt.setTabBarItem({ index, text, fail() {} }),

  /** How an order is paid unless the customer chooses otherwise; a text of `i18n.js`. */
  payment: 'douyin_pay',
};
