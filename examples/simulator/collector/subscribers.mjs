/** Long enough to be cheap, short enough that a proxy or a browser does not think the stream is dead. */
const KEEP_ALIVE_MS = 15_000;

/** The pages that watch, over Server-Sent Events. */
export const createSubscribers = () => {
  /** @type {Set<import('node:http').ServerResponse>} */
  const streams = new Set();
  const write = (
    /** @type {import('node:http').ServerResponse} */ res,
    /** @type {string} */ event,
    /** @type {unknown} */ payload,
  ) => res.write(`event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`);

  const keepAlive = setInterval(() => {
    for (const res of streams) res.write(': still here\n\n');
  }, KEEP_ALIVE_MS);
  keepAlive.unref();

  return {
    /**
     * @param {import('node:http').ServerResponse} res
     * @param {string} event The first message.
     * @param {unknown} payload
     */
    add(res, event, payload) {
      res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      streams.add(res);
      res.on('close', () => streams.delete(res));
      write(res, event, payload);
    },
    /** @param {string} event @param {unknown} payload */
    send(event, payload) {
      for (const res of streams) write(res, event, payload);
    },
    close() {
      clearInterval(keepAlive);
      for (const res of streams) res.end();
      streams.clear();
    },
  };
};
