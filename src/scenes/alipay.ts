import type { Scenes } from '../types/scene';

/**
 * Alipay's scene codes with a group, labels in Chinese and English, and where each was found. For servers and
 * dashboards: an app ships `alipayGroups` instead, which is generated from this (`npm run scenes`).
 *
 * `alipay-open-docs`: https://opendocs.alipay.com/mini/framework/scene, in github.com/AlipayDocs/open-docs. Groups are
 * ours. A code is a string: `0000` is one.
 */
export const alipayScenes: Scenes = {
  '0000': { label_zh: '其他渠道', label_en: 'other channel', group: 'other', source: ['alipay-open-docs@2026-02-24'] },
  '1000': { label_zh: '首页十二宫格及更多', label_en: 'home grid & more', group: 'recent', source: ['alipay-open-docs@2026-02-24'] },
  '1002': { label_zh: '我的小程序入口', label_en: 'my mini-programs entry', group: 'recent', source: ['alipay-open-docs@2026-02-24'] },
  '1003': { label_zh: '支付宝客户端首页', label_en: 'Alipay client home', group: 'home', source: ['alipay-open-docs@2026-02-24'] },
  '1005': { label_zh: '支付宝首页、消息 tab 顶部搜索框的搜索结果页', label_en: 'top search result', group: 'search', source: ['alipay-open-docs@2026-02-24'] },
  '1007': { label_zh: '单人聊天会话中的小程序消息卡片（分享）', label_en: '1:1 chat card (share)', group: 'chat_share', source: ['alipay-open-docs@2026-02-24'] },
  '1011': { label_zh: '扫描二维码', label_en: 'scan QR', group: 'scan', source: ['alipay-open-docs@2026-02-24'] },
  '1014': { label_zh: '小程序商家消息（服务提醒）', label_en: 'merchant message', group: 'message', source: ['alipay-open-docs@2026-02-24'] },
  '1020': { label_zh: '生活号 profile 页相关小程序列表', label_en: 'lifestyle-account profile list', group: 'official_account', source: ['alipay-open-docs@2026-02-24'] },
  '1023': { label_zh: '系统桌面图标', label_en: 'desktop icon', group: 'desktop', source: ['alipay-open-docs@2026-02-24'] },
  '1037': { label_zh: '小程序打开小程序', label_en: 'opened by mini-program', group: 'mini_program', source: ['alipay-open-docs@2026-02-24'] },
  '1038': { label_zh: '从另一个小程序返回', label_en: 'returned from mini-program', group: 'mini_program_back', source: ['alipay-open-docs@2026-02-24'] },
  '1090': { label_zh: '长按小程序右上角菜单唤出最近使用历史', label_en: 'long-press capsule recent', group: 'recent', source: ['alipay-open-docs git history <=2023'], deprecated: true },
  '1200': { label_zh: '市民中心（原城市服务频道）', label_en: 'citizen centre', group: 'service', source: ['alipay-open-docs@2026-02-24'] },
  '1201': { label_zh: '芝麻信用频道', label_en: 'Zhima credit channel', group: 'service', source: ['alipay-open-docs@2026-02-24'] },
  '1202': { label_zh: '出行（原车主服务频道）', label_en: 'travel channel', group: 'service', source: ['alipay-open-docs@2026-02-24'] },
  '1205': { label_zh: '支付宝就业小程序', label_en: 'Alipay jobs mini-program', group: 'service', source: ['alipay-open-docs@2026-02-24'] },
  '1208': { label_zh: '支付宝学生特惠小程序', label_en: 'student offers mini-program', group: 'service', source: ['alipay-open-docs@2026-02-24'] },
  '1209': { label_zh: '支付宝会员频道', label_en: 'membership channel', group: 'service', source: ['alipay-open-docs@2026-02-24'] },
  '1300': { label_zh: '第三方 APP 打开（链接带 chInfo=ch_orderCenter）', label_en: 'third-party app, link carries chInfo', group: 'app', source: ['alipay-open-docs@2026-02-24'] },
  '1305': { label_zh: '支付宝 push 消息（同 1014）', label_en: 'push message (same as 1014)', group: 'message', source: ['alipay-open-docs@2026-02-24'] },
  '1400': { label_zh: '付费流量（商家数字推广平台、灯火等投放的广告）', label_en: 'paid traffic / ad', group: 'ad', source: ['alipay-open-docs@2026-02-24'] },
  '1401': { label_zh: '卡包', label_en: 'card package', group: 'card_coupon', source: ['alipay-open-docs@2026-02-24'] },
  '1402': { label_zh: '支付宝客户端「我的」', label_en: 'Alipay client "Mine" tab', group: 'recent', source: ['alipay-open-docs git history <=2023'], deprecated: true },
  '1403': { label_zh: '支付成功页', label_en: 'payment success page', group: 'wallet', source: ['alipay-open-docs@2026-02-24'] },
};
