/**
 * What the console is told: `[minitrail] E23 …`. Numbers, so that the texts cost nothing in a release: `debug()` brings
 * them, and docs/console.md lists them. A number is never used again for something else.
 *
 * 1 to 19 options and calls, 20 to 39 delivery, 40 to 59 the host and its pages, 60 to 99 plugins, formats, frameworks.
 */
export const THREW = 1;
export const NO_ADAPTER = 2;
export const NAMESPACE_TAKEN = 3;
export const BAD_OPTION = 4;
export const BAD_CONSENT = 5;
export const AFTER_DESTROY = 6;
export const NOT_JSON = 7;
export const PLUGIN_NOT_CALLED = 8;
export const BAD_ID = 9;
export const BAD_NAME = 10;
export const BAD_DEBUG = 11;
export const BAD_FILTER = 13;
export const LARGE = 14;
export const PLUGIN_TWICE = 15;
export const BAD_ENDPOINT = 20;
export const INSECURE_ENDPOINT = 21;
export const DROPPED = 22;
export const BLOCKED = 23;
export const DOMAIN_LIST = 24;
export const WAITING = 25;
export const NO_PAGE_SEEN = 40;
export const TAPS_MISSING = 80;
export const LARGE_DATASET = 60;
export const NO_VARIANT = 61;
export const WRONG_OPTION = 63;
export const WRONG_RULE = 64;
export const BAD_FORMAT = 90;
