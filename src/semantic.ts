// The names on the wire. A rename is a breaking change for every table and dashboard behind the endpoint.
export const EVENT_APP_LAUNCH = 'app_launch';
export const EVENT_APP_SHOW = 'app_show';
export const EVENT_APP_HIDE = 'app_hide';
export const EVENT_PAGE_VIEW = 'page_view';
export const EVENT_PAGE_LEAVE = 'page_leave';
export const EVENT_TAP = 'tap';
export const EVENT_EXPOSURE = 'exposure';
export const EVENT_PULL_DOWN_REFRESH = 'pull_down_refresh';
export const EVENT_REACH_BOTTOM = 'reach_bottom';
export const EVENT_TAB_TAP = 'tab_tap';
export const EVENT_PAGE_SCROLL = 'page_scroll';
export const EVENT_FAVORITE = 'favorite';
export const EVENT_SHARE = 'share';
export const EVENT_SHARE_OPEN = 'share_open';
export const EVENT_EXPERIMENT_EXPOSURE = 'experiment_exposure';
export const EVENT_TRIGGER_FIRED = 'trigger_fired';
export const EVENT_APP_ERROR = 'app_error';
export const EVENT_PAGE_NOT_FOUND = 'page_not_found';
export const EVENT_PAGE_PERFORMANCE = 'page_performance';
export const EVENT_SLOW_REQUEST = 'slow_request';
export const EVENT_SUBSCRIBE_MESSAGE = 'subscribe_message';
export const EVENT_IDENTIFY = 'identify';
export const EVENT_ALIAS = 'alias';
/** Followed by the operation: `profile_set`, `profile_set_once`, … */
export const EVENT_PROFILE = 'profile_';
export const SCHEMA = 'minitrail/1';
/** Sent with every batch, so that events of an old release can be told apart. A test keeps it equal to package.json. */
export const SDK = 'minitrail/0.1.0';
