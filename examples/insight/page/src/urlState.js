/** A question as the part of the address after `#`: the analysis, then its parameters. */
export const toHash = (id, params = {}) => {
  const given = Object.entries(params).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
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
