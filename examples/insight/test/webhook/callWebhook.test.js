import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callWebhook, retryAfterMs } from '../../src/webhook/callWebhook.js';

const NOW = Date.UTC(2026, 10, 20, 4);
let server;
let paths;
let answer;

beforeEach(async () => {
  paths = [];
  server = createServer((request, response) => {
    paths.push(request.url);
    answer(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const call = (more = {}) =>
  callWebhook(`http://127.0.0.1:${server.address().port}/hook`, { a: 1 }, { key: 'k', now: NOW, ...more });

test.each([
  [200, 'sent', undefined],
  [204, 'sent', undefined],
  [400, 'dead', undefined],
  [404, 'dead', undefined],
  [408, 'retry', false],
  [425, 'retry', false],
  [429, 'retry', true],
  [500, 'retry', false],
  [503, 'retry', true],
])('status %i is %s', async (status, outcome, isBusy) => {
  answer = (response) => response.writeHead(status).end();
  const { outcome: found, isBusy: busy } = await call();
  expect([found, busy]).toEqual([outcome, isBusy]);
});

test('a redirect is not followed', async () => {
  answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
  expect(await call()).toEqual({ outcome: 'dead', error: 'status 307' });
  expect(paths).toEqual(['/hook']);
});

test.each([200, 422, 500])('status %i counts, even where its text breaks off or never ends', async (status) => {
  const whole = { 200: 'sent', 422: 'dead', 500: 'retry' }[status];
  answer = (response) => {
    response.writeHead(status, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  };
  expect((await call()).outcome).toBe(whole);
  answer = (response) => response.writeHead(status).flushHeaders();
  expect(await call({ timeoutMs: 200 })).not.toMatchObject({ error: expect.stringContaining('no answer') });
});

test('who does not answer is busy', async () => {
  answer = () => {};
  expect(await call({ timeoutMs: 50 })).toEqual({ outcome: 'retry', error: 'no answer within 50 ms', isBusy: true });
});

test('a text without an end is read no further than a reason is long', async () => {
  answer = (response) => {
    response.writeHead(422);
    const more = () => response.write('x'.repeat(1000)) && setImmediate(more);
    response.on('drain', more);
    more();
  };
  expect(await call()).toEqual({ outcome: 'dead', error: `status 422: ${'x'.repeat(200)}` });
});

test('Retry-After is seconds or a date', () => {
  expect(retryAfterMs('120', NOW)).toBe(120_000);
  expect(retryAfterMs('Fri, 20 Nov 2026 04:01:00 GMT', NOW)).toBe(60_000);
  expect(retryAfterMs('Fri, 20 Nov 2026 03:00:00 GMT', NOW)).toBe(0);
  expect(retryAfterMs('99999999', NOW)).toBe(7 * 86_400_000);
  for (const header of [null, '', 'soon', '-5']) expect(retryAfterMs(header, NOW)).toBe(undefined);
});
