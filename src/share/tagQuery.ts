import type { PageState } from '../types/host';

/** The query parameter that carries a share. */
export const SHARE_KEY = '_mt';

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    // A stray % is text, not an escape.
    return value;
  }
};

/** A query as text. Hosts differ in whether they hand its values over decoded; what is encoded stays as it is. */
const textOf = (query: PageState['query']): string =>
  Object.keys(query)
    .filter((key) => key !== SHARE_KEY)
    .map((key) => {
      const value = `${query[key]}`;
      return `${key}=${decode(value) === value ? encodeURIComponent(value) : value}`;
    })
    .join('&');

/** Puts the token in the place of an older one, or behind the query. All else stays to the letter. */
export const tagQuery = (query: string, token: string): string => {
  const rest = query
    .split('&')
    .filter((pair) => pair.split('=')[0] !== SHARE_KEY)
    .join('&');
  return `${rest}${rest && '&'}${SHARE_KEY}=${token}`;
};

/** The same for a path with its query and fragment. */
export const tagPath = (path: string, token: string): string => {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/.exec(path) || [];
  return `${base}?${tagQuery(query, token)}${fragment}`;
};

/** What the host shares when the page names no path: the page in sight with its query. */
export const currentPath = ({ path, query }: PageState): string => {
  const text = textOf(query);
  return `/${path.replace(/^\//, '')}${text && '?'}${text}`;
};
export const currentQuery = ({ query }: PageState): string => textOf(query);
