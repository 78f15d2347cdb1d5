import { request } from 'node:http';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { isSameSecret } from '../../src/collector/createKeys.js';
import { readConfig } from '../../src/readConfig.js';
import { setErrorHandler } from '../../src/setErrorHandler.js';
import { openServer } from '../helpers/openServer.js';

/** `fetch` does not let one choose the host, nor how the path is written. */
const statusFor = (url, host, path = new URL(url).pathname) =>
  new Promise((resolve, reject) => {
    request(url, { path, headers: { host } }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });

describe('reports', () => {
  it('need the token where there is one', async () => {
    const server = await openServer({ INSIGHT_TOKEN: 'secret' });
    const ask = async (headers) => (await fetch(`${server.url}/api/status`, { headers })).status;
    expect(await ask({})).toBe(401);
    expect(await ask({ authorization: 'Bearer secre' })).toBe(401);
    expect(await ask({ authorization: 'Bearer secret' })).toBe(200);
    expect(await ask({ cookie: 'a=b; insight_token=secret' })).toBe(200);
    expect(await ask({ cookie: 'insight_token=%E0%A4%A' })).toBe(401);
    expect(await ask({ cookie: 'other_insight_token=secret' })).toBe(401);
    await server.close();
    server.remove();
  });

  it.each(['a/b+c==', '令牌 ; x'])('take the token as the page writes it into its cookie: %s', async (token) => {
    const server = await openServer({ INSIGHT_TOKEN: token });
    const cookie = `insight_token=${encodeURIComponent(token)}`;
    expect((await fetch(`${server.url}/api/status`, { headers: { cookie } })).status).toBe(200);
    await server.close();
    server.remove();
  });

  it.each([['/%61pi/status'], ['/ap%69/analyses/overview'], ['http://localhost/api/status']])(
    'need the token however the path is written: %s',
    async (path) => {
      const server = await openServer({ INSIGHT_TOKEN: 'secret' });
      expect(await statusFor(server.url, 'localhost', path)).toBe(401);
      await server.close();
      server.remove();
    },
  );

  it('without a token are not given to a page that calls this machine by another name', async () => {
    const server = await openServer();
    expect(await statusFor(`${server.url}/api/status`, 'shop.example.com')).toBe(403);
    expect(await statusFor(`${server.url}/api/status`, 'localhost:8788')).toBe(200);
    await server.close();
    server.remove();
  });

  it('are not served beyond this machine without keys and a token', () => {
    expect(() => readConfig({ INSIGHT_HOST: '0.0.0.0', INSIGHT_KEYS: 'a:b' })).toThrow('INSIGHT_TOKEN');
    expect(() => readConfig({ INSIGHT_HOST: '0.0.0.0', INSIGHT_TOKEN: 'x' })).toThrow('INSIGHT_KEYS');
    expect(readConfig({ INSIGHT_HOST: '0.0.0.0', INSIGHT_TOKEN: 'x', INSIGHT_KEYS: 'a:b' }).isLoopback).toBe(false);
  });
});

describe('isSameSecret', () => {
  it('compares texts of any length', () => {
    expect([isSameSecret('a', 'a'), isSameSecret('a', 'ab'), isSameSecret('', 'a')]).toEqual([true, false, false]);
  });
});

describe('the log', () => {
  it('says that the server failed, and nothing of what a visitor sent', async () => {
    const app = fastify();
    const logged = [];
    setErrorHandler(app, (line) => logged.push(line));
    app.get('/people/:id', async () => {
      throw new Error('Conversion Error: secret-visitor');
    });
    const answer = await app.inject('/people/secret-visitor');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret-visitor');
    expect(logged).toEqual(['GET /people/:id: Error']);
  });
});
