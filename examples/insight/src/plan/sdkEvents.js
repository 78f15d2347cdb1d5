const own = (properties, required, en, zh) => ({ owner: 'minitrail', type: 'auto', properties, required, en, zh });

/** The dictionary of the SDK: what its plugins send by themselves. */
export const SDK_EVENTS = {
  app_launch: own({ path: 'text', query: 'object', scene: 'text', referrer_app_id: 'text' }, [], 'A cold start', '冷启动'),
  app_show: own(
    { path: 'text', query: 'object', scene: 'text', referrer_app_id: 'text' },
    [],
    'The app comes to the foreground',
    '进入前台',
  ),
  app_hide: own({ duration_ms: 'number', reason: 'number' }, [], 'The app goes to the background', '退到后台'),
  page_view: own(
    { path: 'text', referrer_path: 'text', query: 'object', resumed: 'bool' },
    ['path'],
    'A page is shown',
    '页面浏览',
  ),
  page_leave: own(
    { path: 'text', duration_ms: 'number', ended_at: 'number', recovered: 'bool' },
    ['path', 'duration_ms'],
    'A page is left',
    '页面离开',
  ),
  tap: own(
    {
      kind: 'text',
      element_id: 'text',
      handler: 'text',
      page_path: 'text',
      dataset: 'object',
      x_fraction: 'number',
      y_fraction: 'number',
      offset_left: 'number',
      offset_top: 'number',
    },
    ['kind', 'handler'],
    'A tap or long press',
    '点击或长按',
  ),
  exposure: own(
    { page_path: 'text', selector: 'text', element_id: 'text', dataset: 'object', ratio: 'number', duration_ms: 'number' },
    ['page_path', 'selector'],
    'An element was in sight',
    '元素曝光',
  ),
  pull_down_refresh: own({ page_path: 'text' }, ['page_path'], 'A page is pulled down', '下拉刷新'),
  reach_bottom: own({ page_path: 'text' }, ['page_path'], 'The end of a page is reached', '触底'),
  tab_tap: own({ page_path: 'text', index: 'number', text: 'text' }, ['page_path'], 'A tab is tapped', '点击 tab'),
  page_scroll: own(
    { page_path: 'text', depth: 'number', scroll_top: 'number' },
    ['page_path'],
    'How far a page was scrolled',
    '页面滚动',
  ),
  favorite: own({ page_path: 'text', method: 'text' }, [], 'A page is added to the favourites', '收藏'),
  share: own(
    {
      share_id: 'text',
      parent_id: 'text',
      root_id: 'text',
      depth: 'number',
      method: 'text',
      channel: 'text',
      page_path: 'text',
      target_id: 'text',
    },
    ['share_id', 'root_id', 'depth', 'method'],
    'A card is shared',
    '分享',
  ),
  share_open: own(
    { share_id: 'text', root_id: 'text', depth: 'number', first: 'bool', own: 'bool' },
    ['share_id', 'root_id', 'depth'],
    'A card is opened',
    '打开分享',
  ),
  experiment_exposure: own(
    { experiment: 'text', variant: 'text', overridden: 'bool' },
    ['experiment', 'variant'],
    'A variant is about to be seen',
    '实验曝光',
  ),
  app_error: own(
    { kind: 'text', name: 'text', page_path: 'text', message: 'text', stack: 'text' },
    ['kind'],
    'An error',
    '脚本错误',
  ),
  page_not_found: own({ path: 'text', query: 'object', is_entry: 'bool' }, ['path'], 'A page is not there', '页面不存在'),
  page_performance: own(
    {
      metric: 'text',
      duration_ms: 'number',
      path: 'text',
      navigation_type: 'text',
      referrer_path: 'text',
      package_name: 'text',
      package_bytes: 'number',
      measured_by: 'text',
    },
    ['metric', 'duration_ms'],
    'How long a launch, route or paint took',
    '页面性能',
  ),
  slow_request: own(
    { url: 'text', method: 'text', duration_ms: 'number', status: 'number', failed: 'bool', page_path: 'text' },
    ['url', 'duration_ms'],
    'A slow request',
    '慢请求',
  ),
  subscribe_message: own(
    { action: 'text', template_id: 'text', page_path: 'text', error_code: 'number', scene: 'text' },
    ['action'],
    'A message template was asked for or opened',
    '订阅消息',
  ),
};

/** Traits and ids are the app's own: any property may come with these. */
export const OPEN_EVENTS = [
  'identify',
  'alias',
  'profile_set',
  'profile_set_once',
  'profile_increment',
  'profile_append',
  'profile_unset',
];
