import { DICTIONARY } from './dictionary.js';

const LANGUAGE_KEY = 'simulator-page:language';

const firstLanguage = () => {
  const wished = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(LANGUAGE_KEY);
  if (wished === 'zh' || wished === 'en') return wished;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
};

/** The page's language and its texts. */
export const createTranslator = () => {
  let language = firstLanguage();
  const listeners = new Set();

  const text = (key, values = {}) =>
    (DICTIONARY[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));

  /** Fills in every `data-text="key"`, `data-title="key"` and `data-label="key"` below `root`. */
  const translate = (root = document) => {
    for (const element of root.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
    for (const element of root.querySelectorAll('[data-title]')) element.title = text(element.dataset.title);
    for (const element of root.querySelectorAll('[data-label]')) {
      element.setAttribute('aria-label', text(element.dataset.label));
    }
  };

  const apply = () => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = `minitrail · ${text('title')}`;
    translate();
  };
  apply();

  return {
    text,
    translate,
    /** `'zh'` or `'en'`. */
    get language() {
      return language;
    },
    set language(next) {
      if (next === language) return;
      language = next;
      localStorage.setItem(LANGUAGE_KEY, next);
      apply();
      for (const listener of listeners) listener(next);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
