import { defineAsyncComponent } from 'vue';
import OverviewPage from './pages/OverviewPage.vue';

/**
 * What the address names that is more than one report. With a name a page stands in the navigation. The overview is what a
 * morning begins with, so it does not wait for a second file.
 */
export const PAGES = {
  overview: { view: OverviewPage },
  people: { view: defineAsyncComponent(() => import('./pages/PeoplePage.vue')) },
  person: { view: defineAsyncComponent(() => import('./pages/PersonPage.vue')) },
  sql: { view: defineAsyncComponent(() => import('./pages/SqlPage.vue')), name: 'ownSql' },
};
