import type { HttpResponse } from '../types/adapter';
import type { Verdict } from '../types/format';

export const HOUR_MS = 3_600_000;

/** What the HTTP status alone says about a batch: the one place that knows which statuses are worth a retry. */
export const verdictOf = (status: number): Verdict => ({
  type: /^2/.test(`${status}`)
    ? 'ack'
    : status === 413
      ? 'split'
      : status === 400 || status === 422
        ? 'invalid'
        : /^(0|408|425|429|5(?!01|05)..)$/.test(`${status}`)
          ? 'retry'
          : 'blocked',
});

/** A header, whatever case the host hands its name in; empty when there is none. */
export const headerOf = ({ headers }: HttpResponse, name: string): string => {
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return `${headers[key as string] || ''}`;
};

/**
 * How long to wait after the `tries`-th failure in a row, in milliseconds. A backoff doubles from 1 s to 5 min, half
 * of it random; a block from 1 min to 1 h. What the endpoint asks for by `Retry-After` (`after`: seconds or a date, RFC
 * 9110 §10.2.3) is kept up to 1 h and grows by up to a fifth, so that clients told the same second do not return in it.
 */
export const delayMs = (tries: number, isBlocked: boolean, after: string): number => {
  const random = Math.random();
  const asked = +after * 1000 || Date.parse(after) - Date.now() || 0;
  return Math.max(
    isBlocked ? Math.min(HOUR_MS, 30_000 * 2 ** tries) : Math.min(300_000, 500 * 2 ** tries) * (0.5 + random / 2),
    Math.min(asked, HOUR_MS) * (1 + random / 5),
  );
};
