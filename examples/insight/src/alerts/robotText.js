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

const TESTS = {
  zh: (/** @type {string} */ title) => `【${title || '告警'}】这是一条测试消息：指标超出通常范围时，会在这里提醒。`,
  en: (/** @type {string} */ title) =>
    `[${title || 'Alert'}] This is a test: a figure that leaves its usual band is told here.`,
};

/**
 * Whether the webhook works, told to those who read there.
 *
 * @param {{ title: string, lang: 'zh' | 'en' }} about
 */
export const robotTest = ({ title, lang }) => ({ msgtype: 'text', text: { content: cutTo(TESTS[lang](title), MAX_BYTES) } });
