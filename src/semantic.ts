// The names on the wire. A rename is a breaking change for every table and dashboard behind the endpoint.
export const EVENT_APP_LAUNCH = 'app_launch';
export const EVENT_APP_SHOW = 'app_show';
export const EVENT_APP_HIDE = 'app_hide';
export const EVENT_PAGE_VIEW = 'page_view';
export const EVENT_PAGE_LEAVE = 'page_leave';
export const EVENT_TAP = 'tap';
export const EVENT_SHARE = 'share';
export const EVENT_SHARE_OPEN = 'share_open';
export const EVENT_EXPERIMENT_EXPOSURE = 'experiment_exposure';
export const EVENT_IDENTIFY = 'identify';
export const SCHEMA = 'minitrail/1';
/** Sent with every batch, so that events of an old release can be told apart. A test keeps it equal to package.json. */
export const SDK = 'minitrail/0.1.0';
