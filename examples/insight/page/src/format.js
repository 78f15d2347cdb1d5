const RATE = /rate|conversion|^from_(first|last)$|^roi$|^cells \d+$/;

export const isRate = (column, value) => typeof value === 'number' && RATE.test(column);

/** A value as the reader sees it: rates in percent, times in seconds, what is not known as a dash. */
export const format = (column, value, locale) => {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value !== 'number') return String(value);
  if (isRate(column, value)) return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  if (column.endsWith('_ms')) return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value / 1000)} s`;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
};
