import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proxy from '@fastify/http-proxy';
import serveFiles from '@fastify/static';
import { isLoopbackHost } from './readConfig.js';

const BUILT = fileURLToPath(new URL('../page/dist', import.meta.url));

/** Of the shop nothing is told who reads the reports. */
const withoutSecrets = (
  /** @type {unknown} */ _request,
  /** @type {import('node:http').IncomingHttpHeaders} */ { cookie, authorization, ...headers },
) => headers;

/** The simulator on this machine, as if it were served here: its page, its stream of events and what its phones send. */
const registerShop = (/** @type {import('fastify').FastifyInstance} */ app, /** @type {string} */ upstream) =>
  app.register(proxy, {
    upstream,
    prefix: '/shop',
    // A stream is quiet for long, and an answer that the simulator holds back is awaited.
    undici: { headersTimeout: 0, bodyTimeout: 0 },
    replyOptions: { rewriteRequestHeaders: withoutSecrets },
    preHandler: async (request, reply) => {
      // Addresses in its page are beside it.
      if (request.url.split('?')[0] === '/shop') return reply.redirect('/shop/');
    },
  });

/**
 * The report page at `/`, once `npm run page` has built it; it holds no numbers: these come from `/api`. At `/shop` is the
 * shop that is reported of, where its address is known: the simulator itself where `isAlone`, that is where nobody but this
 * machine is served and reports have no token, which code of the shop could read as code of this page. Else `/shop` leads to it.
 */
export const registerPage = async (
  /** @type {import('fastify').FastifyInstance} */ app,
  /** @type {{ folder?: string, shopUrl?: string | undefined, isAlone?: boolean }} */ {
    folder = BUILT,
    shopUrl,
    isAlone = false,
  } = {},
) => {
  if (existsSync(folder)) await app.register(serveFiles, { root: folder, preCompressed: true });
  if (!shopUrl) return;
  if (isAlone && isLoopbackHost(new URL(shopUrl).hostname)) await registerShop(app, shopUrl);
  else app.get('/shop', async (_request, reply) => reply.redirect(shopUrl));
};
