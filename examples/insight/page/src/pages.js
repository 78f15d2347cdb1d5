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
  sql: { view: defineAsyncComponent(() => import('./pages/SqlPage.vue')), name: 'ownSql' },
};

/** Pages that stand in the navigation; the others are led to by a number. */
export const TOOLS = ['live', 'sql'];
