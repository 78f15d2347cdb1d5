import { computed, ref } from 'vue';

const FIRST = 50;

/** The newest of a list first, and of a long one only these, until all are asked for. */
export const useNewest = (saved) => {
  const isAll = ref(false);
  const all = computed(() => saved.value?.toReversed() ?? []);
  const newest = computed(() => (isAll.value ? all.value : all.value.slice(0, FIRST)));
  const hidden = computed(() => all.value.length - newest.value.length);
  const showAll = () => {
    isAll.value = true;
  };
  return { newest, hidden, showAll };
};
