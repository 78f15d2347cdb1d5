const zh = {
  share: '转发给朋友',
  timeline: '分享到朋友圈',
  favorites: '收藏',
  cancel: '取消',
  confirm: '确定',
  back: '返回',
  home: '首页',
  more: '更多',
  close: '关闭',
  subscribe: '允许发送以下消息',
  allow: '允许',
  refuse: '拒绝',
};

const en = {
  share: 'Forward',
  timeline: 'Moments',
  favorites: 'Favorite',
  cancel: 'Cancel',
  confirm: 'OK',
  back: 'Back',
  home: 'Home',
  more: 'More',
  close: 'Close',
  subscribe: 'Allow these messages',
  allow: 'Allow',
  refuse: 'Refuse',
};

/** Alipay and Douyin call it sharing. */
const SHARE = { zh: '分享', en: 'Share' };

/**
 * The phone's own words, in the client's language.
 *
 * @param {string} language `zh_CN`, `en`, …
 * @param {'wechat' | 'alipay' | 'douyin'} platform
 */
export const textsFor = (language, platform) => {
  const texts = language.startsWith('zh') ? zh : en;
  return platform === 'wechat' ? texts : { ...texts, share: texts === zh ? SHARE.zh : SHARE.en };
};
