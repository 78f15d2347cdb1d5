import { join } from 'node:path';
import { createAlerts } from '../alerts/createAlerts.js';
import { dayIn } from '../analyses/days.js';
import { createDelivery } from '../recall/createDelivery.js';
import { loadCosts } from './costs.js';
import { createRecommendations } from './recommendations.js';
import { openSettings } from './settings.js';
import { createTags } from './tags.js';

/** A report is stopped after so long: somebody else waits for the same cores. */
const QUERY_TIMEOUT_MS = 30_000;

/** What the routes share: the store, what the merchant typed in, and what is kept in memory. */
export const createContext = ({
  store,
  dataFolder,
  timeZone = 'Asia/Shanghai',
  now = Date.now,
  journal,
  loading,
  erasing,
  shopUrl,
}) => {
  const settings = openSettings(dataFolder && join(dataFolder, 'settings.json'));
  const today = () => dayIn(timeZone, now());
  const segments = () => new Map(settings.get('segments').map((segment) => [segment.id, segment]));
  const tags = createTags({ store: () => store, settings, today, segments });
  const recommendations = createRecommendations({ store: () => store, today, outOfStock: () => settings.get('out_of_stock') });
  const env = () => ({ today: today(), segments: segments(), query: { timeoutMs: QUERY_TIMEOUT_MS } });
  return {
    store,
    loading,
    timeZone,
    shopUrl,
    now,
    settings,
    today,
    segments,
    tags,
    recommendations,
    env,
    alerts: createAlerts({ store, settings, timeZone, env, now }),
    /** Where there is a journal to keep it in. */
    delivery: journal && createDelivery({ store, journal, loading, erasing, settings, timeZone, env, now }),
    /** The database does not outlive a rebuild, the costs do. */
    loadCosts: () => loadCosts(store, settings.get('costs')),
  };
};
