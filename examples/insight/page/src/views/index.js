import { defineAsyncComponent } from 'vue';

/** Reports that have a view of their own, by the analysis; all others are tables. Loaded when they are opened. */
export const VIEWS = {
  heat: defineAsyncComponent(() => import('./HeatView.vue')),
  funnel: defineAsyncComponent(() => import('./FunnelView.vue')),
  shareTree: defineAsyncComponent(() => import('./ShareTreeView.vue')),
  retention: defineAsyncComponent(() => import('./RetentionView.vue')),
};

/** The types of parameters that are built by choosing, not typed. */
export const BUILT_TYPES = ['conditions', 'step', 'steps', 'rules'];
export const QuestionField = defineAsyncComponent(() => import('./QuestionField.vue'));
