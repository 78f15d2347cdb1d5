import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerPage } from '../../src/registerPage.js';

it('serves the page once it is built, and serves nothing else of the machine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'insight-page-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
  writeFileSync(join(folder, 'code.js'), 'the code');
  writeFileSync(join(folder, 'code.js.gz'), gzipSync('the code'));
  const [built, missing] = [fastify(), fastify()];
  try {
    await registerPage(built, { folder });
    await registerPage(missing, { folder: join(folder, 'none') });
    expect((await built.inject('/')).body).toBe('the page');
    const gzip = await built.inject({ url: '/code.js', headers: { 'accept-encoding': 'gzip' } });
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.rawPayload).toString()]).toEqual(['gzip', 'the code']);
    expect((await built.inject('/code.js')).body).toBe('the code');
    expect((await built.inject('/..%2f..%2fetc/passwd')).statusCode).toBeGreaterThanOrEqual(400);
    for (const url of ['/', '/shop']) expect((await missing.inject(url)).statusCode).toBe(404);
    expect((await built.inject('/shop')).statusCode).toBe(404);
  } finally {
    await Promise.all([built.close(), missing.close()]);
    rmSync(folder, { recursive: true });
  }
});

/** A shop that says what it was asked, and a stream that never ends. */
const openShop = async () => {
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ method: request.method, url: request.url, body, cookie: request.headers.cookie });
    if (request.url === '/sim/events')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: hello\n\n');
    else response.writeHead(request.method === 'POST' ? 403 : 200, { 'access-control-allow-origin': '*' }).end('of the shop');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close };
};

describe('the shop at /shop', () => {
  let shop;
  let app;
  beforeEach(async () => {
    shop = await openShop();
    app = fastify({ forceCloseConnections: true });
  });
  afterEach(async () => {
    await app.close();
    await shop.close();
  });

  it('is the simulator on this machine, which is told no secret: its page, its stream, what its phones send', async () => {
    await registerPage(app, { folder: 'none', shopUrl: shop.url, isAlone: true });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const ask = (path, options) => fetch(`${url}${path}`, { redirect: 'manual', ...options });
    expect((await ask('/shop')).headers.get('location')).toBe('/shop/');
    expect(await (await ask('/shop/', { headers: { cookie: 'insight_token=x' } })).text()).toBe('of the shop');
    const body = '{"batch":[]}';
    const { status } = await ask('/shop/v1/events', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(status).toBe(403);
    const stream = (await ask('/shop/sim/events')).body.getReader();
    expect(new TextDecoder().decode((await stream.read()).value)).toBe('event: hello\n\n');
    await stream.cancel();
    expect(shop.asked).toEqual([
      { method: 'GET', url: '/', body: '', cookie: undefined },
      { method: 'POST', url: '/v1/events', body, cookie: undefined },
      { method: 'GET', url: '/sim/events', body: '', cookie: undefined },
    ]);
  });

  it.each([
    ['a token guards the reports', 'http://127.0.0.1:8787', false],
    ['it is elsewhere', 'https://shop.example.com/', true],
  ])('is led to where %s', async (_why, shopUrl, isAlone) => {
    await registerPage(app, { folder: 'none', shopUrl, isAlone });
    expect((await app.inject('/shop')).headers.location).toBe(shopUrl);
    expect((await app.inject('/shop/page/main.js')).statusCode).toBe(404);
  });
});
