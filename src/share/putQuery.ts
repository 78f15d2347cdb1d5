/**
 * Puts parameters in the place of those of their names, or behind the query and before `#`. All else stays to the letter;
 * the values are given as they are to stand there.
 */
export const putQuery = (url: string, values: Readonly<Record<string, string>>): string =>
  url.replace(/^([^?#]*)\??([^#]*)/, (_, base: string, query: string) => {
    const names = Object.keys(values);
    const kept = query ? query.split('&').filter((pair) => !names.some((name) => pair.startsWith(`${name}=`))) : [];
    return `${base}?${[...kept, ...names.map((name) => `${name}=${values[name]}`)].join('&')}`;
  });
