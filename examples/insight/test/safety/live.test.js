import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { registerStatus } from '../../src/registerStatus.js';
import { makeBatch, makeContext, makeEvent } from '../helpers/makeBatch.js';
import { openServer } from '../helpers/openServer.js';

/** The `load` ticks of a stream, as they come. */
async function* ticksOf(response) {
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const parts = text.split('\n\n');
    text = parts.pop();
    for (const part of parts) if (part.startsWith('event: load\ndata: ')) yield JSON.parse(part.slice(18));
  }
}

test('a click is told on the live stream, newest first, and what is not counted is not shown; the stream ends with the server', async () => {
  const server = await openServer();
  const ticks = ticksOf(await fetch(`${server.url}/api/live`));
  const now = Date.now();
  await server.post(
    makeBatch({
      sent_at: now,
      contexts: [makeContext(), makeContext({ app_env: 'develop' })],
      events: [
        makeEvent({ ts: now - 2000, name: 'first_click', page: 'pages/home' }),
        makeEvent({ ts: now - 1000, seq: 1, name: 'second_click' }),
        makeEvent({ ts: now - 500, seq: 2, name: 'developer_click', context: 1 }),
      ],
    }),
  );
  const seen = [];
  let told = 0;
  while (told < 3) {
    const { value } = await ticks.next();
    told += value.events;
    seen.push(value);
  }
  expect(told).toBe(3);
  expect(seen.at(-1).newest.map(({ name, anonymous_id }) => [name, anonymous_id])).toEqual([
    ['second_click', 'visitor1'],
    ['first_click', 'visitor1'],
  ]);
  await server.close();
  await expect(
    ticks.next().then(
      ({ done }) => ({ done }),
      () => ({ done: true }),
    ),
  ).resolves.toEqual({ done: true });
  server.remove();
});

test('the fifty newest events are shown', async () => {
  const server = await openServer();
  const ticks = ticksOf(await fetch(`${server.url}/api/live`));
  const now = Date.now();
  const events = Array.from({ length: 52 }, (_, seq) => makeEvent({ seq, ts: now - 1000, name: `click_${seq}` }));
  await server.post(makeBatch({ sent_at: now, events }));
  const { value } = await ticks.next();
  expect(value.newest.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, i) => `click_${51 - i}`));
  await server.close();
  server.remove();
});

test('who reads slowly is told once of all that came since', async () => {
  const routes = {};
  const [request, raw] = [new EventEmitter(), new EventEmitter()];
  const told = [];
  raw.writeHead = () => {};
  raw.write = (text) => {
    if (text.startsWith('event: load')) told.push(JSON.parse(text.split('data: ')[1]).events);
    return false;
  };
  let load;
  const loading = {
    onLoad: (listener) => {
      load = (events) => listener({ events });
      return () => {};
    },
  };
  const app = { get: (path, handler) => Object.assign(routes, { [path]: handler }), delete: () => {} };
  registerStatus(app, { loading, store: { query: async () => [] }, timeZone: 'Asia/Shanghai' });
  routes['/api/live']({ raw: request }, { raw, hijack: () => {} });
  for (const events of [1, 2, 3]) {
    load(events);
    await setImmediate();
  }
  expect(told).toEqual([1]);
  raw.emit('drain');
  await setImmediate();
  expect(told).toEqual([1, 5]);
  request.emit('close');
});

test('a stream needs the token like every report', async () => {
  const server = await openServer({ INSIGHT_TOKEN: 'secret' });
  expect((await fetch(`${server.url}/api/live`)).status).toBe(401);
  const stream = await fetch(`${server.url}/api/live`, { headers: { cookie: 'insight_token=secret' } });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  await stream.body.cancel();
  await server.close();
  server.remove();
});
