/** The groups of the navigation, with the reports of each in the order in which they are read, and the pages where they are acted on. */
export const GROUPS = [
  { en: 'Overview', zh: '概览', ids: ['overview', 'lifecycle', 'stickiness'], pages: ['live'] },
  { en: 'Events', zh: '事件', ids: ['trend', 'eventNames', 'distribution', 'interval'] },
  { en: 'Channels', zh: '渠道', ids: ['channels', 'links'], pages: ['linkCodes', 'costs'] },
  { en: 'Attribution and LTV', zh: '归因与 LTV', ids: ['attribution', 'ltv'] },
  { en: 'Funnel', zh: '漏斗', ids: ['funnel'] },
  { en: 'Retention', zh: '留存', ids: ['retention'] },
  { en: 'Pages and paths', zh: '页面与路径', ids: ['pages', 'paths', 'sessions'] },
  { en: 'Taps and heat map', zh: '点击与热力图', ids: ['heat', 'elements', 'exposures'] },
  { en: 'Sharing', zh: '分享', ids: ['shareTree', 'sharers', 'shareBy', 'shareK', 'commission', 'groups'] },
  { en: 'Segments', zh: '人群', ids: ['segment', 'composition'], pages: ['segments'] },
  { en: 'Members', zh: '会员', ids: ['rfm', 'abc', 'memberLifecycle', 'churn', 'repurchase'] },
  {
    en: 'Goods',
    zh: '商品',
    ids: ['products', 'priceBands', 'slowSellers', 'bestHour', 'boughtTogether', 'viewedThenBought', 'recommended'],
  },
  { en: 'Campaigns, coupons', zh: '活动与优惠券', ids: ['campaign', 'coupons', 'triggers'], pages: ['campaigns'] },
  { en: 'A/B tests', zh: 'A/B 实验', ids: ['experiment'] },
  { en: 'Recall list', zh: '召回名单', ids: ['recall'], pages: ['recallCampaigns'] },
  { en: 'Tracking plan', zh: '埋点方案', ids: ['planFacts'], pages: ['plan'] },
  {
    en: 'Data quality',
    zh: '数据质量',
    ids: ['audit', 'delay', 'excludedTraffic', 'versions', 'identities', 'requests'],
  },
];
