import { computed, inject, provide } from 'vue';
import { format, formatDay, heading } from './format.js';
import { TEXTS } from './texts.js';

const READER = Symbol('reader');

/**
 * Who reads, for every component below: language and theme, the texts, the zone of the shop, and how a column, a value and a
 * day are written for them.
 */
export const provideReader = ({ language, theme, timeZone }) => {
  const locale = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en'));
  const reader = {
    language,
    theme,
    timeZone,
    locale,
    text: computed(() => TEXTS[language.value]),
    nameOf: (column) => heading(column, language.value),
    show: (column, value) => format(column, value, locale.value, timeZone.value),
    showDay: (day) => formatDay(day, locale.value),
  };
  provide(READER, reader);
  return reader;
};

export const useReader = () => inject(READER);
