import { defineAsyncComponent } from 'vue';
import LazyFailed from './LazyFailed.vue';
import LazyWaiting from './LazyWaiting.vue';

/** A part of the page that is loaded when it is opened: awaited, or, where a newer build took it away, asked for by loading anew. */
export const lazy = (loader) => defineAsyncComponent({ loader, loadingComponent: LazyWaiting, errorComponent: LazyFailed });
