// WeChat defines 750rpx as the screen width; our phone is 375 CSS pixels wide.
// https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxss.html
const RPX = /(-?\d*\.?\d+)rpx\b/g;

/** Converts every `rpx` length in a style sheet or an inline style. */
export const rpxToPx = (css) => css.replace(RPX, (_, n) => `${Number(n) / 2}px`);
