import { bearerOf, isSameSecret } from './collector/createKeys.js';
import { refusal } from './collector/inflate.js';

/** Bound to loopback, a browser is still led here by a name that somebody else owns. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** The page writes the token into its cookie encoded: a cookie holds neither every letter nor a semicolon. */
const ofCookie = (/** @type {string} */ header) => {
  const value = /(?:^|; *)insight_token=([^;]*)/.exec(header)?.[1] ?? '';
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const tokenOf = (/** @type {import('fastify').FastifyRequest} */ request) =>
  bearerOf(request.headers.authorization) || ofCookie(request.headers.cookie ?? '');

/**
 * Reports are for those who know the token; without one, for this machine alone.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {Pick<import('./readConfig.js').Config, 'token' | 'isLoopback'>} config
 */
export const registerSafety = (app, { token, isLoopback }) => {
  app.addHook('onRequest', async (request) => {
    // The route that was found, not the path as it was written: `/%61pi` is found, too.
    if (!request.routeOptions.url?.startsWith('/api')) return;
    if (token) {
      if (!isSameSecret(tokenOf(request), token)) throw refusal(401, 'the token is missing or wrong', 'authorization');
    } else if (!isLoopback || !LOCAL_HOST.test(request.headers.host ?? '')) {
      throw refusal(403, 'reports without a token are for this machine alone', 'host');
    }
  });
};
