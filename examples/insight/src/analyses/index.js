import { abc } from './abc.js';
import { attribution } from './attribution.js';
import { audit } from './audit.js';
import { bestHour } from './bestHour.js';
import { boughtTogether } from './boughtTogether.js';
import { campaign } from './campaign.js';
import { channels } from './channels.js';
import { churn } from './churn.js';
import { commission } from './commission.js';
import { composition } from './composition.js';
import { coupons } from './coupons.js';
import { delay } from './delay.js';
import { distribution } from './distribution.js';
import { elements } from './elements.js';
import { eventNames } from './eventNames.js';
import { excludedTraffic } from './excludedTraffic.js';
import { experiment } from './experiment.js';
import { exposures } from './exposures.js';
import { funnel } from './funnel.js';
import { groups } from './groups.js';
import { heat } from './heat.js';
import { identities } from './identities.js';
import { interval } from './interval.js';
import { lifecycle } from './lifecycle.js';
import { links } from './links.js';
import { ltv } from './ltv.js';
import { memberLifecycle } from './memberLifecycle.js';
import { overview } from './overview.js';
import { pages } from './pages.js';
import { paths } from './paths.js';
import { planFacts } from './planFacts.js';
import { priceBands } from './priceBands.js';
import { products } from './products.js';
import { recall } from './recall.js';
import { recommended } from './recommended.js';
import { repurchase } from './repurchase.js';
import { requests } from './requests.js';
import { retention } from './retention.js';
import { rfm } from './rfm.js';
import { segment } from './segment.js';
import { sessions } from './sessions.js';
import { shareBy } from './shareBy.js';
import { shareK } from './shareK.js';
import { sharers } from './sharers.js';
import { shareTree } from './shareTree.js';
import { slowSellers } from './slowSellers.js';
import { stickiness } from './stickiness.js';
import { trend } from './trend.js';
import { triggers } from './triggers.js';
import { versions } from './versions.js';
import { viewedThenBought } from './viewedThenBought.js';

/** Every question that is answered, in the order of the groups of the page. */
export const ANALYSES = [
  overview,
  trend,
  lifecycle,
  stickiness,
  eventNames,
  channels,
  attribution,
  links,
  funnel,
  distribution,
  interval,
  retention,
  ltv,
  sessions,
  pages,
  paths,
  heat,
  elements,
  exposures,
  shareTree,
  sharers,
  shareBy,
  shareK,
  commission,
  groups,
  segment,
  composition,
  rfm,
  abc,
  memberLifecycle,
  churn,
  repurchase,
  products,
  priceBands,
  slowSellers,
  bestHour,
  campaign,
  coupons,
  triggers,
  experiment,
  boughtTogether,
  viewedThenBought,
  recommended,
  recall,
  planFacts,
  audit,
  delay,
  excludedTraffic,
  versions,
  identities,
  requests,
];

export const analysisOf = (id) => ANALYSES.find((analysis) => analysis.id === id);
