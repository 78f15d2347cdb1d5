import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import serveFiles from '@fastify/static';

const BUILT = fileURLToPath(new URL('../page/dist', import.meta.url));

/** The report page at `/`, once `npm run page` has built it. It holds no numbers: these come from `/api`. */
export const registerPage = async (app, folder = BUILT) => {
  if (existsSync(folder)) await app.register(serveFiles, { root: folder });
};
