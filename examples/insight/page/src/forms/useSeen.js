import { onBeforeUnmount, onMounted, ref } from 'vue';

/** Whether a part of the page was in sight once: what nobody scrolls to is not asked for. */
export const useSeen = (place) => {
  const isSeen = ref(false);
  let watcher;
  onMounted(() => {
    watcher = new IntersectionObserver(([{ isIntersecting }]) => {
      isSeen.value ||= isIntersecting;
    });
    watcher.observe(place.value);
  });
  onBeforeUnmount(() => watcher.disconnect());
  return isSeen;
};
