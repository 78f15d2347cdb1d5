const host = require('./host');

const ext = host.ext();

/**
 * The share of customers who are shown neither offers nor recommendations, so that what these bring can be measured. The
 * simulator holds nobody out.
 */
const heldOut = typeof ext.heldOut === 'number' ? ext.heldOut : 0.1;
const SHOWN = { shown: 1 - heldOut, held_out: heldOut };

module.exports = {
  // Put the address of your own collector here. On a device each host only sends to listed domains, by https (no port
  // unless listed). WeChat: mp.weixin.qq.com → 开发管理 → 开发设置 → 服务器域名 → request 合法域名; DevTools skips that
  // check while 详情 → 本地设置 → 不校验合法域名 is on, as in project.config.json.
  endpoint: ext.endpoint || 'https://collect.example.com/v1/events',

  // As the package does by itself. The simulator asks for less where a report stands beside it that is watched.
  flushIntervalMs: ext.flushIntervalMs || 15000,

  // The templates of messages that the shop asks leave to send, from your account. WeChat: mp.weixin.qq.com → 订阅消息.
  templates: ['order_shipped'],

  // Your server's answer to what it recommends, as JSON: { "products": [{ "product_id": "…" }] }. Without one, what sells most.
  recommendations: ext.recommendations || '',

  heldOut,
  experiments: { home_title: { picked: 1, popular: 1 }, home_recommended: SHOWN, product_recommended: SHOWN },

  /** Only the simulator asks for it: see `reportCaptured.js`. */
  reportsCaptured: ext.reportCaptured === true,

  /** The language until the customer chooses one on the "me" page. */
  language: ext.lang === 'en' ? 'en' : 'zh',
};
