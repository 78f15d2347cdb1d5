const twoDigits = (value) => String(value).padStart(2, '0');

/** `14:03:22.123` */
export const clock = (ms) => {
  const date = new Date(ms);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

/** `812 B`, `2.1 kB` */
export const bytes = (count) => (count < 1000 ? `${count} B` : `${(count / 1000).toFixed(1)} kB`);

/** `45 ms`, `1.2 s` */
export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Indented JSON; anything else as it is. */
export const pretty = (value) => {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value; // Not JSON, such as an HTML error page: show what came.
  }
};

/** `pages/a/a?x=1` of a path and a query object. */
export const withQuery = (path, query = {}) => {
  const text = Object.entries(query ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  return text ? `${path}?${text}` : path;
};
