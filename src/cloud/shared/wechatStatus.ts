/**
 * The HTTP status that says the same as an error of WeChat's cloud; 0 where only time helps. The code stands in `errCode`,
 * or in the text alone, there after the code of whatever passed it on.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference/errcode.html
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/development/call/faq.html
 */
export const wechatStatus = (failure: { readonly errCode?: unknown; readonly errMsg?: unknown }): number => {
  const codes = /(-[456]\d{5})(?!.*-[456]\d{5})/.exec(`${failure.errCode} ${failure.errMsg}`);
  const code = String(codes && codes[1]);
  // Too large a call.
  if (code === '-606001') return 413;
  // Requests, or requests at a time, over the quota.
  if (/50100[34]/.test(code)) return 429;
  // The environment, the name or the permission is wrong: somebody has to mend it.
  if (/501(000|005|007|009|018|019)|60410[13]/.test(code)) return 404;
  // The function threw or ran out of its time.
  return /404\d|504/.test(code.slice(0, 5)) ? 500 : 0;
};
