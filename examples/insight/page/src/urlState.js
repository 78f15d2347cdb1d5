/** A question as the part of the address after `#`: the analysis, then its parameters. */
export const toHash = (id, params) => {
  const given = Object.entries(params).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
  return `#/${id}${query ? `?${query}` : ''}`;
};

export const fromHash = (hash) => {
  const [, id, query = ''] = /^#\/([\w-]*)(?:\?(.*))?$/.exec(hash) ?? [];
  return { id: id || 'overview', params: Object.fromEntries(new URLSearchParams(query)) };
};
