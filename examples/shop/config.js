/** What the simulator (or a third-party platform's `ext.json`) hands to the shop. */
const ext = wx.getExtConfigSync ? wx.getExtConfigSync() : {};

module.exports = {
  // Put the address of your own collector here. On a device WeChat only sends to domains listed at
  // mp.weixin.qq.com → 开发管理 → 开发设置 → 服务器域名 → request 合法域名 (https, no port unless listed).
  // DevTools skips that check while 详情 → 本地设置 → 不校验合法域名 is on, as in project.config.json.
  endpoint: ext.endpoint || 'https://collect.example.com/v1/events',

  /** The language until the customer chooses one on the "me" page. */
  language: ext.lang === 'en' ? 'en' : 'zh',
};
