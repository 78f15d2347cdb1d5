import { lazy } from '../lazy.js';

/** Reports that have a view of their own, by the analysis; all others are tables. Loaded when they are opened. */
export const VIEWS = {
  heat: lazy(() => import('./HeatView.vue')),
  paths: lazy(() => import('./PathsView.vue')),
  funnel: lazy(() => import('./FunnelView.vue')),
  shareTree: lazy(() => import('./ShareTreeView.vue')),
  bestHour: lazy(() => import('./HoursView.vue')),
  retention: lazy(() => import('./RetentionView.vue')),
};

/** The types of parameters that are built by choosing, not typed. */
export const BUILT_TYPES = ['conditions', 'step', 'steps', 'rules'];
export const QuestionField = lazy(() => import('./QuestionField.vue'));
