/** An answer of the collector; its refusal as an error that says which field it is about. */
export const ask = async (url, { method = 'GET', json, csv } = {}) => {
  const body = csv ?? (json === undefined ? undefined : JSON.stringify(json));
  const headers = body === undefined ? {} : { 'content-type': csv === undefined ? 'application/json' : 'text/csv' };
  const response = await fetch(url, { method, body, headers });
  const answer = await response.json();
  if (!response.ok)
    throw new Error([answer.field, answer.message ?? answer.error ?? response.status].filter(Boolean).join(' '));
  return answer;
};
