/** The first `max` UTF-16 units of a text, and one fewer where that would part a surrogate pair. */
export const cut = (text: string, max: number): string =>
  text.length > max ? text.slice(0, max).replace(/[\ud800-\udbff]$/, '') : text;
