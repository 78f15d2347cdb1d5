/**
 * Puts parameters in the place of those of their names, or behind the query and before `#`. All else stays to the letter;
 * the values are given as they are to stand there.
 */
export const putQuery = (url: string, values: Readonly<Record<string, string>>): string =>
  url.replace(/^([^?#]*)\??([^#]*)/, (_, base: string, query: string) => {
    let pairs = query ? query.split('&') : [];
    for (const name of Object.keys(values)) {
      const start = `${name}=`;
      pairs = pairs.filter((pair) => !pair.startsWith(start)).concat(start + values[name]);
    }
    return `${base}?${pairs.join('&')}`;
  });
