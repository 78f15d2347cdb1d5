const KINDS = {
  app_launch: 'app',
  app_show: 'app',
  app_hide: 'app',
  page_view: 'page',
  page_leave: 'page',
  tap: 'tap',
  exposure: 'tap',
  pull_down_refresh: 'tap',
  reach_bottom: 'tap',
  tab_tap: 'tap',
  share: 'share',
  share_open: 'share',
  favorite: 'share',
  app_error: 'error',
  page_not_found: 'error',
  page_performance: 'system',
  subscribe_message: 'system',
  experiment_exposure: 'system',
  trigger_fired: 'system',
};

/** The colour group of an event. What the app tracks itself is `business`. */
export const kindOf = ({ name, type }) => {
  if (type === 'identify' || type === 'profile') return 'user';
  return KINDS[name] ?? (type === 'auto' ? 'system' : 'business');
};
