import { ref, shallowRef, watch } from 'vue';
import { ask } from './ask.js';

/**
 * Asks whenever the address changes, and on `load`; an answer to an earlier question is let go. While the same question is
 * asked again its answer stays.
 */
export const useAnswer = (url) => {
  const answer = shallowRef();
  const failure = ref('');
  const load = async () => {
    const asked = url.value;
    if (!asked) return;
    try {
      const body = await ask(asked);
      if (asked !== url.value) return;
      answer.value = body;
      failure.value = '';
    } catch ({ message }) {
      if (asked === url.value) failure.value = message;
    }
  };
  watch(
    url,
    () => {
      answer.value = undefined;
      failure.value = '';
      load();
    },
    { immediate: true },
  );
  return { answer, failure, load };
};
