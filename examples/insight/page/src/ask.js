/** The response of the collector; its refusal as an error with the status, the field that it is about and the problem alone. */
export const askFor = async (url, json, method = json === undefined ? 'GET' : 'POST') => {
  const body = json === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
  const response = await fetch(url, { method, ...body });
  if (response.ok) return response;
  // A balancer in between answers in HTML.
  const { field, error = String(response.status) } = await response.json().catch(() => ({}));
  const problem = field && error.startsWith(`${field}: `) ? error.slice(field.length + 2) : error;
  throw Object.assign(new Error(field ? `${field}: ${problem}` : problem), { status: response.status, field, problem });
};

/** Asks with GET, or with POST where there is something to send. */
export const ask = async (url, json, method) => (await askFor(url, json, method)).json();
