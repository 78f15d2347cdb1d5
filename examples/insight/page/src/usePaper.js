import { onBeforeUnmount, onMounted, ref } from 'vue';

/** Whether the page is on its way to paper, which is white whatever the screen is. */
export const usePaper = () => {
  const print = matchMedia('print');
  const isPaper = ref(print.matches);
  const look = ({ type, matches }) => {
    isPaper.value = type === 'beforeprint' || Boolean(matches);
  };
  onMounted(() => {
    for (const name of ['beforeprint', 'afterprint']) window.addEventListener(name, look);
    print.addEventListener('change', look);
  });
  onBeforeUnmount(() => {
    for (const name of ['beforeprint', 'afterprint']) window.removeEventListener(name, look);
    print.removeEventListener('change', look);
  });
  return isPaper;
};
