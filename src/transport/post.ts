import type { Entry } from '../queue/entry';
import type { Adapter, HttpRequest, HttpResponse } from '../types/adapter';
import type { EncodedBatch, Format } from '../types/format';
import type { Endpoint } from '../types/tracker';

/** An endpoint with its defaults. */
export type FullEndpoint = Endpoint & { readonly format: Format };
type Headers = Readonly<Record<string, string>>;

/** Tells an endpoint from another, and its key from another, without naming either. */
export const tagOf = ({ url, headers }: Endpoint): string => {
  let hash = 0;
  for (const character of url + JSON.stringify(headers || '')) hash = (hash * 31 + character.charCodeAt(0)) | 0;
  return hash.toString(36);
};

/** Bounds of an attempt: the host's own timeout comes first, and it cuts at 60 s. */
export const timeoutOf = ({ timeoutMs = 10_000 }: Endpoint): number => Math.min(60_000, Math.max(2000, timeoutMs));

/** The same for the same events. Ids count up, so that first, last and how many tell what is between. */
export const batchIdOf = (batch: readonly Entry[]): string => {
  const { id } = batch[0] as Entry;
  return `${id}-${batch.length}-${(batch[batch.length - 1] as Entry).id.slice(-12)}`;
};

/** Of two names that differ in nothing but case, the later one counts. */
const joinHeaders = (...all: readonly (Headers | undefined)[]): Headers => {
  const joined: Record<string, string> = {};
  for (const headers of all) {
    for (const name of Object.keys(headers || {})) {
      for (const other of Object.keys(joined)) if (other.toLowerCase() === name.toLowerCase()) delete joined[other];
      joined[name] = (headers as Headers)[name] as string;
    }
  }
  return joined;
};

/** Sends one encoded batch. */
export const post = (
  adapter: Adapter,
  endpoint: FullEndpoint,
  { body, bytes, headers, query }: EncodedBatch,
  timeoutMs: number,
  done: (response: HttpResponse) => void,
): void => {
  const { url } = endpoint;
  const request: HttpRequest = {
    url: query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url,
    method: 'POST',
    headers: joinHeaders({ 'content-type': 'application/json' }, headers, endpoint.headers),
    body,
    bytes,
    timeoutMs,
  };
  if (endpoint.request) endpoint.request(request, done);
  else adapter.request(request, done);
};
