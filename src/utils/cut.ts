/** The first `length` UTF-16 units of a text, and one fewer where that would part a surrogate pair. */
export const cut = (text: string, length: number): string =>
  text.length > length ? text.slice(0, length).replace(/[\ud800-\udbff]$/, '') : text;
