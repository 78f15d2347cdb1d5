import type { Entry } from '../queue/entry';
import type { Adapter, HttpRequest, HttpResponse } from '../types/adapter';
import type { EncodedBatch, Format } from '../types/format';
import type { Endpoint } from '../types/tracker';
import { answerOnce } from '../utils/answerOnce';
import type { Log } from '../utils/log';

// The host's own timeout comes first.
const GRACE_MS = 1500;

/** An endpoint with its defaults. */
export type FullEndpoint = Endpoint & { readonly format: Format };
/** Tells an endpoint from another, and its key from another, without naming either. */
export const tagOf = ({ url, headers }: Endpoint): string => {
  let hash = 0;
  for (const character of url + JSON.stringify(headers || {})) hash = (hash * 31 + character.charCodeAt(0)) | 0;
  return hash.toString(36);
};

/** Bounds of an attempt: the host's own timeout comes first, and it cuts at 60 s. */
export const timeoutOf = ({ timeoutMs = 10_000 }: Endpoint): number => Math.min(60_000, Math.max(2000, +timeoutMs || 10_000));

/** The same for the same events. Ids count up, so that first, last and how many tell what is between. */
const batchIdOf = (batch: readonly Entry[]): string => {
  const { id } = batch[0] as Entry;
  return `${id}-${batch.length}-${(batch[batch.length - 1] as Entry).id.slice(-12)}`;
};

/** A batch as the endpoint wants it; nothing when the format cannot write it. */
export const encode = (
  adapter: Adapter,
  format: Format,
  batch: readonly Entry[],
  drops: Readonly<Record<string, number>>,
  log: Log,
): EncodedBatch | undefined =>
  log.guard('format.encode', () =>
    format.encode({
      id: batchIdOf(batch),
      events: batch,
      sentAt: Date.now(),
      drops,
      isBinary: () => !!adapter.sendsBinary && adapter.sendsBinary(),
    }),
  );

/** Sends one encoded batch. Answers once, whatever the host does with its callback. */
export const post = (
  adapter: Adapter,
  endpoint: FullEndpoint,
  { body, bytes, headers, query }: EncodedBatch,
  timeoutMs: number,
  log: Log,
  done: (response: HttpResponse) => void,
): void => {
  const { url } = endpoint;
  const all: Record<string, string> = Object.assign({ 'content-type': 'application/json' }, headers);
  // Names in any case mean the same header, and the caller's counts.
  const given = endpoint.headers || {};
  for (const name of Object.keys(given)) all[name.toLowerCase()] = given[name] as string;
  const request: HttpRequest = {
    url: query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url,
    method: 'POST',
    headers: all,
    body,
    bytes,
    timeoutMs,
  };
  const failure = (message: string): HttpResponse => ({ status: 0, headers: {}, body: '', message });
  const start = (answer: (response: HttpResponse) => void): void => {
    const sent = log.guard('request', () => {
      if (endpoint.request) endpoint.request(request, answer, (changed, done) => adapter.request(changed, done));
      else adapter.request(request, answer);
      return true;
    });
    if (!sent) answer(failure('not sent'));
  };
  answerOnce(timeoutMs + GRACE_MS, start, () => failure('no answer'), done);
};
