import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../src/createServer.js';
import { readConfig } from '../../src/readConfig.js';

/** The whole server on a free port and a folder of its own. */
export const openServer = async (env = {}, dataFolder = mkdtempSync(join(tmpdir(), 'insight-')), clock = {}) => {
  const logged = [];
  const server = await createServer(readConfig({ INSIGHT_DATA: dataFolder, ...env }), (line) => logged.push(line), clock);
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const post = (body, headers = {}) =>
    fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
  return {
    ...server,
    url,
    dataFolder,
    logged,
    post,
    count: async () => {
      await server.loading.settle();
      return (await server.store.query('SELECT count(*) AS n FROM events'))[0].n;
    },
    remove: () => rmSync(dataFolder, { recursive: true, force: true }),
  };
};
