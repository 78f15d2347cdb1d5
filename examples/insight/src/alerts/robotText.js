/** The limit of 企业微信: https://developer.work.weixin.qq.com/document/path/91770 */
const MAX_BYTES = 2048;

/** No more than so many bytes of UTF-8, never half a character. */
const cutTo = (/** @type {string} */ text, /** @type {number} */ bytes) => {
  const all = Buffer.from(text.toWellFormed?.() ?? text);
  if (all.length <= bytes) return text;
  // `stream` leaves the half of a character at the end out.
  return `${new TextDecoder().decode(all.subarray(0, bytes - 3), { stream: true })}…`;
};

const shown = (/** @type {number} */ value) => String(Math.round(value * 1e4) / 1e4);

const TEXTS = {
  zh: (/** @type {any} */ { title, day, value, low, high, median, weeks, state }) =>
    `【${title}】${day}：${value}，${state === 'low' ? '低于' : '高于'}通常范围 ${low} ～ ${high}（过去 ${weeks} 周同一星期几的中位数 ${median}）`,
  en: (/** @type {any} */ { title, day, value, low, high, median, weeks, state }) =>
    `[${title}] ${day}: ${value}, ${state === 'low' ? 'below' : 'above'} its usual band of ${low} to ${high} (median of this weekday in the past ${weeks} weeks: ${median})`,
};

/**
 * A text message as the group robots of 企业微信 and 钉钉 take it.
 *
 * @param {{ title: string, lang: 'zh' | 'en', weeks: number }} alert
 * @param {{ day: string, value: number, low: number, high: number, median: number, state: string }} judged
 */
export const robotText = (alert, judged) => {
  const [value, low, high, median] = [judged.value, judged.low, judged.high, judged.median].map(shown);
  const content = TEXTS[alert.lang]({ ...alert, ...judged, value, low, high, median });
  return { msgtype: 'text', text: { content: cutTo(content, MAX_BYTES) } };
};
