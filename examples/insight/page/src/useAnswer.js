import { shallowRef, watch } from 'vue';
import { ask } from './ask.js';

/**
 * Asks whenever the address changes; an answer to an earlier question is let go. `failure` is what went wrong (`message`), with
 * the way to ask once more (`again`).
 */
export const useAnswer = (url) => {
  const answer = shallowRef();
  const failure = shallowRef();
  const load = async (asked) => {
    answer.value = undefined;
    failure.value = undefined;
    if (!asked) return;
    try {
      const body = await ask(asked);
      if (asked === url.value) answer.value = body;
    } catch ({ message }) {
      if (asked === url.value) failure.value = { message, again: () => load(asked) };
    }
  };
  watch(url, load, { immediate: true });
  return { answer, failure };
};
