import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { createForward } from '../../examples/simulator/server/forward.mjs';

it('passes bodies on in their order, each until the other side has answered', async () => {
  const got = [];
  let refusals = 1;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const isRefused = refusals-- > 0;
    if (!isRefused) got.push(body);
    response.writeHead(isRefused ? 503 : 200).end();
    if (got.length === 2) server.emit('all');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const forward = createForward(`http://127.0.0.1:${server.address().port}`);
  const all = once(server, 'all');
  forward.send('first');
  forward.send('second');
  await all;
  expect(got).toEqual(['first', 'second']);
  forward.close();
  server.close();
});
