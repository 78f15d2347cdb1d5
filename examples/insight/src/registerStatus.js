import { addDays, dayIn } from './analyses/days.js';
import { refusal } from './collector/inflate.js';

/** Proxies cut a stream on which nothing comes for half a minute. */
const HEARTBEAT_MS = 15_000;

/** More than one batch of a phone holds. */
const NEWEST = 50;

/** The last events of today and yesterday, so that no stream reads the whole table. */
const createNewest =
  (/** @type {any} */ { store, timeZone }) =>
  /** @returns {Promise<object[]>} */
  () =>
    store.query(
      `SELECT t, name, page, platform, anonymous_id, boot, seq FROM events WHERE excluded IS NULL AND day >= '${addDays(dayIn(timeZone, Date.now()), -1)}' ORDER BY t DESC, boot DESC, seq DESC LIMIT ${NEWEST}`,
    );

/**
 * - `GET /healthz` how the server is, without a token and without numbers of the shop
 * - `GET /api/status` what was loaded, and when and why the database was begun anew
 * - `GET /api/live` Server-Sent Events: `load` after each load that brought events, with `events`, how many, and `newest`,
 *   the last fifty that count, newest first (`t`, `name`, `page`, `platform`, `anonymous_id`, and `boot` and `seq`, which
 *   tell it apart)
 * - `DELETE /api/people/:id` erases a person, by any of their ids
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {any} context As `createServer` makes it.
 */
export const registerStatus = (app, { store, loading, erasing, timeZone, status }) => {
  app.get('/healthz', async (_request, reply) => {
    const { failure } = status();
    reply.code(failure ? 503 : 200);
    return { ok: !failure };
  });

  app.get('/api/status', async () => status());

  const newest = createNewest({ store, timeZone });
  app.get('/api/live', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': hello\n\n');
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    let isOpen = true;
    let events = 0;
    let isAsking = false;
    /** Loads that come while the newest are asked for are told together. */
    const tell = async () => {
      if (isAsking) return;
      isAsking = true;
      while (isOpen && events > 0) {
        const told = events;
        events = 0;
        // A tick without its list is better than none: the page asks for its figures then.
        const list = await newest().catch(() => []);
        const hasRoom = !isOpen || raw.write(`event: load\ndata: ${JSON.stringify({ events: told, newest: list })}\n\n`);
        // Who reads slowly is told less often, and not from a queue that grows.
        if (!hasRoom) await new Promise((resolve) => raw.once('drain', resolve));
      }
      isAsking = false;
    };
    const off = loading.onLoad((/** @type {{ events: number }} */ loaded) => {
      events += loaded.events;
      tell();
    });
    request.raw.on('close', () => {
      isOpen = false;
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
