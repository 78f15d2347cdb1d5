import type { PageState } from '../types/host';
import { cut } from '../utils/cut';
import { barePath } from '../utils/pagesOf';
import { putQuery } from './putQuery';

/** The query parameter that carries a share. */
export const SHARE_KEY = '_mt';

/**
 * A query as text. WeChat hands values over as they stand in the link, all but ASCII encoded; the others decode them.
 * So escapes stay, and what cannot have stood in a link is encoded again.
 * https://github.com/didi/mpx/pull/1883 https://github.com/NervJS/taro/issues/15694
 */
export const queryOf = ({ query }: PageState): string =>
  Object.keys(query)
    .map((key) => `${key}=${cut(`${query[key]}`, Infinity).replace(/%(?![\da-f]{2})|[^!"$%'-~]+/gi, encodeURIComponent)}`)
    .join('&');

/** What the host shares when the page names no path: the page in sight with its query. */
export const pathOf = (page: PageState): string => `/${barePath(page.path)}?${queryOf(page)}`;

/** Puts the token in the place of an older one, or behind the query. All else stays to the letter. */
export const tagPath = (path: string, token: string): string => putQuery(path, { [SHARE_KEY]: token });
