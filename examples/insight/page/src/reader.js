import { computed, inject, provide } from 'vue';
import { isDay } from '../../src/analyses/days.js';
import { DEFINITIONS } from './definitions.js';
import { format, formatDay, heading } from './format.js';
import { TEXTS } from './texts.js';

const READER = Symbol('reader');

/**
 * Numbers and days as the visitor's own country writes them, where it is one of the language that was chosen. What a browser
 * without a desktop says (`en-US@posix`) is no locale.
 */
export const localeOf = (language, languages = navigator.languages) =>
  language === 'zh' ? 'zh-CN' : (languages.find((each) => /^en-[A-Z]{2}$/.test(each)) ?? 'en-GB');

/**
 * Who reads, for every component below: language and theme, whether on paper, the texts, the zone of the shop, and how a column, a value and a
 * day are written for them.
 */
export const provideReader = ({ language, theme, timeZone, catalog, isPaper }) => {
  const locale = computed(() => localeOf(language.value));
  const reader = {
    language,
    theme,
    timeZone,
    locale,
    isPaper,
    text: computed(() => TEXTS[language.value]),
    nameOf: (column) => heading(column, language.value),
    show: (column, value) => format(column, value, locale.value, timeZone.value),
    /** What a number of a report is: a sentence of its own, else the one of the report. */
    definitionOf: (id, column) =>
      DEFINITIONS[id]?.[column]?.[language.value === 'zh' ? 1 : 0] ??
      catalog.value?.analyses.find((each) => each.id === id)?.definition[language.value],
    /** What somebody typed into the address and is no day stays as it is. */
    showDay: (day) => (isDay(day) ? formatDay(day, locale.value) : day),
  };
  provide(READER, reader);
  return reader;
};

export const useReader = () => inject(READER);
