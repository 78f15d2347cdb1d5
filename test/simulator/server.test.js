import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createStaticFolder } from '../../examples/simulator/server/staticFolder.mjs';
import { startServer } from '../../examples/simulator/server.mjs';
import { aBatch, anEvent, readStream } from './collectorServer.js';

const SERVER = fileURLToPath(new URL('../../examples/simulator/server.mjs', import.meta.url));

/** Sends the path as it is; `fetch` would resolve `..` before it leaves. */
const getRaw = (url, path, method = 'GET') =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method }, async (res) => {
      let body = '';
      for await (const chunk of res) body += chunk;
      resolve({ status: res.statusCode, type: res.headers['content-type'], body });
    })
      .on('error', reject)
      .end();
  });

/** Runs `node server.mjs` until it exits, or until `isReady` says that it may be stopped. */
const run = async (env, isReady = () => false) => {
  const child = spawn(process.execPath, [SERVER], { env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].on('data', (chunk) => {
      output[name] += chunk;
      if (isReady(output)) child.kill('SIGTERM');
    });
  }
  const [code, signal] = await once(child, 'close');
  return { ...output, code, signal };
};

describe('startServer', () => {
  let server;
  let folder;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'minitrail-server-'));
    server = await startServer({ port: 0, file: join(folder, 'events.ndjson'), quiet: true });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/', 'text/html', 'page/main.js'],
    ['/page/main.js', 'text/javascript', 'createTranslator'],
    ['/page/style.css', 'text/css', '--accent'],
    ['/shop/assets/share/phone-x1.png', 'image/png', 'PNG'],
    ['/host/phone.html', 'text/html', 'browser.js'],
    ['/host/browser.js', 'text/javascript', 'localStorage'],
    ['/host/project-wechat.json', 'application/json', '"platform":"wechat"'],
    ['/host/project-alipay.json', 'application/json', '"platform":"alipay"'],
    ['/host/project-douyin.json', 'application/json', '"platform":"douyin"'],
  ])('serves %s', async (path, type, content) => {
    const answer = await getRaw(server.url, path);
    expect(answer.status).toBe(200);
    expect(answer.type).toMatch(type);
    expect(answer.body).toContain(content);
  });

  it('bundles the phone, so that it imports nothing by name', async () => {
    const { body } = await getRaw(server.url, '/host/browser.js');
    expect(body).not.toMatch(/^import .* from ["'][^./]/m);
  });

  it('loads nothing from anywhere else', async () => {
    const { body } = await getRaw(server.url, '/');
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it.each([
    '/page/../server.mjs',
    '/page/%2e%2e/server.mjs',
    '/page/..%2fserver.mjs',
    '/page/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
    '/host/..%5c..%5cserver.mjs',
    '/page//etc/passwd',
    '/page/%00',
    '/page/%',
    '/page/',
    '/page',
    '/server.mjs',
    '/shop/app.js',
    '/shop/assets/../app.js',
    '/.data/events.ndjson',
    '//',
    '/nothing',
  ])('does not serve %s', async (path) => {
    const answer = await getRaw(server.url, path);
    expect(answer).toMatchObject({ status: 404, body: 'not found\n' });
  });

  it('answers 405 to a method that the page has no use for', async () => {
    expect((await getRaw(server.url, '/', 'DELETE')).status).toBe(405);
  });

  it('takes batches and streams them to the page', async () => {
    const stream = await readStream(`${server.url}/sim/events`, ({ event }) => event === 'events');
    const body = JSON.stringify(aBatch([anEvent(0)]));
    const answer = await fetch(`${server.url}/v1/events`, { method: 'POST', body });
    expect(await answer.json()).toEqual({ accepted: ['event-1-0'], rejected: [] });
    const messages = await stream.messages;
    expect(messages.at(-1).payload.arrivals).toMatchObject([{ id: 'event-1-0' }]);
    expect(readFileSync(join(folder, 'events.ndjson'), 'utf8')).toContain('"event-1-0"');
  });

  it('closes at once, also while a page listens and a request hangs', async () => {
    const other = await startServer({ port: 0, file: join(folder, 'other.ndjson'), quiet: true });
    await readStream(`${other.url}/sim/events`, ({ event }) => event === 'hello');
    const open = fetch(`${other.url}/sim/events`).then((response) => response.text());
    other.collector.setMode('hang');
    const hanging = fetch(`${other.url}/v1/events`, { method: 'POST', body: JSON.stringify(aBatch([anEvent(0)])) });
    const settled = Promise.allSettled([open, hanging]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await other.close();
    await settled;
    await expect(fetch(other.url)).rejects.toThrow();
  });
});

describe('createStaticFolder', () => {
  it('follows no link out of the folder', async () => {
    const root = mkdtempSync(join(tmpdir(), 'minitrail-static-'));
    mkdirSync(join(root, 'public'));
    writeFileSync(join(root, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'public', 'open.txt'), 'open');
    symlinkSync(join(root, 'secret.txt'), join(root, 'public', 'link.txt'));
    const read = createStaticFolder(join(root, 'public'));
    expect(String(await read('open.txt'))).toBe('open');
    expect(await read('link.txt')).toBeNull();
    expect(await read('../secret.txt')).toBeNull();
    rmSync(root, { recursive: true });
  });
});

describe('npm start', () => {
  it('says in one line that the port is in use and what to do', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address();
    const result = await run({ PORT: String(port) });
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toMatch(new RegExp(`^Port ${port} is in use\\. Choose another: PORT=\\d+ npm start\\n$`));
    const advised = Number(/PORT=(\d+)/.exec(result.stderr)[1]);
    // The next one is that of the reports of a running `npm start`.
    expect(advised).not.toBe(port + 1);
    const other = createServer().listen(advised, '127.0.0.1');
    await once(other, 'listening');
    for (const server of [occupant, other]) server.close();
  });

  it.each(['abc', '-1', '80.5', '65536', '0x50', ' '])('says in one line that PORT=%s is no port', async (PORT) => {
    const result = await run({ PORT });
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toBe(`PORT must be a number from 0 to 65535, not "${PORT}". Try: PORT=8788 npm start\n`);
  });

  it('prints where it is and where the events are, and ends cleanly on SIGTERM', async () => {
    const result = await run({ PORT: '0' }, ({ stdout }) => stdout.includes('events.ndjson\n'));
    expect(result).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(result.stdout).toMatch(/^minitrail shop: http:\/\/127\.0\.0\.1:\d+\nevents are kept in: .*events\.ndjson\n$/);
  });
});

describe('GET /v1/recommendations', () => {
  let folder;
  let server;
  const start = async (reportUrl) => {
    folder = mkdtempSync(join(tmpdir(), 'minitrail-server-'));
    server = await startServer({ port: 0, file: join(folder, 'events.ndjson'), quiet: true, reportUrl });
    return server.url;
  };
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('asks examples/insight, and hands on no more than the shop may ask', async () => {
    const paths = [];
    const insight = createServer((req, res) => {
      paths.push(req.url);
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"products":[]}');
    });
    await new Promise((resolve) => insight.listen(0, '127.0.0.1', resolve));
    const url = await start(`http://127.0.0.1:${insight.address().port}`);
    const answer = await fetch(`${url}/v1/recommendations?product=a%26b&limit=3&token=x`);
    expect([answer.status, await answer.json()]).toEqual([200, { products: [] }]);
    expect(paths).toEqual(['/api/recommendations?product=a%26b&limit=3']);
    insight.close();
  });

  it.each([undefined, 'http://127.0.0.1:1'])('has nothing to recommend where there is none (%s)', async (reportUrl) => {
    const answer = await fetch(`${await start(reportUrl)}/v1/recommendations`);
    expect([answer.status, await answer.json()]).toEqual([200, { products: [] }]);
  });
});
