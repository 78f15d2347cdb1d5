/** Fewer days say nothing of what is usual. */
const MIN_DAYS = 4;
/** Days that are all the same would make any other a surprise. */
const MIN_SHARE = 0.1;

/** What the band is, beside every number of it. */
export const BAND_DEFINITION = {
  en: 'The usual band of a day: the median of the same weekday of the past weeks, plus and minus k times the median absolute deviation (MAD) of these days, at least a tenth of the median; with fewer than four such days since the shop’s first event there is none.',
  zh: '某日的通常范围：过去若干周同一星期几的中位数，加减 k 倍这些日子的绝对中位差（MAD），且不小于中位数的十分之一；自店铺首个事件起不足四个这样的日子时没有范围。',
};

const median = (/** @type {number[]} */ values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Robust: one day of a campaign or an outage among them moves neither the middle nor the width much.
 *
 * @param {number[]} values Of the same weekday of past weeks.
 * @param {number} k
 * @returns {{ median: number, low: number, high: number } | undefined}
 */
export const usualBand = (values, k) => {
  if (values.length < MIN_DAYS) return undefined;
  const middle = median(values);
  const mad = median(values.map((value) => Math.abs(value - middle)));
  const half = Math.max(k * mad, MIN_SHARE * Math.abs(middle));
  return { median: middle, low: middle - half, high: middle + half };
};
