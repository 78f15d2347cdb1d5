import { lazy } from './lazy.js';
import OverviewPage from './pages/OverviewPage.vue';

/**
 * What the address names that is more than one report, with the text that names it. The overview is what a morning begins
 * with, so it does not wait for a second file.
 */
export const PAGES = {
  overview: { view: OverviewPage },
  heat: { view: lazy(() => import('./pages/HeatPage.vue')) },
  people: { view: lazy(() => import('./pages/PeoplePage.vue')), name: 'people' },
  person: { view: lazy(() => import('./pages/PersonPage.vue')), name: 'onePerson' },
  live: { view: lazy(() => import('./pages/LivePage.vue')), name: 'live' },
  board: { view: lazy(() => import('./forms/BoardPage.vue')), name: 'board' },
  alerts: { view: lazy(() => import('./forms/AlertsPage.vue')), name: 'alerts' },
  linkCodes: { view: lazy(() => import('./forms/LinkCodesPage.vue')), name: 'linkCodes' },
  costs: { view: lazy(() => import('./forms/CostsPage.vue')), name: 'costs' },
  segments: { view: lazy(() => import('./forms/SegmentsPage.vue')), name: 'segments' },
  campaigns: { view: lazy(() => import('./forms/CampaignsPage.vue')), name: 'campaigns' },
  plan: { view: lazy(() => import('./forms/PlanPage.vue')), name: 'plan' },
  recallCampaigns: { view: lazy(() => import('./forms/RecallPage.vue')), name: 'recallCampaigns' },
  sql: { view: lazy(() => import('./pages/SqlPage.vue')), name: 'ownSql' },
};

/** Pages that stand in the navigation as a group of their own; others stand among reports, or are led to by a number. */
export const TOOLS = ['board', 'alerts', 'sql'];
