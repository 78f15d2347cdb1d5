import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import { bearerOf } from './createKeys.js';
import { createNameLimit } from './createNameLimit.js';
import { inflate, refusal } from './inflate.js';
import { createBatchCheck } from './validateBatch.js';
import { wellFormed } from './wellFormed.js';

/** Eight times the largest batch of the SDK. */
export const MAX_BODY_BYTES = 1024 * 1024;
export const MAX_INFLATED_BYTES = 4 * 1024 * 1024;
/** How long a phone waits after 503. */
const RETRY_AFTER_SECONDS = 5;

const parseJson = (/** @type {string} */ text) => {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(400, 'the body is not JSON', 'body');
  }
};

/** One line of the journal: the batch as it came, without what was refused. */
const lineOf = (
  /** @type {number} */ receivedAt,
  /** @type {string} */ app,
  /** @type {import('./validateBatch.js').Checked} */ { batch, rejected },
) => {
  try {
    const body = wellFormed(JSON.stringify(batch));
    return `{"received_at":${receivedAt},"key":${JSON.stringify(app)},"rejected":${rejected.length},"body":${body}}`;
  } catch {
    throw refusal(400, 'is nested too deeply', 'batch');
  }
};

/** The form that the SDK reads, and beside it why. */
const answerOf = (
  /** @type {import('./validateBatch.js').Checked} */ { accepted, rejected },
  /** @type {object | undefined} */ minitrail,
) => ({
  accepted,
  rejected: rejected.flatMap(({ id }) => (id === undefined ? [] : [id])),
  ...(rejected.length > 0 ? { reasons: rejected } : {}),
  ...(minitrail ? { minitrail } : {}),
});

/**
 * `POST /v1/events`: a batch in the format json(), plain or gzip. A 2xx means that what was accepted is on the disk.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {object} options
 * @param {Pick<import('../journal/createJournal.js').Journal, 'append'>} options.journal
 * @param {(key: string) => string | undefined} options.appOfKey
 * @param {number} [options.requestsPerMinute] By key and address. Phones behind one address of a carrier are many.
 * @param {ReturnType<typeof createNameLimit>} [options.limitNames]
 * @param {(anonymousId: string) => object | undefined} [options.says] To the plugins of the phone whose batch it was.
 * @param {() => number} [options.now]
 */
export const registerCollector = async (
  app,
  { journal, appOfKey, requestsPerMinute = 6000, limitNames = createNameLimit(), says = () => undefined, now = Date.now },
) => {
  const check = createBatchCheck();
  const keyOf = (/** @type {import('fastify').FastifyRequest} */ { headers }) =>
    bearerOf(headers.authorization) || String(headers['x-write-key'] ?? '');

  await app.register(async (scope) => {
    // The journal wants the text, and what is gzip is no text.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, async (_request, body) => body);
    await scope.register(cors, {
      origin: '*',
      methods: ['POST'],
      allowedHeaders: ['content-type', 'content-encoding', 'authorization', 'x-write-key'],
      // The SDK reads these two; without the list a browser hides them from another origin.
      exposedHeaders: ['date', 'retry-after'],
      maxAge: 600,
    });
    await scope.register(rateLimit, {
      max: requestsPerMinute,
      timeWindow: 60_000,
      cache: 20_000,
      addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
      addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
      keyGenerator: (request) => `${keyOf(request).slice(0, 100)} ${request.ip}`,
      errorResponseBuilder: (_request, { ttl }) => refusal(429, `too many requests; try again in ${Math.ceil(ttl / 1000)} s`),
    });

    scope.post('/v1/events', { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
      const receivedAt = now();
      const name = appOfKey(keyOf(request));
      if (name === undefined) throw refusal(401, 'the write key is missing or not known', 'authorization');
      if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw refusal(400, 'there is no body', 'body');
      const text = await inflate(request.body, request.headers['content-encoding'], MAX_INFLATED_BYTES);
      const checked = check(parseJson(text));
      if ('field' in checked) throw refusal(400, checked.message, checked.field);
      if (checked.accepted.length > 0) {
        limitNames(name, checked.batch.batch);
        try {
          await journal.append(lineOf(receivedAt, name, checked));
        } catch (error) {
          if (/** @type {any} */ (error).statusCode) throw error;
          // The disk is full, or the server stops: the phone keeps the events.
          reply.header('retry-after', RETRY_AFTER_SECONDS);
          throw refusal(503, 'cannot write at the moment');
        }
      }
      return answerOf(checked, says(String(checked.batch.contexts?.at(-1)?.anonymous_id ?? '')));
    });
  });
};
