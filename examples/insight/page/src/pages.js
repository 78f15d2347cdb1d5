import { defineAsyncComponent } from 'vue';
import OverviewPage from './pages/OverviewPage.vue';

/**
 * What the address names that is more than one report, with the text that names it. The overview is what a morning begins
 * with, so it does not wait for a second file.
 */
export const PAGES = {
  overview: { view: OverviewPage },
  heat: { view: defineAsyncComponent(() => import('./pages/HeatPage.vue')) },
  people: { view: defineAsyncComponent(() => import('./pages/PeoplePage.vue')), name: 'people' },
  person: { view: defineAsyncComponent(() => import('./pages/PersonPage.vue')), name: 'onePerson' },
  live: { view: defineAsyncComponent(() => import('./pages/LivePage.vue')), name: 'live' },
  board: { view: defineAsyncComponent(() => import('./forms/BoardPage.vue')), name: 'board' },
  alerts: { view: defineAsyncComponent(() => import('./forms/AlertsPage.vue')), name: 'alerts' },
  linkCodes: { view: defineAsyncComponent(() => import('./forms/LinkCodesPage.vue')), name: 'linkCodes' },
  costs: { view: defineAsyncComponent(() => import('./forms/CostsPage.vue')), name: 'costs' },
  segments: { view: defineAsyncComponent(() => import('./forms/SegmentsPage.vue')), name: 'segments' },
  campaigns: { view: defineAsyncComponent(() => import('./forms/CampaignsPage.vue')), name: 'campaigns' },
  plan: { view: defineAsyncComponent(() => import('./forms/PlanPage.vue')), name: 'plan' },
  recallCampaigns: { view: defineAsyncComponent(() => import('./forms/RecallPage.vue')), name: 'recallCampaigns' },
  sql: { view: defineAsyncComponent(() => import('./pages/SqlPage.vue')), name: 'ownSql' },
};

/** Pages that stand in the navigation as a group of their own; others stand among reports, or are led to by a number. */
export const TOOLS = ['board', 'alerts', 'sql'];
