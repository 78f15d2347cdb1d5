import { ref, shallowRef } from 'vue';

/** Something that a button does: one at a time, and what came of it is told. */
export const useAction = () => {
  const isBusy = ref(false);
  const problem = shallowRef();
  const done = ref('');
  /** Whether `work` succeeded; `told` is said then. */
  const act = async (work, told = '') => {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = undefined;
    done.value = '';
    try {
      await work();
      done.value = told;
      return true;
    } catch (error) {
      problem.value = error;
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, problem, done, act };
};
