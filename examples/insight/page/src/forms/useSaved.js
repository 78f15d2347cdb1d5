import { onMounted, shallowRef } from 'vue';
import { ask } from '../ask.js';

/** What the collector keeps under an address; `load` asks again. Until the first answer `saved` is undefined. */
export const useSaved = (url) => {
  const saved = shallowRef();
  const failure = shallowRef();
  const load = async () => {
    try {
      saved.value = await ask(url);
      failure.value = undefined;
    } catch (error) {
      failure.value = error;
    }
  };
  onMounted(load);
  return { saved, failure, load };
};
