/** The response of the collector; its refusal as an error with the status, which says which field it is about. */
export const askFor = async (url, json) => {
  const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
  const response = await fetch(url, json === undefined ? undefined : posted);
  if (response.ok) return response;
  // A balancer in between answers in HTML.
  const { field, error = String(response.status) } = await response.json().catch(() => ({}));
  const message = !field || error.startsWith(`${field}: `) ? error : `${field}: ${error}`;
  throw Object.assign(new Error(message), { status: response.status });
};

/** Asks with GET, or with POST where there is something to send. */
export const ask = async (url, json) => (await askFor(url, json)).json();
