import { ref, shallowRef, watch } from 'vue';
import { ask } from './ask.js';

/** Asks whenever the address changes; an answer to an earlier question is let go. */
export const useAnswer = (url) => {
  const answer = shallowRef();
  const failure = ref('');
  watch(
    url,
    async (asked) => {
      answer.value = undefined;
      failure.value = '';
      if (!asked) return;
      try {
        const body = await ask(asked);
        if (asked === url.value) answer.value = body;
      } catch ({ message }) {
        if (asked === url.value) failure.value = message;
      }
    },
    { immediate: true },
  );
  return { answer, failure };
};
