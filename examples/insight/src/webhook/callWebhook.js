const TIMEOUT_MS = 10_000;
const MAX_REASON = 200;
const MAX_WAIT_MS = 7 * 86_400_000;
/** Answers that may be others later; 5xx are, too. */
const PASSING = [408, 425, 429];

/** `Retry-After` in milliseconds: seconds or a date, as RFC 9110 has it; `undefined` where there is none. */
export const retryAfterMs = (/** @type {string | null} */ header, /** @type {number} */ now) => {
  if (!header) return undefined;
  // Dates of HTTP begin with the day of the week; `Date.parse` makes one of any number.
  const date = /^\s*[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : date - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), MAX_WAIT_MS) : undefined;
};

/** Bodies are read no further than a reason may be long. */
const textOf = async (/** @type {Response} */ response) => {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length >= MAX_REASON) break; // Leaving the loop ends the request.
  }
  return text.slice(0, MAX_REASON);
};

/**
 * @typedef {{ outcome: 'sent', text: string }
 *   | { outcome: 'dead', error: string }
 *   | { outcome: 'retry', error: string, waitMs?: number, isBusy: boolean }} Answer
 *   `text` begins as the body did. `isBusy`: the webhook takes nothing at the moment, this message or another.
 */

/**
 * One POST. Never throws.
 *
 * @param {string} url
 * @param {object} body
 * @param {{ key: string, now: number, signal?: AbortSignal, timeoutMs?: number }} options
 * @returns {Promise<Answer>}
 */
export const callWebhook = async (url, body, { key, now, signal, timeoutMs = TIMEOUT_MS }) => {
  try {
    const timeout = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      // Where a webhook moved is for its owner to say.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    // The status is the answer, even where its text breaks off.
    const text = await textOf(response).catch(() => '');
    if (response.ok) return { outcome: 'sent', text };
    const waitMs = retryAfterMs(response.headers.get('retry-after'), now);
    const { status } = response;
    const error = `status ${status}${text ? `: ${text}` : ''}`;
    if (status < 500 && !PASSING.includes(status)) return { outcome: 'dead', error };
    return { outcome: 'retry', error, waitMs, isBusy: status === 429 || status === 503 };
  } catch (failure) {
    const { name, cause, message } = /** @type {any} */ (failure);
    const error = name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : `not reached: ${cause?.code ?? message}`;
    return { outcome: 'retry', error: error.slice(0, MAX_REASON), isBusy: true };
  }
};
