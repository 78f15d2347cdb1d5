import { refusal } from './collector/inflate.js';

/** Proxies cut a stream on which nothing comes for half a minute. */
const HEARTBEAT_MS = 15_000;

/**
 * - `GET /healthz` how the server is, without a token and without numbers of the shop
 * - `GET /api/status` what was loaded, and when and why the database was begun anew
 * - `GET /api/ticks` Server-Sent Events: `load` after each load
 * - `DELETE /api/people/:id` erases a person, by any of their ids
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {any} context As `createServer` makes it.
 */
export const registerStatus = (app, { loading, erasing, status }) => {
  app.get('/healthz', async (_request, reply) => {
    const { failure } = status();
    reply.code(failure ? 503 : 200);
    return { ok: !failure };
  });

  app.get('/api/status', async () => status());

  app.get('/api/ticks', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': hello\n\n');
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    const off = loading.onLoad((/** @type {{ events: number }} */ { events }) =>
      raw.write(`event: load\ndata: {"events":${events}}\n\n`),
    );
    request.raw.on('close', () => {
      clearInterval(heartbeat);
      off();
    });
  });

  app.delete('/api/people/:id', async (request) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    if (!id || id.length > 256) throw refusal(400, 'is no id', 'id');
    await loading.settle();
    return erasing.erase(id);
  });
};
