/** What the endpoint answers in each mode; `take`: whether it stores the batch. */
const reply = (status, body = '', headers = {}) => ({ status, body, headers });
const isOk = (status) => status >= 200 && status < 300;

/**
 * The other end: stores what it accepts by id, counts repeats, and misbehaves as told.
 *
 * `server.mode` is one of
 * - a status: 200, 204, 302, 403, 500, …
 * - `lists` (200 with `accepted` and `rejected` ids), `half` (200, but only the first half is taken), `none` (200, none
 *   is), `garbage` (200, a body that is no JSON), `html` (502 with a page)
 * - `limit` (413 above `server.limit` events), `bytes` (413 above `server.limit` bytes), `after` and `afterDate` (429
 *   with `Retry-After: server.after`), `unavailable` (503 with it)
 * - `hang`, `before` (reset before the batch was taken), `lost` (taken, then reset), `offline`
 * Poisoned events (`properties.bad`) make a batch fail with `server.poison` (400, 422, 500; 0: they are fine), or are
 * named in a list (`'hint'`).
 */
export const createServer = (world, { latency = [20, 200] } = {}) => {
  const server = {
    mode: 200,
    limit: 10,
    after: 30,
    poison: 400,
    /** id → { event, context, count, at } */
    events: new Map(),
    /** The same by `properties.n`. */
    byNumber: new Map(),
    /** Every request, as the endpoint saw it. */
    requests: [],
    repeats: 0,
    /** Contexts of stored events may have been lost. */
    damaged: false,
    /** Reported drops of the batches that were taken, and of those whose answer arrived. */
    drops: {},
    faults: [],
    handle,
  };

  const take = (body, events, device) => {
    for (const event of events) {
      const { context, ...rest } = event;
      // An event whose context was damaged in storage goes out with that of the launch that reads it.
      const content = JSON.stringify(rest) + (server.damaged ? '' : JSON.stringify(body.contexts[context]));
      const known = server.events.get(event.id);
      if (!known) {
        if (event.properties) server.byNumber.set(event.properties.n, event);
        server.events.set(event.id, { event: rest, context: body.contexts[context], content, count: 1, at: world.now, device });
        continue;
      }
      known.count++;
      server.repeats++;
      if (!known.content.startsWith(content)) server.faults.push(`I4: changed on repeat: ${known.content} → ${content}`);
    }
    for (const reason of Object.keys(body.drops)) {
      if (!(body.drops[reason] > 0)) server.faults.push(`I14: a drop count of ${body.drops[reason]}`);
      server.drops[reason] = (server.drops[reason] || 0) + body.drops[reason];
    }
  };

  function handle(request, answer, device) {
    const body = JSON.parse(request.body);
    const { batch } = body;
    const delay = world.between(...latency);
    const arrival = Math.ceil(delay / 2);
    const seen = { at: world.now, size: batch.length, ids: batch.map(({ id }) => id), bytes: request.body.length, device };
    server.requests.push(seen);
    if (!batch.length) server.faults.push('an empty batch');
    if (new Set(seen.ids).size !== batch.length) server.faults.push('an event twice in one batch');
    const end = (response) => {
      seen.status = response ? response.status : 0;
      answer(response, delay - arrival);
    };
    const { mode } = server;
    world.at(arrival, () => {
      if (mode === 'hang') return;
      if (mode === 'offline' || mode === 'before') return end();
      if (mode === 'html') return end(reply(502, '<html><body>Bad gateway</body></html>'));
      if (mode === 'after') return end(reply(429, '', { 'retry-after': `${server.after}` }));
      if (mode === 'unavailable') return end(reply(503, '', { 'Retry-After': `${server.after}` }));
      if (mode === 'afterDate')
        return end(reply(429, '', { 'Retry-After': new Date(device.now() + server.after * 1000).toUTCString() }));
      if (mode === 'limit' && batch.length > server.limit) return end(reply(413));
      if (mode === 'bytes' && request.body.length > server.limit) return end(reply(413));
      if (typeof mode === 'number' && !isOk(mode)) return end(reply(mode));
      const bad = batch.filter(({ properties }) => properties && properties.bad);
      const ids = (list) => list.map(({ id }) => id);
      if (bad.length && server.poison === 'hint') {
        const good = batch.filter((event) => !bad.includes(event));
        take(body, good, device);
        return end(reply(200, JSON.stringify({ accepted: ids(good), rejected: ids(bad) })));
      }
      if (bad.length && server.poison) return end(reply(server.poison));
      if (mode === 'none') return end(reply(200, JSON.stringify({ accepted: [], rejected: [] })));
      if (mode === 'half') {
        const half = batch.slice(0, Math.ceil(batch.length / 2));
        take(body, half, device);
        return end(reply(200, JSON.stringify({ accepted: ids(half), rejected: [] })));
      }
      take(body, batch, device);
      if (mode === 'lost') return end();
      if (mode === 'lists') return end(reply(200, JSON.stringify({ accepted: ids(batch), rejected: [] })));
      end(reply(typeof mode === 'number' ? mode : 200, mode === 'garbage' ? 'ok!' : ''));
    });
  }
  return server;
};
