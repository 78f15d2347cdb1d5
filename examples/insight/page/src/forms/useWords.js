import { computed } from 'vue';
import { useReader } from '../reader.js';
import { WORDS } from './words.js';

/** The texts of the forms, which are loaded with them. */
export const useWords = () => {
  const { language } = useReader();
  return computed(() => WORDS[language.value]);
};
