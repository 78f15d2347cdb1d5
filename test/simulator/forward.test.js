import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { createSaid } from '../../examples/simulator/server/createSaid.mjs';
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

it('tells a phone what the other side last said to it, and no other', async () => {
  const answers = [{ minitrail: { rules: [] } }, { minitrail: { tags: ['vip'] } }, {}];
  const server = createServer((_request, response) => {
    const answer = JSON.stringify(answers.shift());
    response.writeHead(200).end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const said = createSaid();
  const heard = [];
  const forward = createForward(`http://127.0.0.1:${server.address().port}`, (body, answer) => {
    said.hear(body, answer);
    heard.push([said.to('a'), said.to('b')]);
    if (heard.length === 3) server.emit('all');
  });
  const all = once(server, 'all');
  for (const anonymous_id of ['a', 'b', 'a']) forward.send(JSON.stringify({ contexts: [{ anonymous_id }] }));
  await all;
  expect(heard).toEqual([
    [{ rules: [] }, undefined],
    [{ rules: [] }, { tags: ['vip'] }],
    [undefined, { tags: ['vip'] }],
  ]);
  forward.close();
  server.close();
});
