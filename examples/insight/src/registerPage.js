import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import serveFiles from '@fastify/static';

const BUILT = fileURLToPath(new URL('../page/dist', import.meta.url));

/**
 * The report page at `/`, once `npm run page` has built it; it holds no numbers: these come from `/api`. `/shop` leads to
 * the shop that is reported of, where its address is known.
 */
export const registerPage = async (app, { folder = BUILT, shopUrl } = {}) => {
  if (existsSync(folder)) await app.register(serveFiles, { root: folder, preCompressed: true });
  if (shopUrl) app.get('/shop', async (_request, reply) => reply.redirect(shopUrl));
};
