import { onBeforeUnmount, onMounted, ref } from 'vue';

/** A browser connects anew by itself, but for a refusal, as of a proxy whose server is away. */
const AGAIN_MS = 3000;

/**
 * Follows `/api/live` while the page is open: `onLoad` is told of each load, with `events`, how many it brought, and `newest`.
 * `isConnected` says whether anything is heard now.
 */
export const useLive = (onLoad) => {
  const isConnected = ref(false);
  let source;
  let timer;
  const connect = () => {
    source = new EventSource('/api/live');
    source.onopen = () => {
      isConnected.value = true;
    };
    source.onerror = () => {
      isConnected.value = false;
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, AGAIN_MS);
    };
    source.addEventListener('load', ({ data }) => onLoad(JSON.parse(data)));
  };
  onMounted(connect);
  onBeforeUnmount(() => {
    clearTimeout(timer);
    source.close();
  });
  return isConnected;
};
