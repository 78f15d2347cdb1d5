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
};

/** The phone's own words, in the client's language. @param {string} language `zh_CN`, `en`, … */
export const textsFor = (language) => (language.startsWith('zh') ? zh : en);
