// What the shop asks of WeChat, in one place. Alipay's and Douyin's words for the same are in ../shop-alipay/host.js and
// ../shop-douyin/host.js; all other logic is shared.
module.exports = {
  /** What the simulator (or a third-party platform's `ext.json`) hands to the shop. */
  ext: () => (wx.getExtConfigSync ? wx.getExtConfigSync() : {}),

  /** A stored value; `null` for a key that was never written, where WeChat answers ''. */
  read: (key) => wx.getStorageSync(key) || null,
  write: (key, value) => wx.setStorageSync(key, value),
  remove: (key) => wx.removeStorageSync(key),

  open: (url) => wx.navigateTo({ url }),
  replace: (url) => wx.redirectTo({ url }),
  openTab: (url) => wx.switchTab({ url }),

  /** A page as the card of a share names it. */
  cardPath: (path) => path,

  /** Says that something worked. */
  confirm: (title) => wx.showToast({ title }),
  /** Says something. */
  tell: (title) => wx.showToast({ title, icon: 'none' }),

  /** What a server answers as JSON. */
  readJson: (url) =>
    new Promise((resolve, reject) => {
      const success = ({ statusCode, data }) =>
        statusCode === 200 ? resolve(data) : reject(new Error(`status ${statusCode}`));
      wx.request({ url, success, fail: reject });
    }),

  /** Asks yes or no; `null` when the host could not ask. Buttons hold four characters. */
  ask: ({ title, content, confirm, cancel }) =>
    new Promise((resolve) =>
      wx.showModal({
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
      if (wx.requestSubscribeMessage) wx.requestSubscribeMessage({ tmplIds, complete: resolve });
      else resolve();
    }),

  /** Titles the page on top. */
  setTitle: (title) => wx.setNavigationBarTitle({ title }),
  /** WeChat refuses while a page outside the tab bar is on top; the next tab page asks again. */
  nameTab: (index, text) => wx.setTabBarItem({ index, text, fail() {} }),

  /** How an order is paid unless the customer chooses otherwise; a text of `i18n.js`. */
  payment: 'wechat_pay',
};
