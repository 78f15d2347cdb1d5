/** Parameters as an address holds them: nothing that is empty, a list as its JSON. */
export const toQuery = (params = {}) =>
  new URLSearchParams(
    Object.entries(params)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : value]),
  ).toString();

/** A question as the part of the address after `#`: the analysis, then its parameters. */
export const toHash = (id, params = {}) => {
  const query = toQuery(params);
  return `#/${id}${query ? `?${query}` : ''}`;
};

export const fromHash = (hash) => {
  const [, id, query = ''] = /^#\/([\w-]*)(?:\?(.*))?$/.exec(hash) ?? [];
  return { id: id || 'overview', params: Object.fromEntries(new URLSearchParams(query)) };
};

/** Where the people behind a number are, by its cell; nowhere without one. */
export const toPeople = (analysis, params, cell) =>
  cell && toHash('people', { ...params, analysis, cell: JSON.stringify(cell) });

/** The cell that an address names, which somebody may have typed. */
export const readCell = (text) => {
  try {
    return Object.entries(JSON.parse(text ?? '{}') ?? {});
  } catch {
    return []; // The collector says what is wrong with it.
  }
};
