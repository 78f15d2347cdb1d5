const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % in a hand-made link: WeChat hands the value over as it is
  }
};

/** `a=1&b=%E4` → `{ a: '1', b: … }`. WeChat decodes page queries once and keeps `+` as it is. */
export const parseQuery = (text) => {
  const query = {};
  for (const pair of text.split('&').filter(Boolean)) {
    const [, name, value] = /^([^=]*)=?([\s\S]*)$/.exec(pair);
    query[decode(name)] = decode(value);
  }
  return query;
};

export const formatQuery = (query) =>
  Object.entries(query)
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
    .join('&');

/**
 * @param {string} url `/pages/a/a?x=1`, `../b/b`, `pages/a/a`
 * @param {string} [base] path of the page the url is relative to
 * @returns {{ path: string, query: Record<string, string> }}
 */
export const parseUrl = (url, base = '') => {
  const [target, search = ''] = url.split(/\?([\s\S]*)/);
  const parts = target.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return { path: parts.join('/').replace(/\.html$/, ''), query: parseQuery(search) };
};
