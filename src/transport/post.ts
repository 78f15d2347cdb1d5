import type { Entry } from '../queue/entry';
import type { HttpRequest, HttpResponse } from '../types/adapter';
import type { EncodedBatch, Format } from '../types/format';
import type { Endpoint } from '../types/options';
import { answerOnce } from '../utils/answerOnce';
import type { SenderOptions } from './createSender';

// The host's own timeout comes first.
const GRACE_MS = 1500;

/** An endpoint with its defaults. */
export type FullEndpoint = Endpoint & { readonly format: Format };
/** Tells an endpoint from another, and its key from another, without naming either. */
export const tagOf = ({ url, headers }: Endpoint): number =>
  (url + JSON.stringify(headers || {})).split('').reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) | 0, 0);

/** Bounds of an attempt: the host's own timeout comes first, and it cuts at 60 s. */
export const timeoutOf = ({ timeoutMs }: Endpoint): number =>
  Math.min(60_000, Math.max(2000, +(timeoutMs as number) || 10_000));

/** The same for the same events. Ids count up, so that first, last and how many tell what is between. */
export const batchIdOf = (batch: readonly Entry[]): string => {
  const { id } = batch[0] as Entry;
  return `${id}-${batch.length}-${(batch[batch.length - 1] as Entry).id.slice(-12)}`;
};

/** Sends one encoded batch. Answers once, whatever the host does with its callback. */
export const post = (
  { adapter, endpoint, log, isHeld }: SenderOptions,
  { body, bytes, headers, query }: EncodedBatch,
  timeoutMs: number,
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
  const none: HttpResponse = { status: 0, headers: {}, body: '' };
  // What asks for headers first comes back later: consent may be gone by then, or the tracker.
  const byHost: typeof adapter.request = (changed, answer) => (isHeld() ? answer(none) : adapter.request(changed, answer));
  const start = (answer: (response: HttpResponse) => void): void => {
    const send = endpoint.request || byHost;
    const isSent = log.guard('request', () => {
      send(request, answer, byHost);
      return true;
    });
    if (!isSent) answer(none);
  };
  answerOnce(timeoutMs + GRACE_MS, start, () => none, done);
};
